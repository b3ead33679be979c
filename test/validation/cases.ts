/**
 * A state dict for every code that a tree can have, in the format of spec/state-dict-json.md, and what is to be said of it.
 */
import type { Code, Severity } from '../../src/validation/finding.ts';

/** What is tried. */
export interface Case {
  readonly code: Code;
  readonly severity: Severity;
  readonly pointer: string;
  readonly json: unknown;
  /** The parameters are NaN after a step with gradients of zero. */
  readonly nan?: boolean;
}

type Dict = Record<string, unknown>;

const f32 = (shape: readonly number[], data: readonly unknown[]): Dict => ({ dtype: 'float32', shape, data });
const step = f32([], [3]);
const options: Dict = {
  ...{ lr: 0.01, momentum: 0, alpha: 0.99, eps: 1e-8, centered: false, weight_decay: 0 },
  ...{ capturable: false, foreach: null, maximize: false, differentiable: false },
};
const two = f32([2], [0.5, 0.25]);

/** A state dict of one parameter of two elements. */
function one(entry: Dict, more: Dict = {}): unknown {
  return { state: { 0: { step, square_avg: two, ...entry } }, param_groups: [{ ...options, ...more, params: [0] }] };
}

function without(dict: Dict, key: string): Dict {
  return Object.fromEntries(Object.entries(dict).filter(([name]) => name !== key));
}

const half = (dtype: string, bits: string): Dict => ({ dtype, shape: [2], bits: `${bits} ${bits}` });
const ofOne = (entry: Dict, more: Dict = {}): unknown => ({
  ...{ state: { 0: entry }, param_groups: [{ ...options, ...more, params: [0] }] },
});
const many = (params: readonly unknown[], state: Dict): unknown => ({ state, param_groups: [{ ...options, params }] });
const own = { step, square_avg: two };
const flat = { 'state.w.square_avg': two, 'state.w.step': step, 'param_groups.w.lr': 0.01 };

