"""One elementwise operation: shapes stretched, dtypes promoted, the formula applied, the result written or made."""

from . import grad_mode
from .arithmetics import arithmetic
from .errors import ShimError, said
from .strides import broadcast, dense, positions, stretched
from .types import bool_, float32, float64


def apply(name, operands, formula, out=None):
    """
    What `formula` makes of the operands' elements: `formula(arithmetic, *sequences)`, in C order.

    `out` is written into, where there is one; it must be the first operand.
    """
    if out is not None:
        grad_mode.check_leaf(out)
    shape = broadcast([operand.shape for operand in operands])
    if out is not None and out.shape != shape:
        raise said(
            RuntimeError,
            f"output with shape {list(out.shape)} doesn't match the broadcast shape {list(shape)}",
        )
    check_devices(operands)
    dtype = common_dtype(operands)
    rules = arithmetic(dtype)
    elements = formula(rules, *(sequence(operand, shape, rules) for operand in operands))
    if out is None:
        out = new_like(operands, shape, dtype, elements)
    else:
        out.write(elements)
    return grad_mode.record(out, operands, name)


def sequence(tensor, shape, rules):
    elements = tensor.elements()
    if tensor.dtype.code != rules.code:
        elements = rules.rounded(elements)
    if tensor.shape == shape:
        return elements
    strides = stretched(tensor.shape, tensor.dense_strides(), shape)
    return [elements[at] for at in positions(shape, strides)]


def new_like(operands, shape, dtype, elements):
    """A tensor that lies in memory as the first operand does, and for the rest as the others do."""
    strides = dense(shape, *(stretched(operand.shape, operand.stride(), shape) for operand in operands))
    made = type(operands[0]).make(shape, dtype, home(operands), strides)
    made.write(elements)
    return made


def common_dtype(operands):
    """The dtype to compute in: a 0-dim tensor counts only among its like."""
    if any(operand.dtype is bool_ for operand in operands):
        raise ShimError('the shim lacks arithmetic with bool tensors')
    wide = [operand.dtype for operand in operands if operand.ndim > 0] or [operand.dtype for operand in operands]
    return float64 if float64 in wide else float32


def check_devices(operands):
    """A 0-dim tensor of the CPU may stand beside any device."""
    places = {operand.device for operand in operands if operand.ndim > 0 or operand.device.type != 'cpu'}
    if len(places) > 1:
        raise ShimError('the shim lacks operations across devices')


def home(operands):
    return next((operand.device for operand in operands if operand.device.type != 'cpu'), operands[0].device)
