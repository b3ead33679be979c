import { describe, expect, test } from 'vitest';
import { compare } from '../../src/conformance/compare.ts';
import { FACETS, type Facet } from '../../src/scenario/needs.ts';
import type { Observation, Op, Scenario, TensorValue, Value } from '../../src/scenario/types.ts';

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

const OTHER = '40000000';
const ERROR = { type: 'KeyError', message: "'lr'" } as const;
const TENSOR: TensorValue = { dtype: 'float32', shape: [1], bits: BITS };

const dict = (entries: Readonly<Record<string, Value>>): Value => ({ $dict: Object.entries(entries) });
const tensor = (rest: Partial<TensorValue> = {}): Value => ({ $tensor: { ...TENSOR, ...rest } });

/** The facet, and place of the first difference of one operation, for a subject that claims some facets, all if left out. */
function seen(
  op: Op,
  expected: Observation,
  actual: Observation | undefined,
  facets: readonly Facet[] = FACETS,
): string | undefined {
  const tensors = { w: { dtype: 'float32', shape: [1], bits: BITS, parameter: true } } as const;
  const gradients = { g: Array.from({ length: 4 }, () => ({ w: BITS })) };
  const one = { id: 'step/compare/one', tensors, gradients, program: [op] };
  const observations = actual === undefined ? [] : [actual];
  const { first: found } = compare(one, [expected], observations, new Set(facets));
  return found && `${found.facet}: ${found.where}`;
}

const without = (facet: Facet): Facet[] => FACETS.filter((other) => other !== facet);

describe('whatever is claimed', () => {
  const step: Op = { op: 'step' };

  test.each(FACETS)('an error that the reference did not raise is a difference, also with %s alone', (facet) => {
    expect(seen(step, { value: null }, { error: ERROR }, [facet])).toBe('errors: the operation');
    expect(seen({ op: 'set', group: 0, option: 'lr', value: 1 }, {}, { error: ERROR }, [facet])).toBe(
      'errors: the operation',
    );
  });

  test('an observation that is missing is one', () => {
    expect(seen(step, {}, undefined, ['numbers'])).toBe('errors: the operation');
  });

  test('an optimizer that is made where the reference refused one, or the other way round', () => {
    expect(seen(step, { skipped: true }, {}, ['numbers'])).toBe('errors: the optimizer');
    expect(seen(step, {}, { skipped: true }, ['numbers'])).toBe('errors: the optimizer');
    expect(seen(step, { skipped: true }, { skipped: true })).toBeUndefined();
  });

  test('a value that a read or a state lacks, though it did not raise', () => {
    const value = dict({ w: tensor() });
    expect(seen({ op: 'read', tensors: ['w'] }, { value }, {}, ['state'])).toBe('numbers: the operation');
    expect(seen({ op: 'state' }, { value: dict({}) }, {}, ['state'])).toBe('numbers: the operation');
  });

  test('gradients that steps changed', () => {
    const train: Op = { op: 'train', gradients: 'g', steps: 1 };
    const steps = [{ w: BITS }];
    for (const facets of [['numbers'], ['state'], FACETS] as const)
      expect(seen(train, { steps }, { steps, gradients_changed: ['w'] }, facets)).toBe(
        'numbers: gradients that steps changed',
      );
    expect(seen(train, { steps, gradients_changed: ['w'] }, { steps, gradients_changed: ['w'] })).toBeUndefined();
  });
});

describe('an error that the reference raised', () => {
  const step: Op = { op: 'step' };

  test('has to be raised by who claims errors', () => {
    expect(seen(step, { error: ERROR }, { value: null })).toBe('errors: the operation');
    expect(seen(step, { error: ERROR }, {}, ['numbers', 'state'])).toBeUndefined();
  });

  test('has to have its type and text where messages are claimed', () => {
    expect(seen(step, { error: ERROR }, { error: { ...ERROR, type: 'ValueError' } })).toBe('messages: the error');
    expect(seen(step, { error: ERROR }, { error: { ...ERROR, message: "'eps'" } })).toBe('messages: the error');
    expect(
      seen(step, { error: ERROR }, { error: { ...ERROR, message: "'eps'" } }, without('messages')),
    ).toBeUndefined();
    expect(seen(step, { error: ERROR }, { error: ERROR })).toBeUndefined();
  });
});

