"""`torch.nn`, of which an optimizer knows one class."""

from .._shim.lack import attribute_of
from .parameter import Parameter  # noqa: F401

__getattr__ = attribute_of(__name__)
