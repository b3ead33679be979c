/**
 * A group of two element types: the foreach path divides it, and nothing shows of that.
 */
import type { Group } from '../group.ts';
import { bitsOf } from '../random.ts';
import { caseOf, groupOf, optimizer, type Options, parameter, read, STATE, train } from '../small.ts';

/** Group `dtypes`. */
export function dtypes(): Group {
  const wide = { op: 'grad', tensor: 'wide', bits: bitsOf('float64', [0.1]) } as const;
  const flags: readonly Options[] = [{}, { momentum: 0.9, centered: true }];
  return groupOf(
    ['groups', 'dtypes', 'a group of two element types'],
    flags.flatMap((own) =>
      [false, true].map((foreach) =>
        caseOf(
          ['mixed', ...Object.keys(own), ...(foreach ? ['foreach'] : [])].join('+'),
          ['RMS-12', 'STA-2', 'STA-3'],
          ['state', 'float32', 'float64'],
          [optimizer({ ...own, foreach }, ['$w', '$wide', '$b']), wide, train(3), read('wide'), STATE],
        ),
      ),
    ),
    { wide: parameter([1 / 3], 'float64') },
  );
}
