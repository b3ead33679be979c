/**
 * The interpolation of a running mean towards the gradient, which PyTorch has for floating-point numbers alone.
 */
import { dtypeInfo } from '../tensor/dtype.ts';
import { PythonError, RuntimeError } from '../tensor/errors.ts';
import type { Ops } from '../tensor/ops.ts';
import { Tensor } from '../tensor/tensor.ts';
import { number } from './scalars.ts';
import type { Version } from './versions.ts';

/**
 * start + weight * (end - start), in place.
 *
 * @param weight a number, or a tensor of no dimensions
 * @throws RuntimeError for a tensor of another dtype, in versions that mind (clauses ERR-8, INT-5); PythonError for
 * integers (clause INT-3)
 */
export function lerp_(ops: Ops, start: Tensor, end: Tensor, weight: unknown, version: Version): void {
  if (weight instanceof Tensor && weight.dtype !== start.dtype && !version.lerp_weight_of_any_dtype)
    throw new RuntimeError(
      `expected dtype ${dtypeInfo(start.dtype).c_name} for \`weight\` but got dtype ${dtypeInfo(weight.dtype).c_name}`,
    );
  const w = number(weight, "lerp_(): argument 'weight'");
  // What was put in the place of a buffer may be no tensor.
  if (start instanceof Tensor && start.dtype === 'int64' && end.dtype === 'int64') {
    const kernel = weight instanceof Tensor ? 'lerp_kernel_tensor' : 'lerp_kernel_scalar';
    throw new PythonError(version.lacking_kernel, `"${kernel}" not implemented for 'Long'`);
  }
  ops.lerp_(start, end, w);
}