describe('a train', () => {
  const train: Op = { op: 'train', gradients: 'g', steps: 2, after: 1 };
  const steps = [{ w: BITS }, { w: BITS }];

  test('is compared step by step, by number', () => {
    expect(seen(train, { steps }, { steps })).toBeUndefined();
    expect(seen(train, { steps }, { steps: [{ w: BITS }, { w: OTHER }] })).toBe('numbers: step 3, w[0]');
    const from1: Op = { op: 'train', gradients: 'g', steps: 2 };
    expect(seen(from1, { steps }, { steps: steps.with(1, { w: OTHER }) })).toBe('numbers: step 2, w[0]');
    expect(seen({ ...train, params_at: [2, 4] }, { steps }, { steps: steps.with(1, { w: OTHER }) })).toBe(
      'numbers: step 4, w[0]',
    );
    expect(seen(train, { steps }, { steps: steps.with(1, { w: OTHER }) }, without('numbers'))).toBeUndefined();
  });

  test.each([
    ['lacks a tensor', [{ w: BITS }, {}], 'step 3: tensors'],
    ['has one more', [{ w: BITS, b: BITS }, { w: BITS }], 'step 2: tensors'],
    ['lacks a step', [{ w: BITS }], 'steps'],
    ['has a step more', [...steps, { w: BITS }], 'steps'],
    ['has more elements', [{ w: `${BITS} ${BITS}` }, { w: BITS }], 'step 2, w'],
    ['has no elements', [{ w: '' }, { w: BITS }], 'step 2, w'],
  ])('that %s differs', (_, actual, where) => {
    expect(seen(train, { steps }, { steps: actual as Observation['steps'] & object })).toBe(`numbers: ${where}`);
  });

  test('that observed no steps at all differs', () => {
    expect(seen(train, { steps }, {})).toBe('numbers: steps');
    expect(seen(train, {}, { steps })).toBe('numbers: steps');
  });

  test('is compared up to where one side ended, and by how it ended as far as errors are claimed', () => {
    const early: Observation = { steps: steps.slice(1), error: ERROR };
    expect(seen(train, early, { steps: [{ w: OTHER }], error: ERROR })).toBe('numbers: step 2, w[0]');
    expect(seen(train, early, { steps })).toBe('errors: how it ended');
    expect(seen(train, early, { steps }, ['numbers'])).toBeUndefined();
    expect(seen(train, { steps }, early, ['numbers'])).toBe('errors: how it ended');
    expect(seen(train, early, { steps: [], error: ERROR })).toBe('errors: how it ended');
  });

  test('tells how many numbers it compared and how many differ', () => {
    const scenario = {
      id: 'step/compare/two',
      tensors: { w: { dtype: 'float32', shape: [2], bits: `${BITS} ${BITS}` } },
      gradients: { g: [{}, {}, {}] },
      program: [{ op: 'optimizer', params: [], options: {} }, train, { ...train, after: 0 }],
    } as const;
    const two = (a: string, b: string): Observation => ({ steps: [{ w: `${a} ${b}` }, { w: `${b} ${a}` }] });
    const actual = [{}, two(BITS, OTHER), two(BITS, BITS)];
    const { numbers, first } = compare(scenario, [{}, two(BITS, BITS), two(OTHER, BITS)], actual, new Set(FACETS));
    expect(numbers).toEqual({ compared: 8, differing: 4 });
    expect(first).toMatchObject({ op: 1, operation: 'train', where: 'step 2, w[1]', step: 2, tensor: 'w' });
  });
});

