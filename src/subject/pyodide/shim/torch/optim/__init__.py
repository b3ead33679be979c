"""`torch.optim`, of PyTorch's own files, which lie beside this one by then."""

from .optimizer import Optimizer  # noqa: F401
from .rmsprop import RMSprop  # noqa: F401
