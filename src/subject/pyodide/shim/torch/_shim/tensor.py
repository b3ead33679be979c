"""A tensor as far as an optimizer sees one."""

import copy
import warnings
from array import array

from . import grad_mode, operations, printing, version
from .blocks import in_blocks  # noqa: F401
from .errors import ShimError, guard_methods, said
from .strides import contiguous, dense, is_contiguous, positions
from .types import Size, bool_, flag, placed


@guard_methods
class Tensor(operations.Operations):
    """Elements in an array of the dtype, seen through a shape, strides and an offset."""

    def __init__(self, storage, shape, dtype, device, strides=None, offset=0):
        self.storage = storage
        self.shape = Size(shape)
        self.dtype = dtype
        self.device = device
        self.strides = contiguous(self.shape) if strides is None else tuple(strides)
        self.offset = offset
        self.requires_grad = False
        self.grad_fn = None
        self.is_sparse = False
        self.retains_grad = False
        self._grad = None
        self._positions = None

