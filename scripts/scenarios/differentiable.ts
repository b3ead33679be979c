/**
 * Area `differentiable`: gradients that flow back through the steps of an optimizer, to parameters, gradients and state.
 */
import type { BackwardOp, BookkeepingOp, Op, TensorSpec } from '../../src/scenario/types.ts';
import { opmath_dtypes, type OpmathDType } from '../../src/tensor/dtype.ts';
import type { Group, ScenarioCase } from './group.ts';
import { bitsOf, uniforms } from './random.ts';
import { caseOf, dict, edit, look, optimizer, type Options, read, step } from './tiny.ts';

const COMBINATIONS: readonly Options[] = Array.from({ length: 16 }, (_, bits) => ({
  ...(bits & 1 ? { momentum: 0.9 } : {}),
  ...(bits & 2 ? { centered: true } : {}),
  ...(bits & 4 ? { weight_decay: 0.1 } : {}),
  ...(bits & 8 ? { maximize: true } : {}),
}));

/** The groups of area `differentiable`. */
export function differentiableGroups(): Group[] {
  return [...opmath_dtypes.flatMap((dtype) => [through(dtype, 1), through(dtype, 2)]), upstream(), edges()];
}

/** Tensors of two elements: parameter, state, and the gradients of two steps; all are clones of leaves that require grad. */
function tensors(dtype: OpmathDType): Record<string, TensorSpec> {
  const numbers = {
    ...{ w: [0.5, -1.25], square_avg: [0.3, 1.7], momentum_buffer: [0.1, -0.7], grad_avg: [0.05, -0.3] },
    ...{ g1: [0.3, -0.6], g2: [-1.1, 0.4] },
  };
  return Object.fromEntries(Object.entries(numbers).map(([name, own]) => [name, clone(dtype, own)]));
}

function clone(dtype: OpmathDType, numbers: readonly number[]): TensorSpec {
  return { dtype, shape: [numbers.length], bits: bitsOf(dtype, numbers), leaf: false };
}

/** Every combination of the options: what has been computed, and its derivatives by everything that it was computed from. */
function through(dtype: OpmathDType, steps: 1 | 2): Group {
  const name = `${steps === 1 ? 'one-step' : 'two-steps'}-${dtype}`;
  const title = `derivatives through ${steps === 1 ? 'one step' : 'two steps'}, every combination of the options, ${dtype}`;
  const cases = COMBINATIONS.map((options): ScenarioCase => {
    const state = buffers(options);
    const from = Object.fromEntries(
      ['w', ...state].map((tensor, i) => [tensor, bitsOf(dtype, [1 + i / 4, -0.5 - i / 8])]),
    );
    const clauses = ['DIF-2', 'DIF-3', ...(options['centered'] && steps === 2 ? ['DIF-6'] : [])];
    return caseOf(
      Object.keys(options).join('+') || 'plain',
      clauses,
      ['errors', dtype],
      [
        ...made(options),
        ...stepsWith('g1', 'g2').slice(0, 2 * steps),
        ...(steps === 1 ? [] : [read('w', ...state)]),
        { op: 'backward', from },
      ],
    );
  });
  return { area: 'differentiable', name, title, tensors: tensors(dtype), gradients: {}, cases };
}

/** The inputs of PyTorch's own gradcheck of RMSprop (test/optim/test_optim.py, TestDifferentiableOptimizer.test_rmsprop). */
function upstream(): Group {
  const uniform = uniforms(2_022);
  const numbers = (scale: number): number[] => Array.from({ length: 10 }, () => scale * uniform());
  const own = {
    ...{ w: numbers(1), g1: numbers(1), square_avg: numbers(1), momentum_buffer: numbers(1), grad_avg: numbers(0.01) },
  };
  const options = { lr: 0.9, maximize: true, momentum: 0.9, weight_decay: 0.1, centered: true };
  const ones = bitsOf(
    'float64',
    Array.from({ length: 10 }, () => 1),
  );
  const cases = ['w', ...buffers(options)].map((from) =>
    caseOf(
      `of-${from}`,
      ['DIF-2'],
      ['float64'],
      [...made(options), ...stepsWith('g1'), { op: 'backward', from: { [from]: ones } }],
    ),
  );
  return {
    ...{ area: 'differentiable', name: 'upstream', title: "the inputs of PyTorch's own gradcheck of RMSprop" },
    tensors: Object.fromEntries(Object.entries(own).map(([name, values]) => [name, clone('float64', values)])),
    ...{ gradients: {}, cases },
  };
}

