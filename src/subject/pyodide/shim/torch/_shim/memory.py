"""Where the elements of a tensor are."""

from array import array

from . import compiling
from .strides import contiguous, is_contiguous, positions
from .types import Size


class Memory:
    """Elements in an array of the dtype, or parts of them, seen through a shape, strides and an offset. A base of Tensor."""

    def __init__(self, storage, shape, dtype, device, strides=None, offset=0):
        self.storage = storage
        self.shape = Size(shape)
        self.ndim = len(self.shape)
        self.dtype = dtype
        self.device = device
        self.strides = contiguous(self.shape) if strides is None else tuple(strides)
        self.offset = offset
        # How often the elements were written in place; shared with the views of them.
        self.writes = [0]
        # What operands must have in common to be taken as they are.
        self.kind = (self.shape, dtype, device)
        numbers = self.shape.numel() * dtype.parts
        in_order = is_contiguous(self.shape, self.strides) and offset == 0 and len(storage) == numbers
        # None where C order is storage order.
        self.positions = None if in_order else positions(*parts_seen(self) if dtype.is_complex else seen(self))

    def numel(self):
        return self.shape.numel()

    @property
    def _version(self):
        return self.writes[0]

    def bump(self):
        """To be called before the elements are written in place: counts it."""
        compiling.will_write(self)
        self.writes[0] += 1

    def elements(self):
        """The elements in C order, complex ones as both parts; live where that is how they are stored."""
        if self.positions is None:
            return self.storage
        return [self.storage[at] for at in self.positions]

    def write(self, elements):
        """Overwrites the elements, in C order."""
        if self.dtype.to_half is not None:
            elements = [self.dtype.to_half(x) for x in array(self.dtype.code, elements)]
        if self.positions is None:
            self.storage[:] = array(self.dtype.code, elements)
            return
        for at, x in zip(self.positions, elements):
            self.storage[at] = x


def blank(shape, dtype):
    """An array of zeros for as many elements."""
    return array(dtype.code, [0]) * (Size(shape).numel() * dtype.parts)


def seen(tensor):
    """How elements lie: shape, strides and offset."""
    return tensor.shape, tensor.strides, tensor.offset


def parts_seen(tensor):
    """How the parts of complex elements lie, one dimension more."""
    return Size([*tensor.shape, 2]), (*[2 * stride for stride in tensor.strides], 1), 2 * tensor.offset
