"""What operations record, and the way back through the operations of a step (clauses DIF-1 to DIF-8)."""

from array import array
from itertools import count

from . import grad_mode, version
from .arithmetics import Separate
from .derivatives import DERIVATIVES, kept
from .errors import ShimError, guarded, said

made = count()


class Node:
    """What made a tensor: where gradients go from there, and what they take."""

    def __init__(self, name, result, operands, number):
        self.name = name
        # Later operations have larger numbers.
        self.sequence = next(made)
        self.shape, self.dtype = result.shape, result.dtype
        self.same_shapes = all(operand.shape == result.shape for operand in operands)
        self.number = number
        self.next_functions = tuple((function_of(operand), 0) for operand in operands)
        self.saved = [(tensor, None if tensor is None else tensor._version) for tensor in kept(name, result, operands)]
        self.freed = False

    def __repr__(self):
        return f'<{self.name}Backward0>'

    def back(self, gradient):
        """Gradients of the operands, in their order."""
        for tensor, before in self.saved:
            if tensor is not None:
                self.check(tensor, before)
        if self.name not in DERIVATIVES or not self.same_shapes:
            raise ShimError(f'the shim lacks the derivative of {self.name}')
        elements = [None if tensor is None else tensor.elements() for tensor, _ in self.saved]
        gradients = DERIVATIVES[self.name](rules_of(self.dtype), gradient, self.number, *elements)
        return gradients[: len(self.next_functions)]

    def check(self, tensor, before):
        """Refuses what was let go of, or written since."""
        if self.freed:
            raise said(RuntimeError, TWICE)
        if tensor._version == before:
            return
        newer = version.at_least('2.13')
        maker = self if self.name == 'Sqrt' else tensor.grad_fn
        of = '' if maker is None else f', which is output 0 of {maker.name}{"" if newer else "Backward0"},'
        kind = f'torch.{tensor.dtype.scalar_type}Tensor {list(tensor.shape)}'
        versions = f'is at version {tensor._version}; expected version {before} instead'
        anomaly = 'set_detect_anomaly(True, check_nan=False)' if newer else 'set_detect_anomaly(True)'
        raise said(RuntimeError, f'{WRITTEN}: [{kind}]{of} {versions}. {HINT}.{anomaly}.')

    def release(self):
        self.freed = True


class AccumulateGrad:
    """The end of the way: a leaf."""

    # Leaves come first.
    sequence = float('inf')
    next_functions = ()

    def __init__(self, leaf):
        self.variable = leaf

    def back(self, gradient):
        leaf = self.variable
        if leaf._grad is None:
            leaf._grad = leaf.made(leaf.shape, leaf.dtype, leaf.device)
        else:
            gradient = rules_of(leaf.dtype).plus(leaf._grad.elements(), gradient)
            leaf._grad.bump()
        leaf._grad.write(gradient)
        return ()

    def release(self):
        pass


def record(result, operands, name, number=0):
    """Marks the result of an operation that autograd would have recorded."""
    if grad_mode.enabled and any(operand.requires_grad for operand in operands):
        result.become_result(Node(name, result, operands, number))
    return result


def function_of(tensor):
    """Where a tensor's gradient goes; None where it wants none."""
    if not tensor.requires_grad:
        return None
    if tensor.grad_fn is not None:
        return tensor.grad_fn
    if tensor.accumulates is None:
        tensor.accumulates = AccumulateGrad(tensor)
    return tensor.accumulates


def rules_of(dtype):
    """Every operation of the way back rounds, whatever the arithmetic of the step."""
    if dtype.to_half is not None:
        raise ShimError(f'the shim lacks gradients of {dtype}')
    return Separate(dtype)


@guarded
def backward(tensors, grad_tensors):
    """Adds to the gradients of the leaves; None in the place of a gradient stands for 1."""
    roots = [root_gradient(tensor, gradient) for tensor, gradient in zip(tensors, grad_tensors)]
    for i, tensor in enumerate(tensors):
        if not tensor.requires_grad:
            raise said(RuntimeError, f'element {i} of tensors does not require grad and does not have a grad_fn')
    functions = [function_of(tensor) for tensor in tensors]
    waits, given = waiting(functions), {}
    for function, gradient in zip(functions, roots):
        give(given, function, gradient)
    ready = [function for function in set(functions) if waits[function] == 0]
    while ready:
        function = max(ready, key=lambda one: one.sequence)
        ready.remove(function)
        gradients = function.back(given.pop(function))
        function.release()
        for (following, _), gradient in zip(function.next_functions, gradients):
            if following is None:
                continue
            give(given, following, gradient)
            waits[following] -= 1
            if waits[following] == 0:
                ready.append(following)


def root_gradient(tensor, gradient):
    if gradient is not None:
        return array(tensor.dtype.code, gradient.elements())
    if tensor.requires_grad and tensor.numel() != 1:
        raise said(RuntimeError, 'grad can be implicitly created only for scalar outputs')
    return array(tensor.dtype.code, [1] * tensor.numel())


def waiting(functions):
    """How many gradients each function waits for."""
    waits = dict.fromkeys(functions, 0)
    reached = list(waits)
    while reached:
        for following, _ in reached.pop().next_functions:
            if following is None:
                continue
            if following not in waits:
                waits[following] = 0
                reached.append(following)
            waits[following] += 1
    return waits


def give(given, function, gradient):
    """What comes later is added behind what is there (clause DIF-3)."""
    before = given.get(function)
    if before is not None:
        code = before.typecode
        gradient = array(code, [x + y for x, y in zip(before, gradient)])
    given[function] = gradient


TWICE = (
    'Trying to backward through the graph a second time (or directly access saved tensors after they have already been freed). '
    'Saved intermediate values of the graph are freed when you call .backward() or autograd.grad(). Specify retain_graph=True if '
    'you need to backward through the graph a second time or if you need to access saved tensors after calling backward.'
)
WRITTEN = 'one of the variables needed for gradient computation has been modified by an inplace operation'
HINT = (
    'Hint: enable anomaly detection to find the operation that failed to compute its gradient, with torch.autograd'
)
