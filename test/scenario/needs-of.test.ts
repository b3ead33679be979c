import { expect, test } from 'vitest';
import { readGolden } from '../../src/golden/read.ts';
import { needsOf, programNeeds, takesObjects } from '../../src/scenario/needs-of.ts';
import type { Op, Value } from '../../src/scenario/types.ts';

const made = (params: Value, options: Readonly<Record<string, Value>> = {}): Op => ({
  op: 'optimizer',
  params,
  options,
});
const group = (...entries: readonly (readonly [string, Value])[]): Value => ({ $dict: entries });

test('needsOf reads element types, shapes, layouts and None off tensors and gradients', () => {
  const scenario = {
    id: 'step/a/b',
    tensors: {
      w: { dtype: 'float64', shape: [0], bits: '' },
      v: { dtype: 'float32', shape: [1, 1], bits: '00000000', layout: 'transposed' },
    },
    gradients: { one: [{ w: null }] },
    program: [],
  } as const;
  expect(needsOf(scenario)).toEqual(['numbers', 'float32', 'float64', 'none-gradients', 'layouts', 'empty-tensors']);
});

test.each<[Op, readonly string[]]>([
  [made(['$w'], { momentum: 0.9, centered: false, capturable: false }), ['momentum', 'capturable']],
  [made(['$w'], { lr: '$lr' }), ['tensor-lr']],
  [made([group(['params', ['$w']], ['maximize', true])]), ['groups', 'maximize']],
  [made([{ $tuple: ['a', '$w'] }]), ['names', 'bookkeeping']],
  [{ op: 'optimizer', params: ['$w'], options: {}, class: 'Optimizer' }, ['subclasses']],
  [{ op: 'set', group: 0, option: 'weight_decay', value: 0.1 }, ['lr-change', 'weight_decay']],
  [{ op: 'save' }, ['resume']],
  [{ op: 'backward', from: { w: null } }, ['bookkeeping', 'backward']],
  [
    { op: 'load', value: { groups: [{ params: ['w'], options: { momentum: 0.9, centered: false } }], state: {} } },
    ['resume', 'momentum'],
  ],
  [{ op: 'step' }, ['bookkeeping']],
  [{ op: 'step', closure: { log: 'c', do: [{ op: 'zero_grad' }] } }, ['bookkeeping', 'closure', 'zero_grad']],
  [{ op: 'copy', of: 'opt', as: 'twin' }, ['bookkeeping', 'deepcopy']],
  [{ op: 'hook', on: 'global_step_pre', does: [{ do: [{ op: 'repr' }] }] }, ['bookkeeping', 'global-hooks', 'repr']],
])('%j needs %j', (op, needs) => {
  expect(new Set(programNeeds([op]))).toEqual(new Set(needs));
});

test.each<[boolean, Op]>([
  [false, made(['$w', '$b'])],
  [false, made([])],
  [false, made([group(['params', ['$w']], ['lr', 0.1]), group(['params', ['$b']])])],
  [false, { op: 'grad', tensor: 'w', bits: null }],
  [false, { op: 'step', optimizer: 'opt' }],
  [false, { op: 'save' }],
  [false, { op: 'load', from: 'checkpoint' }],
  [true, made('$w')],
  [true, made([group(['params', '$w'])])],
  [true, made([group(['lr', 0.1])])],
  [true, made(['$w', group(['params', ['$b']])])],
  [true, { op: 'optimizer', options: {} }],
  [true, { op: 'optimizer', params: ['$w'], options: {}, class: { name: 'Mine' } }],
  [true, { op: 'grad', tensor: 'w', bits: '00000000', sparse: true }],
  [true, { op: 'step', args: [null] }],
  [true, { op: 'look', at: ['opt', 'defaults'] }],
])('takesObjects is %j of %j', (takes, op) => {
  expect(takesObjects([op])).toBe(takes);
});

test('no case whose needs are those of training alone takes objects', () => {
  const plain = ['none-gradients', 'lr-change', 'set-state', 'state', 'float32', 'float64', 'numbers', 'momentum'];
  const cases = readGolden().cases.filter(({ needs }) => needs.every((need) => plain.includes(need)));
  expect(cases.length).toBeGreaterThan(20);
  expect(cases.filter(({ scenario }) => takesObjects(scenario.program)).map(({ id }) => id)).toEqual([]);
});
