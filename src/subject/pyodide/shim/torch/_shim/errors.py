"""Exceptions: PyTorch's, which a scenario may observe, and the shim's own, which it may not."""

import functools
import inspect


class ShimError(BaseException):
    """The shim lacks something, or is wrong. No `except Exception` takes it for one of PyTorch's."""


def said(kind, message):
    """An exception that PyTorch's compiled part raises."""
    error = kind(message)
    error.said_by_torch = True
    return error


def guarded(function):
    """Turns whatever a function raises by mistake into a ShimError."""

    @functools.wraps(function)
    def call(*args, **kwargs):
        try:
            return function(*args, **kwargs)
        except Exception as error:
            if getattr(error, 'said_by_torch', False):
                raise
            raise ShimError(f'{function.__qualname__}: {type(error).__name__}: {error}') from error

    return call


def guard_methods(cls):
    """A class decorator that guards every method and property."""
    for name, member in list(vars(cls).items()):
        if inspect.isfunction(member):
            setattr(cls, name, guarded(member))
        elif isinstance(member, property):
            setattr(cls, name, property(guarded(member.fget), member.fset and guarded(member.fset)))
    return cls