describe('a read', () => {
  const read: Op = { op: 'read', tensors: ['w'] };
  const value = dict({ w: tensor() });

  test('is compared element by element', () => {
    expect(seen(read, { value }, { value })).toBeUndefined();
    expect(seen(read, { value }, { value: dict({ w: tensor({ bits: OTHER }) }) })).toBe('numbers: w[0]');
    expect(seen(read, { value }, { value: dict({ w: tensor({ bits: OTHER }) }) }, without('numbers'))).toBeUndefined();
  });

  test('that lacks a tensor, or has something else in its place, differs', () => {
    expect(seen(read, { value }, { value: dict({}) })).toBe('numbers: w');
    expect(seen(read, { value }, { value: dict({ w: 1 }) })).toBe('numbers: w');
    expect(seen(read, { value }, { value: null })).toBe('numbers: w');
  });

  test.each([
    ['strides', { strides: [2] }],
    ['device', { device: 'cuda:0' }],
    ['shape', { shape: [1, 1] }],
    ['element type', { dtype: 'float64' as const }],
  ])('of another %s differs for who claims bookkeeping', (_, other) => {
    expect(seen(read, { value }, { value: dict({ w: tensor(other) }) })).toBe('bookkeeping: w');
    expect(seen(read, { value: dict({ w: tensor(other) }) }, { value })).toBe('bookkeeping: w');
    expect(seen(read, { value }, { value: dict({ w: tensor(other) }) }, without('bookkeeping'))).toBeUndefined();
  });

  test('that the reference could not do is passed over, as is what is left of one that raised', () => {
    expect(seen(read, { error: ERROR }, { value }, ['numbers'])).toBeUndefined();
    expect(seen(read, { value }, { error: ERROR }, ['numbers'])).toBe('errors: the operation');
  });
});

describe('a state', () => {
  const state: Op = { op: 'state' };
  const entries = { step: 3, square_avg: tensor(), momentum_buffer: tensor() } as const;
  const value = dict({ w: dict(entries) });
  const of = (own: Readonly<Record<string, Value>>): Observation => ({ value: dict({ w: dict(own) }) });

  test('is compared entry by entry', () => {
    expect(seen(state, { value }, { value })).toBeUndefined();
    const others = { ...entries, square_avg: tensor({ bits: OTHER }) };
    expect(seen(state, { value }, of(others))).toBe('state: state of w, square_avg[0]');
    expect(seen(state, { value }, of(others), without('state'))).toBeUndefined();
  });

  test.each(['square_avg', 'momentum_buffer', 'grad_avg'])('that lacks %s differs for who claims state', (key) => {
    const all = { ...entries, grad_avg: tensor() };
    const { [key as 'step']: _, ...rest } = all;
    expect(seen(state, of(all), of(rest), ['state'])).toBe(`state: state of w, ${key}`);
    expect(seen(state, of(all), of({ ...rest, [key]: 0 }), ['state'])).toBe(`state: state of w, ${key}`);
    expect(seen(state, of(all), of(rest), ['numbers'])).toBeUndefined();
  });

  test('of other counts, keys or tensors differs for who claims bookkeeping', () => {
    const { momentum_buffer, ...rest } = entries;
    const reordered = of({ momentum_buffer, ...rest });
    expect(seen(state, { value }, of({ ...entries, step: 4 }))).toBe('bookkeeping: state of w, step');
    expect(seen(state, { value }, of({ ...entries, more: 1 }))).toBe('bookkeeping: state of w: keys');
    expect(seen(state, { value }, reordered)).toBe('bookkeeping: state of w: keys');
    expect(seen(state, { value }, { value: dict({ w: dict(entries), b: dict({}) }) })).toBe('bookkeeping: state: keys');
    expect(seen(state, { value }, { value: dict({}) })).toBe('bookkeeping: state: keys');
    for (const own of [of({ ...entries, step: 4 }), of({ ...entries, more: 1 }), reordered])
      expect(seen(state, { value }, own, without('bookkeeping'))).toBeUndefined();
    expect(seen(state, { value }, { value: dict({}) }, ['state'])).toBe('state: state of w, square_avg');
  });

  test('of an import has a step of which only the count counts', () => {
    const count = (bits: string): Value => ({ $tensor: { dtype: 'float32', shape: [], bits } });
    const imported: Observation = { ...of(entries), not_observed: ['step-tensor'] };
    expect(seen(state, imported, of({ ...entries, step: count('40400000') }))).toBeUndefined();
    expect(seen(state, of(entries), of({ ...entries, step: count('40400000') }))).toBe('bookkeeping: state of w, step');
    expect(seen(state, imported, of({ ...entries, step: count(OTHER) }))).toBe('bookkeeping: state of w, step');
  });

  test('is asked by its own keys, whatever they are', () => {
    const odd = (key: Value): Observation => ({ value: { $dict: [[key, dict({})]] } });
    expect(seen(state, odd(5), odd(5))).toBeUndefined();
    expect(seen(state, odd(5), odd(6))).toBe('bookkeeping: state: keys');
    expect(seen(state, odd(5), odd('5'))).toBe('bookkeeping: state: keys');
  });
});

