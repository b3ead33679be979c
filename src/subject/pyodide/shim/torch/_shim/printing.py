"""The text of a tensor, as torch prints it with its default settings."""

from math import ceil, isfinite

from .errors import ShimError
from . import default_dtype

WIDTH = 80
# Of tensors with more elements than MOST, only the first and last EDGE along each dimension are printed.
MOST = 1000
EDGE = 3
START = 'tensor('


def text(tensor):
    """`repr(tensor)`."""
    if tensor.is_sparse or not (tensor.is_floating_point() or tensor.is_complex()):
        kind = 'sparse' if tensor.is_sparse else str(tensor.dtype)
        raise ShimError(f'the shim lacks the text of a {kind} tensor')
    form = Complex if tensor.is_complex() else Text
    body = '[]' if tensor.numel() == 0 else form(tensor).nested(tensor, len(START))
    return with_suffixes(START + body, suffixes(tensor))


def suffixes(tensor):
    empty = tensor.numel() == 0
    if not tensor.is_cpu:
        yield f"device='{tensor.device}'"
    if empty and tensor.ndim != 1:
        yield f'size={tuple(tensor.shape)}'
    if (tensor.dtype.part or tensor.dtype) is not default_dtype.current:
        yield f'dtype={tensor.dtype}'
    if tensor.grad_fn is not None:
        yield f'grad_fn={tensor.grad_fn}'
    elif tensor.requires_grad:
        yield 'requires_grad=True'


def with_suffixes(body, found):
    length = len(body) - body.rfind('\n') + 1
    for suffix in found:
        if length + len(suffix) + 2 > WIDTH:
            body += ',\n' + ' ' * len(START) + suffix
            length = len(START) + len(suffix)
        else:
            body += ', ' + suffix
            length += len(suffix) + 2
    return body + ')'


class Text:
    """The elements of a tensor, all in one format."""

    def __init__(self, tensor):
        self.cut = tensor.numel() > MOST
        self.choose(self.shown(tensor))

    def choose(self, numbers):
        """The format of all of these."""
        telling = [x for x in numbers if x != 0 and isfinite(x)]
        sizes = [abs(x) for x in telling]
        self.whole = all(x == ceil(x) for x in sizes)
        wide = bool(sizes) and (max(sizes) / min(sizes) > 1000 or max(sizes) > 1e8)
        self.scientific = wide or (bool(sizes) and not self.whole and min(sizes) < 1e-4)
        self.width = max((len(self.digits(x)) for x in telling), default=1)

    def shown(self, tensor):
        """The elements that are printed."""
        if tensor.ndim == 0:
            return [tensor.item()]
        return [x for part in self.parts(tensor) if part is not None for x in self.shown(part)]

    def parts(self, tensor):
        """The parts of a tensor along its first dimension; None stands for those that are left out."""
        parts = list(tensor)
        return [*parts[:EDGE], None, *parts[-EDGE:]] if self.cut and len(parts) > 2 * EDGE else parts

    def element(self, x):
        return self.digits(x).rjust(self.width)

    def digits(self, x):
        if self.scientific:
            return f'{x:.4e}'
        if self.whole:
            return f'{x:.0f}.' if isfinite(x) else f'{x:.0f}'
        return f'{x:.4f}'

    def nested(self, tensor, indent):
        """The elements in brackets."""
        if tensor.ndim == 0:
            return self.element(tensor.item())
        if tensor.ndim == 1:
            printed = [' ...' if part is None else self.nested(part, indent) for part in self.parts(tensor)]
            per_line = max(1, (WIDTH - indent) // (self.width + 2))
            printed = [', '.join(printed[i : i + per_line]) for i in range(0, len(printed), per_line)]
        else:
            printed = ['...' if part is None else self.nested(part, indent + 1) for part in self.parts(tensor)]
        return '[' + (',' + '\n' * max(1, tensor.ndim - 1) + ' ' * (indent + 1)).join(printed) + ']'


class Complex(Text):
    """Complex elements: the real parts in one format, the imaginary ones in another."""

    def choose(self, numbers):
        self.real, self.imaginary = Part(x.real for x in numbers), Part(x.imag for x in numbers)
        self.width = self.real.width + self.imaginary.width + len('j')

    def element(self, x):
        imaginary = self.imaginary.element(x.imag).lstrip()
        return self.real.element(x.real) + ('' if imaginary.startswith('-') else '+') + imaginary + 'j'


class Part(Text):
    """One part of every element."""

    def __init__(self, numbers):
        self.choose(list(numbers))
