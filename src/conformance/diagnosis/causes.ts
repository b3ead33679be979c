/**
 * Failures by cause: one error text in seventy cases is one cause. Each is shown by its plainest case.
 */
import type { Case } from '../../golden/types.ts';
import { fromBits } from '../../tensor/bits.ts';
import type { DType } from '../../tensor/dtype.ts';
import type { CaseResult } from '../verdicts.ts';

/** Cases that fail for the same reason. */
export interface Cause {
  /** In words. */
  readonly says: string;
  readonly cases: number;
  /** The id of the plainest of them. */
  readonly plainest: string;
}

/** How far from plain a case is; plainest first. */
export type Plainness = (id: string) => readonly number[];

/** Cases that fail for the same reason, with their results. */
export interface CauseGroup {
  /** In words. */
  readonly says: string;
  /** Plainest first. */
  readonly results: readonly CaseResult[];
}

/**
 * The causes of failed and broken cases: what broke first, then those of most cases.
 *
 * @param inWords the cause of one, where more is known than its result says
 */
export function causesOf(
  results: readonly CaseResult[],
  plainness?: Plainness,
  inWords: (result: CaseResult) => string = causeOf,
): readonly Cause[] {
  return groupedByCause(results, plainness, inWords).map(({ says, results: own }) => ({
    ...{ says, cases: own.length, plainest: own[0]!.id },
  }));
}

/** Failed and broken cases by cause, in the order of `causesOf`. */
export function groupedByCause(
  results: readonly CaseResult[],
  plainness: Plainness = () => [],
  inWords: (result: CaseResult) => string = causeOf,
): readonly CauseGroup[] {
  const groups = new Map<string, CaseResult[]>();
  for (const result of results) {
    if (result.verdict !== 'failed' && result.verdict !== 'broken') continue;
    const says = inWords(result);
    groups.set(says, [...(groups.get(says) ?? []), result]);
  }
  const order = (a: CaseResult, b: CaseResult): number => lexical(keyOf(a, plainness), keyOf(b, plainness));
  const broken = (own: readonly CaseResult[]): number => Number(own[0]!.verdict === 'broken');
  return [...groups]
    .sort(([, a], [, b]) => broken(b) - broken(a) || b.length - a.length)
    .map(([says, own]) => ({ says, results: own.toSorted(order) }));
}

function keyOf({ id, clauses }: CaseResult, plainness: Plainness): readonly number[] {
  return [...plainness(id), clauses.length];
}

/** In which of few ways a case fails. */
export function causeOf({ id, broken, difference }: CaseResult): string {
  if (broken !== undefined) return `the adapter broke: ${broken.replaceAll(id, '…')}`;
  if (difference === undefined) return 'differs';
  const { facet, expected, actual, operation, where } = difference;
  if (expected === 'no error') return `${operation} throws ${actual}`;
  if (actual === 'no error') return `${operation} does not throw ${expected}`;
  // A training that ended early says after how many steps, which no cause hangs on.
  const [wanted, got] = [expected, actual].map((text) => text.replace(/(?: after|,) \d+ steps?$/, '')) as [
    string,
    string,
  ];
  if (where === 'how it ended' && wanted === 'no error') return `${operation} throws ${got}`;
  if (where === 'how it ended' && got === 'no error') return `${operation} does not throw ${wanted}`;
  if (facet === 'messages') return `another text: ${actual}`;
  if (facet === 'numbers') return where.startsWith('gradients') ? 'steps change gradients' : 'numbers differ';
  if (facet === 'state') return 'buffers of the state differ';
  return `${facet}: ${operation}`;
}

/** Plain is: ordinary numbers, one tensor, few needs, a short program. */
export function plainnessOf(cases: readonly Case[]): Plainness {
  const byId = new Map(cases.map((c) => [c.id, c]));
  return (id) => {
    const c = byId.get(id);
    if (c === undefined) return [];
    const { tensors, gradients, program } = c.scenario;
    const trained = program.flatMap((op) => (op.op === 'train' ? [op.gradients] : []));
    const names = new Set(trained.flatMap((name) => gradients[name]?.flatMap((step) => Object.keys(step)) ?? []));
    const odd = trained.some((name) =>
      gradients[name]?.some((step) => Object.entries(step).some(([of, bits]) => isOdd(bits, tensors[of]?.dtype))),
    );
    return [Number(odd), names.size, c.needs.length, program.length];
  };
}

const odds = new Map<string, boolean>();

/** Whether there are other numbers than 0 and those of a middle size. */
function isOdd(bits: string | null, dtype: DType | undefined): boolean {
  if (bits === null || bits === '' || (dtype !== 'float32' && dtype !== 'float64')) return false;
  const known = odds.get(bits);
  if (known !== undefined) return known;
  const odd = fromBits(dtype, bits).some((x) => x !== 0 && !(Math.abs(x) > 1e-6 && Math.abs(x) < 1e6));
  odds.set(bits, odd);
  return odd;
}

function lexical(a: readonly number[], b: readonly number[]): number {
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return a[i]! - (b[i] ?? 0);
  return 0;
}
