/**
 * What is looked at before any rule: numbers that are NaN from the first step, nothing that moves, options without effect, and answers
 * that depend on what ran before.
 */
import type { Trajectory } from './predict.ts';
import type { Answered } from './search.ts';

/** Probes that an option is alone in telling apart: its own, and the one that it is held against. */
const EFFECTS = [
  ['lr', 'another lr'],
  ['alpha', 'another alpha'],
  ['eps', 'another eps'],
  ['momentum', 'momentum'],
  ['centered', 'centered'],
  ['maximize', 'maximize'],
] as const;

/** Findings beside which no rule can be read off. */
const NAN = 'every number is NaN from step 1';
const STILL = 'nothing moves: parameters stay as they were';

/** Whether findings leave nothing to read a rule off. */
export function leavesNothing(findings: readonly string[]): boolean {
  return findings.includes(NAN) || findings.includes(STILL);
}

/** The findings, each a sentence about the port; none where all is sane. */
export function insanity(answered: readonly Answered[], again: Trajectory | undefined): readonly string[] {
  const of = (name: string): Answered | undefined => answered.find(({ probe }) => probe.name === name);
  const mixed = of('mixed');
  if (mixed === undefined) return [];
  const seen = mixed.actual.filter((x) => x !== undefined);
  const found: string[] = [];
  if (again !== undefined && !same(mixed.actual, again))
    found.push('answers depend on an earlier case: the same program gave other numbers later');
  if (seen.length > 0 && seen.every(Number.isNaN)) return [...found, NAN];
  if (seen.length > 0 && seen.every((x) => x === 0)) return [...found, STILL];
  for (const [option, name] of EFFECTS) {
    const other = of(name);
    if (other !== undefined && same(mixed.actual, other.actual)) found.push(`${option} has no effect`);
  }
  const [plain, decayed] = [of('placed'), of('decay')];
  if (plain && decayed && same(plain.actual, decayed.actual)) found.push('weight_decay has no effect');
  return found;
}

function same(a: Trajectory, b: Trajectory): boolean {
  return a.length === b.length && a.some((x) => x !== undefined) && a.every((x, i) => Object.is(x, b[i]));
}
