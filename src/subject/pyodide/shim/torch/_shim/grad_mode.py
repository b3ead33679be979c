"""Grad mode, and what may not be written while it is on."""

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


def check_leaf(written):
    """Refuses to write into a leaf that requires grad (clause GRD-2)."""
    if enabled and written.requires_grad and written.is_leaf:
        raise said(RuntimeError, 'a leaf Variable that requires grad is being used in an in-place operation.')
