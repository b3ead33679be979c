"""The operations of a tensor: those that an RMSprop step is made of, and what Python's operators need."""

import operator
from array import array
from itertools import repeat

from . import compiling, grad_mode, scalars, version
from .blocks import in_blocks
from .elementwise import apply, common_kind, strides_in
from .errors import ShimError, guard_methods, said
from .strides import dense
from .types import float16


@guard_methods
class Operations:
    """A mixin of Tensor. A trailing underscore writes into the tensor itself."""

    def neg(self):
        if self.dtype.is_complex:
            parts = self.view_as_real()

            def blocks():
                return in_blocks(self.shape, dense(self.shape, self.strides), self.strides, self.dtype.block)

            return apply('Neg', [parts], lambda rules, xs: rules.negative_parts(xs, blocks)).view_as_complex()
        return apply('Neg', [self], lambda rules, xs: rules.negative(xs))

    def mul(self, other):
        return multiply('mul', self, other)

    def mul_(self, other):
        return multiply('mul_', self, other, self)

    def div_(self, other):
        if is_tensor(other, 'div_'):
            return apply('Div', [self, other], lambda rules, xs, ys: rules.over(xs, ys), self)
        return apply('Div', [self], lambda rules, xs: rules.over(xs, repeat(rules.scalar(other))), self)

    def add(self, other, *, alpha=1):
        return add('add', self, other, alpha)

    def add_(self, other, *, alpha=1):
        if stays(alpha):
            return fuse(self, other, alpha)
        return add('add_', self, other, alpha, self)

    def addcmul(self, tensor1, tensor2, *, value=1):
        return addcmul('addcmul', self, tensor1, tensor2, value)

    def addcmul_(self, tensor1, tensor2, *, value=1):
        return addcmul('addcmul_', self, tensor1, tensor2, value, self)

    def addcdiv_(self, tensor1, tensor2, *, value=1):
        if stays(value):
            return fuse(self, apply('Div', [tensor1, tensor2], lambda rules, xs, ys: rules.over(xs, ys)), value)
        value = scalars.number(value, 'addcdiv_', 'value')
        if lacks_float16([self, tensor1, tensor2]):
            grad_mode.check_leaf(self)
            raise said(RuntimeError, "\"addcdiv_cpu_out\" not implemented for 'Half'")

        def formula(rules, xs, ys, zs):
            return rules.addcdiv(xs, ys, zs, rules.checked(value))

        return apply('Addcdiv', [self, tensor1, tensor2], formula, self, number=value, casts=version.at_least('2.2'))

    def lerp_(self, end, weight):
        if isinstance(weight, Operations):
            if weight.dtype is not self.dtype and not version.at_least('2.2'):
                names = (self.dtype.c_name, weight.dtype.c_name)
                raise said(RuntimeError, 'expected dtype %s for `weight` but got dtype %s' % names)
            weight = weight.item()
        if not scalars.is_number(weight):
            raise ShimError(f'the shim lacks lerp_ with a weight that is a {type(weight).__name__}')
        if end.dtype is not self.dtype:
            names = (self.dtype.c_name, end.dtype.c_name)
            raise said(RuntimeError, 'expected dtype %s for `end` but got dtype %s' % names)
        weight = scalars.in_range(weight)

        def formula(rules, xs, ys):
            if abs(weight) >= 0.5 and compiling.loses_copies(self):
                return rules.lerp_without_copy(xs, ys, rules.checked(weight))

            def blocks():
                return in_blocks(self.shape, self.strides, strides_in(end, self.shape), rules.dtype.block)

            return rules.lerp(xs, ys, rules.checked(weight), blocks, weight)

        return apply('Lerp', [self, end], formula, self, number=weight)

    def sqrt(self):
        return apply('Sqrt', [self], lambda rules, xs: rules.root(xs))

    def sqrt_(self):
        return apply('Sqrt', [self], lambda rules, xs: rules.root(xs), self)

    # Python's operators

    def __neg__(self):
        return self.neg()

    def __iadd__(self, other):
        return self.add_(other)

    def __rsub__(self, other):
        return apply('Rsub', [self], lambda rules, xs: rules.minus(repeat(rules.scalar(other)), xs))

    def __le__(self, other):
        return compare('le', operator.le, self, other)

    def __lt__(self, other):
        return compare('lt', operator.lt, self, other)

    def __ge__(self, other):
        return compare('ge', operator.ge, self, other)

    def __gt__(self, other):
        return compare('gt', operator.gt, self, other)

    def __eq__(self, other):
        return compare('eq', operator.eq, self, other) if is_comparable(other) else NotImplemented

    def __ne__(self, other):
        return compare('ne', operator.ne, self, other) if is_comparable(other) else NotImplemented

    __hash__ = object.__hash__


