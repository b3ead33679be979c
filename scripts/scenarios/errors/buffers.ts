/**
 * State whose entries were replaced by something else than the buffers that a step made.
 */
import type { Value } from '../../../src/scenario/types.ts';
import type { Group, ScenarioCase } from '../group.ts';
import { caseOf, edit, groupOf, optimizer, plain, read, STATE, train } from '../small.ts';

/** A tensor of another shape. */
const SHAPE = '$three';

const VALUES: readonly (readonly [name: string, value: Value])[] = [
  ...([
    ['none', null],
    ['number', 3],
    ['shape', SHAPE],
  ] as const),
];

/** The group `buffers`. */
export function buffers(): Group {
  const keys = ['step', 'square_avg', 'momentum_buffer', 'grad_avg'];
  return groupOf(
    ['errors', 'buffers', 'entries of the state that are no tensors, or of another shape or element type'],
    [
      ...keys.flatMap((key) => VALUES.map(([name, value]) => replaced(`${key}-${name}`, key, value, false))),
      replaced('step-text', 'step', 'x', false),
      replaced('step-number+foreach', 'step', 3, true),
      ...keys.slice(1).map((key) => replaced(`${key}-none+foreach`, key, null, true)),
      ...keys.slice(1).map((key) => replaced(`${key}-wide+foreach`, key, '$wide', true)),
      ...keys.slice(1).map((key) => replaced(`${key}-wide`, key, '$wide', false)),
      ...keys.map((key) => replaced(`${key}-shape+foreach`, key, SHAPE, true)),
    ],
    { three: plain([3], [0.5, 1, 2]), wide: plain([2], [0.5, 0.25], 'float64') },
  );
}

function replaced(id: string, key: string, value: Value, foreach: boolean): ScenarioCase {
  return caseOf(
    id,
    clausesOf(key, value),
    ['errors', 'messages', 'state', 'bookkeeping', 'set-state'],
    [
      ...[optimizer({ foreach, momentum: 0.5, centered: true }), train(1), edit(['opt', 'state', '$w', key], value)],
      ...[train(1, { after: 1 }), STATE, read('w', 'b')],
    ],
  );
}

function clausesOf(key: string, value: Value): readonly string[] {
  if (key === 'step') return value === SHAPE ? ['ERR-6'] : ['ERR-6', 'LSD-15'];
  return value === SHAPE ? ['ERR-9', 'LSD-19'] : ['ERR-9'];
}
