/**
 * Whether a subject whose bits are not the reference's is right all the same: every number within its derived bound, and
 * everything that is not a number as the reference has it (spec/conformance.md).
 */
import type { Facet } from '../scenario/needs.ts';
import type { Observation, Scenario } from '../scenario/types.ts';
import { elementBits, fromBits } from '../tensor/bits.ts';
import { compareBits } from './bits.ts';
import type { Bound } from './bounds/bounds.ts';
import { type Interval, isUndetermined } from './bounds/interval.ts';
import { places } from './bounds/places.ts';
import { compare } from './compare.ts';
import type { Difference } from './difference.ts';

/** What holding the observations of one case against their bounds says. */
export interface Bounded {
  /** Whether there is nothing that a right port cannot have: no `first`. */
  readonly within: boolean;
  /** How many numbers were held against a bound, and how many of them lie outside. */
  readonly compared: number;
  readonly outside: number;
  /** How many of those compared have other bits than the reference's. */
  readonly differing: number;
  /** How many numbers were not, because their bounds say nothing of them. */
  readonly undetermined: number;
  readonly first?: Difference;
}

/**
 * Holds what a subject observed of a scenario against its bounds, and the rest against what a reference observed.
 *
 * @param bounds of the scenario, from `boundsOf`
 * @param expected the reference's observations; their numbers are counted, and decide nothing
 * @param facets what is compared; the rest is passed over
 */
export function bounded(
  scenario: Scenario,
  bounds: readonly Bound[],
  expected: readonly Observation[],
  actual: readonly Observation[],
  facets: ReadonlySet<Facet>,
): Bounded {
  const [right, found] = [bitsByPlace(scenario, expected), bitsByPlace(scenario, actual)];
  const total = { compared: 0, outside: 0, differing: 0, undetermined: 0 };
  let number: Difference | undefined;
  for (const bound of bounds) {
    if (!facets.has(bound.facet)) continue;
    const at = `${bound.op} ${bound.where}`;
    const { compared, outside, differing, undetermined, first } = hold(bound, right.get(at), found.get(at));
    total.compared += compared;
    total.outside += outside;
    total.differing += differing;
    total.undetermined += undetermined;
    number ??= first;
  }
  const { first: other } = compare(scenario, expected, actual, without(facets, 'numbers', 'state'));
  // A missing number is explained by the error that ended its operation.
  const first = number && other ? (other.op <= number.op ? other : number) : (number ?? other);
  return first === undefined ? { within: true, ...total } : { within: false, ...total, first };
}

function bitsByPlace(scenario: Scenario, observations: readonly Observation[]): ReadonlyMap<string, string> {
  return new Map(Array.from(places(scenario, observations), ({ op, where, bits }) => [`${op} ${where}`, bits]));
}

type Held = Omit<Bounded, 'within'>;

function hold({ low, high, shape, ...place }: Bound, right: string | undefined, bits: string | undefined): Held {
  const intervals = Array.from(low, (end, i): Interval => [end, high[i]!]);
  const undetermined = intervals.filter(isUndetermined).length;
  const compared = intervals.length - undetermined;
  if (bits === undefined) {
    const first = { ...place, expected: `${intervals.length} elements`, actual: 'none' };
    return { compared, outside: compared, differing: compared, undetermined, first };
  }
  const differing = compareBits(
    'float64',
    shape,
    place,
    settled(intervals, right ?? ''),
    settled(intervals, bits),
  ).differing;
  const [own, admitted] = [bits.split(' '), admit(intervals, bits)];
  const { differing: outside, first } = compareBits('float64', shape, place, admitted.join(' '), bits);
  if (first === undefined) return { compared, outside: 0, differing, undetermined };
  const at = first.element && intervals[own.findIndex((element, i) => element !== admitted[i])];
  const expected = at ? describe(at) : first.expected;
  return { compared, outside, differing, undetermined, first: { ...place, ...first, expected } };
}

/** The elements whose intervals say something. */
function settled(intervals: readonly Interval[], bits: string): string {
  return bits
    .split(' ')
    .filter((_, i) => intervals[i] !== undefined && !isUndetermined(intervals[i]))
    .join(' ');
}

/** The elements themselves where they are in their intervals, elsewhere an end of the interval, in double. */
function admit(intervals: readonly Interval[], bits: string): string[] {
  const own = bits.split(' ');
  const elements = fromBits(own[0]!.length === 16 ? 'float64' : 'float32', bits);
  return intervals.map(([low, high], i) => {
    const x = elements[i]!;
    const inside = isUndetermined([low, high]) || (low <= x && x <= high) || (Number.isNaN(low) && Number.isNaN(x));
    return inside ? own[i]! : elementBits('float64', x > high ? high : low);
  });
}

function describe([low, high]: Interval): string {
  return Number.isNaN(low) ? 'NaN' : `from ${low} to ${high}`;
}

function without(facets: ReadonlySet<Facet>, ...left: readonly Facet[]): Set<Facet> {
  return new Set([...facets].filter((facet) => !left.includes(facet)));
}
