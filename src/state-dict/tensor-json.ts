/**
 * Tensors as JSON: element type, shape, and bit patterns or numbers in C order.
 */
import { contiguousStrides } from '../tensor/strides.ts';
import { elementType, type ElementType, isElementType } from './element-type.ts';
import { FormatError, below } from './format-error.ts';
import type { TensorJSON } from './json-types.ts';
import { elementBytes, isDense, numelOf, type Storage, type TensorNode } from './node.ts';

const HEX: readonly string[] = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

/** A tensor as JSON, in bit patterns. Gaps between elements are left out; the order of dimensions in memory is kept. */
export function tensorToJSON(node: TensorNode): TensorJSON {
  const { dtype, shape, strides, requires_grad, parameter, storage } = node;
  const kept = !isDense(node) && isPermuted(node) ? { strides: [...strides] } : {};
  return {
    ...{ dtype, shape: [...shape], ...kept },
    ...(storage.device === 'cpu' ? {} : { device: storage.device }),
    ...(requires_grad ? { requires_grad } : {}),
    ...(parameter ? { parameter } : {}),
    bits: bitsText(elementBytes(node), elementType(dtype).word),
  };
}

/** Whether the elements lie without gaps, with the dimensions in another order. */
function isPermuted({ shape, strides }: Pick<TensorNode, 'shape' | 'strides'>): boolean {
  let expected = 1;
  const order = shape.map((size, d) => ({ size, stride: strides[d]! })).filter(({ size }) => size !== 1);
  for (const { size, stride } of order.sort((a, b) => a.stride - b.stride)) {
    if (stride !== expected) return false;
    expected *= size;
  }
  return true;
}

/** The bit patterns of little-endian words, most significant digit first. */
export function bitsText(bytes: Uint8Array, word: number): string {
  const parts: string[] = [];
  for (let at = 0; at < bytes.length; at += word) {
    let text = '';
    for (let i = at + word - 1; i >= at; i--) text += HEX[bytes[i]!]!;
    parts.push(text);
  }
  return parts.join(' ');
}

const FLAGS = ['requires_grad', 'parameter'];
const KEYS: ReadonlySet<string> = new Set(['dtype', 'shape', 'strides', 'device', ...FLAGS, 'bits', 'data']);

/** The tensor that JSON stands for. @throws FormatError at what is not in the format */
export function tensorFromJSON(json: Readonly<Record<string, unknown>>, pointer: string): TensorNode {
  for (const key of Object.keys(json))
    if (!KEYS.has(key)) throw new FormatError(below(pointer, key), 'expected no such key in a tensor');
  const { dtype, shape, strides, device = 'cpu', requires_grad = false, parameter = false, bits, data } = json;
  if (typeof dtype !== 'string' || !isElementType(dtype))
    throw new FormatError(below(pointer, 'dtype'), `expected an element type such as float32, got ${said(dtype)}`);
  const sizes = sizesOf(shape, pointer, 'shape');
  const steps = strides === undefined ? contiguousStrides(sizes) : sizesOf(strides, pointer, 'strides');
  if (strides !== undefined && (steps.length !== sizes.length || !isPermuted({ shape: sizes, strides: steps })))
    throw new FormatError(
      below(pointer, 'strides'),
      `expected strides without gaps for ${said(shape)}, got ${said(strides)}`,
    );
  if (typeof device !== 'string')
    throw new FormatError(below(pointer, 'device'), `expected a text, got ${said(device)}`);
  for (const key of FLAGS)
    if (json[key] !== undefined && typeof json[key] !== 'boolean')
      throw new FormatError(below(pointer, key), `expected true or false, got ${said(json[key])}`);
  if ((bits === undefined) === (data === undefined))
    throw new FormatError(
      pointer,
      `expected either bits or data in a tensor, got ${bits === undefined ? 'neither' : 'both'}`,
    );
  const { word, bytes: size } = elementType(dtype);
  const words = (numelOf(sizes) * size) / word;
  const tensor = (storage: Storage): TensorNode => {
    const flags = { requires_grad: requires_grad === true, parameter: parameter === true, conj: false, neg: false };
    return { kind: 'tensor', dtype, shape: sizes, strides: steps, offset: 0, storage, ...flags };
  };
  if ((dtype === 'float32' || dtype === 'float64') && strides === undefined && isNumbers(data, words))
    return tensor(new ListedStorage(data, dtype, device));
  const ordered =
    bits === undefined
      ? fromNumbers(data, dtype, words, below(pointer, 'data'))
      : fromBits(bits, word, words, below(pointer, 'bits'));
  return tensor({ bytes: strides === undefined ? ordered : placed(ordered, sizes, steps, size), device });
}

