/**
 * What a port answers of its tensors and their state, as it is observed.
 */
import { type Data, type DType, dtypeOf, dtypes, isComplex, isFloating, isHalf, isSingle } from '../tensor/dtype.ts';
import { AdapterError } from './adapter-error.ts';
import { areOf, bitsOf, elements, kind, tensorValue } from './encoding.ts';
import type { PortState, PortTensor } from './port.ts';
import type { NamedTensor } from './program-objects.ts';
import type { TensorSpec, TensorValue, Value } from './types.ts';
import { encodeNumber } from './values.ts';

/**
 * The entries of the state of a tensor.
 *
 * @param what was asked for, in errors
 * @throws AdapterError when it is no object, or an entry is neither a number, nor elements, nor a tensor
 */
export function encodeState(state: PortState, { name, spec }: NamedTensor, what: string = 'state'): [string, Value][] {
  if (typeof state !== 'object' || state === null)
    throw new AdapterError(`${what}(${name}): expected an object or undefined, got ${kind(state)}`);
  return Object.entries(state).map(([key, value]) => {
    if (typeof value === 'number') return [key, encodeNumber(value)];
    return [key, { $tensor: encodeTensor(value, spec, `${what}(${name}).${key}`) }];
  });
}

/**
 * Elements that a port answered with: where they are floating-point, of the element type that the answer has.
 *
 * @throws AdapterError for what are none
 */
export function encodeTensor(value: unknown, { dtype, shape }: TensorSpec, what: string): TensorValue {
  if (isPortTensor(value)) return checkedTensor(value, what);
  const data = elements(value, dtype, what);
  return { dtype: answeredDtype(dtype, data), shape, bits: bitsOf(dtype, data) };
}

function answeredDtype(dtype: DType, data: Data): DType {
  if (isHalf(dtype) && areOf(dtype, data)) return dtype;
  if (isComplex(dtype)) return data instanceof Float32Array ? 'complex64' : 'complex128';
  return isFloating(dtype) ? dtypeOf(data) : dtype;
}

function isPortTensor(value: unknown): value is PortTensor {
  return typeof value === 'object' && value !== null && 'dtype' in value;
}

/** A tensor that a port answered with. @throws AdapterError for what is none */
export function checkedTensor(value: PortTensor, what: string): TensorValue {
  const { dtype, shape, data }: Partial<PortTensor> = typeof value === 'object' ? (value ?? {}) : {};
  const elementType = dtype !== undefined && isSingle(dtype) ? Float32Array : Float64Array;
  if (dtype === undefined || !dtypes.includes(dtype) || !Array.isArray(shape) || !(data instanceof elementType))
    throw new AdapterError(`${what}: expected a tensor { dtype, shape, data } whose data are of its dtype`);
  return tensorValue(value);
}
