"""Element types, devices and shapes, printed as torch prints them."""

import sys
from math import prod

from . import version
from .errors import said
from .rounding import to_bfloat16, to_float16


class dtype:
    """
    An element type: the code of module array, C's name, torch's, the largest number, the elements of a 64-byte block;
    of a half type, whose elements stand in an array of float32, what rounds to it; of a complex type, whose elements stand as
    their two parts, the dtype of those.
    """

    def __init__(self, name, code, c_name, scalar_type, largest, block, to_half=None, part=None):
        self.name = name
        self.code = code
        self.own_name = c_name
        self.to_half = to_half
        self.scalar_type = scalar_type
        self.part = part
        self.parts = 1 if part is None else 2
        self.is_complex = part is not None
        self.is_floating_point = code in 'fd' and not self.is_complex
        self.largest = largest
        self.block = block

    @property
    def c_name(self):
        namespace = 'c10' if version.at_least('2.2') else 'at'
        return self.own_name if self.to_half is None else f'{namespace}::{self.own_name}'

    def __repr__(self):
        return f'torch.{self.name}'

    def __deepcopy__(self, memo):
        return self


float32 = dtype('float32', 'f', 'float', 'Float', 2.0**128 - 2.0**104, 16)
float64 = dtype('float64', 'd', 'double', 'Double', sys.float_info.max, 8)
float16 = dtype('float16', 'f', 'Half', 'Half', 65504.0, 32, to_float16)
bfloat16 = dtype('bfloat16', 'f', 'BFloat16', 'BFloat16', 2.0**128 - 2.0**120, 32, to_bfloat16)
complex64 = dtype('complex64', 'f', 'complex<float>', 'ComplexFloat', float32.largest, 8, part=float32)
complex128 = dtype('complex128', 'd', 'complex<double>', 'ComplexDouble', float64.largest, 4, part=float64)
int64 = dtype('int64', 'q', 'long int', 'Long', 2**63 - 1, 8)
bool_ = dtype('bool', 'b', 'bool', 'Bool', 1, 64)


class device:
    """A device label, one object a name; the elements live in this process all the same."""

    made = {}

    def __new__(cls, name):
        if str(name) not in cls.made:
            own = cls.made[str(name)] = super().__new__(cls)
            own.type, _, index = str(name).partition(':')
            own.index = int(index) if index else None
        return cls.made[str(name)]

    def __str__(self):
        return self.type if self.index is None else f'{self.type}:{self.index}'

    def __repr__(self):
        index = '' if self.index is None else f', index={self.index}'
        return f"device(type='{self.type}'{index})"

    def __deepcopy__(self, memo):
        return self


def placed(name):
    """The device on which a tensor lives that was asked for on one: the first, where there is a choice."""
    place = device('cpu' if name is None else name)
    return place if place.type == 'cpu' or place.index is not None else device(f'{place.type}:0')


class Size(tuple):
    """A shape."""

    def numel(self):
        return prod(self)

    def __repr__(self):
        return f'torch.Size({list(self)})'


def flag(value, function, name):
    """An argument that must be a bool."""
    if not isinstance(value, bool):
        kind = type(value).__name__
        raise said(TypeError, f"{function}(): argument '{name}' (position 1) must be bool, not {kind}")
    return value
