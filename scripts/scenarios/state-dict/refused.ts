/**
 * Files that are refused, and what is left then; files of other optimizers; buffers of other shapes.
 */
import type { Op, Value } from '../../../src/scenario/types.ts';
import type { Group, ScenarioCase } from '../group.ts';
import {
  byId,
  caseOf,
  dict,
  edit,
  fresh,
  groupOf,
  load,
  loadValue,
  look,
  optimizer,
  type Options,
  parameter,
} from '../tiny.ts';
import { plain, read, remove, save, state, step, train, train2, tuple } from '../tiny.ts';
import { edited } from './edited.ts';

const THROWS = ['errors', 'messages'] as const;
const LEFT: readonly Op[] = [look('opt', 'param_groups'), look('opt', 'state')];

/** Groups `refused` and `foreign`. */
export function refused(): Group[] {
  const tensors = { old: plain([2], [4, 9]), scalar: plain([1], [4]) };
  return [
    groupOf(
      ['state_dict', 'refused', 'files that are refused, and what is left then'],
      [...values(), ...sizes(), ...late()],
      {
        tensors,
      },
    ),
    groupOf(
      ['state_dict', 'foreign', 'files of other optimizers, and buffers of other shapes'],
      [...others(), ...shapes()],
      {
        tensors: { ...tensors, v: parameter([1, 2, 3]) },
      },
    ),
  ];
}

/** What is no state dict at all. */
function values(): ScenarioCase[] {
  const group = dict({ params: [0, 1], lr: 0.5 });
  const file = (param_groups: Value, state: Value = dict()): Value => dict({ state, param_groups });
  const table: Readonly<Record<string, Value>> = {
    none: null,
    number: 5,
    text: 'state',
    list: [dict()],
    tuple: tuple(dict()),
    'empty-dict': dict(),
    'state-only': dict({ state: dict() }),
    'no-state': dict({ param_groups: [group] }),
    'groups-none': file(null),
    'groups-number': file(5),
    'groups-dict': file(group),
    'groups-of-numbers': file([5]),
    'groups-empty': file([]),
    'params-none': file([dict({ params: null })]),
    'state-none': file([group], null),
    'state-list': file([group], [dict()]),
    'state-number': file([group], 5),
  };
  return Object.entries(table).map(([id, value]) =>
    caseOf(id, ['LSD-3', 'LSD-17'], THROWS, [optimizer(), train(1), loadValue(value), ...LEFT, train(1, { after: 1 })]),
  );
}

/** Numbers of groups and of parameters. */
function sizes(): ScenarioCase[] {
  const groups = (...lists: readonly (readonly string[])[]): Value => lists.map((params) => dict({ params }));
  const into = (id: string, from: Value, to: Value, ...edits: readonly Op[]): ScenarioCase =>
    caseOf(id, ['LSD-3', 'LSD-17'], THROWS, [
      fresh({}, from),
      train2(1),
      save('fresh'),
      ...edits,
      optimizer({ lr: 0.5 }, to),
      load(),
      ...LEFT,
      train(1),
    ]);
  return [
    into('fewer-groups', ['$w2', '$b2'], groups(['$w'], ['$b'])),
    into('more-groups', groups(['$w2'], ['$b2']), ['$w', '$b']),
    into('fewer-params', ['$w2'], ['$w', '$b']),
    into('more-params', ['$w2', '$b2'], ['$w']),
    into('other-division', groups(['$w2', '$b2'], ['$old']), groups(['$w'], ['$b', '$scalar'])),
    into('groups-before-sizes', groups(['$w2'], ['$b2']), ['$w', '$b', '$old']),
    into('groups-before-state', ['$w2', '$b2'], groups(['$w'], ['$b']), remove('saved', 'state')),
    into('sizes-before-state', ['$w2', '$b2'], ['$w'], remove('saved', 'state')),
    into('groups-before-params', ['$w2', '$b2'], groups(['$w'], ['$b']), remove('saved', 'param_groups', 0, 'params')),
  ];
}

