"""
The four arithmetics (clauses NUM-1 to NUM-9), over whole sequences of elements: every operation rounds by becoming an
array of the dtype.
"""

from array import array
from contextlib import contextmanager
from math import copysign, inf, nan, sqrt

from . import scalars
from .errors import ShimError
from .fma import fma32, fma64
from .halves import Half, HalfOnCpu, HalfOnCpuOverLists


class Separate:
    """Every operation rounds (clause NUM-3). Scalars are numbers of the dtype."""

    def __init__(self, dtype):
        self.dtype = dtype
        self.code = dtype.code
        self.one_rounding = fma32 if dtype.code == 'f' else fma64

    def rounded(self, xs):
        return array(self.code, xs)

    def scalar(self, x):
        return array(self.code, [x])[0]

    def checked(self, x):
        """A scalar that must not become infinite."""
        return self.scalar(scalars.checked(x, self.dtype))

    def alpha(self, x):
        """What a tensor is multiplied by that is added."""
        return self.checked(x)

    def addend(self, x):
        """A number that is added."""
        return self.scalar(x)

    def factor(self, x):
        """A number that is multiplied by."""
        return self.scalar(x)

    def taken(self, xs):
        """Elements of another dtype, as they are computed with."""
        return self.rounded(xs)

    def result(self, xs):
        """What was computed, as elements of the dtype."""
        return xs

    # Elementary operations

    def negative(self, xs):
        return self.rounded([-x for x in xs])

    def negative_parts(self, xs, blocks):
        """Negated parts of complex numbers (clause NUM-10)."""
        return self.negative(xs)

    def scaled(self, factor, xs):
        return self.rounded([factor * x for x in xs])

    def plus(self, xs, ys):
        return self.rounded([x + y for x, y in zip(xs, ys)])

    def minus(self, xs, ys):
        return self.rounded([x - y for x, y in zip(xs, ys)])

    def times(self, xs, ys):
        return self.rounded([x * y for x, y in zip(xs, ys)])

    def over(self, xs, ys):
        return self.rounded([x / y if y else by_zero(x, y) for x, y in zip(xs, ys)])

    def root(self, xs):
        return self.rounded([sqrt(x) if x >= 0 else nan for x in xs])

    def fused(self, xs, ys, zs):
        fma = self.one_rounding
        return self.rounded([fma(x, y, z) for x, y, z in zip(xs, ys, zs)])

    def fused_scaled(self, factor, xs, ys):
        fma = self.one_rounding
        return self.rounded([fma(factor, x, y) for x, y in zip(xs, ys)])

    # Compound operations

    def add(self, xs, ys, alpha):
        """xs + alpha * ys."""
        return self.plus(xs, self.scaled(alpha, ys))

    def addcmul(self, xs, ys, zs, value):
        """xs + value * ys * zs."""
        return self.plus(xs, self.times(self.scaled(value, ys), zs))

    def addcdiv(self, xs, ys, zs, value):
        """xs + value * ys / zs."""
        return self.plus(xs, self.over(self.scaled(value, ys), zs))

    def lerp(self, xs, ys, weight, blocks, given):
        """xs + weight * (ys - xs); `blocks()` tells, for each element, whether it lies in a full one."""
        way = self.minus(ys, xs)
        if abs(weight) < 0.5:
            return self.plus(xs, self.scaled(weight, way))
        back = self.minus(ys, self.scaled(self.scalar(1 - weight), way))
        return self.choose(blocks(), self.plus(self.scaled(self.scalar(weight - 1), way), ys), back)

    def choose(self, conditions, xs, ys):
        return self.rounded([x if condition else y for condition, x, y in zip(conditions, xs, ys)])


class Fused(Separate):
    """One rounding in addcmul, in add and in lerp, not in addcdiv (clause NUM-4)."""

    def negative_parts(self, xs, blocks):
        of_parts = [inside for inside in blocks() for _ in range(2)]
        return self.choose(of_parts, [0.0 - x for x in xs], self.negative(xs))

    def add(self, xs, ys, alpha):
        return self.fused_scaled(alpha, ys, xs)

    def addcmul(self, xs, ys, zs, value):
        return self.fused(self.scaled(value, ys), zs, xs)

    def lerp(self, xs, ys, weight, blocks, given):
        way = self.minus(ys, xs)
        if abs(weight) < 0.5:
            return self.fused_scaled(weight, way, xs)
        back = self.fused_scaled(self.scalar(1 - weight), self.negative(way), ys)
        return self.choose(blocks(), self.fused_scaled(self.scalar(weight - 1), way, ys), back)


