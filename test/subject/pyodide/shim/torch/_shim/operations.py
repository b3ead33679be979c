"""
Every operation of the tensor shim on seeded inputs, as texts to compare: run over real torch by this program, over the
shim by shim.test.ts.

    python operations.py SEED...     with the folders of tensors.py and ieee_sqrt.py in PYTHONPATH
"""

import copy
import json
import random
import struct
import sys

from tensors import FORMATS, bits_of, from_bits, lay_out

SHAPES = [(), (1,), (3,), (16,), (37,), (2, 5), (4, 9), (2, 3, 4), (0,), (2, 0)]
# Shapes that stretch, and some that do not fit.
PAIRS = [((4, 5), (5,)), ((2, 3, 4), (3, 4)), ((3,), (4,)), ((1,), (3,)), ((2, 3), (2,)), ((0,), (3,)), ((), (2,))]
# Shapes that stretch along a row. Fused kernels add those with another rounding here and there; no step ever does it.
ROWS = [((4, 5), (4, 1)), ((3,), ()), ((2, 3, 4), (3, 1))]
SCALARS = [0.0, -0.0, 1.0, 0.99, 1 - 0.99, -1.0, 0.5, 0.3, 1e-8, -0.1, 1e300, -1e300, float('inf'), 1, 0, -2, True]
ODD_SCALARS = [None, 'x', [1], 2**63, 2**64, -(2**63) - 1]
NUMBERS = [[1.0, 2.0], [0.1, 100.0], [0.5, -2000.0], [1e-5], [1e9, 1.0], [0.0, -0.0], [12345.678], [3.0, float('nan')]]
LAYOUTS = {'transposed': (4, 9), 'channels_last': (2, 3, 4, 5), 'gapped': (3, 7)}


def observe(torch, seed):
    """Label to text."""
    found = {}
    for dtype in ('float32', 'float64'):
        for label, call in calls(torch, random.Random(seed), dtype):
            found[f'{dtype} {label}'] = outcome(call)
    return found


def outcome(call):
    try:
        return shown(call())
    except Exception as error:
        return f'{type(error).__name__}: {error}'


def shown(value):
    if isinstance(value, (list, tuple)):
        return [shown(item) for item in value]
    if hasattr(value, 'stride') and str(value.dtype) != 'torch.bool':
        return [str(value.dtype), list(value.shape), list(value.stride()), bits_of(value)]
    return repr(value)


