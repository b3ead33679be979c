/**
 * What the score is made of: every wrong value alone, and pairs and triples drawn by a seed.
 */
import { SLIPS } from './edits.ts';
import { SPELLINGS, textOf, type Truth } from './ports.ts';

/** How many of each, and out of which seed. */
const [SEED, PAIRS, TRIPLES] = [20261129, 80, 40];

/** Every wrong value alone. */
export const SINGLES: readonly Truth[] = SLIPS.map(({ axis, value }) => ({ [axis]: value }));

/** Values that change nothing but rounding: a bounded verdict lets them pass, and names them as departures (spec/conformance.md). */
export const DEPARTURES: readonly string[] = ['squares=float32', 'mean=float32'];

/** Pairs and triples of different axes that an author could make together. */
export const COMBINATIONS: readonly Truth[] = drawn();

/** A truth as text: "eps=inside, momentum=lr-inside". */
export function nameOf(truth: Truth): string {
  return Object.entries(truth)
    .map(([axis, value]) => `${axis}=${value}`)
    .join(', ');
}

function drawn(): readonly Truth[] {
  const random = randomOf(SEED);
  const pick = <T>(all: readonly T[]): T => all[Math.floor(random() * all.length)]!;
  const axes = [...new Set(SLIPS.map(({ axis }) => axis))];
  const found = new Map<string, Truth>();
  const draw = (count: number): Truth => {
    const chosen = new Set<string>();
    while (chosen.size < count) chosen.add(pick(axes));
    const values = axes
      .filter((axis) => chosen.has(axis))
      .map((axis) => pick(SLIPS.filter((slip) => slip.axis === axis && !isDeparture(slip.axis, slip.value))));
    return Object.fromEntries(values.map(({ axis, value }) => [axis, value]));
  };
  while (found.size < PAIRS + TRIPLES) {
    const truth = draw(found.size < PAIRS ? 2 : 3);
    if (SPELLINGS.every((spelling) => textOf(spelling, truth) !== undefined)) found.set(nameOf(truth), truth);
  }
  return [...found.values()];
}

function isDeparture(axis: string, value: string): boolean {
  return DEPARTURES.includes(`${axis}=${value}`);
}

/** Numbers from 0 to 1, the same for the same seed: mulberry32. */
function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
