/**
 * Version counters of tensors: how often a step, zero_grad, loading and copying write in place.
 */
import type { Need } from '../../../src/scenario/needs.ts';
import type { Op, Place } from '../../../src/scenario/types.ts';
import type { Group, ScenarioCase } from '../group.ts';
import {
  bits,
  caseOf,
  clone,
  grad,
  groupOf,
  look,
  optimizer,
  type Options,
  parameter,
  plain,
  sparse,
} from '../small.ts';
import { step, train } from '../small.ts';
import { copy, load, save } from '../tiny.ts';
import { BOTH_PATHS } from './flags.ts';

/** Group `versions`. */
export function versions(): Group {
  return groupOf(
    ['grads', 'versions', 'version counters: how often tensors are written in place'],
    [...BOTH_PATHS.map((row) => counted(...row)), ...steps(), ...cleared(), ...loaded(), ...copied()],
    {
      ...{ clone: clone([1, 2]), plain: plain([2], [1, 2]), other: parameter([1, 2]) },
      wide: parameter([1, 2], 'float64'),
      turned: { ...parameter([1, 2, 3, 4]), shape: [2, 2], layout: 'transposed' },
    },
  );
}

const ENTRIES = ['step', 'square_avg', 'momentum_buffer', 'grad_avg'] as const;

function of(...at: Place): Op {
  return look(...at, '_version');
}

/** Of a tensor, its gradient and its state, also where there is no such entry. */
function all(tensor: string): readonly Op[] {
  return [of(`$${tensor}`), of(`$${tensor}`, 'grad'), ...ENTRIES.map((key) => of('opt', 'state', `$${tensor}`, key))];
}

function versionCase(
  id: string,
  clauses: readonly string[],
  program: readonly Op[],
  needs: readonly Need[] = [],
): ScenarioCase {
  return caseOf(id, ['RMS-18', ...clauses], ['attributes', ...needs], program);
}

function counted(id: string, options: Options): ScenarioCase {
  const once = [grad('w', [0.3, -0.6]), step(), ...all('w')];
  return versionCase(`step-${id}`, ['RMS-11'], [optimizer(options, ['$w']), ...once, step(), ...all('w')]);
}

function steps(): readonly ScenarioCase[] {
  const flags: Options = { momentum: 0.9, centered: true, weight_decay: 0.1, maximize: true };
  const recorded: Op = { op: 'grad', tensor: 'clone', bits: bits(1, 2), recorded: true };
  const twice = (foreach: boolean): Op[] => [optimizer({ foreach }, ['$w', '$w']), train(1), ...all('w')];
  return [
    versionCase(
      'differentiable',
      ['GRD-1'],
      [optimizer({ ...flags, differentiable: true }, ['$clone']), grad('clone', [1, 2]), step(), ...all('clone')],
    ),
    versionCase(
      'differentiable-recorded',
      ['GRD-4'],
      [optimizer({ ...flags, differentiable: true }, ['$clone']), recorded, step(), ...all('clone')],
    ),
    versionCase(
      'refused-leaf',
      ['GRD-2'],
      [optimizer({ differentiable: true }, ['$w']), grad('w', [1, 2]), step(), ...all('w')],
    ),
    versionCase(
      'transposed',
      [],
      [optimizer({}, ['$turned']), grad('turned', [1, 2, 3, 4]), ...all('turned'), step(), ...all('turned')],
      ['layouts'],
    ),
    versionCase('nothing-to-do', ['RMS-1'], [optimizer(), step(), of('$w')]),
    versionCase('duplicate', ['RMS-12'], twice(false)),
    versionCase('duplicate+foreach', ['RMS-12'], twice(true)),
    versionCase(
      'filled',
      [],
      [optimizer(), train(1), { op: 'set_state', tensor: 'w', key: 'square_avg', value: 2 }, ...all('w')],
    ),
    versionCase(
      'of-a-plain-tensor',
      [],
      [optimizer({}, ['$plain']), grad('plain', [1, 2]), step(), step(), ...all('plain')],
    ),
    versionCase(
      'float64',
      [],
      [optimizer({}, ['$wide']), { op: 'grad', tensor: 'wide', bits: WIDE }, step(), ...all('wide')],
    ),
  ];
}

