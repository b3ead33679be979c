"""How torch words the arguments that its compiled functions over lists refuse, as far as an RMSprop step comes to it."""

from . import version
from .errors import ShimError, said

TENSORS = 'tuple of Tensors'
SCALARS = 'tuple of Scalars'

# What may follow the list that a function works on, in its order, when the last is given by position.
POSITIONAL = {
    'mul': [f'{SCALARS} scalars', 'Tensor other', f'{TENSORS} other', 'Number scalar'],
    'add': ['Number scalar', f'{SCALARS} scalars'],
}
# The same, where there is a keyword.
ALPHA = {'newer': ['Tensor other, *, Number alpha = 1', f'{TENSORS} other, *, Number alpha = 1']}
ALPHA['older'] = [f'{TENSORS} other, *, Number alpha']
VALUE = [f'{TENSORS} tensor1, {TENSORS} tensor2, {last}' for last in (f'{SCALARS} scalars', 'Tensor scalars', 'Number value')]


def positional(function, tensors, value):
    """The refusal of a number that is none, given by position."""
    operation = function.removeprefix('_foreach_').rstrip('_')
    if operation not in POSITIONAL:
        raise ShimError(f'the shim lacks the refusal of a {type(value).__name__} by {function}')
    types = f'(!{kind(tensors)}!, !{kind(value)}!)'
    lines = [line(signature, f'some of the arguments have invalid types: {types}') for signature in POSITIONAL[operation]]
    if operation == 'add':
        lines += [line(signature) for signature in ALPHA[age()]]
    return combination(function, f'list, {type(value).__name__}', lines)


def keyword(function, lists, name, value):
    """The refusal of a number that is none, given as `alpha` or `value`."""
    got = type(value).__name__
    if name == 'alpha':
        if age() == 'older':
            return said(TypeError, f"{function}(): argument 'alpha' must be Number, not {got}")
        lines = [line(signature) for signature in POSITIONAL['add'] + ALPHA['newer']]
        return combination(function, f'list, list, alpha={got}', lines)
    reasons = [f'some of the keywords were incorrect: {name}'] * 3
    signatures = VALUE
    if age() == 'older':
        types = ', '.join([*(f'!{kind(tensors)}!' for tensors in lists), f'!value={kind(value)}!'])
        reasons[2] = f'some of the arguments have invalid types: ({types})'
    else:
        signatures = [*VALUE[:2], f'{VALUE[2]} = 1']
    lines = [line(signature, reason) for signature, reason in zip(signatures, reasons)]
    return combination(function, f'list, list, list, value={got}', lines)


def combination(function, got, lines):
    start = f'{function}() received an invalid combination of arguments - got ({got}), but expected one of:\n'
    return said(TypeError, start + ''.join(lines))


def line(signature, reason=None):
    why = '' if reason is None else f"      didn't match because {reason}\n"
    return f' * ({TENSORS} self, {signature})\n{why}'


def kind(value):
    name = type(value).__name__
    return f'{name} of [{", ".join(kind(item) for item in value)}]' if isinstance(value, (list, tuple)) else name


def age():
    return 'newer' if version.at_least('2.4') else 'older'
