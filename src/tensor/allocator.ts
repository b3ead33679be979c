/**
 * Where new elements lie: those of state beside those of their parameter.
 */
import { allocate, type Data, type DType } from './dtype.ts';

/** Makes zeros. */
export type Allocate = (dtype: DType, length: number) => Data;

const allocators = new WeakMap<object, Allocate>();

/** Makes the state of whatever lies in a buffer lie where an allocator says. */
export function allocateBy(buffer: object, own: Allocate): void {
  allocators.set(buffer, own);
}

/** Zeros beside other elements. */
export function allocateBeside({ buffer }: Data, dtype: DType, length: number): Data {
  return (allocators.get(buffer) ?? allocate)(dtype, length);
}
