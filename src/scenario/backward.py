"""The whole scenario language: what checkpoint.py has, and going back through what was recorded.

What the operation observes: spec/scenario.md. A recording of compiled steps does not go back, and runs interpreter.py as it is.
"""

from checkpoint import WithCheckpoints


def run(torch, scenario, device='cpu', compiler=None):
    """The observations of a scenario, as interpreter.run gives them."""
    return WithBackward(torch, scenario, device, compiler).run()


class WithBackward(WithCheckpoints):
    def __init__(self, torch, scenario, device, compiler):
        # The leaves that recorded tensors are clones of, in the order of those.
        self.leaves = []
        super().__init__(torch, scenario, device, compiler)

    def lacks_objects(self, op):
        return op['op'] != 'backward' and super().lacks_objects(op)

    def make(self, spec):
        tensor = super().make(spec)
        if not spec.get('leaf', True):
            self.leaves.append(leaf_of(tensor))
        return tensor

    def op_backward(self, observation, **op):
        tensors = [self.tensors[name] for name in op['from']]
        given = zip(tensors, op['from'].values())
        gradients = [None if bits is None else self.gradient(tensor, bits) for tensor, bits in given]
        self.torch.autograd.backward(tensors, gradients)
        names = [name for name, spec in self.scenario['tensors'].items() if not spec.get('leaf', True)]
        observation['value'] = {'$dict': [[name, self.encode(leaf.grad)] for name, leaf in zip(names, self.leaves)]}


def leaf_of(clone):
    """The leaf that a tensor is a clone of; None where the module has no graph, and so does not go back."""
    functions = getattr(clone.grad_fn, 'next_functions', None)
    return functions[0][0].variable if functions else None
