/**
 * A part of golden/ for subjects that are slow: Python in WebAssembly takes some 5 ms a case, 10 s a reference.
 */
import type { Golden } from '../../../src/golden/types.ts';

/** Areas of long trajectories, which are most of the time. */
const LONG = ['step', 'numerics', 'cuda'];
const EVERY = 4;

/**
 * Every fourth case of the long areas, every case of the others. The number says which: four in a row take all.
 */
export function sampled(golden: Golden, which: number): Golden {
  const cases = golden.cases.filter(({ area }, i) => !LONG.includes(area) || i % EVERY === which % EVERY);
  return { ...golden, cases };
}
