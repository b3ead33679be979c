import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { RMSprop } from '../../src/optim/rmsprop.ts';
import { OrderedDict } from '../../src/python/ordered-dict.ts';
import { FormatError } from '../../src/state-dict/format-error.ts';
import { fromJSON, LOST, toJSON, treeFromJSON, treeToJSON } from '../../src/state-dict/json.ts';
import type { TensorNode } from '../../src/state-dict/node.ts';
import { readTree } from '../../src/state-dict/read-tree.ts';
import { Parameter, Tensor } from '../../src/tensor/tensor.ts';
import { described } from './described.ts';
import { bytesOf, checkpoints } from './fixtures.ts';

const f32 = (shape: number[], data: unknown): object => ({ dtype: 'float32', shape, data });

/** Through text, as a file would. */
function throughText(json: unknown): unknown {
  return JSON.parse(JSON.stringify(json));
}

describe('treeToJSON() and treeFromJSON()', () => {
  test.each([...checkpoints('checkpoints'), ...checkpoints('foreign')])('%s goes through JSON without loss', (path) => {
    const tree = readTree(bytesOf(path)).root;
    expect(described(treeFromJSON(throughText(treeToJSON(tree))))).toEqual(described(tree));
  });

  test('a float that is whole stays a float', () => {
    const tree = treeFromJSON([1, { float: 1 }, { float: '-0' }, 1e300]);
    expect(treeToJSON(tree)).toEqual([1, { float: 1 }, { float: '-0' }, { float: 1e300 }]);
  });

  test('the order of dimensions in memory stays', () => {
    const tensor = new Tensor({
      dtype: 'float32',
      shape: [2, 3],
      strides: [1, 2],
      data: Float32Array.of(1, 2, 3, 4, 5, 6),
    });
    const json = toJSON(tensor);
    expect(json).toMatchObject({ strides: [1, 2], bits: '3f800000 40400000 40a00000 40000000 40800000 40c00000' });
    expect(fromJSON(json)).toMatchObject({ strides: [1, 2], storage: tensor.storage });
  });
});

test('numbers of JSON are rounded when their bytes are asked for, and stand where they were until then', () => {
  const data = [0.1, 1e-50, 1e39, 1];
  for (const dtype of ['float32', 'float64'] as const) {
    const { storage } = treeFromJSON({ dtype, shape: [4], data }) as TensorNode;
    expect(storage.numbers).toBe(data);
    const rounded = dtype === 'float32' ? Float32Array.from(data) : Float64Array.from(data);
    expect(storage.bytes).toEqual(new Uint8Array(rounded.buffer));
    expect(storage.numbers).toBeUndefined();
    expect(storage.bytes).toBe(storage.bytes);
  }
  const { storage } = treeFromJSON({ dtype: 'float32', shape: [2], data: [1, 'NaN'] }) as TensorNode;
  expect(storage.numbers).toBeUndefined();
});

