"""Parameters: tensors that are meant to be trained."""

from .._shim.lack import attribute_of
from .._shim.strides import dense
from .._shim.tensor import Tensor

__getattr__ = attribute_of(__name__)


class Parameter(Tensor):
    """A leaf that requires grad, over the storage of another tensor."""

    __module__ = 'torch.nn.parameter'
    is_parameter = True

    def __init__(self, data, requires_grad=True):
        super().__init__(data.storage, data.shape, data.dtype, data.device, data.strides, data.offset)
        self.writes = data.writes
        self.requires_grad = requires_grad

    def __deepcopy__(self, memo):
        """The gradient stays behind (clause RPR-3)."""
        return Parameter(self.like(dense(self.shape, self.strides)), self.requires_grad)

    def __repr__(self):
        return 'Parameter containing:\n' + super().__repr__()
