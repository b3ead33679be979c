"""Which devices have fast functions over lists of tensors, and lists of tensors sorted for them."""

from .._shim.grouping import group_tensors as _group_tensors_by_device_and_dtype  # noqa: F401
from .._shim.lack import attribute_of
from .._shim.tensor import Tensor

TensorListList = list[list[Tensor | None]]
Indices = list[int]

__getattr__ = attribute_of(__name__)


def _get_foreach_kernels_supported_devices():
    return ['cuda', 'xpu', 'mtia', 'privateuseone']


def _get_fused_kernels_supported_devices():
    """RMSprop has no fused kernel."""
    return []