def calls(torch, rng, dtype):
    """Labels and calls, the inputs of each made before the next is."""

    def tensor(shape, own=dtype):
        count = 1
        for size in shape:
            count *= size
        code, digits = FORMATS[own]
        raw = b''.join(struct.pack(f'>{code}', element(rng, own)) for _ in range(count))
        return from_bits(torch, own, list(shape), raw.hex(), 'cpu')

    def all_operations(name, x, y, z):
        yield f'neg {name}', lambda: -x
        yield f'sqrt {name}', lambda: [bits_of(x.sqrt()), x.clone().sqrt_()]
        yield f'mul {name}', lambda: [x.mul(y), x.clone().mul_(y)]
        yield f'div {name}', lambda: x.clone().div_(y)
        for a in (1, 0.99, -0.1, rng.random()):
            yield f'add {name} {a}', lambda a=a: [x.add(y, alpha=a), x.clone().add_(y, alpha=a)]
            yield f'addcmul {name} {a}', lambda a=a: [x.addcmul(y, z, value=a), x.clone().addcmul_(y, z, value=a)]
            yield f'addcdiv {name} {a}', lambda a=a: x.clone().addcdiv_(y, z, value=a)
        for w in (0, 1e-3, 0.49, 0.5, 0.75, 1, 1.5, -0.7):
            yield f'lerp {name} {w}', lambda w=w: x.clone().lerp_(y, w)
        yield from foreach(name, x, y, z)

    def foreach(name, x, y, z):
        def lists():
            return [x.clone(), x.clone()], [y, z], [z, y]

        def written(call):
            xs, ys, zs = lists()
            call(xs, ys, zs)
            return xs

        for a in (0.99, -0.1):
            yield f'foreach {name} {a}', lambda a=a: [
                torch._foreach_neg([x, y]),
                # The square root that stands in the place of torch's does not keep strides.
                [bits_of(root) for root in torch._foreach_sqrt([x, y])],
                torch._foreach_mul([x, y], a),
                torch._foreach_add([x, x], [y, z], alpha=a),
                torch._foreach_addcmul([x, x], [y, z], [z, y], value=a),
                written(lambda xs, ys, zs: torch._foreach_sqrt_(xs)),
                written(lambda xs, ys, zs: torch._foreach_zero_(xs)),
                written(lambda xs, ys, zs: torch._foreach_mul_(xs, a)),
                written(lambda xs, ys, zs: torch._foreach_div_(xs, torch.tensor(a))),
                written(lambda xs, ys, zs: torch._foreach_add_(xs, a)),
                written(lambda xs, ys, zs: torch._foreach_add_(xs, ys, alpha=a)),
                written(lambda xs, ys, zs: torch._foreach_addcmul_(xs, ys, zs, value=a)),
                written(lambda xs, ys, zs: torch._foreach_addcdiv_(xs, ys, zs, value=a)),
                written(lambda xs, ys, zs: torch._foreach_lerp_(xs, ys, a)),
            ]

    for shape in SHAPES:
        yield from all_operations(shape, tensor(shape), tensor(shape), tensor(shape))
    for first, second in PAIRS:
        yield from all_operations(f'{first} {second}', tensor(first), tensor(second), tensor(second))
    for first, second in ROWS:
        found = all_operations(f'{first} {second}', tensor(first), tensor(second), tensor(second))
        yield from (call for call in found if not call[0].startswith(('add ', 'foreach ')))
    for layout, shape in LAYOUTS.items():
        x, y, z = tensor(shape), tensor(shape), tensor(shape)
        laid, also = lay_out(torch, x, layout), lay_out(torch, y, layout)
        yield from all_operations(layout, laid, also, z)
        yield from all_operations(f'{layout} beside contiguous', laid, y, z)
        yield from all_operations(f'contiguous beside {layout}', x, also, z)
        yield f'copies {layout}', lambda laid=laid: [torch.zeros_like(laid), laid.clone(), copy.deepcopy(laid)]
        yield f'parameter {layout}', lambda laid=laid: copy.deepcopy(torch.nn.Parameter(laid)).detach()
        yield f'views {layout}', lambda laid=laid: [bits_of(laid.reshape(-1)), laid[1], laid[..., ::2]]
        yield f'contiguous {layout}', lambda laid=laid: laid.is_contiguous()
        yield f'cast {layout}', lambda laid=laid: [laid.to(dtype=torch.float32), laid.to(dtype=torch.float64)]
    yield from scalars(tensor)
    yield from texts(torch, tensor)
    yield from promotion(torch, tensor)


def scalars(tensor):
    x, y = tensor((19,)), tensor((19,))
    for s in [*SCALARS, *ODD_SCALARS]:
        # One that is larger than the dtype's largest number becomes infinite in some operations, is refused by others.
        for name in ('mul', 'mul_', 'div_', 'add', 'add_', 'fill_'):
            if name == 'fill_' and s in (None, 'x', [1]):
                continue
            yield f'{name} {s!r}', lambda name=name, s=s: getattr(x.clone(), name)(s)
        yield f'alpha {s!r}', lambda s=s: [x.add(y, alpha=s), x.clone().add_(y, alpha=s)]
        yield f'value {s!r}', lambda s=s: [x.addcmul(y, y, value=s), x.clone().addcmul_(y, y, value=s)]
        yield f'quotient {s!r}', lambda s=s: x.clone().addcdiv_(y, y, value=s)
        if isinstance(s, (int, float)) and not isinstance(s, bool):
            yield f'lerp {s!r}', lambda s=s: x.clone().lerp_(y, s)
    for s in (0.0, 0.5, 1):
        yield f'compare {s!r}', lambda s=s: [(s <= x).tolist(), (x > s).tolist(), (x != s).tolist(), (x < s).tolist()]
        yield f'minus {s!r}', lambda s=s: s - x


