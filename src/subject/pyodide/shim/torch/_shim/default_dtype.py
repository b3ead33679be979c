"""The default element type."""

from .types import float32

current = float32


def use(dtype):
    """Is the default from now on."""
    global current
    current = dtype
