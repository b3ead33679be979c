/**
 * A parameter of integers among others, which no step can update.
 */
import type { Group } from '../group.ts';
import { bitsOf } from '../random.ts';
import { caseOf, grad, groupOf, optimizer, plain, read, STATE, step } from '../small.ts';

/** Group `int64`. */
export function int64(): Group {
  return groupOf(
    ['errors', 'int64', 'a parameter of integers'],
    [
      caseOf(
        'plain',
        ['ERR-10'],
        ['errors', 'messages', 'state', 'bookkeeping', 'int64'],
        [
          ...[optimizer({ foreach: false }, ['$w', '$i', '$b']), grad('w', [0.3, -0.6])],
          ...[{ op: 'grad', tensor: 'i', bits: bitsOf('int64', [2, -3]) } as const, grad('b', [0.1])],
          ...[step(), STATE, read('w', 'i', 'b')],
        ],
      ),
    ],
    { i: plain([2], [5, -7], 'int64') },
  );
}