def texts(torch, tensor):
    for shape in [(), (1,), (2,), (30,), (4, 9), (2, 3, 4), (0,), (0, 3), (1200,), (40, 40)]:
        x = tensor(shape)
        yield f'text {shape}', lambda x=x: [repr(x), f'{x}', repr(torch.nn.Parameter(x)), torch.typename(x)]
    for numbers in NUMBERS:
        x = torch.tensor(numbers)
        yield f'text {numbers}', lambda x=x: [
            *[repr(x), repr(x.reshape(-1, 1))],
            *[repr(x.requires_grad_()), repr(x.clone())],
        ]
    yield 'questions', lambda: [
        outcome(lambda: bool(tensor((2,)))),
        outcome(lambda: bool(tensor((0,)))),
        outcome(lambda: float(tensor((2,)))),
        outcome(lambda: tensor((2,)).item()),
        outcome(lambda: list(tensor(()))),
        outcome(lambda: len(tensor(()))),
        outcome(lambda: tensor((2,))[2]),
        outcome(lambda: format(tensor((2,)), '.2f')),
        outcome(lambda: torch.nn.Parameter(tensor((2,))).add_(1)),
        outcome(lambda: copy.deepcopy(torch.nn.Parameter(tensor((2,))).clone())),
        outcome(lambda: torch.nn.Parameter(tensor((2,))).clone().requires_grad_(False)),
        outcome(lambda: torch.set_grad_enabled(1)),
        outcome(lambda: tensor((2,)).to_sparse().reshape(-1)),
    ]
    values = [5, 1.5, True, None, 'x', [1], (1,), {}, {1}, type, torch.float64, torch.device('cuda:0'), torch.Size([2])]
    yield 'names', lambda: [[torch.typename(value), str(type(value))] for value in values[:9]]
    yield 'types', lambda: [str(values[10]), repr(values[11]), str(values[11]), repr(values[12]), str(torch.Tensor)]


def promotion(torch, tensor):
    narrow, wide = tensor((5,), 'float32'), tensor((5,), 'float64')
    one, other = tensor((), 'float32'), tensor((), 'float64')
    pairs = {'dims': (narrow, wide), 'scalar': (narrow, other), 'scalars': (one, other), 'reverse': (wide, narrow)}
    for name, (x, y) in pairs.items():
        yield f'promote {name}', lambda x=x, y=y: [x.add(y), x.clone().add_(y), x.mul(y), x.clone().div_(y)]
        yield f'promote lerp {name}', lambda x=x, y=y: x.clone().lerp_(y, 0.3)
    for y in (torch.tensor(0.1), torch.tensor([0.1]), torch.tensor(0.1).requires_grad_()):
        label = f'{y.ndim} {y.requires_grad}'
        yield f'alpha tensor {label}', lambda y=y: narrow.add(narrow, alpha=y)
        yield f'value tensor {label}', lambda y=y: narrow.addcmul(narrow, narrow, value=y)
        yield f'foreach alpha {label}', lambda y=y: torch._foreach_add([narrow], [narrow], alpha=y)
        yield f'foreach value {label}', lambda y=y: torch._foreach_addcmul(*[[narrow, narrow]] * 3, value=y)
        if y.ndim > 0:
            continue
        plain = y.detach()
        yield f'foreach mul {label}', lambda plain=plain: torch._foreach_mul([narrow], plain)
        yield f'foreach add {label}', lambda plain=plain: torch._foreach_add([narrow], plain)
    for bad in (None, 'x'):
        yield f'foreach add {bad}', lambda bad=bad: torch._foreach_add([narrow], bad)
        yield f'foreach alpha {bad}', lambda bad=bad: torch._foreach_add([narrow], [narrow], alpha=bad)
        yield f'foreach value {bad}', lambda bad=bad: torch._foreach_addcmul([narrow], [narrow], [narrow], value=bad)


def element(rng, dtype):
    """A number of any kind: ordinary, any bits, huge, tiny, or one of its own."""
    kind = rng.getrandbits(3)
    x = rng.random() * 2 - 1
    largest, least = (1e38, 1e-38) if dtype == 'float32' else (1e308, 1e-308)
    if kind < 4:
        return x * 4
    if kind == 4:
        code, digits = FORMATS[dtype]
        return struct.unpack(f'>{code}', rng.getrandbits(digits * 4).to_bytes(digits // 2, 'big'))[0]
    if kind == 5:
        return [0.0, -0.0, float('inf'), float('-inf'), float('nan'), 1.0, -1.0, 2.0][rng.getrandbits(3)]
    return x * 3 * largest if kind == 6 and abs(x) < 1 / 3 else x * least


if __name__ == '__main__':
    import ieee_sqrt
    import numpy
    import torch

    torch.set_num_threads(1)
    ieee_sqrt.install(torch, numpy)
    json.dump([observe(torch, int(seed)) for seed in sys.argv[1:]], sys.stdout)