describe('toJSON() and fromJSON()', () => {
  const key = fc.oneof(
    fc.string({ unit: 'grapheme' }),
    fc.constantFrom('__proto__', 'constructor', 'dtype', 'float', 'dict', '0', '007', '12345678901'),
    fc.maxSafeInteger(),
  );
  const { value } = fc.letrec<{ value: unknown; leaf: unknown }>((tie) => ({
    leaf: fc.oneof(
      fc.constantFrom(null, true, false, NaN, Infinity, -0, 2n ** 64n, new Uint8Array([1, 255])),
      fc.maxSafeInteger(),
      fc.double().filter((x) => !Number.isInteger(x)),
      fc.string({ unit: 'binary' }),
    ),
    value: fc.oneof(
      { maxDepth: 4, withCrossShrink: true },
      tie('leaf'),
      fc.array(tie('value'), { maxLength: 4 }),
      fc.array(tie('value'), { maxLength: 4 }).map((items) => Object.freeze(items)),
      fc.array(fc.tuple(key, tie('value')), { maxLength: 4 }).map((entries) => new OrderedDict(entries)),
      fc.array(fc.tuple(key, tie('value')), { maxLength: 4 }).map((entries) => new Map(entries)),
    ),
  }));

  test('keep every value', () => {
    fc.assert(
      fc.property(value, (given) => {
        const json = toJSON(given);
        const text = JSON.stringify(json);
        expect(toJSON(fromJSON(JSON.parse(text)))).toEqual(json);
      }),
      { numRuns: 300 },
    );
  });

  test('bring a state dict of the port into another one, which steps on alike', () => {
    const made = (): [Parameter, RMSprop] => {
      const p = new Parameter({ dtype: 'float32', shape: [2], data: Float32Array.of(1, 2) });
      return [p, new RMSprop([p], { momentum: 0.9, centered: true })];
    };
    const step = (p: Parameter, optimizer: RMSprop): void => {
      p.grad = new Tensor({ dtype: 'float32', shape: [2], data: Float32Array.of(0.1, -3) });
      optimizer.step();
    };
    const [p, optimizer] = made();
    step(p, optimizer);
    const text = JSON.stringify(toJSON(optimizer.state_dict()));
    const [q, other] = made();
    q.storage.set(p.storage);
    other.load_state_dict(fromJSON(JSON.parse(text)) as never);
    step(p, optimizer);
    step(q, other);
    expect(q.storage).toEqual(p.storage);
    expect(toJSON(other.state_dict())).toEqual(toJSON(optimizer.state_dict()));
  });

  test('a state that is empty says so; one that JSON.stringify emptied is refused', () => {
    const groups = [{ lr: 0.01, params: [0] }];
    expect(toJSON({ state: new Map(), param_groups: groups })).toEqual({ state: { dict: [] }, param_groups: groups });
    expect(fromJSON({ state: { dict: [] }, param_groups: groups })).toEqual({ state: {}, param_groups: groups });
    const lost = JSON.parse(JSON.stringify({ state: new Map([[0, {}]]), param_groups: groups })) as unknown;
    expect(() => fromJSON(lost)).toThrow(new FormatError('/state', LOST));
  });

  test('numbers in data are rounded to the element type, special ones are texts', () => {
    const tensor = fromJSON(f32([5], [0.1, 'NaN', 'Infinity', '-Infinity', '-0'])) as Tensor;
    expect(tensor.storage).toEqual(Float32Array.of(0.1, NaN, Infinity, -Infinity, -0));
    const numbers = {
      float64: [0.1],
      int64: [-5],
      int32: [-5],
      int16: [-5],
      int8: [-5],
      uint8: [250],
      uint16: [65000],
    };
    for (const [dtype, data] of Object.entries({ ...numbers, uint32: [2 ** 32 - 1], uint64: [7], bool: [1] })) {
      const read = treeFromJSON({ dtype, shape: [1], data });
      const bits = treeToJSON(read) as { bits: string };
      expect(treeToJSON(treeFromJSON({ dtype, shape: [1], bits: bits.bits })), dtype).toEqual(bits);
    }
    expect(fromJSON({ dtype: 'int64', shape: [1], data: [-5] })).toMatchObject({ storage: Float64Array.of(-5) });
  });

  const bits = (text: string): object => ({ dtype: 'float32', shape: [2], bits: text });
  test.each([
    [undefined, '/', 'expected JSON, got undefined'],
    [{ a: [() => 1] }, '/a/0', 'expected JSON, got function'],
    [{ dtype: 'float31', shape: [] }, '/dtype', 'expected an element type such as float32, got "float31"'],
    [f32([1], [1, 2]), '/data', 'expected 1 numbers, got 2'],
    [f32([1], 1), '/data', 'expected a list of numbers, got 1'],
    [f32([1], ['1']), '/data/0', 'expected a number, "NaN", "Infinity", "-Infinity" or "-0", got "1"'],
    [{ dtype: 'int8', shape: [1], data: [128] }, '/data/0', 'expected an integer of int8, got 128'],
    [{ dtype: 'bfloat16', shape: [1], data: [1] }, '/data', 'expected bits: numbers of bfloat16 would be rounded'],
    [f32([-1], []), '/shape/0', 'expected a non-negative integer, got -1'],
    [{ dtype: 'float32', shape: 2, data: [] }, '/shape', 'expected a list of at most 64 sizes, got 2'],
    [{ ...f32([2], [1, 2]), strides: [2] }, '/strides', 'expected strides without gaps for [2], got [2]'],
    [{ ...f32([0], []), device: 1 }, '/device', 'expected a text, got 1'],
    [{ ...f32([0], []), parameter: 1 }, '/parameter', 'expected true or false, got 1'],
    [{ ...f32([0], []), requires_grad: 'no' }, '/requires_grad', 'expected true or false, got "no"'],
    [{ ...f32([0], []), offset: 1 }, '/offset', 'expected no such key in a tensor'],
    [{ dtype: 'float32', shape: [0] }, '/', 'expected either bits or data in a tensor, got neither'],
    [{ ...f32([0], []), bits: '' }, '/', 'expected either bits or data in a tensor, got both'],
    [{ ...f32([0], []), data: undefined, bits: 5 }, '/bits', 'expected a text, got 5'],
    [bits('3f800000'), '/bits', 'expected 2 patterns of 8 digits, 17 characters, got 8 characters'],
    [bits('3f800000 3F800000'), '/bits', 'pattern 1: expected 8 lower-case hex digits, then one space, got "3F800000"'],
    [
      bits('3f800000-3f800000'),
      '/bits',
      'pattern 0: expected 8 lower-case hex digits, then one space, got "3f800000-"',
    ],
    [
      JSON.parse('[1e999]'),
      '/0',
      'expected a number within a double\'s range, got Infinity (which is {"float":"Infinity"})',
    ],
    [{ int: 5 }, '/int', 'expected decimal digits, got 5'],
    [{ float: 'nan' }, '/float', 'expected a number, "NaN", "Infinity", "-Infinity" or "-0", got "nan"'],
    [{ bytes: 'abc' }, '/bytes', 'expected hex digits, got "abc"'],
    [{ complex: [1] }, '/complex', 'expected a real and an imaginary part, got [1]'],
    [{ complex: [1, 'i'] }, '/complex/1', 'expected a number, "NaN", "Infinity", "-Infinity" or "-0", got "i"'],
    [{ device: 1 }, '/device', 'expected the name of a device, got 1'],
    [{ tuple: {} }, '/tuple', 'expected a list, got {}'],
    [{ dict: {} }, '/dict', 'expected a list of pairs, got {}'],
    [{ dict: [[1]] }, '/dict/0', 'expected a key and a value, got [1]'],
    [{ dict: [[[], 1]] }, '/dict/0/0', 'expected a key that can be hashed, got []'],
    [
      {
        dict: [
          [1, 1],
          [{ float: 1 }, 1],
        ],
      },
      '/dict/1/0',
      'expected every key once, got {"float":1} again',
    ],
    [{ 'a/b': { '~': { int: 'x' } } }, '/a~1b/~0/int', 'expected decimal digits, got "x"'],
  ])('refuse what is not in the format: %#', (json, pointer, message) => {
    expect(() => fromJSON(json)).toThrow(new FormatError(pointer === '/' ? '' : pointer, message));
  });

  test('refuse what is too deep', () => {
    let json: unknown = 1;
    for (let i = 0; i < 300; i++) json = [json];
    expect(() => fromJSON(json)).toThrow('expected containers at most 200 deep, got deeper ones');
  });
});
