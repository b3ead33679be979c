"""A tensor as far as an optimizer sees one."""

import copy
import warnings
from array import array

from . import grad_mode, printing, scalars, version
from .arithmetics import arithmetic
from .errors import ShimError, guard_methods, said
from .memory import Memory, blank
from .operations import Operations
from .strides import is_contiguous
from .types import bool_
from .views import Views


@guard_methods
class Tensor(Memory, Operations, Views):
    """Elements, and what autograd would know of them."""

    __module__ = 'torch'
    is_parameter = False

    def __init__(self, storage, shape, dtype, device, strides=None, offset=0):
        super().__init__(storage, shape, dtype, device, strides, offset)
        self.requires_grad = False
        self.grad_fn = None
        self.is_sparse = False
        self.retains_grad = False
        self._grad = None
        # Where a leaf's gradient goes.
        self.accumulates = None

    def __getattr__(self, name):
        # A hook may put a tensor in the place of the optimizer.
        if name.startswith('__') or name == 'defaults':
            raise said(AttributeError, f"'{type(self).__name__}' object has no attribute {name!r}")
        raise ShimError(f'the shim lacks Tensor.{name}')

    # Elements

    def made(self, shape, dtype, device, strides=None):
        """A new tensor of zeros."""
        return Tensor(blank(shape, dtype), shape, dtype, device, strides)

    def through(self, shape, strides, offset, dtype=None):
        """The same storage, seen otherwise; no part of a graph."""
        made = Tensor(self.storage, shape, dtype or self.dtype, self.device, strides, offset)
        made.writes = self.writes
        return made

    @property
    def data(self):
        """The same elements, counted apart."""
        return Tensor(self.storage, self.shape, self.dtype, self.device, self.strides, self.offset)

    def test(self, condition):
        """A tensor of bools."""
        return Tensor(array(bool_.code, [condition(x) for x in self.elements()]), self.shape, bool_, self.device)

    def item(self):
        if self.numel() != 1:
            raise said(RuntimeError, f'a Tensor with {self.numel()} elements cannot be converted to Scalar')
        if self.dtype.is_complex:
            return complex(*self.elements())
        (x,) = self.elements()
        return bool(x) if self.dtype is bool_ else x

    def tolist(self):
        if self.ndim == 1 and self.dtype is not bool_ and not self.dtype.is_complex:
            return list(self.elements())
        return self.item() if self.ndim == 0 else [part.tolist() for part in self]

    def fill_(self, value):
        grad_mode.check_leaf(self)
        number = scalars.number(value, 'fill_', 'value')
        self.bump()
        self.write([arithmetic(self.dtype).checked(number)] * self.numel())
        return self

    def zero_(self):
        return self.fill_(0)

    # What it is

    def dim(self):
        return self.ndim

    def stride(self):
        return self.strides

    def is_contiguous(self):
        return not self.is_sparse and is_contiguous(self.shape, self.strides)

    def is_floating_point(self):
        return self.dtype.is_floating_point

    def is_complex(self):
        return self.dtype.is_complex

    @property
    def is_cpu(self):
        return self.device.type == 'cpu'

    def type(self):
        place = '' if self.is_cpu else f'{self.device.type}.'
        sparse = 'sparse.' if self.is_sparse else ''
        return f'torch.{place}{sparse}{self.dtype.scalar_type}Tensor'

    # Autograd

    @property
    def is_leaf(self):
        return self.grad_fn is None

    @property
    def grad(self):
        if self._grad is None and not self.is_leaf and not self.retains_grad:
            warnings.warn(NOT_A_LEAF + ('' if version.at_least('2.2') else 's') + '.', stacklevel=3)
        return self._grad

    @grad.setter
    def grad(self, grad):
        if grad is not None and not isinstance(grad, Tensor):
            kind = type(grad).__name__
            raise said(TypeError, f'assigned grad expected to be a Tensor or None but got grad of type {kind}')
        if grad is not None and grad.dtype is not self.dtype:
            raise said(RuntimeError, other_dtype(grad.dtype, self.dtype))
        if grad is not None and grad.shape != self.shape:
            sizes = f"a gradient of size '{list(grad.shape)}' to a tensor of size '{list(self.shape)}'"
            raise said(
                RuntimeError,
                f'attempting to assign {sizes}. Please ensure that the gradient and the tensor are the same size',
            )
        if grad is self:
            raise said(RuntimeError, "can't assign Variable as its own grad")
        self._grad = grad

    def become_sparse(self):
        """Is no operand of anything from now on."""
        self.is_sparse = True
        self.kind = None

    def become_result(self, grad_fn):
        """Takes part in a graph from now on."""
        self.requires_grad = True
        self.grad_fn = grad_fn

    def requires_grad_(self, requires_grad=True):
        if not self.is_leaf and not requires_grad:
            raise said(RuntimeError, STAYS)
        self.requires_grad = requires_grad
        return self

    def retain_grad(self):
        self.retains_grad = not self.is_leaf

    def detach_(self):
        self.requires_grad = False
        self.grad_fn = None
        return self

    def __deepcopy__(self, memo):
        if not self.is_leaf:
            raise said(RuntimeError, NOT_COPIED)
        storage = memo.setdefault(id(self.storage), self.storage[:])
        made = Tensor(storage, self.shape, self.dtype, self.device, self.strides, self.offset)
        made.requires_grad = self.requires_grad
        if self.is_sparse:
            made.become_sparse()
        else:
            made.bump()
        made._grad = copy.deepcopy(self._grad, memo)
        return made

    # As Python's values

    def __bool__(self):
        if self.numel() != 1:
            which = 'no values' if self.numel() == 0 else 'more than one value'
            raise said(RuntimeError, f'Boolean value of Tensor with {which} is ambiguous')
        return bool(self.item())

    def __float__(self):
        if self.numel() != 1:
            raise said(ValueError, 'only one element tensors can be converted to Python scalars')
        return float(self.item())

    def __len__(self):
        if self.ndim == 0:
            raise said(TypeError, 'len() of a 0-d tensor')
        return self.shape[0]

    def __contains__(self, element):
        raise ShimError('the shim lacks Tensor.__contains__')

    def __index__(self):
        raise ShimError('the shim lacks Tensor.__index__')

    def __iter__(self):
        if self.ndim == 0:
            raise said(TypeError, 'iteration over a 0-d tensor')
        return iter([self[i] for i in range(self.shape[0])])

    def __repr__(self):
        return printing.text(self)

    def __format__(self, spec):
        if self.ndim == 0 and type(self) is Tensor:
            return format(self.item(), spec)
        if spec:
            raise said(TypeError, f'unsupported format string passed to {type(self).__name__}.__format__')
        return repr(self)


