/**
 * The score of one port: what `check` says of it over a fixed sample of the golden cases, held against the truth.
 */
import fc from 'fast-check';
import { type Bound, boundsOf } from '../../src/conformance/bounds/bounds.ts';
import { canRun } from '../../src/conformance/fuzz/fuzz.ts';
import { scenarios } from '../../src/conformance/fuzz/program.ts';
import { run } from '../../src/conformance/run.ts';
import type { Run } from '../../src/conformance/verdicts.ts';
import type { Case, Golden, ReferenceName } from '../../src/golden/types.ts';
import { claimed } from '../../src/scenario/needs.ts';
import type { Observation, Scenario } from '../../src/scenario/types.ts';
import { portSubject } from '../../src/subject/module.ts';
import type { Subject } from '../../src/subject/subject.ts';
import { fromBits } from '../../src/tensor/bits.ts';
import { DEPARTURES, nameOf } from './list.ts';
import { portOf, type Spelling, textOf, type Truth } from './ports.ts';

/**
 * What came of a port. `named`: the rule is the truth. `alike`: what is named is not the truth in words, but ports that are wrong in
 * that way answer as this one does, to every program of the score. `departure`: what a bounded verdict lets pass, by name. `passed`:
 * nothing fails. `missed`: anything else.
 */
export type Result = 'named' | 'alike' | 'departure' | 'passed' | 'missed';

/** A port and what came of it. */
export interface Scored {
  readonly spelling: Spelling;
  readonly truth: Truth;
  readonly result: Result;
  /** The rules named, or what was found in place of one. */
  readonly says: string;
}

const REFERENCE: ReferenceName = 'torch-2.15.0/separate';

/** Of the cases of a file that the ports claim, the first is run and every seventh after it. */
const EVERY = 7;

/** Programs on which ports are compared. */
const [PROGRAMS, SEED] = [200, 20261129];

/** The score over golden cases. What does not depend on the port is made once. */
export class Score {
  readonly sample: Golden;
  readonly #bounds = new Map<Scenario, Promise<readonly Bound[]>>();
  readonly #programs: readonly Scenario[];
  readonly #ports = new Map<string, Promise<Subject>>();

  static async over(golden: Golden): Promise<Score> {
    const right = portSubject(await portOf(textOf('float32', {})!));
    return new Score(golden, right);
  }

  constructor(golden: Golden, right: Subject) {
    const claims = new Set(right.supports);
    const own = golden.cases.filter(
      ({ needs, observed, scenario: { program } }) =>
        observed.has(REFERENCE) && needs.every((need) => claims.has(need)) && right.lacks?.(program).length === 0,
    );
    const before = new Map<string, number>();
    const isSampled = ({ file }: Case): boolean => {
      const count = before.get(file) ?? 0;
      before.set(file, count + 1);
      return count % EVERY === 0;
    };
    this.sample = { ...golden, cases: own.filter(isSampled) };
    const made = fc.sample(scenarios(new Set(claimed(right.supports))), { numRuns: PROGRAMS, seed: SEED });
    this.#programs = [...own.map(({ scenario }) => scenario), ...made.filter((scenario) => canRun(scenario, right))];
  }

  /** Runs a port as `check` does. */
  async run(spelling: Spelling, truth: Truth, exact: boolean = false): Promise<Run> {
    const subject = await this.#subject(spelling, truth);
    const source = { name: subject.name, followsTarget: false, open: async () => subject };
    const { runs } = await run(this.sample, source, { references: [REFERENCE], bounds: this.#keep, exact });
    return runs[0]!;
  }

  /** The score of one port. */
  async of(spelling: Spelling, truth: Truth): Promise<Scored> {
    const { diagnosis, cases, departures = [] } = await this.run(spelling, truth);
    const failed = cases.filter(({ verdict }) => verdict === 'failed').length;
    const rules = diagnosis?.rules.map(({ axes }) => Object.fromEntries(axes.map(({ axis, value }) => [axis, value])));
    const says = rules?.map(nameOf).join(' | ') || (diagnosis?.sanity ?? []).join('; ');
    const scored = { spelling, truth, says };
    if (failed === 0) {
      const named = departures.some(({ name }) => name === 'float32-alpha') && DEPARTURES.includes(nameOf(truth));
      return { ...scored, result: named ? 'departure' : 'passed' };
    }
    if (!rules || rules.length === 0) return { ...scored, result: 'missed' };
    if (rules.length === 1 && same(rules[0]!, truth)) return { ...scored, result: 'named' };
    const alike = await Promise.all(rules.map((rule) => same(rule, truth) || this.#alike(spelling, rule, truth)));
    return { ...scored, result: alike.every(Boolean) ? 'alike' : 'missed' };
  }

  /** Whether two ports answer every program alike, up to rounding. */
  async #alike(spelling: Spelling, one: Truth, other: Truth): Promise<boolean> {
    if (textOf(spelling, one) === undefined) return false;
    const [a, b] = [await this.#subject(spelling, one), await this.#subject(spelling, other)];
    for (const scenario of this.#programs)
      if (!agree(numbersOf(await a.run(scenario)), numbersOf(await b.run(scenario)))) return false;
    return true;
  }

  #subject(spelling: Spelling, truth: Truth): Promise<Subject> {
    const key = `${spelling} ${nameOf(truth)}`;
    const made = this.#ports.get(key) ?? portOf(textOf(spelling, truth)!).then(portSubject);
    this.#ports.set(key, made);
    return made;
  }

  readonly #keep: typeof boundsOf = (scenario, target, ulp) => {
    const kept = this.#bounds.get(scenario) ?? boundsOf(scenario, target, ulp);
    this.#bounds.set(scenario, kept);
    return kept;
  };
}

function same(one: Truth, other: Truth): boolean {
  const names = Object.keys(one);
  return names.length === Object.keys(other).length && names.every((name) => one[name] === other[name]);
}

/** Every number that is observed, in order. */
function numbersOf(observations: readonly Observation[]): readonly number[] {
  const found: number[] = [];
  JSON.stringify(observations, (key, value: unknown) => {
    if (key !== 'type' && typeof value === 'string' && /^[0-9a-f]{8}( [0-9a-f]{8})*$/.test(value))
      for (const x of fromBits('float32', value)) found.push(x);
    return value;
  });
  return found;
}

/** Relative difference that is no rounding. */
const DIFFERENT = 1e-3;

function agree(a: readonly number[], b: readonly number[]): boolean {
  return (
    a.length === b.length &&
    a.every((x, i) => Object.is(x, b[i]) || Math.abs(x - b[i]!) <= DIFFERENT * Math.max(Math.abs(x), Math.abs(b[i]!)))
  );
}
