/**
 * Optimizers as text.
 */
import type { Op, Value } from '../../../src/scenario/types.ts';
import type { Group, ScenarioCase } from '../group.ts';
import { add, caseOf, dict, edit, groupOf, load, optimizer, plain, remove, save, train, tuple } from '../tiny.ts';

/** Group `text`. */
export function texts(): Group {
  const tensors = { rate: plain([], [0.25]), rates: plain([1], [0.25]) };
  return groupOf(['state_dict', 'text', 'an optimizer as text'], cases(), { tensors });
}

function cases(): ScenarioCase[] {
  const text: Op = { op: 'repr' };
  const of = (id: string, clause: string, ...ops: readonly Op[]): ScenarioCase =>
    caseOf(id, [clause], ['messages'], [...ops, text]);
  const two: Value = [dict({ params: ['$w'], lr: 0.5 }), dict({ params: ['$b'], weight_decay: 0.1 })];
  return [
    of('defaults', 'RPR-1', optimizer()),
    of('options', 'RPR-2', optimizer({ lr: 0.5, momentum: 0.9, centered: true, eps: 1e-7, foreach: false })),
    of(
      'numbers',
      'RPR-2',
      optimizer({ lr: 1e-10, alpha: 0.000123, eps: 1e22, momentum: 123456789, weight_decay: 0.1 }),
    ),
    of('infinity', 'RPR-2', optimizer({ lr: { $float: 'inf' }, eps: { $float: '-0.0' } })),
    of('groups', 'RPR-1', optimizer({}, two)),
    of('added-group', 'RPR-1', optimizer(), add({ params: ['$w2'], lr: 3 })),
    of('eleven-groups', 'RPR-1', optimizer(), ...Array.from({ length: 10 }, () => add({ params: [] }))),
    of('no-groups', 'RPR-1', optimizer(), remove('opt', 'param_groups', 0)),
    of(
      'unknown-keys',
      'RPR-2',
      optimizer({}, [dict({ params: ['$w'], zeta: 'text', Alpha: [1, 'x'], _x: null, a: true })]),
    ),
    of(
      'containers',
      'RPR-2',
      optimizer({}, [dict({ params: ['$w'], a: tuple(1), b: dict({ k: "it's" }), c: [], d: tuple() })]),
    ),
    of('missing-keys', 'RPR-1', optimizer(), remove('opt', 'param_groups', 0, 'lr')),
    of('names', 'RPR-2', optimizer({}, [tuple('weight', '$w'), tuple('bias', '$b')])),
    of('lr-tensor', 'RPR-2', optimizer({ lr: '$rate' })),
    of('lr-tensor-with-a-dimension', 'RPR-2', optimizer({ lr: '$rates' })),
    of('after-a-step', 'RPR-1', optimizer(), train(1)),
    of('after-loading', 'RPR-1', optimizer(), save(), edit(['saved', 'param_groups', 0, 'note'], 'x'), load()),
  ];
}
