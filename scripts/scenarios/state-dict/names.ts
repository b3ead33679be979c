/**
 * Names of parameters in files and in optimizers: 2.13.
 */
import type { Behaviour, Op, Value } from '../../../src/scenario/types.ts';
import type { Group, ScenarioCase } from '../group.ts';
import {
  add,
  caseOf,
  dict,
  edit,
  fresh,
  groupOf,
  hook,
  load,
  look,
  optimizer,
  remove,
  save,
  train,
  train2,
  tuple,
} from '../tiny.ts';

/** Group `names`. */
export function names(): Group {
  return groupOf(['state_dict', 'names', 'names of parameters in files and in optimizers'], cases());
}

const NAMELESS: Value = ['$w', '$b'];
const NAMED: Value = [tuple('weight', '$w'), tuple('bias', '$b')];
const NAMELESS2: Value = ['$w2', '$b2'];
const NAMED2: Value = [tuple('own', '$w2'), tuple('other', '$b2')];

function cases(): ScenarioCase[] {
  const into = (id: string, from: Value, to: Value, ...edits: readonly Op[]): ScenarioCase =>
    caseOf(
      id,
      ['LSD-12'],
      [],
      [
        optimizer({}, from),
        train(1),
        save(),
        ...edits,
        fresh({}, to),
        load('fresh'),
        look('fresh', 'param_groups'),
        train2(1, { after: 1 }),
        save('fresh', 'again'),
      ],
    );
  const throws = ['errors', 'messages'] as const;
  return [
    into('named-into-named', NAMED, NAMED2),
    into('named-into-nameless', NAMED, NAMELESS2),
    into('nameless-into-named', NAMELESS, NAMED2),
    into('nameless-into-nameless', NAMELESS, NAMELESS2),
    into('names-added-to-the-file', NAMELESS, NAMELESS2, edit(['saved', 'param_groups', 0, 'param_names'], ['a', 'b'])),
    into('names-removed-from-the-file', NAMED, NAMED2, remove('saved', 'param_groups', 0, 'param_names')),
    into('names-of-any-value', NAMED, NAMED2, edit(['saved', 'param_groups', 0, 'param_names'], 5)),
    into('names-in-another-order', NAMED, [tuple('bias', '$w2'), tuple('weight', '$b2')]),
    ...adapted(),
    caseOf(
      'groups',
      ['LSD-12'],
      ['names', 'groups'],
      [
        optimizer({}, [dict({ params: [tuple('weight', '$w')], lr: 0.5 }), dict({ params: [tuple('bias', '$b')] })]),
        save(),
        remove('saved', 'param_groups', 1, 'param_names'),
        fresh({}, [dict({ params: [tuple('own', '$w2')] }), dict({ params: [tuple('other', '$b2')] })]),
        load('fresh'),
        look('fresh', 'param_groups'),
      ],
    ),
    caseOf('nameless-group-after-acquiring-names', ['LSD-12'], throws, [
      optimizer(),
      save(),
      edit(['saved', 'param_groups', 0, 'param_names'], ['a', 'b']),
      load(),
      add({ params: ['$w2'] }),
      add({ params: [tuple('own', '$b2')] }),
      look('opt', 'param_groups'),
    ]),
  ];
}

/** A hook before loading makes a file fit that names its parameters in another order, or not all of them. */
function adapted(): ScenarioCase[] {
  const own = (
    id: string,
    from: readonly [string, string][],
    to: Value,
    ...edits: readonly Behaviour[]
  ): ScenarioCase =>
    caseOf(
      `adapted-${id}`,
      ['LSD-12', 'LSD-4', 'HKS-11'],
      ['state'],
      [
        ...[
          optimizer(
            { momentum: 0.9 },
            from.map(([name, tensor]) => tuple(name, tensor)),
          ),
          train(2),
          save(),
        ],
        ...[fresh({}, to), hook('load_state_dict_pre', edits, { optimizer: 'fresh' }), load('fresh')],
        ...[look('fresh', 'param_groups'), look('fresh', 'state'), look('saved'), train2(2, { after: 2 })],
        ...[save('fresh', 'again')],
      ],
    );
  const both: readonly [string, string][] = [
    ['weight', '$w'],
    ['bias', '$b'],
  ];
  const turned: readonly Value[] = [tuple('bias', '$b2'), tuple('weight', '$w2')];
  const ids = (value: Value): Behaviour => ({ edit: { at: ['param_groups', 0, 'params'], value } });
  const names = (value: Value): Behaviour => ({ edit: { at: ['param_groups', 0, 'param_names'], value } });
  const renamed = (id: number, to: string): Behaviour => ({ edit: { at: ['state', id], rename: to } });
  return [
    own('by-the-order-of-ids', both, turned, ids([1, 0]), names(['bias', 'weight'])),
    own('by-ids-alone', both, turned, ids([1, 0])),
    own('by-names-as-ids', both, turned, renamed(0, 'weight'), renamed(1, 'bias'), ids(['bias', 'weight'])),
    own('for-one-more-parameter', [['bias', '$b']], turned.toReversed(), ids([1, 0]), names(['weight', 'bias'])),
    own('for-one-parameter-less', both, [tuple('bias', '$b2')], ids([1]), names(['bias'])),
  ];
}