/** 1 and 2 in float64. */
const WIDE = '3ff0000000000000 4000000000000000';

function cleared(): readonly ScenarioCase[] {
  const zero: Op = { op: 'zero_grad', set_to_none: false };
  const keep: Op = { op: 'look', at: ['$w', 'grad'], as: 'kept' };
  const recorded: Op = { op: 'grad', tensor: 'w', bits: bits(1, 2), recorded: true };
  const looks = [of('kept'), of('$w')];
  return [{}, { foreach: true }].flatMap((options: Options) => {
    const id = (name: string): string => [name, ...Object.keys(options)].join('+');
    const make = optimizer(options);
    return [
      versionCase(id('zero'), ['GAD-5'], [make, grad('w', [1, 2]), keep, zero, ...looks, zero, ...looks]),
      versionCase(id('zero-recorded'), ['GAD-12'], [make, recorded, keep, zero, ...looks]),
      versionCase(id('zero-sparse'), ['GAD-5'], [make, sparse('w', [1, 2]), zero, of('$w', 'grad'), of('$w')]),
      versionCase(id('none'), ['GAD-4'], [make, grad('w', [1, 2]), keep, { op: 'zero_grad' }, ...looks]),
    ];
  });
}

function loaded(): readonly ScenarioCase[] {
  const saved = [optimizer({ momentum: 0.9 }, ['$w']), grad('w', [1, 2]), step(), step(), save()];
  const into = (tensor: string): Op[] => [
    { op: 'optimizer', as: 'fresh', params: [`$${tensor}`], options: { momentum: 0.9 } },
    load('fresh'),
    ...ENTRIES.slice(0, 3).map((key) => of('fresh', 'state', `$${tensor}`, key)),
    of(`$${tensor}`),
  ];
  return [
    versionCase('loaded', ['LSD-10', 'LSD-14'], [...saved, ...into('other')]),
    versionCase('loaded-into-float64', ['LSD-13', 'LSD-14'], [...saved, ...into('wide')]),
  ];
}

function copied(): readonly ScenarioCase[] {
  const trained = (tensor: string, gradient: Op): Op[] => [
    optimizer({ momentum: 0.9 }, [`$${tensor}`]),
    ...[gradient, step(), step(), copy('opt', 'copied'), save('copied', 'of_copy')],
  ];
  const copiedParam = ['copied', 'param_groups', 0, 'params', 0] as const;
  const state = (of_: string): Op[] => ENTRIES.slice(0, 3).map((key) => of(of_, 'state', 0, key));
  const sparseLater = [...trained('plain', grad('plain', [1, 2])), sparse('plain', [1, 2]), copy('opt', 'copied')];
  return [
    versionCase('copied', ['RPR-5'], [...trained('w', grad('w', [1, 2])), of(...copiedParam), ...state('of_copy')]),
    versionCase(
      'copied-plain',
      ['RPR-5'],
      [...trained('plain', grad('plain', [1, 2])), of(...copiedParam), of(...copiedParam, 'grad'), ...state('of_copy')],
    ),
    versionCase('copied-sparse', ['RPR-5'], [...sparseLater, of(...copiedParam), of(...copiedParam, 'grad')]),
    versionCase(
      'copied-state-dict',
      ['RPR-5'],
      [
        optimizer(),
        train(2),
        save(),
        copy('saved', 'copied'),
        ...state('copied').slice(0, 2),
        ...state('saved').slice(0, 2),
      ],
    ),
    versionCase(
      'copied-twice',
      ['RPR-5'],
      [
        optimizer(),
        train(1),
        save(),
        copy('saved', 'once'),
        copy('once', 'twice'),
        of('twice', 'state', 0, 'square_avg'),
      ],
    ),
  ];
}
