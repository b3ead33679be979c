"""Tensors made from a tensor: views of its storage, and copies."""

from . import grad_mode, graph, version
from .elementwise import strides_in
from .errors import ShimError, guard_methods, said
from .strides import broadcast, contiguous, dense, positions, stretched
from .memory import parts_seen
from .types import Size, complex64, complex128, device as device_type, dtype as dtype_type, float32, placed


@guard_methods
class Views:
    """A mixin of Tensor."""

    def seen(self, shape, strides, offset=None):
        """The same storage through another shape."""
        made = self.through(shape, strides, self.offset if offset is None else offset)
        return graph.record(made, [self], 'View')

    def reshape(self, *shape):
        if self.is_sparse:
            raise said(RuntimeError, 'reshape is not implemented for sparse tensors')
        wanted = list(shape[0] if isinstance(shape[0], (list, tuple)) else shape)
        if -1 in wanted:
            known = Size(size for size in wanted if size != -1).numel()
            wanted[wanted.index(-1)] = self.numel() // max(known, 1)
        source = self if self.is_contiguous() else self.like(contiguous(self.shape))
        return source.seen(wanted, None)

    def permute(self, dims):
        return self.seen([self.shape[d] for d in dims], [self.strides[d] for d in dims])

    def expand(self, shape):
        """The same elements, those of a dimension that is stretched over and over."""
        return self.seen(shape, stretched(self.shape, self.strides, shape))

    def squeeze(self):
        kept = [d for d, size in enumerate(self.shape) if size != 1]
        return self.permute(kept)

    def view_as_real(self):
        """The parts of complex elements, one dimension more (clause NUM-10)."""
        if not self.dtype.is_complex:
            refusal = TypeError if version.at_least('2.15') else RuntimeError
            raise said(refusal, 'view_as_real is only supported for complex tensors')
        return self.through(*parts_seen(self), self.dtype.part)

    def view_as_complex(self):
        """Pairs of parts as complex elements."""
        dtype = complex64 if self.dtype is float32 else complex128
        return self.through(self.shape[:-1], [stride // 2 for stride in self.strides[:-1]], self.offset // 2, dtype)

    def detach(self):
        return self.through(self.shape, self.strides, self.offset)

    def __getitem__(self, key):
        """One index of the first dimension, or a slice of the last."""
        if isinstance(key, int) and self.ndim > 0:
            if not -self.shape[0] <= key < self.shape[0]:
                size = self.shape[0]
                raise said(IndexError, f'index {key} is out of bounds for dimension 0 with size {size}')
            offset = self.offset + key % self.shape[0] * self.strides[0]
            return self.seen(self.shape[1:], self.strides[1:], offset)
        if isinstance(key, tuple) and len(key) == 2 and key[0] is Ellipsis and isinstance(key[1], slice):
            start, stop, step = key[1].indices(self.shape[-1])
            shape = [*self.shape[:-1], len(range(start, stop, step))]
            strides = [*self.strides[:-1], self.strides[-1] * step]
            return self.seen(shape, strides, self.offset + start * self.strides[-1])
        raise ShimError(f'the shim lacks Tensor[{key!r}]')

    def __setitem__(self, key, value):
        raise ShimError(f'the shim lacks Tensor[{key!r}] = …')

    def like(self, strides, dtype=None, device=None):
        """A copy with other strides, dtype or device."""
        made = self.made(self.shape, dtype or self.dtype, device or self.device, strides)
        made.write(self.elements())
        if self.is_sparse:
            made.become_sparse()
        return made

    def clone(self):
        return graph.record(self.like(dense(self.shape, self.strides)), [self], 'Clone')

    def to(self, place=None, *, dtype=None, device=None):
        """The tensor itself where nothing changes."""
        if isinstance(place, dtype_type):
            dtype = place
        elif isinstance(place, (str, device_type)):
            device = place
        dtype = dtype or self.dtype
        device = self.device if device is None else placed(device)
        if dtype is self.dtype and device == self.device:
            return self
        return graph.record(self.like(dense(self.shape, self.strides), dtype, device), [self], 'ToCopy')

    def cpu(self):
        return self.to('cpu')

    def to_sparse(self):
        made = self.like(contiguous(self.shape))
        made.become_sparse()
        return made

    def copy_(self, source):
        grad_mode.check_leaf(self)
        self.bump()
        if broadcast([self.shape, source.shape]) != self.shape:
            raise ShimError('the shim lacks copy_ of a larger tensor')
        if source.shape == self.shape:
            self.write(source.elements())
        else:
            at = positions(self.shape, strides_in(source, self.shape), source.offset)
            self.write([source.storage[i] for i in at])
        return graph.record(self, [self, source], 'Copy')
