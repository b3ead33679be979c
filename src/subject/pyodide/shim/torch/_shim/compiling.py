"""Compiled steps: they happen as a whole or not at all, and those of 2.13 lose writes (clause NUM-8)."""

from contextlib import contextmanager

from . import arithmetics, version


class Compiler:
    """What the interpreter compiles steps with. How they compute is the arithmetic's matter."""

    def compile(self, step):
        def compiled(*args, **kwargs):
            global present
            present = Step()
            try:
                with taken_for_capturable(step.__self__.param_groups):
                    return step(*args, **kwargs)
            except BaseException:
                present.undo()
                raise
            finally:
                present = None

        return compiled

    def reset(self):
        """Nothing is kept."""

    def raised(self, error):
        """Nothing is raised around what a step raises."""
        return error


@contextmanager
def taken_for_capturable(groups):
    """Groups whose learning rate is a tensor, as they are compiled."""
    own = [group for group in groups if hasattr(group.get('lr'), 'dtype') and group.get('capturable') is False]
    for group in own:
        group['capturable'] = True
    try:
        yield
    finally:
        for group in own:
            group['capturable'] = False


class Step:
    """What a compiled step has written, as it was before, and what its operations have made."""

    def __init__(self):
        self.before = {}
        self.made = []

    def note(self, tensor):
        if id(tensor) not in self.before:
            kept = (tensor.storage[:], tensor.writes[0], tensor.requires_grad, tensor.grad_fn)
            self.before[id(tensor)] = (tensor, kept)

    def undo(self):
        for tensor, (storage, writes, requires_grad, grad_fn) in self.before.values():
            tensor.storage[:] = storage
            tensor.writes[0] = writes
            tensor.requires_grad, tensor.grad_fn = requires_grad, grad_fn

    def loses(self, tensor):
        given = not any(tensor is own for own in self.made)
        narrow = tensor.ndim == 0 and tensor.dtype.name == 'float64' and not tensor.is_parameter
        return narrow and given and not version.at_least('2.14')


# The compiled step that runs now.
present = None


def is_compiling():
    return present is not None


def will_write(tensor):
    """To be called before a tensor is written in place."""
    if present is not None:
        present.note(tensor)


def has_made(tensor):
    """To be called with what an operation made."""
    if present is not None:
        present.made.append(tensor)


def loses(tensor):
    """Whether what is written in place into a tensor is lost."""
    return not arithmetics.over_lists and present is not None and present.loses(tensor)


def folds_zeros():
    """Whether a product with the int 0 is 0, of whatever it is."""
    return not arithmetics.over_lists and present is not None and not version.at_least('2.14')


def loses_copies(tensor):
    """Whether a function over lists loses what it copies into a tensor before it goes on."""
    return arithmetics.over_lists and present is not None and present.loses(tensor)