class Cuda(Separate):
    """One rounding in every compound operation, the tensors before the scalar, no blocks (clause NUM-5)."""

    def add(self, xs, ys, alpha):
        return self.fused_scaled(alpha, ys, xs)

    def addcmul(self, xs, ys, zs, value):
        if value == 1:
            return self.fused(ys, zs, xs)
        return self.fused_scaled(value, self.times(ys, zs), xs)

    def addcdiv(self, xs, ys, zs, value):
        return self.fused_scaled(value, self.over(ys, zs), xs)

    def lerp(self, xs, ys, weight, blocks, given):
        way = self.minus(ys, xs)
        if abs(weight) < 0.5:
            return self.fused_scaled(weight, way, xs)
        return self.fused_scaled(self.scalar(1 - weight), self.negative(way), ys)


class Compiled(Separate):
    """Of a compiled step, in functions of one tensor: one rounding after the tensors have met (clause NUM-8)."""

    def checked(self, x):
        return self.scalar(x)

    def addcmul(self, xs, ys, zs, value):
        return self.fused_scaled(value, self.times(ys, zs), xs)

    def addcdiv(self, xs, ys, zs, value):
        return self.fused_scaled(value, self.over(ys, zs), xs)

    def lerp(self, xs, ys, weight, blocks, given):
        way = self.minus(ys, xs)
        if abs(weight) < 0.5:
            return self.plus(xs, self.scaled(weight, way))
        return self.plus(self.scaled(-self.complement(weight, given), way), ys)

    def complement(self, weight, given):
        return self.scalar(1 - given)


class CompiledLists(Compiled):
    """The same in functions over lists of tensors, where every operation rounds."""

    def addcmul(self, xs, ys, zs, value):
        return self.plus(xs, self.scaled(value, self.times(ys, zs)))

    def addcdiv(self, xs, ys, zs, value):
        return self.plus(xs, self.scaled(value, self.over(ys, zs)))

    def complement(self, weight, given):
        return self.scalar(1 - weight)

    def lerp_without_copy(self, xs, ys, weight):
        """The same as lerp from a weight of 0.5 on, where the first operand should have become the second before."""
        return self.plus(xs, self.scaled(-self.complement(weight, weight), self.minus(ys, xs)))


class Integers(Separate):
    """Of int64, the same in all, to count steps in; an overflow is an error of the shim."""

    def checked(self, x):
        if not isinstance(x, int):
            raise ShimError(f'the shim lacks integers and {x}')
        return x


KINDS = {'separate': Separate, 'fused': Fused, 'cuda': Cuda, 'compiled': Compiled}
HALVES = {'separate': HalfOnCpu, 'fused': HalfOnCpu, 'cuda': Half, 'compiled': Half}
HALVES_OVER_LISTS = {'separate': HalfOnCpuOverLists, 'fused': HalfOnCpuOverLists}
# What functions over lists of tensors compute in, where that is something else.
OVER_LISTS = {'compiled': CompiledLists}
over_lists = False
current = 'separate'
made = {}


def use(name):
    """Computes in an arithmetic from now on."""
    global current
    current = name


@contextmanager
def lists(are=True):
    """Computes as functions over lists of tensors do, within."""
    global over_lists
    before, over_lists = over_lists, are
    try:
        yield
    finally:
        over_lists = before


def arithmetic(dtype):
    """The present arithmetic of a dtype."""
    key = (current, over_lists, dtype.name)
    if key not in made:
        if dtype.code not in 'fdq':
            raise ShimError(f'the shim lacks arithmetic in {dtype}')
        kind = OVER_LISTS.get(current, KINDS[current]) if over_lists else KINDS[current]
        if dtype.to_half is not None:
            half = HALVES_OVER_LISTS.get(current, HALVES[current]) if over_lists else HALVES[current]
            kind = type(f'{half.__name__}{kind.__name__}', (half, kind), {})
        made[key] = (kind if dtype.is_floating_point else Integers)(dtype)
    return made[key]


def by_zero(x, zero):
    """x / 0 as IEEE has it; Python raises."""
    return nan if x == 0 or x != x else copysign(inf, x) * copysign(1.0, zero)