/** Whether a value is a list of so many numbers, none of them a text. */
function isNumbers(data: unknown, count: number): data is readonly number[] {
  if (!Array.isArray(data) || data.length !== count) return false;
  // A step's list is often of an integer; where the loop never saw one, V8 boxes no float in it, which is ten times as fast.
  if (count === 1) return typeof data[0] === 'number';
  for (let i = 0; i < count; i++) if (typeof data[i] !== 'number') return false;
  return true;
}

/** The elements of a tensor as JSON lists them: copied and rounded when their bytes are asked for, as not everybody does. */
class ListedStorage implements Storage {
  readonly device: string;
  readonly #dtype: 'float32' | 'float64';
  #numbers: readonly number[] | undefined;
  #bytes: Uint8Array | undefined;

  constructor(numbers: readonly number[], dtype: 'float32' | 'float64', device: string) {
    this.device = device;
    this.#dtype = dtype;
    this.#numbers = numbers;
  }

  get numbers(): readonly number[] | undefined {
    return this.#numbers;
  }

  get bytes(): Uint8Array {
    if (this.#bytes === undefined) {
      const Floats = this.#dtype === 'float32' ? Float32Array : Float64Array;
      this.#bytes = new Uint8Array(new Floats(this.#numbers!).buffer);
      this.#numbers = undefined;
    }
    return this.#bytes;
  }
}

function sizesOf(value: unknown, pointer: string, key: string): number[] {
  if (!Array.isArray(value) || value.length > 64)
    throw new FormatError(below(pointer, key), `expected a list of at most 64 sizes, got ${said(value)}`);
  value.forEach((size, i) => {
    if (!Number.isSafeInteger(size) || (size as number) < 0)
      throw new FormatError(below(below(pointer, key), i), `expected a non-negative integer, got ${said(size)}`);
  });
  return value as number[];
}

function fromBits(bits: unknown, word: number, words: number, pointer: string): Uint8Array {
  if (typeof bits !== 'string') throw new FormatError(pointer, `expected a text, got ${said(bits)}`);
  const digits = 2 * word;
  const length = words === 0 ? 0 : words * (digits + 1) - 1;
  if (bits.length !== length)
    throw new FormatError(
      pointer,
      `expected ${words} patterns of ${digits} digits, ${length} characters, got ${bits.length} characters`,
    );
  const bytes = new Uint8Array(words * word);
  for (let w = 0; w < words; w++) {
    const from = w * (digits + 1);
    for (let i = 0; i < word; i++) {
      const [high, low] = [digit(bits.charCodeAt(from + 2 * i)), digit(bits.charCodeAt(from + 2 * i + 1))];
      const spaced = i < word - 1 || w === words - 1 || bits.charCodeAt(from + digits) === 0x20;
      if (high < 0 || low < 0 || !spaced)
        throw new FormatError(
          pointer,
          `pattern ${w}: expected ${digits} lower-case hex digits, then one space, got ${JSON.stringify(bits.slice(from, from + digits + 1))}`,
        );
      bytes[w * word + word - 1 - i] = 16 * high + low;
    }
  }
  return bytes;
}

function digit(code: number): number {
  if (code >= 0x30 && code <= 0x39) return code - 0x30;
  return code >= 0x61 && code <= 0x66 ? code - 0x57 : -1;
}

