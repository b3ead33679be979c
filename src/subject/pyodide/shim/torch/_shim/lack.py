"""What of torch the shim has not: an error that names it, never an AttributeError that code might take for a no."""

import importlib
import sys

from .errors import ShimError


class Lacking:
    """The last finder of modules: it knows that there is no other under `torch`."""

    def find_spec(self, name, path=None, target=None):
        if name.startswith('torch.'):
            raise ShimError(f'the shim lacks {name}')
        return None


def attribute_of(module):
    """A module's `__getattr__`."""

    def __getattr__(name):
        if name.startswith('__'):
            raise AttributeError(f'module {module!r} has no attribute {name!r}')
        if hasattr(sys.modules[module], '__path__'):
            # A submodule that nobody has imported yet, or the finder's error.
            return importlib.import_module(f'{module}.{name}')
        raise ShimError(f'the shim lacks {module}.{name}')

    return __getattr__


if not any(type(finder).__name__ == 'Lacking' for finder in sys.meta_path):
    sys.meta_path.append(Lacking())
