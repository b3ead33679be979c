/**
 * What tensors say themselves, in the words of the version that they follow.
 */
import { atenOfTensors } from './aten.ts';
import { type DType, dtypeInfo, isHalf } from './dtype.ts';

/** A dtype as C++ names it, in the version that tensors follow. */
export function cName(dtype: DType): string {
  const { c_name } = dtypeInfo(dtype);
  return isHalf(dtype) ? `${atenOfTensors().half_namespace}::${c_name}` : c_name;
}

/** The refusal of a gradient of one dtype for a tensor of another (clause GAD-11). */
export function assignedDtypeText(grad: DType, tensor: DType): string {
  const { scalar_type } = dtypeInfo(tensor);
  const refused = `attempting to assign a gradient with dtype '${cName(grad)}' to a tensor with`;
  if (atenOfTensors().assigned_dtype === 'dtype')
    return `${refused} dtype '${cName(tensor)}'. Please ensure that the gradient and the tensor have the same dtype`;
  return (
    `${refused} grad_dtype '${scalar_type}'. The gradient must match the tensor's grad_dtype ` +
    "(defaults to the tensor's dtype). You can set the tensor's grad_dtype attribute with a specific dtype, or None to allow " +
    'any dtype. Set grad_dtype with caution. Diverging the dtypes of a tensor and its gradient may break downstream systems ' +
    'that assume they match.'
  );
}

/** The warning about reading a gradient that a tensor does not have and will not get (clause GRD-3). */
export function nonLeafGradText(): string {
  return (
    "The .grad attribute of a Tensor that is not a leaf Tensor is being accessed. Its .grad attribute won't be populated during " +
    'autograd.backward(). If you indeed want the .grad field to be populated for a non-leaf Tensor, use .retain_grad() on the ' +
    'non-leaf Tensor. If you access the non-leaf Tensor by mistake, make sure you access the leaf Tensor instead. See ' +
    `github.com/pytorch/pytorch/pull/30531 for more ${atenOfTensors().non_leaf_grad_ending}`
  );
}

/** The refusal to copy what an operation recorded (clause RPR-5). */
export const NON_LEAF_COPY: string =
  'Only Tensors created explicitly by the user (graph leaves) support the deepcopy protocol at the moment.  If you were ' +
  'attempting to deepcopy a module, this may be because of a torch.nn.utils.weight_norm usage, see ' +
  'https://github.com/pytorch/pytorch/pull/103001';
