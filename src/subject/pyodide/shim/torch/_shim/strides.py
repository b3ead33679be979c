"""How elements lie in memory: strides, the order of dimensions, broadcasting."""

from functools import cache, cmp_to_key

from .errors import said
from .types import Size


@cache
def contiguous(shape):
    """Strides of a C-ordered tensor."""
    strides, step = [], 1
    for size in reversed(shape):
        strides.append(step)
        step *= max(size, 1)
    return tuple(reversed(strides))


@cache
def is_contiguous(shape, strides):
    """Whether C order is storage order: dimensions of one element do not matter, and without elements it always is."""
    return 0 in shape or all(size == 1 or own == wanted for size, own, wanted in zip(shape, strides, contiguous(shape)))


@cache
def dense(shape, *all_strides):
    """Strides without gaps: the first tensor's where they have none, else in the order of the kernels."""
    strides, step = [0] * len(shape), 1
    for d in from_innermost(shape, *all_strides):
        strides[d] = step
        step *= max(shape[d], 1)
    first = all_strides[0]
    gapless = all(size < 2 or own == wanted for size, own, wanted in zip(shape, first, strides))
    return tuple(first) if gapless else tuple(strides)


def from_innermost(shape, *all_strides):
    """
    Dimensions, the fastest first, as kernels go through them: by stride, by the next tensor's where one has stride 0,
    by size where strides are equal, else the last first.
    """

    def compare(a, b):
        for strides in all_strides:
            x, y = strides[a], strides[b]
            if x == 0 or y == 0:
                continue
            if x != y:
                return x - y
            if shape[a] != shape[b]:
                return shape[a] - shape[b]
        return 0

    return sorted(reversed(range(len(shape))), key=cmp_to_key(compare))


@cache
def positions(shape, strides, offset=0):
    """Storage positions of the elements, in C order."""
    found = [offset]
    for size, stride in zip(shape, strides):
        found = [at + i * stride for at in found for i in range(size)]
    return found


def broadcast(shapes):
    """The shape that all shapes stretch to."""
    result = shapes[0]
    for shape in shapes[1:]:
        if shape != result:
            result = stretch(result, shape)
    return result


def stretch(a, b):
    rank = max(len(a), len(b))
    wide, narrow = ((1,) * (rank - len(shape)) + tuple(shape) for shape in (a, b))
    # The last dimension is checked first.
    for d in reversed(range(rank)):
        if wide[d] != narrow[d] and 1 not in (wide[d], narrow[d]):
            raise said(
                RuntimeError,
                f'The size of tensor a ({wide[d]}) must match the size of tensor b ({narrow[d]}) '
                f'at non-singleton dimension {d}',
            )
    return Size(y if x == 1 else x for x, y in zip(wide, narrow))


def stretched(shape, strides, wanted):
    """Strides of a tensor seen in a shape that it stretches to."""
    missing = len(wanted) - len(shape)
    own = [0 if size == 1 != width else stride for size, stride, width in zip(shape, strides, wanted[missing:])]
    return (0,) * missing + tuple(own)
