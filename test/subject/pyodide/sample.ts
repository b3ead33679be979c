/**
 * A part of golden/ for subjects that are slow: Python in WebAssembly takes some 5 ms a case, 10 s a reference.
 */
import type { Golden } from '../../../src/golden/types.ts';

/** Areas of long trajectories, which are most of the time. */
const LONG = ['step', 'numerics', 'dtypes', 'cuda'];
const EVERY = 4;

/** What others observe is the same in every arithmetic: two references in a row take all. */
const OTHERS = 2;

/**
 * Every fourth case of the long areas, every other case of the others. The number says which: four in a row take all.
 */
export function sampled(golden: Golden, which: number): Golden {
  const cases = golden.cases.filter(({ area }, i) => {
    const every = LONG.includes(area) ? EVERY : OTHERS;
    return i % every === which % every;
  });
  return { ...golden, cases };
}
