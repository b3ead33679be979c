/**
 * Holding a rule against failed cases: which of them it explains, in which kind of arithmetic, and whether another explains more.
 */
import type { Case } from '../../golden/types.ts';
import type { Need } from '../../scenario/needs.ts';
import type { Observation } from '../../scenario/types.ts';
import { shareOf } from './agreement.ts';
import { AXES, AXIS_NAMES } from './axes/table.ts';
import { type Kind, KINDS } from './kinds.ts';
import { observedNumbers, type Prepared, predict, prepare, type StateKey, type Trajectory } from './predict.ts';
import { partsOf, type Rule } from './rule.ts';

/** A failed case and what the subject and the reference observed of it. */
export interface FailedCase {
  readonly case: Case;
  readonly expected: readonly Observation[];
  readonly actual: readonly Observation[];
  /** Whether it failed in numbers, or in what is written beside them. */
  readonly numeric: boolean;
}

/** A failed case in numbers that a rule can be held against. */
export interface Held {
  readonly id: string;
  readonly prepared: Prepared;
  /** Entries of state that count. */
  readonly keys: readonly StateKey[];
  readonly actual: Trajectory;
  readonly expected: Trajectory;
}

/**
 * A case of which a rule has this share of the numbers that say something is explained; of one that differs by rounding alone, in which
 * it is nearer to the port in this share of those that differ.
 */
export const MOST = 0.9;

/** The failed case made ready; undefined where no rule can run it. */
export function hold(failed: FailedCase, keys: readonly StateKey[]): Held | undefined {
  const { scenario, id } = failed.case;
  const prepared = failed.numeric ? prepare(scenario) : undefined;
  if (prepared === undefined) return undefined;
  const [actual, expected] = [failed.actual, failed.expected].map((all) => observedNumbers(scenario, all, keys)) as [
    Trajectory,
    Trajectory,
  ];
  return { id, prepared, keys, actual, expected };
}

/** Whether a rule explains a case. */
export function explains(rule: Rule, kind: Kind, held: Held): boolean {
  const share = shareOf(held.actual, held.expected, predict(partsOf(rule), kind, held.prepared, held.keys));
  if (share.informative > 0) return share.explained >= MOST * share.informative;
  return share.differing > 0 && share.nearer >= MOST * share.differing;
}

/** Whether a rule explains a case in the kind that is the port's, or where cases rest on other roundings, in any other. */
export function explainsInSome(rule: Rule, kind: Kind, held: Held): boolean {
  return explains(rule, kind, held) || KINDS.some((other) => other !== kind && explains(rule, other, held));
}

/** The kind in which a rule has the most of the port's bits; of equals, the first. */
export function kindOf(rule: Rule, sample: readonly Held[]): Kind {
  const parts = partsOf(rule);
  let best = { kind: KINDS[0]!, exact: -1 };
  for (const kind of KINDS) {
    const exact = sample.reduce(
      (sum, held) => sum + shareOf(held.actual, held.expected, predict(parts, kind, held.prepared, held.keys)).exact,
      0,
    );
    if (exact > best.exact) best = { kind, exact };
  }
  return best.kind;
}

/** How many of the cases a rule explains. */
export function countExplained(rule: Rule, kind: Kind, sample: readonly Held[]): number {
  return sample.filter((held) => explains(rule, kind, held)).length;
}

/** Rounds in which a rule is bettered by one value on one axis. */
const ROUNDS = 3;

/** The rule, changed value by value as long as it explains more of the cases. */
export function better(rule: Rule, kind: Kind, sample: readonly Held[], claims: ReadonlySet<Need>): Rule {
  let best = { rule, explained: countExplained(rule, kind, sample) };
  for (let round = 0; round < ROUNDS && best.explained < MOST * sample.length; round++) {
    const from = best;
    for (const name of AXIS_NAMES) {
      if (!AXES[name].needs.every((need) => claims.has(need))) continue;
      for (const [i, value] of AXES[name].values.entries()) {
        const { [name]: _, ...rest } = from.rule;
        const tried: Rule = i === 0 ? rest : { ...rest, [name]: value.name };
        const explained = countExplained(tried, kind, sample);
        // A value more has to be worth it.
        if (explained > best.explained + (i === 0 ? 0 : sample.length * 0.05)) best = { rule: tried, explained };
      }
    }
    if (best === from) break;
  }
  return best.rule;
}
