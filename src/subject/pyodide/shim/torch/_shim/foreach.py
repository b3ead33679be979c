"""The `_foreach_*` functions: loops over the operation of the same name, in what they compute also on a GPU."""

from itertools import repeat

from . import arithmetics, grad_mode, refusals, scalars, version
from .errors import ShimError, guarded, said
from .tensor import Tensor

METHODS = 'add add_ mul mul_ div_ addcmul addcmul_ addcdiv_ lerp_ neg sqrt sqrt_ zero_'.split()


def foreach(method):
    """The function over lists of tensors for an operation."""
    name = f'_foreach_{method}'

    @guarded
    def loop(tensors, *args, **kwargs):
        check(tensors)
        args = [listed(arg) if isinstance(arg, (list, tuple)) else one(arg, name, tensors) for arg in args]
        for key, value in kwargs.items():
            if not accepted(value):
                raise refusals.keyword(name, [tensors, *args], key, value)
        if method.endswith('_'):
            for tensor in tensors:
                grad_mode.check_leaf(tensor)
        call = getattr(Tensor, method)
        columns = [arg if isinstance(arg, (list, tuple)) else repeat(arg) for arg in args]
        with arithmetics.lists():
            results = tuple(call(*operands, **kwargs) for operands in zip(tensors, *columns))
        return results if method.endswith('_') else together(results)

    loop.__name__ = name
    return loop


def together(results):
    """New tensors, all of which are recorded where one is."""
    recorded = next((tensor.grad_fn for tensor in results if tensor.requires_grad), None)
    if recorded is not None:
        for tensor in results:
            tensor.become_result(recorded)
    return results


def one(arg, function, tensors):
    """The number, or tensor of one, that stands beside every tensor of a list."""
    # Where a signature has a tensor, one that requires grad will do.
    with_tensor = isinstance(arg, Tensor) and (not function.startswith('_foreach_add') or version.at_least('2.2'))
    if with_tensor and arg.ndim > 0:
        raise ShimError(f'the shim lacks {function} with a tensor of {arg.ndim} dimensions')
    if not with_tensor and not accepted(arg):
        raise refusals.positional(function, tensors, arg)
    return arg.item() if function == '_foreach_lerp_' and isinstance(arg, Tensor) else arg


def check(tensors):
    """Refuses None among the tensors that are written."""
    for i, tensor in enumerate(tensors):
        if tensor is None:
            raise said(TypeError, f'expected Tensor as element {i} in argument 0, but got NoneType')


def listed(values):
    """The tensors that stand beside each tensor."""
    if any(scalars.is_number(x) for x in values):
        raise ShimError('the shim lacks lists of numbers beside lists of tensors')
    for i, value in enumerate(values):
        if not isinstance(value, Tensor):
            raise said(TypeError, f'expected Tensor as element {i} in argument 1, but got {type(value).__name__}')
    return values


def accepted(value):
    """Whether a value counts as a number."""
    return scalars.is_number(value) or (isinstance(value, Tensor) and value.ndim == 0 and not value.requires_grad)


functions = {f'_foreach_{method}': foreach(method) for method in METHODS}
