"""The derivatives of a step's operations, in PyTorch's order of operations (clause DIF-2), over whole sequences of elements."""

from .errors import ShimError


def kept(name, result, operands):
    """What the derivatives take: None where nothing that wants a gradient takes it."""
    wanted = [operand.requires_grad for operand in operands]
    if name == 'Sqrt':
        return [result]
    if name == 'Addcmul':
        return [operands[1] if wanted[2] else None, operands[2] if wanted[1] else None]
    if name == 'Addcdiv':
        return [operands[1] if wanted[2] else None, operands[2] if wanted[1] or wanted[2] else None]
    return []


def scaled(rules, xs, number):
    return rules.scaled(rules.scalar(number), xs)


def of_product(rules, g, number):
    if number is None:
        raise ShimError('the shim lacks the derivative of a product of tensors')
    return [scaled(rules, g, number)]


def of_sum(rules, g, alpha):
    return [g, g if alpha == 1 else scaled(rules, g, alpha)]


def of_addcmul(rules, g, value, y, z):
    by_y = None if z is None else rules.times(g, scaled(rules, z, value))
    return [g, by_y, None if y is None else rules.times(g, scaled(rules, y, value))]


def of_addcdiv(rules, g, value, y, z):
    if z is None:
        return [g, None, None]
    by_y = rules.times(g, rules.over([rules.scalar(value)] * len(z), z))
    if y is None:
        return [g, by_y, None]
    return [g, by_y, rules.times(rules.negative(g), rules.over(scaled(rules, y, value), rules.times(z, z)))]


# Of the arithmetic, the gradient of the result, the number that the operation was given, and what was kept. Of an operation on one
# tensor the first counts.
DERIVATIVES = {
    'Clone': lambda rules, g, number: [g],
    'Neg': lambda rules, g, number: [rules.negative(g)],
    'Mul': of_product,
    'Add': of_sum,
    'Addcmul': of_addcmul,
    'Addcdiv': of_addcdiv,
    'Lerp': lambda rules, g, weight: [scaled(rules, g, 1 - weight), scaled(rules, g, weight)],
    'Sqrt': lambda rules, g, number, root: [rules.over(g, scaled(rules, root, 2))],
}