def stays(number):
    """Whether what must be a number stays the tensor that it is, in code that is compiled for any value of it."""
    return compiling.is_compiling() and isinstance(number, Operations)


def fuse(self, tensor, factor):
    """Adds their product in one rounding."""
    return apply('Fma', [self, tensor, factor], lambda rules, xs, ys, zs: rules.fused(ys, zs, xs), self)


def is_comparable(other):
    """Whether a tensor can be equal to it element by element."""
    return isinstance(other, Operations) or scalars.is_number(other)


def is_tensor(other, function):
    """Whether an operand is a tensor; else it must be a number."""
    if isinstance(other, Operations):
        return True
    if not scalars.is_number(other):
        kind = type(other).__name__
        raise said(TypeError, f"{function}(): argument 'other' (position 1) must be Tensor, not {kind}")
    scalars.in_range(other)
    return False


def multiply(function, self, other, out=None):
    if is_tensor(other, function):
        return apply('Mul', [self, other], lambda rules, xs, ys: rules.times(xs, ys), out, number=None)
    floating = isinstance(other, float)
    if isinstance(other, int) and other == 0 and compiling.folds_zeros():
        return apply('Mul', [self], lambda rules, xs: rules.rounded([0.0] * len(xs)), out, floating=floating)
    return apply(
        'Mul', [self], lambda rules, xs: rules.scaled(rules.factor(other), xs), out, number=other, floating=floating
    )


def add(function, self, other, alpha, out=None):
    if is_tensor(other, function):
        alpha = scalars.alpha(alpha, function)
        if self.dtype.is_complex and other.dtype.is_complex:
            return add_complex(self, other, alpha, out)
        return apply('Add', [self, other], lambda rules, xs, ys: rules.add(xs, ys, rules.alpha(alpha)), out, number=alpha)
    if alpha != 1:
        raise ShimError(f'the shim lacks {function} of a number with alpha')
    floating = isinstance(other, float)
    return apply(
        'Add', [self], lambda rules, xs: rules.plus(xs, repeat(rules.addend(other))), out, number=1, floating=floating
    )


def add_complex(self, other, alpha, out):
    """Adds a product of complex numbers, in whose parts everything is rounded (clause NUM-10)."""

    def formula(rules, xs, ys):
        factor, zero = rules.checked(alpha), 0.0
        products = []
        for i in range(0, len(ys), 2):
            real, imaginary = ys[i], ys[i + 1]
            a, b, c, d = rules.rounded([real * factor, imaginary * zero, real * zero, imaginary * factor])
            products += [a - b, c + d]
        return rules.plus(xs, rules.rounded(products))

    parts = None if out is None else out.view_as_real()
    made = apply('Add', [self.view_as_real() if out is not self else parts, other.view_as_real()], formula, parts)
    return made.view_as_complex() if out is None else out


def addcmul(function, self, tensor1, tensor2, value, out=None):
    value = scalars.number(value, function, 'value')
    if lacks_float16([self, tensor1, tensor2]):
        # Three operations in float16, each rounded.
        return add(function, self, multiply('mul', multiply('mul', tensor1, float16.to_half(value)), tensor2), 1, out)

    def formula(rules, xs, ys, zs):
        return rules.addcmul(xs, ys, zs, rules.checked(value))

    return apply('Addcmul', [self, tensor1, tensor2], formula, out, number=value, casts=version.at_least('2.2'))


def lacks_float16(operands):
    """Whether the version has no kernels of a CPU for the three operands."""
    _, dtype, place = common_kind(operands)
    return dtype is float16 and place.type == 'cpu' and not version.at_least('2.2')


def compare(function, holds, self, other):
    """A tensor of bools; the number is taken to the tensor's dtype."""
    if is_tensor(other, function):
        raise ShimError('the shim lacks comparisons of two tensors')
    number = array(self.dtype.code, [other])[0]
    return self.test(lambda x: holds(x, number))