def other_dtype(given, own):
    """The refusal of a gradient of another dtype."""
    refused = f"attempting to assign a gradient with dtype '{given.c_name}' to a tensor with"
    if version.at_least('2.13'):
        return f"{refused} grad_dtype '{own.scalar_type}'. {GRAD_DTYPE}"
    return f"{refused} dtype '{own.c_name}'. Please ensure that the gradient and the tensor have the same dtype"


NOT_A_LEAF = (
    'The .grad attribute of a Tensor that is not a leaf Tensor is being accessed. Its .grad attribute '
    "won't be populated during autograd.backward(). If you indeed want the .grad field to be populated "
    'for a non-leaf Tensor, use .retain_grad() on the non-leaf Tensor. If you access the non-leaf Tensor by mistake, '
    'make sure you access the leaf Tensor instead. See github.com/pytorch/pytorch/pull/30531 for more information'
)
GRAD_DTYPE = (
    "The gradient must match the tensor's grad_dtype (defaults to the tensor's dtype). You can set the tensor's grad_dtype "
    'attribute with a specific dtype, or None to allow any dtype. Set grad_dtype with caution. Diverging the dtypes of a '
    'tensor and its gradient may break downstream systems that assume they match.'
)
STAYS = (
    'you can only change requires_grad flags of leaf variables. If you want to use a computed variable in a subgraph '
    "that doesn't require differentiation use var_no_grad = var.detach()."
)
NOT_COPIED = (
    'Only Tensors created explicitly by the user (graph leaves) support the deepcopy protocol at the moment.  '
    'If you were attempting to deepcopy a module, this may be because of a torch.nn.utils.weight_norm usage, '
    'see https://github.com/pytorch/pytorch/pull/103001'
)
