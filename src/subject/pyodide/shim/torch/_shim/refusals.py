"""How torch words what its compiled functions over lists refuse, as far as an RMSprop step comes to it."""

from . import version
from .errors import ShimError, said

TENSORS = 'tuple of Tensors'
SCALARS = 'tuple of Scalars'

# What may follow the first list of an addition where the last argument is given by position, in torch's order.
BY_POSITION = ['Number scalar', f'{SCALARS} scalars']


def positional(function, tensors, value):
    """The refusal of a last argument of an addition that is no number."""
    if not function.startswith('_foreach_add'):
        raise ShimError(f'the shim lacks the refusal of a {type(value).__name__} by {function}')
    reason = f'some of the arguments have invalid types: (!{kind(tensors)}!, !{kind(value)}!)'
    lines = [line(signature, reason) for signature in BY_POSITION]
    lines += [line(signature) for signature in with_alpha()]
    return combination(function, f'{type(tensors).__name__}, {type(value).__name__}', lines)


def keyword(function, lists, name, value):
    """The refusal of an `alpha` or `value` that is no number."""
    got = type(value).__name__
    kinds = ', '.join(type(tensors).__name__ for tensors in lists)
    if name == 'alpha':
        if not version.at_least('2.2'):
            return said(TypeError, f"{function}(): argument 'alpha' must be Number, not {got}")
        lines = [line(signature) for signature in [*BY_POSITION, *with_alpha()]]
        return combination(function, f'{kinds}, alpha={got}', lines)
    incorrect = f'some of the keywords were incorrect: {name}'
    types = ', '.join([*(f'!{kind(tensors)}!' for tensors in lists), f'!value={kind(value)}!'])
    lines = [
        line(f'{TENSORS} tensor1, {TENSORS} tensor2, {SCALARS} scalars', incorrect),
        line(f'{TENSORS} tensor1, {TENSORS} tensor2, Tensor scalars', incorrect),
        line(
            f'{TENSORS} tensor1, {TENSORS} tensor2, Number value{default()}',
            incorrect if default() else f'some of the arguments have invalid types: ({types})',
        ),
    ]
    return combination(function, f'{kinds}, value={got}', lines)


def with_alpha():
    others = ['Tensor other'] if version.at_least('2.2') else []
    return [f'{other}, *, Number alpha{default()}' for other in [*others, f'{TENSORS} other']]


def default():
    return ' = 1' if version.at_least('2.4') else ''


def combination(function, got, lines):
    start = f'{function}() received an invalid combination of arguments - got ({got}), but expected one of:\n'
    return said(TypeError, start + ''.join(lines))


def line(signature, reason=None):
    why = '' if reason is None else f"      didn't match because {reason}\n"
    return f' * ({TENSORS} self, {signature})\n{why}'


def kind(value):
    """A type as it is printed; of a list, the types of its items."""
    name = type(value).__name__
    if not isinstance(value, (list, tuple)):
        return name
    items = ', '.join(kind(item) for item in value)
    if isinstance(value, list):
        return f'{name} of [{items}]'
    return f'{name} of ({items}{"," if len(value) == 1 else ""})'
