/**
 * PyTorch's type promotion among float32, float64, the half types, int64 and bool.
 */
import { isInt } from '../python/numbers.ts';
import { get_default_dtype } from './default-dtype.ts';
import { type DType, dtypeInfo, type FloatingDType, isFloating } from './dtype.ts';
import { RuntimeError } from '../python/errors.ts';
import type { Tensor } from './tensor.ts';

/**
 * The dtype to compute in: the widest of the tensors that have dimensions; where those are integers or there are none, of the
 * tensors without; where those are integers too, the default one if the number beside them is no integer (clause ERR-10).
 */
export function promoted(tensors: readonly Tensor[], number?: number): DType {
  const dtype = tensors[0]!.dtype;
  if (isFloating(dtype) && tensors.every((tensor) => tensor.dtype === dtype)) return dtype;
  const dimensioned = tensors.filter(({ shape }) => shape.length > 0);
  const others = tensors.filter(({ shape }) => shape.length === 0);
  const [first, second] = [widest(dimensioned), widest(others)];
  if (first !== undefined && isFloating(first)) return first;
  if (second !== undefined && isFloating(second)) return second;
  if (number === undefined) return widest(tensors)!;
  return isInt(number) ? 'int64' : get_default_dtype();
}

/** The dtype whose loops compute in a dtype: the default one where that is of integers. */
export function floating(dtype: DType): FloatingDType {
  return isFloating(dtype) ? dtype : get_default_dtype();
}

/**
 * Whether what was computed in a dtype can be written in another.
 *
 * @throws RuntimeError for floating-point numbers where integers or booleans are written, and for integers where booleans are
 * (clause ERR-10)
 */
export function checkCast(from: DType, to: DType): void {
  if (from === to || isFloating(to) || from === 'bool') return;
  const [result, output] = [dtypeInfo(from).scalar_type, dtypeInfo(to).scalar_type];
  throw new RuntimeError(`result type ${result} can't be cast to the desired output type ${output}`);
}

function widest(tensors: readonly Tensor[]): DType | undefined {
  const found = new Set(tensors.map(({ dtype }) => dtype));
  // Neither half type holds the other.
  if (found.has('float16') && found.has('bfloat16')) found.add('float32');
  return ORDER.find((dtype) => found.has(dtype));
}

const ORDER: readonly DType[] = ['float64', 'float32', 'float16', 'bfloat16', 'int64', 'bool'];
