import { describe, expect, test } from 'vitest';
import { OrderedDict } from '../../src/python/ordered-dict.ts';
import { isTuple } from '../../src/python/tuple.ts';
import { RMSprop } from '../../src/optim/rmsprop.ts';
import type { StateDict } from '../../src/optim/state-dict.ts';
import { readCheckpoint, writeCheckpoint } from '../../src/state-dict/checkpoint.ts';
import type { Checkpoint } from '../../src/state-dict/container.ts';
import { fromJSON, toJSON } from '../../src/state-dict/json.ts';
import type { DictNode, Node, TensorNode } from '../../src/state-dict/node.ts';
import { readTree } from '../../src/state-dict/read-tree.ts';
import { StoredTensor } from '../../src/state-dict/stored-tensor.ts';
import { Parameter, Tensor } from '../../src/tensor/tensor.ts';
import { described } from './described.ts';
import { bytesOf, checkpoints } from './fixtures.ts';

/** The group and state of a state dict, as far as these tests look. */
interface Saved {
  state: Map<number, Record<string, Tensor>>;
  param_groups: Record<string, unknown>[];
}

const plain = 'checkpoints/cpu-torch2.13.0/plain.pt';

/** The node at keys of dictionaries. */
function at(node: Node, ...keys: (string | number)[]): Node {
  return keys.reduce<Node>((inner, key) => {
    const { entries } = inner as DictNode;
    return entries.find(([own]) => 'value' in own && own.value === key)![1];
  }, node);
}

function float32(...data: number[]): Tensor {
  return new Tensor({ dtype: 'float32', shape: [data.length], data: Float32Array.from(data) });
}

