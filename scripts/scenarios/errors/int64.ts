/**
 * A parameter of integers, or of booleans, among others, which no step can update.
 */
import type { DType } from '../../../src/tensor/dtype.ts';
import type { Group } from '../group.ts';
import { caseOf, grad, groupOf, optimizer, read, STATE, step } from '../small.ts';

/** Group `int64`. */
export function int64(): Group {
  return refused(
    'int64',
    '0000000000000005 fffffffffffffff9',
    '0000000000000002 fffffffffffffffd',
    'a parameter of integers',
  );
}

/** Group `bool`. */
export function bool(): Group {
  return refused('bool', '01 00', '01 01', 'a parameter of booleans');
}

function refused(dtype: DType, bits: string, gradient: string, title: string): Group {
  const program = [
    ...[optimizer({ foreach: false }, ['$w', '$i', '$b']), grad('w', [0.3, -0.6])],
    ...[{ op: 'grad', tensor: 'i', bits: gradient } as const, grad('b', [0.1])],
    ...[step(), STATE, read('w', 'i', 'b')],
  ];
  return groupOf(
    ['errors', dtype, title],
    [caseOf('plain', ['ERR-10'], ['errors', 'messages', 'state', 'bookkeeping', 'int64'], program)],
    { i: { dtype, shape: [2], bits } },
  );
}
