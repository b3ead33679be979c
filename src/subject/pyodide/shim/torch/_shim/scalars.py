"""Numbers as arguments of operations: which values are numbers, and which numbers a dtype can hold."""

import math

from . import version
from .errors import ShimError, said


def number(value, function, name):
    """An argument that must be a number, or a 0-dim tensor of one that requires no grad (clause OPT-4)."""
    if is_number(value):
        return in_range(value)
    if getattr(value, 'ndim', None) == 0 and not value.requires_grad:
        return value.item()
    raise said(TypeError, f"{function}(): argument '{name}' must be Number, not {type(value).__name__}")


def alpha(value, function):
    """The argument `alpha` of an addition."""
    if isinstance(value, bool):
        raise said(RuntimeError, 'Boolean alpha only supported for Boolean results.')
    return number(value, function, 'alpha')


def is_number(value):
    if isinstance(value, complex):
        raise ShimError('the shim lacks complex numbers')
    return isinstance(value, (int, float))


def in_range(value):
    """A number, whose integers must fit in 64 bits."""
    if not isinstance(value, int):
        return value
    newer = version.at_least('2.4')
    if -(2**63) <= value < (2**64 if newer else 2**63):
        return value
    if not newer:
        raise said(RuntimeError, 'Overflow when unpacking long')
    raise said(OverflowError, 'int too big to convert' if value > 0 else "can't convert negative int to unsigned")


def checked(value, dtype):
    """A number as a double; refused where it is finite and the dtype would make it infinite (clause NUM-2)."""
    x = float(value)
    if abs(x) > dtype.largest and not math.isinf(x):
        name = 'float' if dtype.to_half is None else dtype.c_name
        raise said(RuntimeError, f'value cannot be converted to type {name} without overflow')
    return x