describe('readCheckpoint()', () => {
  test('refuses a damaged tensor, and with crc false gives the other number as torch.load does; the pickle is checked all the same', () => {
    const damaged = (find: Uint8Array, by: number): Uint8Array => {
      const bytes = writeCheckpoint({ w: float32(1.5, 2.5) });
      const at = Buffer.from(bytes).indexOf(find);
      bytes[at] = by;
      return bytes;
    };
    const tensor = damaged(new Uint8Array(Float32Array.of(1.5, 2.5).buffer), 1);
    expect(() => readCheckpoint(tensor)).toThrow(/expected \S+\/data\/0 to have the CRC .*: the file is damaged/);
    const { w } = readCheckpoint<{ w: Tensor }>(tensor, { crc: false });
    expect(w.elements()).toEqual(Float32Array.of(1.5 + 2 ** -23, 2.5));
    const pickle = damaged(Buffer.from('_rebuild_tensor_v2'), 0x41);
    expect(() => readCheckpoint(pickle, { crc: false })).toThrow(/data\.pkl to have the CRC/);
  });

  test('makes complex tensors, which come back as they were written, strides and sharing too', () => {
    const data = Float64Array.of(1, -0, NaN, Infinity, 5, 6, 7, 8);
    const across = new Tensor({ dtype: 'complex128', shape: [2, 2], strides: [1, 2], data });
    const row = new Tensor({ dtype: 'complex128', shape: [2], data: data.subarray(4) });
    const read = readCheckpoint<{ across: Tensor; row: Tensor }>(writeCheckpoint({ across, row }));
    expect(read.across).toBeInstanceOf(Tensor);
    expect([read.across.dtype, read.across.shape, read.across.strides]).toEqual(['complex128', [2, 2], [1, 2]]);
    expect(read.across.storage).toEqual(data);
    expect(read.row.elements()).toEqual(data.subarray(4));
    expect(fromJSON(toJSON({ row }))).toEqual({ row });
  });

  test('takes an ArrayBuffer, as fetch gives it, and says so of anything else', () => {
    const { buffer } = Uint8Array.from(bytesOf(plain));
    expect(toJSON(readCheckpoint(buffer))).toEqual(toJSON(readCheckpoint(bytesOf(plain))));
    const message = 'expected the bytes of a checkpoint, a Uint8Array or an ArrayBuffer, got ';
    expect(() => readCheckpoint('x' as never)).toThrow(new TypeError(`${message}string`));
    expect(() => readCheckpoint(undefined as never)).toThrow(new TypeError(`${message}undefined`));
  });

  test('gives the weights of a model, of which parameters are made', () => {
    const bytes = bytesOf('checkpoints/cpu-torch2.13.0/training-checkpoint.pt').slice();
    const saved = readCheckpoint<{ model_state_dict: Map<string, Tensor>; optimizer_state_dict: StateDict }>(bytes);
    const params = [...saved.model_state_dict.values()].map((tensor) => new Parameter(tensor));
    const optimizer = new RMSprop(params);
    optimizer.load_state_dict(saved.optimizer_state_dict);
    const before = params.map((p) => p.elements().slice());
    for (const p of params)
      p.grad = new Tensor({ dtype: 'float32', shape: p.shape, data: new Float32Array(p.numel()).fill(0.5) });
    optimizer.step();
    params.forEach((p, i) => expect(p.elements()).not.toEqual(before[i]));
    expect([...saved.model_state_dict.values()].map((tensor) => tensor.elements())).toEqual(
      params.map((p) => p.elements()),
    );
  });

  test('gives what the port loads, and a step goes on from there', () => {
    const shapes = [[4, 3], [4], [2, 4], [2]];
    const params = shapes.map((shape) => {
      const numel = shape.reduce((a, b) => a * b);
      const p = new Parameter({ dtype: 'float32', shape, data: new Float32Array(numel) });
      p.grad = new Tensor({ dtype: 'float32', shape, data: new Float32Array(numel).fill(0.5) });
      return p;
    });
    const optimizer = new RMSprop(params);
    optimizer.load_state_dict(readCheckpoint(bytesOf(plain)) as never);
    optimizer.step();
    const { step, square_avg } = optimizer.state.get(params[3]!) as Record<string, Tensor>;
    expect(step!.item()).toBe(4);
    // 3d1d0bbe and 3ce178e9 in the file.
    const before = [0.03834127634763718, 0.02752347476780415];
    const decayed = before.map((v) => Math.fround(Math.fround(v) * Math.fround(0.99)));
    const added = Math.fround(Math.fround(Math.fround(1 - 0.99) * 0.5) * 0.5);
    expect([...square_avg!.elements()]).toEqual(decayed.map((v) => Math.fround(v + added)));
  });

  test('gives views of the bytes, without copies', () => {
    const bytes = bytesOf(plain);
    const { state } = readCheckpoint(bytes) as Saved;
    for (const { square_avg } of state.values()) expect(square_avg!.storage.buffer).toBe(bytes.buffer);
  });

  test('gives views that lie askew as copies', () => {
    const original = bytesOf(plain);
    const askew = new Uint8Array(new ArrayBuffer(original.length + 1), 1);
    askew.set(original);
    const [one, other] = [readCheckpoint(original), readCheckpoint(askew)] as [Saved, Saved];
    for (const [id, { square_avg }] of one.state)
      expect(other.state.get(id)!['square_avg']!.elements()).toEqual(square_avg!.elements());
  });

  test('gives tuples, integers beyond 2^53, None and ordered dictionaries as the port has them', () => {
    const value = readCheckpoint(bytesOf('checkpoints/cpu-torch2.13.0/training-checkpoint.pt')) as Record<
      string,
      unknown
    >;
    const tags = value['tags'] as unknown[];
    expect(isTuple(tags)).toBe(true);
    expect(tags).toEqual(['a', 2n ** 60n, null, true]);
    expect(value['best']).toBe(Infinity);
    expect(value['model_state_dict']).toBeInstanceOf(OrderedDict);
  });

  test.each(['float16', 'bfloat16'] as const)('gives tensors of %s as the port’s, number by number', (dtype) => {
    const bytes = bytesOf(`checkpoints/cpu-torch2.13.0/dtype-${dtype}.pt`);
    const { state } = readCheckpoint(bytes) as unknown as { state: Map<number, { square_avg: Tensor }> };
    const { square_avg } = state.get(3)!;
    expect(square_avg).toBeInstanceOf(Tensor);
    expect([square_avg.dtype, square_avg.shape]).toEqual([dtype, [2]]);
    const stored = at(readTree(bytes).root, 'state', 3, 'square_avg') as TensorNode;
    expect([...square_avg.elements()]).toEqual(new StoredTensor(stored).numbers());
  });

  test('gives element types that the port does not compute in as stored', () => {
    const made = fromJSON({ dtype: 'int16', shape: [2], data: [3, -4] });
    const read = readCheckpoint(writeCheckpoint(made as unknown as Checkpoint)) as unknown as StoredTensor;
    expect(read).toBeInstanceOf(StoredTensor);
    expect([read.dtype, read.shape, read.numel(), read.device]).toEqual(['int16', [2], 2, 'cpu']);
    expect([...(read.raw() as Uint16Array)]).toEqual([3, 0xfffc]);
    expect(read.numbers()).toEqual([3, -4]);
  });

  test('keeps the device of the file, or takes map_location', () => {
    const bytes = bytesOf('checkpoints/cuda-torch2.11.0/plain.pt');
    const devices = (read: unknown): Set<string> =>
      new Set([...(read as Saved).state.values()].map(({ square_avg }) => square_avg!.device));
    expect(devices(readCheckpoint(bytes))).toEqual(new Set(['cuda:0']));
    expect(devices(readCheckpoint(bytes, { map_location: 'cpu' }))).toEqual(new Set(['cpu']));
  });

  test('tensors that share a storage in the file share it in memory', () => {
    const { weights, row, transposed } = readCheckpoint(
      bytesOf('checkpoints/cpu-torch2.1.2/whole-state-shares-storage.pt'),
    ) as Record<string, Tensor>;
    weights!.fill_(7);
    expect([...row!.elements(), ...transposed!.elements()]).toEqual(Array.from({ length: 15 }, () => 7));
  });
});

