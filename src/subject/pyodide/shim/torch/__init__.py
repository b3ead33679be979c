"""
The part of torch that an optimizer touches, in the standard library alone: float32, float64, half and complex types, int64, four
arithmetics, and the graph of a step. What is not here is an error that names it.
"""

from ._shim.creation import (  # noqa: F401
    get_default_dtype,
    is_complex,
    is_floating_point,
    is_tensor,
    preserve_format,
    set_default_dtype,
    tensor,
    typename,
    view_as_complex,
    view_as_real,
    zeros,
    zeros_like,
)
from ._shim.foreach import functions
from ._shim.lack import attribute_of
from ._shim.parts import (  # noqa: F401
    _C,
    _dynamo,
    _utils,
    accelerator,
    autograd,
    backends,
    compiler,
    cuda,
    itself as _disable_dynamo,
    jit,
    modes,
)
from ._shim.tensor import Tensor  # noqa: F401
from ._shim.types import Size, bfloat16, bool_ as bool, complex64, complex128, device, dtype  # noqa: F401
from ._shim.types import float16, float32, float64, int64  # noqa: F401

globals().update(functions, **modes)
__getattr__ = attribute_of(__name__)

from . import nn, optim, utils  # noqa: E402, F401