/** What fails, and what has derivatives that are no numbers. */
function edges(): Group {
  const dtype = 'float32';
  const w: BackwardOp = { op: 'backward', from: { w: bitsOf(dtype, [1, 1]) } };
  const messages = ['errors', 'messages'] as const;
  const cases: ScenarioCase[] = [
    caseOf('twice', ['DIF-5'], messages, [...made({}), ...stepsWith('g1'), w, w]),
    caseOf('state-after-parameter', ['DIF-5'], messages, [
      ...[...made({}), ...stepsWith('g1'), w],
      { op: 'backward', from: { square_avg: bitsOf(dtype, [1, 1]) } },
    ]),
    caseOf('accumulates', ['DIF-1'], [], [w, w]),
    caseOf('several-elements', ['DIF-4'], messages, [{ op: 'backward', from: { w: null } }]),
    caseOf('one-element', ['DIF-1'], [], [{ op: 'backward', from: { lr: null } }]),
    caseOf('without-history', ['DIF-4'], messages, [{ op: 'backward', from: { plain: bitsOf(dtype, [1, 1]) } }]),
    caseOf('second-without-history', ['DIF-4'], messages, [
      { op: 'backward', from: { w: bitsOf(dtype, [1, 1]), plain: bitsOf(dtype, [1, 1]) } },
    ]),
    ...[{}, { momentum: 0.9 }, { centered: true }].map((options, i) =>
      caseOf(
        ['zero', 'zero+momentum', 'zero+centered'][i]!,
        ['DIF-8'],
        [],
        [optimizer({ ...options, lr: 0.1, differentiable: true }, ['$w']), ...stepsWith('zero'), ...[read('w'), w]],
      ),
    ),
    caseOf(
      'new-state',
      ['DIF-2', 'DIF-7'],
      [],
      [
        optimizer({ momentum: 0.9, centered: true, differentiable: true }, ['$w']),
        ...[...stepsWith('g1'), ...history('opt', 'state', '$w'), w],
      ],
    ),
    caseOf(
      'three-steps',
      ['DIF-2', 'DIF-3'],
      [],
      [...[...made({ momentum: 0.9, weight_decay: 0.1 }), ...stepsWith('g1', 'g2', 'g1'), read('w'), w]],
    ),
    caseOf('tensor-lr', ['DIF-9'], [], [...made({ lr: '$rate' }), ...stepsWith('g1'), read('w'), w]),
    ...[{}, { momentum: 0.9 }].map((options, i) =>
      caseOf(['learnt-lr', 'learnt-lr+momentum'][i]!, ['DIF-9'], messages, [
        ...[...made({ ...options, lr: '$lr' }), ...stepsWith('g1')],
      ]),
    ),
    caseOf('leaf', ['GRD-2'], messages, [
      optimizer({ differentiable: true }, ['$leaf']),
      ...[edit(['$leaf', 'grad'], '$g1'), step()],
    ]),
  ];
  return {
    ...{
      area: 'differentiable',
      name: 'edges',
      title: 'what fails on the way back, and derivatives that are no numbers',
    },
    tensors: {
      ...tensors(dtype),
      zero: clone(dtype, [0, 0.5]),
      lr: { dtype, shape: [], bits: bitsOf(dtype, [0.1]), leaf: false },
      rate: { dtype, shape: [], bits: bitsOf(dtype, [0.1]) },
      plain: { dtype, shape: [2], bits: bitsOf(dtype, [3, 4]) },
      leaf: { dtype, shape: [2], bits: bitsOf(dtype, [3, 4]), parameter: true },
    },
    ...{ gradients: {}, cases },
  };
}

/** The optimizer, its state being tensors of the scenario. */
function made(options: Options): readonly Op[] {
  const state = Object.fromEntries(buffers(options).map((name) => [name, `$${name}`]));
  return [
    optimizer({ lr: 0.1, alpha: 0.9, ...options, differentiable: true }, ['$w']),
    edit(['opt', 'state', '$w'], dict({ step: 0, ...state })),
    // The number becomes a tensor in the versions that want one.
    { op: 'setstate', value: dict({}) },
  ];
}

/** The buffers that options ask for. */
function buffers(options: Options): readonly string[] {
  return [
    'square_avg',
    ...(options['momentum'] ? ['momentum_buffer'] : []),
    ...(options['centered'] ? ['grad_avg'] : []),
  ];
}

/** A step with each of these as the gradient. */
function stepsWith(...gradients: readonly string[]): readonly BookkeepingOp[] {
  return gradients.flatMap((gradient) => [edit(['$w', 'grad'], `$${gradient}`), step()]);
}

/** Whether what a step left behind is recorded. */
function history(...at: readonly [string, ...string[]]): readonly BookkeepingOp[] {
  return ['square_avg', 'momentum_buffer', 'grad_avg'].flatMap((name) => [
    look(...at, name, 'requires_grad'),
    look(...at, name, 'is_leaf'),
  ]);
}