/** Errors of 2.13 after state and groups were replaced. */
function late(): ScenarioCase[] {
  const entry = (id: string, value: Value): ScenarioCase =>
    caseOf(`entry-${id}`, ['LSD-16'], THROWS, [
      ...edited(edit(['saved', 'state', 0], value), edit(['saved', 'param_groups', 0, 'lr'], 0.5)),
      look('fresh', 'param_groups'),
      look('fresh', 'state'),
      train2(1, { after: 1 }),
    ]);
  return [
    entry('none', null),
    entry('number', 5),
    entry('without-step', dict({ square_avg: '$old' })),
    caseOf('first-migrated-second-refused', ['LSD-16', 'LSD-15'], THROWS, [
      ...edited(
        edit(['saved', 'state', 0, 'step'], 3),
        remove('saved', 'state', 1, 'step'),
        remove('saved', 'param_groups', 0, 'maximize'),
      ),
      look('fresh', 'state'),
      look('fresh', 'param_groups'),
    ]),
    caseOf('later-groups-are-not-completed', ['LSD-16', 'LSD-9'], THROWS, [
      optimizer({}, [dict({ params: ['$w'] }), dict({ params: ['$b'] })]),
      train(1),
      save(),
      remove('saved', 'state', 0, 'step'),
      remove('saved', 'param_groups', 0, 'maximize'),
      remove('saved', 'param_groups', 1, 'maximize'),
      fresh({}, [dict({ params: ['$w2'] }), dict({ params: ['$b2'] })]),
      load('fresh'),
      look('fresh', 'param_groups'),
    ]),
    caseOf('good-file-after-a-bad-one', ['LSD-16'], THROWS, [
      optimizer(),
      train(1),
      save(),
      fresh(),
      {
        op: 'load_state_dict',
        optimizer: 'fresh',
        value: dict({
          state: byId([0, dict({ square_avg: '$old' })]),
          param_groups: [dict({ params: [0, 1], lr: 3 })],
        }),
      },
      load('fresh'),
      state('fresh'),
      train2(1, { after: 1 }),
    ]),
  ];
}

/** Files as other optimizers write them. */
function others(): ScenarioCase[] {
  const common = { maximize: false, foreach: null, differentiable: false, params: [0, 1] };
  const sgd = dict({ lr: 0.5, momentum: 0.9, dampening: 0, weight_decay: 0, nesterov: false, ...common });
  const adam = dict({ lr: 0.5, betas: tuple(0.9, 0.999), eps: 1e-8, weight_decay: 0, amsgrad: false, ...common });
  const file = (id: string, group: Value, entries: Options | undefined): ScenarioCase =>
    caseOf(id, ['LSD-18', ...(entries === undefined || 'step' in entries ? [] : ['LSD-16'])], THROWS, [
      optimizer(),
      train(1),
      loadValue(dict({ state: entries ? byId([0, dict(entries)]) : dict(), param_groups: [group] })),
      ...LEFT,
      train(1, { after: 1 }),
      read('w', 'b'),
      look('opt', 'state'),
    ]);
  return [
    file('sgd', sgd, undefined),
    file('sgd-with-state', sgd, { momentum_buffer: '$old' }),
    file('sgd-with-no-momentum', sgd, { momentum_buffer: null }),
    file('adam', adam, undefined),
    file('adam-with-state', adam, { step: 1, exp_avg: '$old', exp_avg_sq: '$old' }),
  ];
}

/** Buffers that do not fit are found out by the step. */
function shapes(): ScenarioCase[] {
  const into = (id: string, options: Options, to: readonly string[], ...ops: readonly Op[]): ScenarioCase =>
    caseOf(
      id,
      ['LSD-19'],
      ['state', ...THROWS],
      [
        optimizer(options),
        train(1),
        save(),
        fresh({}, to),
        load('fresh'),
        look('fresh', 'state'),
        ...ops,
        step({ optimizer: 'fresh' }),
        look('fresh', 'state'),
        read(...to.map((name) => name.slice(1))),
      ],
    );
  const grad: Op = { op: 'grad', tensor: 'v', bits: '3f800000 3f800000 3f800000' };
  const gradients = train2(1, { optimizer: 'second', params_at: [] });
  const swapped = [fresh({}, ['$w2', '$b2'], 'second'), gradients];
  return [
    into('longer', {}, ['$v', '$b2'], grad),
    into('shorter', {}, ['$b2', '$v'], ...swapped, grad),
    into('in-the-wrong-order', {}, ['$b2', '$w2'], ...swapped),
    into('in-the-wrong-order-centered', { centered: true }, ['$b2', '$w2'], ...swapped),
    into('in-the-wrong-order-momentum', { momentum: 0.9 }, ['$b2', '$w2'], ...swapped),
    into('in-the-wrong-order-foreach', { foreach: true }, ['$b2', '$w2'], ...swapped),
  ];
}
