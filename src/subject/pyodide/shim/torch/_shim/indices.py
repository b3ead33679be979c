"""What is no index of a tensor."""

import warnings

from . import version
from .errors import said
from .memory import Memory


def refuse(dimensions, key):
    """A text stands for its characters, one a dimension; floating-point tensors are no indices."""
    if isinstance(key, Memory) and dimensions == 0:
        raise said(IndexError, 'too many indices for tensor of dimension 0')
    if isinstance(key, Memory):
        raise said(IndexError, 'tensors used as indices must be long, int, byte or bool tensors')
    if not isinstance(key, str):
        return
    if version.at_least('2.8'):
        warnings.warn(SEQUENCE, stacklevel=4)
    if len(key) > dimensions:
        raise said(IndexError, f'too many indices for tensor of dimension {dimensions}')
    raise said(TypeError, "new(): invalid data type 'str'")


SEQUENCE = (
    'Using a non-tuple sequence for multidimensional indexing is deprecated and will be changed in pytorch 2.9; use '
    'x[tuple(seq)] instead of x[seq]. In pytorch 2.9 this will be interpreted as tensor index, x[torch.tensor(seq)], '
    'which will result either in an error or a different result'
)
