/**
 * Buffers of another element type than their parameter.
 */
import type { Op } from '../../../src/scenario/types.ts';
import type { Group, ScenarioCase } from '../group.ts';
import { caseOf, edit, grad, groupOf, optimizer, type Options, parameter, plain, read, STATE } from '../small.ts';
import { step } from '../small.ts';

/** Group `mixed`. */
export function mixed(): Group {
  return groupOf(
    ['errors', 'mixed', 'buffers of another element type than their parameter'],
    ['square_avg', 'momentum_buffer', 'grad_avg'].flatMap((key) =>
      [false, true].flatMap((foreach) => [
        replaced(key, 'narrow', { foreach, ...flagOf(key) }),
        replaced(key, 'wide', { foreach, ...flagOf(key) }),
        ...(key === 'grad_avg' ? [] : [misfit(key, { foreach, ...flagOf(key) })]),
      ]),
    ),
    {
      double: parameter([1, -2], 'float64'),
      single: { ...parameter([1], 'float64'), shape: [] },
      ...{ narrow: plain([2], [0.5, 0.25]), wide: plain([2], [0.5, 0.25], 'float64') },
    },
  );
}

function flagOf(key: string): Options {
  return key === 'momentum_buffer' ? { momentum: 0.5 } : key === 'grad_avg' ? { centered: true } : {};
}

/** 0.3 and -0.6 in float64. */
const BITS = '3fd3333333333333 bfe3333333333333';

/** A float64 parameter with a float32 buffer, or a float32 parameter with a float64 one, behind another parameter. */
function replaced(key: string, buffer: 'narrow' | 'wide', options: Options): ScenarioCase {
  const tensor = buffer === 'narrow' ? 'double' : 'w';
  const gradients: Op[] = [grad('b', [0.5]), grad('w', [0.3, -0.6]), { op: 'grad', tensor: 'double', bits: BITS }];
  return caseOf(
    `${key}-${buffer}${options['foreach'] ? '+foreach' : ''}`,
    ['ERR-9', 'VER-1'],
    ['errors', 'messages', 'state', 'bookkeeping', 'set-state', 'float64', 'float32'],
    [
      ...[optimizer(options, ['$b', `$${tensor}`]), ...gradients, step()],
      ...[edit(['opt', 'state', `$${tensor}`, key], `$${buffer}`), step(), STATE, read('b', tensor, buffer)],
    ],
  );
}

/** A float64 parameter without dimensions and a float32 buffer with some: neither the shape nor the element type fits. */
function misfit(key: string, options: Options): ScenarioCase {
  const gradient: Op = { op: 'grad', tensor: 'single', bits: BITS.split(' ')[0]! };
  return caseOf(
    `${key}-misfit${options['foreach'] ? '+foreach' : ''}`,
    ['ERR-9', 'LSD-19'],
    ['errors', 'messages', 'state', 'bookkeeping', 'set-state', 'float64', 'float32'],
    [
      ...[optimizer(options, ['$single']), gradient, step()],
      ...[edit(['opt', 'state', '$single', key], '$narrow'), step(), STATE, read('single', 'narrow')],
    ],
  );
}