describe('writeCheckpoint()', () => {
  test.each([...checkpoints('checkpoints'), ...checkpoints('foreign')])(
    'writes the values of %s without loss',
    (path) => {
      const value = readCheckpoint(bytesOf(path));
      expect(toJSON(readCheckpoint(writeCheckpoint(value)))).toEqual(toJSON(value));
    },
  );

  test('writes tensors that lie side by side in one buffer, each of its own', () => {
    const buffer = Float32Array.of(1, 2, 3);
    const [a, b, c] = [
      [0, 2],
      [2, 3],
      [3, 3],
    ].map(([from, to]) => new Tensor({ dtype: 'float32', shape: [to! - from!], data: buffer.subarray(from, to) }));
    const read = readCheckpoint(writeCheckpoint({ a, b, c })) as Record<string, Tensor>;
    expect([read['a'], read['b'], read['c']].map((t) => [...t!.elements()])).toEqual([[1, 2], [3], []]);
  });

  test('writes what readCheckpoint reads', () => {
    const value = {
      ...{ none: null, yes: true, no: false, int: 3, negative: -70000, big: 2n ** 70n, less: -(2n ** 63n) },
      ...{ float: 0.1, nan: NaN, zero: -0, text: 'ü\ud800', bytes: Uint8Array.of(0, 200), list: [1, [2]] },
      ...{ tuple: Object.freeze([1, Object.freeze([])]), set: new Set([1, 'a']), keys: new Map([[0, 'zero']]) },
      ...{ ordered: new OrderedDict([['a', 1]]), frozen: Object.freeze(new Set([1])) },
    };
    const read = readCheckpoint(writeCheckpoint(value)) as typeof value;
    expect(read).toEqual(value);
    expect(Object.isFrozen(read.tuple) && Object.isFrozen(read.frozen) && read.ordered instanceof OrderedDict).toBe(
      true,
    );
  });

  test('writes tensors of every kind that the port has', () => {
    const grown = new Float32Array(12).map((_, i) => i);
    const value = {
      f64: new Tensor({ dtype: 'float64', shape: [], data: Float64Array.of(0.1) }),
      i64: new Tensor({ dtype: 'int64', shape: [2], data: Float64Array.of(-1, 2 ** 53) }),
      strided: new Tensor({ dtype: 'float32', shape: [3, 2], strides: [1, 5], data: grown }),
      empty: new Tensor({ dtype: 'float32', shape: [0, 3], data: new Float32Array() }),
      parameter: new Parameter({ dtype: 'float32', shape: [1], device: 'cuda:1', data: Float32Array.of(-0) }),
    };
    const read = readCheckpoint(writeCheckpoint(value)) as typeof value;
    for (const [name, tensor] of Object.entries(value)) {
      const again = read[name as keyof typeof value];
      expect(again.constructor).toBe(tensor.constructor);
      expect([again.dtype, again.shape, again.strides, again.device, again.requires_grad]).toEqual([
        ...[tensor.dtype, tensor.shape, tensor.strides, tensor.device, tensor.requires_grad],
      ]);
      expect(again.elements()).toEqual(tensor.elements());
    }
  });

  test('writes a storage that tensors share once, and of a larger buffer only what they use', () => {
    const buffer = new Float32Array(100_000);
    const [a, b] = [0, 2].map(
      (from) => new Tensor({ dtype: 'float32', shape: [4], data: buffer.subarray(1000 + from, 1004 + from) }),
    );
    const bytes = writeCheckpoint({ a, b });
    expect(bytes.length).toBeLessThan(2000);
    const read = readCheckpoint(bytes) as Record<string, Tensor>;
    read['a']!.fill_(7);
    expect([...read['b']!.elements()]).toEqual([7, 7, 0, 0]);
  });

  test('what is one object is one object when it is read', () => {
    const list = [1];
    const read = readCheckpoint(writeCheckpoint([list, list, [1]])) as unknown[];
    expect(read[0]).toBe(read[1]);
    expect(read[0]).not.toBe(read[2]);
  });

  test.each([
    [{ a: [() => 1] }, "['a'][0]: expected data, got a function"],
    [new Map([[1, new Date()]]), '[1]: expected data, got Date'],
    [Symbol('x'), 'the value: expected data, got a symbol'],
  ])('refuses what no checkpoint can hold: %#', (value, message) => {
    expect(() => writeCheckpoint(value)).toThrow(new TypeError(message));
  });

  test('refuses what holds itself', () => {
    const list: unknown[] = [];
    list.push(list);
    expect(() => writeCheckpoint({ list })).toThrow(new TypeError("['list'][0]: holds itself"));
  });

  test('the same value gives the same bytes', () => {
    const value = { t: float32(1, 2) };
    expect(writeCheckpoint(value)).toEqual(writeCheckpoint(value));
  });

  test('writes again what it did not understand as it was', () => {
    const bytes = bytesOf('checkpoints/cpu-torch2.13.0/dtype-float16.pt');
    const again = writeCheckpoint(readCheckpoint(bytes));
    const tensors = (tree: unknown): string[] => JSON.stringify(tree).match(/"bits":"[^"]*"/g)!;
    expect(tensors(described(readTree(again).root))).toEqual(tensors(described(readTree(bytes).root)));
  });
});
