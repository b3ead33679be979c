import { describe, expect, test } from 'vitest';
import { compare } from '../../src/conformance/compare.ts';
import { FACETS } from '../../src/scenario/needs.ts';
import type { Observation, Op, Scenario, TensorValue } from '../../src/scenario/types.ts';

const BITS = '3f800000';

/** The first difference of one operation, as "where: expected / actual". */
function first(op: Op, expected: Observation, actual: Observation): string | undefined {
  const scenario = {
    id: 'step/compare/one',
    tensors: { w: { dtype: 'float32', shape: [1], bits: BITS, parameter: true } },
    gradients: { g: [{ w: BITS }, { w: BITS }] },
    program: [op],
  } as const;
  const difference = compare(scenario, [expected], [actual], new Set(FACETS)).first;
  return difference && `${difference.where}: ${difference.expected} / ${difference.actual}`;
}

describe('a train that one side ends early', () => {
  const train: Op = { op: 'train', gradients: 'g', steps: 2 };
  const steps = [{ w: BITS }, { w: BITS }];
  const error = { type: 'KeyError', message: "'lr'" };

  test('shows what was raised, and after how many steps', () => {
    expect(first(train, { steps: steps.slice(1), error }, { steps })).toBe(
      "how it ended: KeyError: 'lr' after 1 step / no error, 2 steps",
    );
    expect(first(train, { steps }, { steps: [], error })).toBe(
      "how it ended: no error, 2 steps / KeyError: 'lr' after 0 steps",
    );
  });

  test('shows its text where it came as early', () => {
    const other = { ...error, message: "'eps'" };
    expect(first(train, { steps, error }, { steps, error: other })).toBe("the error: KeyError: 'lr' / KeyError: 'eps'");
  });

  test('shows how many steps were observed where nothing was raised', () => {
    expect(first(train, { steps }, { steps: steps.slice(1) })).toBe('steps: 2 / 1');
  });
});

describe('what is no number', () => {
  test('of a log is shown entry by entry', () => {
    const step: Op = { op: 'step' };
    const log = [['pre', 1, [], true, BITS]];
    expect(first(step, { value: null, log }, { value: null, log: [['pre', 2, [], true, BITS]] })).toBe(
      `entry 0 of the log: ["pre",1,[],true,"${BITS}"] / ["pre",2,[],true,"${BITS}"]`,
    );
  });

  test('of a log that holds tensors is shown by its place', () => {
    const step: Op = { op: 'step' };
    const entry = (dtype: 'float32' | 'float64', bits: string): Observation => ({
      value: null,
      log: [['look', { $tensor: { dtype, shape: [1], bits } }]],
    });
    expect(first(step, entry('float32', BITS), entry('float64', '3ff0000000000000'))).toBe(
      `log[0][1]: float32 of shape [1] ${BITS} / float64 of shape [1] 3ff0000000000000`,
    );
  });

  test('of an identity is shown with what it asks', () => {
    const identity: Op = { op: 'identity', a: ['opt', 'state'], b: ['$w', 'grad'] };
    expect(first(identity, { value: true }, { value: false })).toBe('whether opt.state is $w.grad: true / false');
  });

  test('names a tensor of the scenario as that', () => {
    const look: Op = { op: 'look', at: ['opt'] };
    expect(first(look, { value: '$w' }, { value: null })).toBe('value: the tensor w itself / null');
  });
});

const scenario: Scenario = {
  id: 'errors/int64/example',
  tensors: { i: { dtype: 'int64', shape: [2], bits: '0000000000000000 0000000000000000' } },
  gradients: {},
  program: [{ op: 'read', tensors: ['i'] }],
};

function differenceOf(expected: TensorValue, actual: TensorValue): object | undefined {
  const read = ($tensor: TensorValue): { value: { $dict: [['i', { $tensor: TensorValue }]] } } => ({
    value: { $dict: [['i', { $tensor }]] },
  });
  return compare(scenario, [read(expected)], [read(actual)], new Set(FACETS)).first;
}

const integers = (bits: string): TensorValue => ({ dtype: 'int64', shape: [2], bits: `0000000000000001 ${bits}` });

test('integers agree when they have the same bits, and are shown in decimal, without ulps', () => {
  expect(differenceOf(integers('ffffffffffffffff'), integers('ffffffffffffffff'))).toBeUndefined();
  const difference = differenceOf(integers('ffffffffffffffff'), integers('8000000000000000'));
  expect(difference).toMatchObject({
    ...{ facet: 'numbers', where: 'i[1]', element: [1] },
    ...{ expected: '-1 (ffffffffffffffff)', actual: '-9223372036854775808 (8000000000000000)' },
  });
  expect(difference).not.toHaveProperty('ulps');
});

test('integers with the bits of NaNs are not alike', () => {
  expect(differenceOf(integers('7ff8000000000000'), integers('7ff8000000000001'))).toMatchObject({ where: 'i[1]' });
});

test('integers and floating-point numbers differ in their element type', () => {
  const doubles: TensorValue = { dtype: 'float64', shape: [2], bits: '3ff0000000000000 bff0000000000000' };
  expect(differenceOf(integers('ffffffffffffffff'), doubles)).toMatchObject({
    ...{ facet: 'numbers', where: 'i', expected: 'int64 of shape [2]', actual: 'float64 of shape [2]' },
  });
});
