"""One elementwise operation: shapes stretched, dtypes promoted, the formula applied, the result written or made."""

from . import compiling, default_dtype, grad_mode, graph
from .arithmetics import arithmetic
from .errors import ShimError, said
from .strides import broadcast, dense, positions, stretched
from .types import bfloat16, float16, float32


def apply(name, operands, formula, out=None, *, number=0, floating=False, casts=True):
    """
    What `formula` makes of the operands' elements: `formula(arithmetic, *sequences)`, in C order.

    `name` is autograd's, and `number` what the derivatives take of it. `out` is written into, where it is given; it must be the first operand. `floating` says whether
    integers become numbers of the default dtype, `casts` whether the kernel converts what it writes.
    """
    if out is not None:
        grad_mode.check_leaf(out)
        check_overlap(out)
    shape, dtype, device = common_kind(operands)
    if floating and not dtype.is_floating_point:
        dtype = default_dtype.current
    if out is not None and out.shape != shape:
        wanted = f'the broadcast shape {list(shape)}'
        raise said(RuntimeError, f"output with shape {list(out.shape)} doesn't match {wanted}")
    if out is not None and dtype.is_floating_point and not out.dtype.is_floating_point:
        types = (dtype.scalar_type, out.dtype.scalar_type)
        raise said(RuntimeError, "result type %s can't be cast to the desired output type %s" % types)
    if out is not None and dtype is not out.dtype and not casts:
        raise said(RuntimeError, NO_CAST)
    rules = arithmetic(dtype)
    elements = rules.result(formula(rules, *[sequence(operand, shape, rules) for operand in operands]))
    if out is None:
        strides = dense(shape, *[strides_in(operand, shape) for operand in operands])
        out = operands[0].made(shape, dtype, device, strides)
        compiling.has_made(out)
    elif compiling.loses(out):
        return out
    else:
        out.bump()
    out.write(elements)
    return graph.record(out, operands, name, number)


def check_overlap(out):
    """Refuses to write where several indices lead to one element."""
    if out.numel() > 0 and any(size > 1 and stride == 0 for size, stride in zip(out.shape, out.strides)):
        raise said(RuntimeError, OVERLAPS)


def common_kind(operands):
    """The shape, dtype and device of an operation."""
    kind = operands[0].kind
    # Nearly always they are alike.
    if kind is not None and all(operand.kind == kind for operand in operands):
        return kind
    if any(operand.is_sparse for operand in operands):
        raise ShimError('the shim lacks arithmetic with sparse tensors')
    shape = broadcast([operand.shape for operand in operands])
    return shape, common_dtype(operands), common_device(operands)


def strides_in(tensor, shape):
    """The strides of a tensor that is stretched to a shape."""
    return tensor.strides if tensor.shape == shape else stretched(tensor.shape, tensor.strides, shape)


def sequence(tensor, shape, rules):
    """The elements of a tensor that is stretched to a shape, in the dtype of an arithmetic."""
    if tensor.shape == shape:
        elements = tensor.elements()
    else:
        elements = [tensor.storage[at] for at in positions(shape, strides_in(tensor, shape), tensor.offset)]
    return elements if tensor.dtype is rules.dtype else rules.taken(elements)


def common_dtype(operands):
    """The dtype to compute in: a 0-dim tensor counts only among its like, or where the others are integers."""
    dtypes = {operand.dtype for operand in operands}
    if len(dtypes) > 1:
        dimensioned = {operand.dtype for operand in operands if operand.ndim > 0}
        if any(dtype.is_floating_point for dtype in dimensioned):
            dtypes = dimensioned
    if dtypes >= {float16, bfloat16}:
        # Neither holds the other.
        dtypes = {*dtypes, float32}
    return max(dtypes, key=lambda dtype: (dtype.is_floating_point, dtype.largest))


def common_device(operands):
    """The device of the result: a 0-dim tensor of the CPU may stand beside any."""
    devices = {operand.device for operand in operands}
    if len(devices) == 1:
        return operands[0].device
    devices = {operand.device for operand in operands if operand.ndim > 0 or not operand.is_cpu}
    if len(devices) > 1:
        raise ShimError('the shim lacks operations across devices')
    return devices.pop()


OVERLAPS = (
    'unsupported operation: more than one element of the written-to tensor refers to a single memory location. Please '
    'clone() the tensor before performing the operation.'
)

NO_CAST = (
    '!needs_dynamic_casting<func_t>::check(iter) INTERNAL ASSERT FAILED at "../aten/src/ATen/native/cpu/Loops.h":349, '
    'please report a bug to PyTorch. '
)
