/**
 * Parameters that are integers, which no step can update, and buffers of the one kind beside parameters of the other.
 */
import type { Need } from '../../../src/scenario/needs.ts';
import type { Op, Value } from '../../../src/scenario/types.ts';
import type { Group, ScenarioCase } from '../group.ts';
import { bitsOf } from '../random.ts';
import { add, caseOf, dict, edit, float, grad, gradOf, groupOf, GROUPS, look, optimizer } from '../small.ts';
import { type Options, plain, read, STATE, step, train } from '../small.ts';

const REFUSED: readonly Need[] = ['errors', 'messages', 'state', 'bookkeeping', 'int64'];

/** Options under which integers come to one operation or another before they are refused. */
const OPTIONS: Readonly<Record<string, Options>> = {
  plain: {},
  'alpha=0': { alpha: 0 },
  'alpha=1': { alpha: 1 },
  'alpha=2': { alpha: 2 },
  'alpha=0.5': { alpha: 0.5 },
  'alpha=-0.0': { alpha: float('-0.0') },
  'alpha=inf': { alpha: float('inf') },
  'alpha=2e30': { alpha: 2e30 },
  'alpha=true': { alpha: true },
  'alpha=2+eps=0+lr=0': { alpha: 2, eps: 0, lr: 0 },
  'weight_decay=0.1': { weight_decay: 0.1 },
  'weight_decay=3+alpha=2': { weight_decay: 3, alpha: 2 },
  'weight_decay=true': { weight_decay: true },
  maximize: { maximize: true },
  'maximize+alpha=0': { maximize: true, alpha: 0 },
  'maximize+weight_decay=3+alpha=2': { maximize: true, weight_decay: 3, alpha: 2 },
  capturable: { capturable: true },
  differentiable: { differentiable: true },
  momentum: { momentum: 0.5, centered: true },
  'momentum=1+alpha=0': { momentum: 1, alpha: 0 },
  'centered+alpha=0': { centered: true, alpha: 0 },
  'centered+alpha=1': { centered: true, alpha: 1 },
};

/** Options that are tensors. */
const TENSORS: Readonly<Record<string, Options>> = {
  'alpha-int64': { alpha: '$two' },
  'alpha-float32': { alpha: '$two32' },
  'alpha-float64': { alpha: '$two64' },
  'alpha-int64-one': { alpha: '$ones' },
  'weight_decay-int64': { weight_decay: '$two', alpha: 0 },
  'weight_decay-float32': { weight_decay: '$two32', alpha: 0 },
  'weight_decay-int64-one': { weight_decay: '$ones', alpha: 0 },
  'centered+alpha-int64': { centered: true, alpha: '$two' },
  'lr-int64': { lr: '$two', alpha: 0 },
};

/** Group `int64`. */
export function int64(): Group {
  const both = [false, true];
  return groupOf(
    ['errors', 'int64', 'parameters and buffers that are integers'],
    [
      ...Object.entries({ ...OPTIONS, ...TENSORS }).flatMap(([id, own]) =>
        both.map((foreach) => refused(id, own, foreach)),
      ),
      ...made(),
      ...both.flatMap((foreach) => [...buffers(foreach), ...floats(foreach)]),
    ],
    {
      ...{ i: plain([2], [5, -7], 'int64'), j: plain([1], [3], 'int64') },
      ...{ two: plain([], [2], 'int64'), two32: plain([], [2]), two64: plain([], [2], 'float64') },
      ...{ ones: plain([1], [1], 'int64'), four: plain([2], [4, 9], 'int64'), floats: plain([2], [0.5, 2]) },
      ...{
        floats_too: plain([2], [1, -1]),
        doubles: plain([2], [0.5, 2], 'float64'),
        doubles_too: plain([2], [1, -1], 'float64'),
        row: plain([1, 2], [4, 9], 'int64'),
      },
    },
  );
}

/** Sets the gradient of `i`. */
const GRAD: Op = { op: 'grad', tensor: 'i', bits: bitsOf('int64', [2, -3]) };