describe('warnings', () => {
  const step: Op = { op: 'step' };
  const warnings = [{ type: 'UserWarning', message: 'old' }];

  test('are compared where messages are claimed: how many, their types and their texts', () => {
    expect(seen(step, { warnings }, { warnings })).toBeUndefined();
    expect(seen(step, { warnings }, {})).toBe('messages: warnings');
    expect(seen(step, {}, { warnings })).toBe('messages: warnings');
    expect(seen(step, { warnings }, { warnings: [...warnings, ...warnings] })).toBe('messages: warnings');
    expect(seen(step, { warnings }, { warnings: [{ ...warnings[0]!, type: 'Warning' }] })).toBe('messages: warnings');
    expect(seen(step, { warnings }, {}, without('messages'))).toBeUndefined();
  });

  test('that a recording did not hold are passed over', () => {
    expect(seen(step, { not_observed: ['warnings'] }, { warnings })).toBeUndefined();
    expect(seen(step, { not_observed: ['step-tensor'] }, { warnings })).toBe('messages: warnings');
  });
});

describe('logs and values', () => {
  const step: Op = { op: 'step' };
  const look: Op = { op: 'look', at: ['opt'] };

  test('of a log are compared where bookkeeping is claimed, how many and each', () => {
    expect(seen(step, { log: ['a', 'b'] }, { log: ['a', 'b'] })).toBeUndefined();
    expect(seen(step, { log: ['a', 'b'] }, { log: ['a'] })).toBe('bookkeeping: log');
    expect(seen(step, {}, { log: ['a'] })).toBe('bookkeeping: log');
    expect(seen(step, { log: ['a', 'b'] }, { log: ['a', 'c'] })).toBe('bookkeeping: entry 1 of the log');
    expect(seen(step, { log: ['a'] }, {}, without('bookkeeping'))).toBeUndefined();
  });

  test('of a repr are compared where messages are claimed, answers of an identity where bookkeeping is', () => {
    expect(seen({ op: 'repr' }, { value: 'RMSprop' }, { value: 'Adam' })).toBe('messages: repr');
    expect(seen({ op: 'repr' }, { value: 'RMSprop' }, {}, without('messages'))).toBeUndefined();
    const identity: Op = { op: 'identity', a: ['opt'], b: ['opt'] };
    expect(seen(identity, { value: true }, { value: false }, without('bookkeeping'))).toBeUndefined();
    expect(seen(identity, { value: true }, {})).toBe('bookkeeping: whether opt is opt');
  });

  test.each<readonly [string, Value, Value, string | undefined]>([
    ['another number', 1, 2, 'bookkeeping: value'],
    ['nothing', 1, null, 'bookkeeping: value'],
    ['a number for a boolean', true, 1, 'bookkeeping: value'],
    ['another item', [1, 2], [1, 3], 'bookkeeping: value[1]'],
    ['another length', [1, 2], [1], 'bookkeeping: value'],
    ['a tuple for a list', [1], { $tuple: [1] }, 'bookkeeping: value'],
    ['another entry', dict({ a: 1 }), dict({ a: 2 }), 'bookkeeping: value.a'],
    ['another key', dict({ a: 1 }), dict({ b: 1 }), 'bookkeeping: value: keys'],
    ['another order', dict({ a: 1, b: 2 }), dict({ b: 2, a: 1 }), 'bookkeeping: value: keys'],
    ['other elements', tensor(), tensor({ bits: OTHER }), 'state: value[0]'],
    ['other strides', tensor(), tensor({ strides: [2] }), 'bookkeeping: value'],
    ['another shape', tensor(), tensor({ shape: [1, 1] }), 'bookkeeping: value'],
    ['an infinity for NaN', { $float: 'nan' }, { $float: 'inf' }, 'bookkeeping: value'],
    ['the same', dict({ a: [tensor(), null, 'x'] }), dict({ a: [tensor(), null, 'x'] }), undefined],
  ])('of %s', (_, expected, actual, difference) => {
    expect(seen(look, { value: expected }, { value: actual })).toBe(difference);
    expect(seen(look, { value: expected }, { value: actual }, ['numbers'])).toBeUndefined();
  });
});

