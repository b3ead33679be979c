"""The half types: computed in float32, each result rounded once more, and some scalars before (clause NUM-9)."""

from . import scalars
from .types import float32


class Half:
    """A mixin of arithmetics of float32: what the elements of a half type become among them, and come out as."""

    def __init__(self, dtype):
        super().__init__(dtype)
        self.to_half = dtype.to_half

    def taken(self, xs):
        return self.result(self.rounded(xs))

    def result(self, xs):
        return self.rounded([self.to_half(x) for x in xs])

    def checked(self, x):
        return self.scalar(scalars.checked(x, float32))

    def alpha(self, x):
        return self.checked(x)


class HalfOnCpu(Half):
    """The kernels of a CPU: they round what is added, and its product."""

    def addend(self, x):
        return self.to_half(self.scalar(x))

    def alpha(self, x):
        return self.to_half(self.scalar(scalars.checked(x, self.dtype)))

    def add(self, xs, ys, alpha):
        return self.plus(xs, self.result(self.scaled(alpha, ys)))


class HalfOnCpuOverLists(HalfOnCpu):
    """Functions over lists of tensors also round what they multiply by."""

    def factor(self, x):
        return self.to_half(self.scalar(x))