/** The numbers that JSON has no literal for, by the texts that stand for them. */
export const SPECIAL: ReadonlyMap<unknown, number> = new Map<unknown, number>([
  ...([
    ['NaN', NaN],
    ['Infinity', Infinity],
    ['-Infinity', -Infinity],
    ['-0', -0],
  ] as const),
]);

type Floats = Float32Array | Float64Array;

function fromNumbers(data: unknown, dtype: ElementType, words: number, pointer: string): Uint8Array {
  if (!Array.isArray(data)) throw new FormatError(pointer, `expected a list of numbers, got ${said(data)}`);
  if (data.length !== words) throw new FormatError(pointer, `expected ${words} numbers, got ${data.length}`);
  if (dtype === 'float32' || dtype === 'complex64') return floats(data, new Float32Array(words), pointer);
  if (dtype === 'float64' || dtype === 'complex128') return floats(data, new Float64Array(words), pointer);
  const write = WRITERS[dtype];
  if (write === undefined) throw new FormatError(pointer, `expected bits: numbers of ${dtype} would be rounded`);
  const { word } = elementType(dtype);
  const bytes = new Uint8Array(words * word);
  const view = new DataView(bytes.buffer);
  data.forEach((x: unknown, i) => {
    const { least, most } = write;
    if (typeof x !== 'number' || !Number.isSafeInteger(x) || x < least || x > most)
      throw new FormatError(below(pointer, i), `expected an integer of ${dtype}, got ${said(x)}`);
    write.set(view, i * word, x);
  });
  return bytes;
}

function floats(data: readonly unknown[], to: Floats, pointer: string): Uint8Array {
  for (let i = 0; i < data.length; i++) {
    const x = data[i];
    if (typeof x === 'number') to[i] = x;
    else {
      const special = SPECIAL.get(x);
      if (special === undefined)
        throw new FormatError(
          below(pointer, i),
          `expected a number, "NaN", "Infinity", "-Infinity" or "-0", got ${said(x)}`,
        );
      to[i] = special;
    }
  }
  return new Uint8Array(to.buffer);
}

interface Writer {
  readonly least: number;
  readonly most: number;
  readonly set: (view: DataView, at: number, x: number) => void;
}

const SAFE = Number.MAX_SAFE_INTEGER;

const WRITERS: Partial<Readonly<Record<ElementType, Writer>>> = {
  bool: { least: 0, most: 1, set: (view, at, x) => view.setUint8(at, x) },
  uint8: { least: 0, most: 2 ** 8 - 1, set: (view, at, x) => view.setUint8(at, x) },
  int8: { least: -(2 ** 7), most: 2 ** 7 - 1, set: (view, at, x) => view.setInt8(at, x) },
  int16: { least: -(2 ** 15), most: 2 ** 15 - 1, set: (view, at, x) => view.setInt16(at, x, true) },
  uint16: { least: 0, most: 2 ** 16 - 1, set: (view, at, x) => view.setUint16(at, x, true) },
  int32: { least: -(2 ** 31), most: 2 ** 31 - 1, set: (view, at, x) => view.setInt32(at, x, true) },
  uint32: { least: 0, most: 2 ** 32 - 1, set: (view, at, x) => view.setUint32(at, x, true) },
  int64: { least: -SAFE, most: SAFE, set: (view, at, x) => view.setBigInt64(at, BigInt(x), true) },
  uint64: { least: 0, most: SAFE, set: (view, at, x) => view.setBigUint64(at, BigInt(x), true) },
};

/** Elements in C order, laid where strides put them. */
function placed(ordered: Uint8Array, shape: readonly number[], strides: readonly number[], size: number): Uint8Array {
  const bytes = new Uint8Array(ordered.length);
  const index = shape.map(() => 0);
  for (let from = 0; from < ordered.length; from += size) {
    const to = index.reduce((at, i, d) => at + i * strides[d]!, 0) * size;
    for (let i = 0; i < size; i++) bytes[to + i] = ordered[from + i]!;
    for (let d = shape.length - 1; d >= 0 && ++index[d]! === shape[d]; d--) index[d] = 0;
  }
  return bytes;
}

/** A value as messages show it. */
export function said(value: unknown): string {
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}
