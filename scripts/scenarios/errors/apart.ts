/**
 * What needs tensors that not every port can make: of float64 beside float32, and without elements.
 */
import type { Group } from '../group.ts';
import { caseOf, groupOf, optimizer, parameter, plain, read, set, STATE, train } from '../small.ts';

/** Group `wide`. */
export function wide(): Group {
  const needs = ['errors', 'float32', 'float64'] as const;
  return groupOf(
    ['errors', 'wide', 'float64 in messages'],
    [
      caseOf('parameter', ['OPT-6', 'ERR-3'], needs, [optimizer({}, '$wide')]),
      caseOf('negative-lr', ['OPT-4', 'ERR-2'], needs, [optimizer({ lr: '$negative' })]),
    ],
    { wide: parameter([1], 'float64'), negative: plain([], [-0.1], 'float64') },
  );
}

/** Group `empty`. */
export function empty(): Group {
  const needs = ['errors', 'empty-tensors'] as const;
  const later = [optimizer(), train(1), set('lr', '$none'), train(1, { after: 1 }), read('w', 'b'), STATE];
  return groupOf(
    ['errors', 'empty', 'options that are tensors without elements'],
    [
      caseOf('refused', ['OPT-4', 'ERR-7'], needs, [optimizer({ lr: '$none' })]),
      ...['eps', 'momentum', 'weight_decay', 'alpha'].map((option) =>
        caseOf(
          `refused-${option}`,
          ['OPT-3'],
          [...needs, 'messages', 'bookkeeping'],
          [optimizer({ [option]: '$none' })],
        ),
      ),
      caseOf('set-later', ['OPT-4', 'GRP-4', 'ERR-7'], [...needs, 'state'], later),
    ],
    { none: plain([0], []) },
  );
}
