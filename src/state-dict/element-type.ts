/**
 * The element types that PyTorch stores: their sizes, the storage classes that name them, and their numbers.
 */
import { smallFloat as small } from '../tensor/half.ts';

/** An element type of a stored tensor, by PyTorch's name. */
export type ElementType =
  | ('float32' | 'float64' | 'float16' | 'bfloat16' | 'float8_e4m3fn' | 'float8_e5m2')
  | ('complex32' | 'complex64' | 'complex128' | 'bool')
  | ('uint8' | 'int8' | 'int16' | 'int32' | 'int64' | 'uint16' | 'uint32' | 'uint64');

interface Info {
  /** Bytes of one element. */
  readonly bytes: number;
  /** Bytes of what byte order turns: one part of a complex element. */
  readonly word: 1 | 2 | 4 | 8;
  /** The class of typed storages, where there is one. */
  readonly storage?: string;
  /** What an element is. */
  readonly what: 'float' | 'complex' | 'integer' | 'bool';
}

const ELEMENT_TYPES: Readonly<Record<ElementType, Info>> = {
  float32: { bytes: 4, word: 4, storage: 'FloatStorage', what: 'float' },
  float64: { bytes: 8, word: 8, storage: 'DoubleStorage', what: 'float' },
  float16: { bytes: 2, word: 2, storage: 'HalfStorage', what: 'float' },
  bfloat16: { bytes: 2, word: 2, storage: 'BFloat16Storage', what: 'float' },
  complex32: { bytes: 4, word: 2, what: 'complex' },
  complex64: { bytes: 8, word: 4, storage: 'ComplexFloatStorage', what: 'complex' },
  complex128: { bytes: 16, word: 8, storage: 'ComplexDoubleStorage', what: 'complex' },
  uint8: { bytes: 1, word: 1, storage: 'ByteStorage', what: 'integer' },
  int8: { bytes: 1, word: 1, storage: 'CharStorage', what: 'integer' },
  int16: { bytes: 2, word: 2, storage: 'ShortStorage', what: 'integer' },
  int32: { bytes: 4, word: 4, storage: 'IntStorage', what: 'integer' },
  int64: { bytes: 8, word: 8, storage: 'LongStorage', what: 'integer' },
  uint16: { bytes: 2, word: 2, what: 'integer' },
  uint32: { bytes: 4, word: 4, what: 'integer' },
  uint64: { bytes: 8, word: 8, what: 'integer' },
  bool: { bytes: 1, word: 1, storage: 'BoolStorage', what: 'bool' },
  float8_e4m3fn: { bytes: 1, word: 1, what: 'float' },
  float8_e5m2: { bytes: 1, word: 1, what: 'float' },
};

/** The sizes of an element type. */
export function elementType(type: ElementType): Info {
  return ELEMENT_TYPES[type];
}

/** Whether a text names an element type that can be read. */
export function isElementType(name: string): name is ElementType {
  return Object.hasOwn(ELEMENT_TYPES, name);
}

/** The element type whose typed storages have a class of this name. */
export function elementTypeOfStorage(name: string): ElementType | undefined {
  return BY_STORAGE.get(name);
}

const BY_STORAGE = new Map(
  Object.entries<Info>(ELEMENT_TYPES).flatMap(([type, { storage }]) =>
    storage === undefined ? [] : [[storage, type as ElementType] as const],
  ),
);

/** One real part of an element, at a byte of little-endian data; an integer beyond 2^53 as a bigint. */
export type ReadWord = (view: DataView, at: number) => number | bigint;

/** How the parts of an element type are read as numbers: a complex element has two parts. */
export function wordReader(type: ElementType): ReadWord {
  return READERS[type];
}

const READERS: Readonly<Record<ElementType, ReadWord>> = {
  float32: (view, at) => view.getFloat32(at, true),
  float64: (view, at) => view.getFloat64(at, true),
  float16: (view, at) => small(view.getUint16(at, true), 5, 10, true),
  bfloat16: (view, at) => small(view.getUint16(at, true), 8, 7, true),
  complex32: (view, at) => small(view.getUint16(at, true), 5, 10, true),
  complex64: (view, at) => view.getFloat32(at, true),
  complex128: (view, at) => view.getFloat64(at, true),
  uint8: (view, at) => view.getUint8(at),
  int8: (view, at) => view.getInt8(at),
  int16: (view, at) => view.getInt16(at, true),
  int32: (view, at) => view.getInt32(at, true),
  int64: (view, at) => narrow(view.getBigInt64(at, true), 2n ** 53n),
  uint16: (view, at) => view.getUint16(at, true),
  uint32: (view, at) => view.getUint32(at, true),
  uint64: (view, at) => narrow(view.getBigUint64(at, true), 2n ** 53n),
  bool: (view, at) => Number(view.getUint8(at) !== 0),
  float8_e4m3fn: (view, at) => small(view.getUint8(at), 4, 3, false),
  float8_e5m2: (view, at) => small(view.getUint8(at), 5, 2, true),
};

/** An integer as a number where it is one exactly; 2^53 is one, but not the only integer that becomes it. */
export function narrow(x: bigint, most: bigint = 2n ** 53n - 1n): number | bigint {
  return x >= -most && x <= most ? Number(x) : x;
}
