"""`torch.utils`."""

from .._shim.lack import attribute_of
from . import hooks  # noqa: F401

__getattr__ = attribute_of(__name__)
