"""New tensors, and questions to values that may be tensors."""

from . import default_dtype, scalars
from .errors import ShimError, guarded, said
from .memory import blank
from .strides import dense
from .tensor import Tensor
from .types import Size, placed

preserve_format = object()


@guarded
def tensor(data, *, dtype=None, device=None):
    """A tensor of one number, or of numbers in one dimension."""
    numbers = list(data) if isinstance(data, (list, tuple)) else [data]
    if not all(scalars.is_number(x) for x in numbers):
        raise ShimError('the shim makes tensors of numbers and of flat lists of them only')
    dtype = dtype or default_dtype.current
    shape = Size([len(numbers)] if isinstance(data, (list, tuple)) else [])
    made = Tensor(blank(shape, dtype), shape, dtype, placed(device))
    made.write(numbers)
    return made


@guarded
def zeros(*shape, dtype=None, device=None):
    dtype = dtype or default_dtype.current
    shape = Size(shape[0] if isinstance(shape[0], (list, tuple)) else shape)
    return Tensor(blank(shape, dtype), shape, dtype, placed(device))


@guarded
def zeros_like(tensor, *, memory_format=None):
    """Strides are kept where they are dense (clause STA-3)."""
    return tensor.made(tensor.shape, tensor.dtype, tensor.device, dense(tensor.shape, tensor.strides))


def get_default_dtype():
    return default_dtype.current


def set_default_dtype(dtype):
    default_dtype.use(dtype)


def is_tensor(value):
    return isinstance(value, Tensor)


def is_floating_point(tensor):
    return tensor.is_floating_point()


def is_complex(tensor):
    if not isinstance(tensor, Tensor):
        kind = type(tensor).__name__
        raise said(TypeError, f"is_complex(): argument 'input' (position 1) must be Tensor, not {kind}")
    return tensor.is_complex()


def view_as_real(tensor):
    return tensor.view_as_real()


def view_as_complex(tensor):
    return tensor.view_as_complex()


def typename(value):
    """The name of a value's type, with its module unless that is Python's own."""
    if isinstance(value, Tensor):
        return value.type()
    module = getattr(value, '__module__', None)
    name = getattr(value, '__qualname__', None) or getattr(value, '__name__', None) or type(value).__name__
    return name if module in (None, 'builtins') else f'{module}.{name}'
