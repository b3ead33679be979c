"""Which elements a vectorised CPU kernel handles in full blocks of 64 bytes, and which one by one (clause NUM-7)."""

from functools import cache
from math import prod

from .strides import from_innermost, is_contiguous, positions


@cache
def in_blocks(shape, written, read, block):
    """
    For an operation that writes with some strides and reads with others: for each element, in C order, whether it lies
    in a full block of so many elements.
    """
    count = prod(shape)
    if is_contiguous(shape, written) and is_contiguous(shape, read):
        full = count - count % block
        return [i < full for i in range(count)]
    dimensions, length = run(shape, written, read)
    full = length - length % block
    along = tuple(stride if d in dimensions else 0 for d, stride in enumerate(written))
    return [at < full for at in positions(shape, along)]


def run(shape, written, read):
    """The dimensions that a kernel goes through without a gap, and their elements; none if these are not neighbours."""
    order = [d for d in from_innermost(shape, written, read) if shape[d] != 1]
    # A gradient that repeats one element (stride 0) has blocks too.
    if not order or written[order[0]] != 1 or read[order[0]] > 1:
        return set(), 0
    first, *rest = order
    dimensions, length = {first}, shape[first]
    for d in rest:
        if written[d] != length or read[d] != length * read[first]:
            break
        dimensions.add(d)
        length *= shape[d]
    return dimensions, length
