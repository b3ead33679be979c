"""Lists of tensors sorted by device and dtype."""

from . import version
from .errors import ShimError, guarded, said
from .tensor import Tensor
from .types import float32


@guarded
def group_tensors(lists, with_indices=False):
    """For each device and dtype of the first list's tensors: the lists at their places only, and the places."""
    if any(not (tensor is None or isinstance(tensor, Tensor)) for tensors in lists for tensor in tensors):
        raise ShimError('the shim lacks lists with other things than tensors')
    places = {}
    for i, first in enumerate(lists[0]):
        places.setdefault((first.device, first.dtype), []).append(i)
        for tensors in lists[1:]:
            if tensors and not beside(first, tensors[i]):
                raise said(RuntimeError, OTHER_DTYPE + (ENDING if newer() else OLDER_ENDING))
    # As measured: 2.1 goes through the parts in the order in which they were seen, 2.13 in the opposite one.
    order = reversed(places.items()) if newer() else places.items()
    return {
        key: ([[tensors[i] for i in own] if tensors else [] for tensors in lists], own if with_indices else [])
        for key, own in order
    }


def beside(first, tensor):
    if tensor is None or (tensor.device == first.device and tensor.dtype is first.dtype):
        return True
    if newer():
        return tensor.dtype.is_floating_point and (tensor.device == first.device or tensor.is_cpu)
    return tensor.is_cpu and tensor.dtype is float32


def newer():
    """What was measured of 2.13 is taken to hold from 2.4 on, what was measured of 2.1 until then."""
    return version.at_least('2.4')


OTHER_DTYPE = (
    'Tensors of the same index must be on the same device and the same dtype except `step` tensors that can be CPU and '
)
ENDING = 'float32/64, and optimizer states that can be bfloat16 for mixed-precision training'
OLDER_ENDING = 'float32 notwithstanding'
