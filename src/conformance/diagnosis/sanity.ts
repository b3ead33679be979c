/**
 * What is looked at before any rule: numbers that are NaN from the first step, nothing that moves, options without effect, and answers
 * that depend on what ran before.
 */
import type { Trajectory } from './predict.ts';
import type { Answered } from './search.ts';

/** Probes that an option is alone in telling apart: its own, and the one that it is held against. */
const EFFECTS = [
  ['lr', 'another lr', 'mixed'],
  ['alpha', 'another alpha', 'mixed'],
  ['eps', 'another eps', 'mixed'],
  ['momentum', 'momentum', 'mixed'],
  ['centered', 'centered', 'mixed'],
  ['maximize', 'maximize', 'mixed'],
  // Of parameters that are 0 nothing decays.
  ['weight_decay', 'decay', 'placed'],
] as const;

/** Findings beside which no rule can be read off. */
const NAN = 'every number is NaN from step 1';
const STILL = 'nothing moves: parameters stay as they were';

const NO_EFFECT = ' has no effect';

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
  return [...found, ...withoutEffect(answered).map((option) => `${option}${NO_EFFECT}`)];
}

/** Whether a finding is of an option that changes nothing. */
export function isEffect(finding: string): boolean {
  return finding.endsWith(NO_EFFECT);
}

/** Options that change nothing. */
export function withoutEffect(answered: readonly Answered[]): readonly string[] {
  const of = (name: string): Answered | undefined => answered.find(({ probe }) => probe.name === name);
  return EFFECTS.flatMap(([option, name, held]) => {
    const [one, other] = [of(held), of(name)];
    return one && other && same(one.actual, other.actual) ? [option] : [];
  });
}

function same(a: Trajectory, b: Trajectory): boolean {
  return a.length === b.length && a.some((x) => x !== undefined) && a.every((x, i) => Object.is(x, b[i]));
}