test('of several differences the first of the program is told', () => {
  const program: Op[] = [{ op: 'repr' }, { op: 'state' }, { op: 'repr' }];
  const two = { ...scenario, program };
  const { first: found } = compare(
    two,
    [{}, { value: dict({}) }, { value: 'a' }],
    [{}, { value: dict({}) }, {}],
    new Set(FACETS),
  );
  expect(found).toMatchObject({ op: 2, operation: 'repr' });
  const all = compare(two, [{ value: 'a' }, {}, { value: 'a' }], [{}, {}, {}], new Set(FACETS));
  expect(all.first).toMatchObject({ op: 0 });
});

describe('a checkpoint that is saved', () => {
  const group = (options: readonly (readonly [string, Value])[]): Value => ({ $dict: [['params', ['w']], ...options] });
  const tensor: Value = { $tensor: { dtype: 'float32', shape: [1], bits: BITS } };
  const saved = (groups: readonly Value[], ...state: readonly (readonly [string, Value])[]): Observation => ({
    value: {
      $dict: [
        ['groups', groups],
        ['state', { $dict: [['w', { $dict: state }]] }],
      ],
    },
  });
  const right = saved([group([['lr', 0.1]])], ['step', 3], ['square_avg', tensor]);

  /** The first difference, of a port that claims numbers alone. */
  const numbers = (actual: Observation, facets: readonly Facet[] = ['numbers']): string | undefined => {
    const tensors = { w: { dtype: 'float32', shape: [1], bits: BITS, parameter: true } } as const;
    const scenario: Scenario = { id: 'resume/compare/one', tensors, gradients: {}, program: [{ op: 'save' }] };
    const found = compare(scenario, [right], [actual], new Set(facets)).first;
    return found && `${found.facet}: ${found.where}: ${found.expected} / ${found.actual}`;
  };

  test('has what the reference has, in numbers, options and the count of steps', () => {
    expect(numbers(right)).toBeUndefined();
    expect(numbers(saved([group([['lr', 0.2]])], ['step', 3], ['square_avg', tensor]))).toBe(
      'numbers: checkpoint: lr of group 0: 0.1 / 0.2',
    );
    expect(numbers(saved([group([])], ['step', 3], ['square_avg', tensor]))).toBe(
      'numbers: checkpoint: lr of group 0: 0.1 / nothing',
    );
    expect(numbers(saved([], ['step', 3], ['square_avg', tensor]))).toBe('numbers: checkpoint: groups: 1 / 0');
    expect(numbers(saved([group([['lr', 0.1]])], ['step', 4], ['square_avg', tensor]))).toBe(
      'numbers: checkpoint of w, step: 3 / 4',
    );
    expect(numbers(saved([group([['lr', 0.1]])], ['step', 3]))).toBe(
      `numbers: checkpoint of w, square_avg: float32 of shape [1] ${BITS} / nothing`,
    );
    const other: Value = { $tensor: { dtype: 'float32', shape: [1], bits: '40000000' } };
    expect(numbers(saved([group([['lr', 0.1]])], ['step', 3], ['square_avg', other]))).toMatch(
      /^numbers: checkpoint of w, square_avg\[0\]: 1 \(3f800000\) \/ 2 \(40000000\)$/,
    );
    expect(numbers({ value: { $dict: [] } })).toBe('numbers: checkpoint: groups: 1 / 0');
    expect(numbers({})).toBe('numbers: the operation: a value / none');
  });

  test('may have more, which is a matter of bookkeeping', () => {
    const more: Observation = {
      value: {
        $dict: [
          ['groups', [group([['lr', 0.1]])]],
          [
            'state',
            {
              $dict: [
                [
                  'w',
                  {
                    $dict: [
                      ['step', 3],
                      ['square_avg', tensor],
                      ['grad_avg', tensor],
                    ],
                  },
                ],
                ['v', { $dict: [] }],
              ],
            },
          ],
        ],
      },
    };
    expect(numbers(more)).toBeUndefined();
    expect(numbers(more, ['numbers', 'bookkeeping'])).toBe(
      'bookkeeping: checkpoint: tensors that need no state: none / v',
    );
  });
});
