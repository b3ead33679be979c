"""Grad mode, and what an operation does to requires_grad and to being a leaf. There is no graph."""

import contextlib

from .errors import said
from .types import flag

enabled = True


def is_grad_enabled():
    return enabled


class set_grad_enabled(contextlib.ContextDecorator):
    """Sets grad mode at once; as a context manager it sets it back."""

    def __init__(self, mode):
        global enabled
        self.before = enabled
        enabled = flag(mode, 'set_grad_enabled', 'enabled')

    def __enter__(self):
        return self

    def __exit__(self, *_):
        global enabled
        enabled = self.before


class no_grad(contextlib.ContextDecorator):
    """Grad mode off; around a block or a function."""

    mode = False

    def __enter__(self):
        global enabled
        self.before = enabled
        enabled = self.mode

    def __exit__(self, *_):
        global enabled
        enabled = self.before


class enable_grad(no_grad):
    """Grad mode on; around a block or a function."""

    mode = True


class GradFn:
    """The function that made a tensor that is no leaf, of which there is no more than a name."""

    def __init__(self, name):
        self.name = name

    def __repr__(self):
        return f'<{self.name}Backward0>'


def check_leaf(written):
    """Refuses to write into a leaf that requires grad (clause GRD-2)."""
    if enabled and written.requires_grad and written.is_leaf:
        raise said(RuntimeError, 'a leaf Variable that requires grad is being used in an in-place operation.')


def record(result, operands, name):
    """Marks the result of an operation that autograd would have recorded."""
    if enabled and any(operand.requires_grad for operand in operands):
        result.become_result(GradFn(name))
    return result
