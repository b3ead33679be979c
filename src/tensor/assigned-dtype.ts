/**
 * How tensors word their refusal of a gradient of another element type (clause GAD-11).
 */
import { type DType, dtypeInfo } from './dtype.ts';

/** PyTorch 2.13 names an attribute that 2.1 does not have. */
export type AssignedDtypeWording = 'dtype' | 'grad_dtype';

let wording: AssignedDtypeWording = 'grad_dtype';

/** Chooses the wording for this process. */
export function set_assigned_dtype_wording(next: AssignedDtypeWording): void {
  wording = next;
}

/** The message for a gradient of one dtype and a tensor of another. */
export function other_dtype_text(grad: DType, tensor: DType): string {
  const { c_name, scalar_type } = dtypeInfo(tensor);
  const refused = `attempting to assign a gradient with dtype '${dtypeInfo(grad).c_name}' to a tensor with`;
  if (wording === 'dtype')
    return `${refused} dtype '${c_name}'. Please ensure that the gradient and the tensor have the same dtype`;
  return (
    `${refused} grad_dtype '${scalar_type}'. The gradient must match the tensor's grad_dtype ` +
    "(defaults to the tensor's dtype). You can set the tensor's grad_dtype attribute with a specific dtype, or None to allow " +
    'any dtype. Set grad_dtype with caution. Diverging the dtypes of a tensor and its gradient may break downstream systems ' +
    'that assume they match.'
  );
}