/** The cases. */
export const CASES: readonly Case[] = [
  { code: 'wrong-type', severity: 'will fail', pointer: '/state/0/square_avg', json: one({ square_avg: 0.5 }) },
  {
    code: 'wrong-type',
    severity: 'refused',
    pointer: '/state',
    json: { state: [], param_groups: [{ ...options, params: [0] }] },
  },
  {
    code: 'wrong-type',
    severity: 'refused',
    pointer: '/param_groups/0',
    json: { state: { dict: [] }, param_groups: [1] },
  },
  ...[{ dict: [] }, 'ab'].map((params): Case => ({
    code: 'wrong-type',
    severity: 'refused',
    pointer: '/param_groups/0/params',
    json: { state: { 0: own }, param_groups: [{ ...options, params }] },
  })),
  {
    code: 'missing-part',
    severity: 'refused',
    pointer: '/param_groups/0/params',
    json: { state: { dict: [] }, param_groups: [options] },
  },
  {
    code: 'other-optimizer',
    severity: 'will fail',
    pointer: '',
    json: {
      state: { 0: { step, exp_avg: two, exp_avg_sq: two } },
      param_groups: [
        {
          lr: 0.01,
          betas: { tuple: [0.9, 0.999] },
          eps: 1e-8,
          weight_decay: 0,
          amsgrad: false,
          maximize: false,
          foreach: null,
          capturable: false,
          differentiable: false,
          params: [0],
        },
      ],
    },
  },
  {
    code: 'other-optimizer',
    severity: 'refused',
    pointer: '',
    json: {
      state: { 0: { momentum_buffer: two } },
      param_groups: [
        {
          lr: 0.01,
          momentum: 0.9,
          dampening: 0,
          weight_decay: 0,
          nesterov: false,
          maximize: false,
          foreach: null,
          differentiable: false,
          params: [0],
        },
      ],
    },
  },
  {
    code: 'no-state',
    severity: 'note',
    pointer: '/state',
    json: { state: { dict: [] }, param_groups: [{ ...options, params: [0] }] },
  },
  {
    code: 'state-of-no-parameter',
    severity: 'will train on wrongly',
    pointer: '/state/7',
    json: many([0], { 0: own, 7: own }),
  },
  {
    code: 'id-twice',
    severity: 'will train on wrongly',
    pointer: '/param_groups/0/params/1',
    json: many([0, 0], { 0: own }),
  },
  {
    code: 'ids-out-of-order',
    severity: 'will train on wrongly',
    pointer: '/param_groups',
    json: many([1, 0], { 0: own, 1: own }),
  },
  { code: 'parameters-without-state', severity: 'note', pointer: '/state', json: many([0, 1], { 0: own }) },
  { code: 'missing-step', severity: 'refused', pointer: '/state/0', json: ofOne({ square_avg: two }) },
  { code: 'missing-square-avg', severity: 'will fail', pointer: '/state/0', json: ofOne({ step, grad_avg: two }) },
  { code: 'missing-momentum-buffer', severity: 'will fail', pointer: '/state/0', json: one({}, { momentum: 0.9 }) },
  { code: 'missing-grad-avg', severity: 'will fail', pointer: '/state/0', json: one({}, { centered: true }) },
  {
    code: 'unused-momentum-buffer',
    severity: 'note',
    pointer: '/state/0/momentum_buffer',
    json: one({ momentum_buffer: two }),
  },
  { code: 'unused-grad-avg', severity: 'note', pointer: '/state/0/grad_avg', json: one({ grad_avg: two }) },
  {
    code: 'unused-grad-avg',
    severity: 'note',
    pointer: '/state/0/grad_avg',
    json: one({ square_avg: half('bfloat16', '3f80'), grad_avg: half('bfloat16', '3f00') }),
  },
  ...[
    { dtype: 'complex64', bits: '3f800000 3f000000' },
    { dtype: 'complex128', bits: '3ff0000000000000 3fe0000000000000' },
  ].map(({ dtype, bits }): Case => ({
    code: 'unused-grad-avg',
    severity: 'note',
    pointer: '/state/0/grad_avg',
    json: one({ square_avg: half(dtype, bits), grad_avg: half(dtype, bits) }),
  })),
  {
    code: 'negative-square-avg',
    severity: 'will train on wrongly',
    pointer: '/state/0/square_avg',
    json: one({ square_avg: half('complex64', '3f800000 bf800000') }),
  },
  {
    code: 'step-raises',
    severity: 'will fail',
    pointer: '',
    json: one({ square_avg: half('float16', '3c00') }),
  },
  ...['lr', 'alpha', 'eps', 'weight_decay'].map((option): Case => ({
    code: 'missing-option',
    severity: 'will fail',
    pointer: '/param_groups/0',
    json: { state: { 0: own }, param_groups: [{ ...without(options, option), params: [0] }] },
  })),
  {
    code: 'filled-option',
    severity: 'note',
    pointer: '/param_groups/0',
    json: { state: { 0: own }, param_groups: [{ ...without(options, 'maximize'), params: [0] }] },
  },
  { code: 'option-type', severity: 'will fail', pointer: '/param_groups/0/lr', json: one({}, { lr: '0.01' }) },
  {
    code: 'option-range',
    severity: 'will train on wrongly',
    pointer: '/param_groups/0/lr',
    json: one({}, { lr: -0.01 }),
  },
  {
    code: 'option-range',
    severity: 'will train on wrongly',
    pointer: '/param_groups/0/lr',
    json: one({}, { lr: { float: 'NaN' } }),
    nan: true,
  },
  {
    code: 'option-range',
    severity: 'will train on wrongly',
    pointer: '/param_groups/0/alpha',
    json: one({}, { alpha: 1.5 }),
  },
  {
    code: 'shapes-differ',
    severity: 'will fail',
    pointer: '/state/0/momentum_buffer',
    json: one({ momentum_buffer: f32([3], [1, 2, 3]) }, { momentum: 0.9 }),
  },
  {
    code: 'shapes-differ',
    severity: 'will fail',
    pointer: '/state/0/momentum_buffer',
    json: one(
      { square_avg: f32([2, 3], [1, 2, 3, 4, 5, 6]), momentum_buffer: f32([3, 2], [1, 2, 3, 4, 5, 6]) },
      { momentum: 0.9 },
    ),
  },
  {
    code: 'element-types-differ',
    severity: 'note',
    pointer: '/state/0/momentum_buffer',
    json: one({ momentum_buffer: { dtype: 'float64', shape: [2], data: [1, 2] } }, { momentum: 0.9 }),
  },
  {
    code: 'element-type',
    severity: 'will train on wrongly',
    pointer: '/state/0/square_avg',
    json: one({ square_avg: { dtype: 'int64', shape: [2], data: [1, 2] } }),
  },
  {
    code: 'not-tried',
    severity: 'note',
    pointer: '/state',
    json: one({ square_avg: { dtype: 'float8_e5m2', shape: [2], bits: '3c 3c' } }),
  },
  {
    code: 'step-type',
    severity: 'will train on wrongly',
    pointer: '/state/0/step',
    json: one({ step: f32([2], [3, 3]) }),
  },
  { code: 'step-type', severity: 'refused', pointer: '/state/0/step', json: one({ step: null }) },
  {
    code: 'step-range',
    severity: 'will train on wrongly',
    pointer: '/state/0/step',
    json: one({ step: f32([], [-1]) }),
  },
  {
    code: 'step-range',
    severity: 'will train on wrongly',
    pointer: '/state/0/step',
    json: one({ step: f32([], [2.5]) }),
  },
  {
    code: 'steps-differ',
    severity: 'note',
    pointer: '/state/1/step',
    json: many([0, 1], { 0: own, 1: { ...own, step: f32([], [4]) } }),
  },
  {
    code: 'number-of-step',
    severity: 'note',
    pointer: '/state/1/step',
    json: many([0, 1], { 0: own, 1: { ...own, step: 3 } }),
  },
  {
    code: 'capturable-on-cpu',
    severity: 'will fail',
    pointer: '/param_groups/0/capturable',
    json: one({}, { capturable: true }),
  },
  {
    code: 'non-finite',
    severity: 'will train on wrongly',
    pointer: '/state/0/square_avg',
    json: one({ square_avg: f32([2], ['NaN', 1]) }),
    nan: true,
  },
  {
    code: 'non-finite',
    severity: 'will train on wrongly',
    pointer: '/state/0/momentum_buffer',
    json: one({ momentum_buffer: f32([2], ['NaN', 1]) }, { momentum: 0.9 }),
    nan: true,
  },
  {
    code: 'negative-square-avg',
    severity: 'will train on wrongly',
    pointer: '/state/0/square_avg',
    json: one({ square_avg: f32([2], [-0.5, 1]) }),
    nan: true,
  },
  {
    code: 'negative-variance',
    severity: 'will train on wrongly',
    pointer: '/state/0/square_avg',
    json: one({ grad_avg: f32([2], [3, 0]) }, { centered: true }),
    nan: true,
  },
  {
    code: 'keyed-by-names',
    severity: 'will train on wrongly',
    pointer: '',
    json: { state: { w: own }, param_groups: [{ ...options, params: ['w'] }] },
  },
  {
    code: 'zeros-of-saving',
    severity: 'note',
    pointer: '/state',
    json: one({ step: f32([], [1]), square_avg: f32([2], [0, 0]) }),
    nan: false,
  },
  { code: 'flattened', severity: 'refused', pointer: '', json: flat },
  {
    code: 'names-without-entry',
    severity: 'will train on wrongly',
    pointer: '',
    json: { ...flat, 'state.v.step': step },
  },
  { code: 'no-optimizer', severity: 'refused', pointer: '', json: { epoch: 3 } },
  { code: 'lies-deeper', severity: 'note', pointer: '/optimizer_state_dict', json: { optimizer_state_dict: one({}) } },
  { code: 'several-optimizers', severity: 'refused', pointer: '', json: { optimizer_states: [one({}), one({})] } },
  {
    code: 'ids-are-addresses',
    severity: 'note',
    pointer: '/param_groups/0/params',
    json: { state: { 140000000000000: own }, param_groups: [{ ...options, params: [140000000000000] }] },
  },
  {
    code: 'on-another-device',
    severity: 'note',
    pointer: '/state',
    json: one({ square_avg: { ...two, device: 'cuda:0' } }),
  },
  {
    code: 'loading-raises',
    severity: 'refused',
    pointer: '',
    json: one({ note: { tuple: [] } }, { capturable: f32([2], [1, 1]) }),
  },
  ...Object.entries({
    weight_decay: [2n ** 64n, -(2n ** 63n) - 1n],
    alpha: [2n ** 64n, 2n ** 64n - 1n],
    eps: [2n ** 64n],
    momentum: [2n ** 64n],
    lr: [10n ** 40n],
  }).flatMap(([option, values]) =>
    values.map((value): Case => ({
      ...{ code: 'step-raises', severity: 'will fail', pointer: '' },
      json: one({ momentum_buffer: two }, { momentum: 0.5, [option]: { int: String(value) } }),
    })),
  ),
  { code: 'step-raises', severity: 'will fail', pointer: '', json: one({}, { differentiable: true, foreach: true }) },
];