/** What stands in the group before the integers is updated in the for-loop path, and not in the foreach path. */
function refused(id: string, own: Options, foreach: boolean): ScenarioCase {
  return caseOf(`${id}${foreach ? '+foreach' : ''}`, ['INT-3', 'INT-2'], REFUSED, [
    optimizer({ foreach, ...own }, ['$w', '$i', '$b']),
    ...[grad('w', [0.3, -0.6]), GRAD, grad('b', [0.1]), step(), STATE, read('w', 'i', 'b')],
  ]);
}

/** What does not come to an update. */
function made(): readonly ScenarioCase[] {
  const of = (
    id: string,
    clauses: readonly string[],
    program: readonly Op[],
    needs: readonly Need[] = [],
  ): ScenarioCase => caseOf(id, clauses, ['int64', ...needs], program);
  return [
    of('made', ['INT-3'], [optimizer({}, ['$i', '$w']), look('opt', 'param_groups', 0, 'params')]),
    of('itself-as-params', ['INT-1', 'OPT-6'], [optimizer({}, '$i')], ['errors', 'messages']),
    of('rows-of-itself', ['INT-1'], [optimizer({}, [dict({ params: '$i' })]), GROUPS]),
    of('added', ['INT-3'], [optimizer(), add({ params: ['$i'] }), GROUPS, train(1)]),
    of(
      'without-a-gradient',
      ['INT-3', 'RMS-1'],
      [optimizer({}, ['$i', '$w']), train(1), STATE, read('i', 'w')],
      ['state'],
    ),
    of(
      'zero_grad',
      ['INT-1'],
      [optimizer({}, ['$i']), GRAD, gradOf('i'), { op: 'zero_grad', set_to_none: false }, gradOf('i')],
    ),
    of(
      'wide-by-default',
      ['INT-2', 'INT-3'],
      [{ op: 'default_dtype', dtype: 'float64' }, optimizer({}, ['$i']), GRAD, step(), STATE],
      ['errors', 'messages', 'state', 'float64'],
    ),
  ];
}

/** Integers in the place of the buffers of a floating-point parameter. */
function buffers(foreach: boolean): readonly ScenarioCase[] {
  const options: Readonly<Record<string, Options>> = {
    plain: { alpha: 0.9, momentum: 0.5 },
    whole: { alpha: 0, momentum: 2 },
  };
  const values: readonly Value[] = ['$four', '$two', '$row'];
  return Object.entries(options).flatMap(([name, own]) =>
    ['step', 'square_avg', 'grad_avg', 'momentum_buffer'].flatMap((key) =>
      values.map((value) =>
        caseOf(
          `${name}-${key}=${String(value).slice(1)}${foreach ? '+foreach' : ''}`,
          ['INT-4', 'INT-2', 'ERR-9'],
          [...REFUSED, 'set-state'],
          [
            ...[optimizer({ ...own, foreach, centered: true }), train(1), edit(['opt', 'state', '$w', key], value)],
            ...[train(1, { after: 1 }), STATE, read('w', 'b')],
          ],
        ),
      ),
    ),
  );
}

/** Floating-point numbers in the place of the buffers of an integer parameter. */
function floats(foreach: boolean): readonly ScenarioCase[] {
  const options: Readonly<Record<string, Options>> = {
    plain: {},
    maximize: { maximize: true, weight_decay: 2, alpha: 0.5 },
    momentum: { momentum: 0.5 },
    centered: { centered: true },
  };
  return Object.entries(options).flatMap(([name, own]) =>
    ['floats', 'doubles'].map((value) =>
      caseOf(
        `${name}-of-${value}${foreach ? '+foreach' : ''}`,
        ['INT-4', 'INT-2'],
        [...REFUSED, 'float64', 'set-state'],
        [
          ...[optimizer({ ...own, foreach }, ['$i']), GRAD, step()],
          edit(['opt', 'state', '$i', 'square_avg'], `$${value}`),
          ...(name === 'momentum' ? [edit(['opt', 'state', '$i', 'momentum_buffer'], `$${value}_too`)] : []),
          ...(name === 'centered' ? [edit(['opt', 'state', '$i', 'grad_avg'], `$${value}_too`)] : []),
          ...[step(), STATE, read('i', 'floats', 'doubles')],
        ],
      ),
    ),
  );
}
