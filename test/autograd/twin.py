"""Real PyTorch's word on autograd: trainings whose every number is compared, and what it refuses.

    ATEN_CPU_CAPABILITY=default python twin.py > recorded/torch-VERSION.json

Numbers are float64 as hex bit patterns. Sums are written out, one number after the other, so that the order is the program's.
"""

import json
import math
import struct
import sys
from pathlib import Path

import numpy
import torch

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / 'src/subject/torch'))
import ieee_sqrt

torch.set_num_threads(1)
ieee_sqrt.install(torch, numpy)


def bits(tensor):
    return [struct.pack('>d', x).hex() for x in tensor.detach().reshape(-1).tolist()]


def doubles(*numbers):
    return torch.tensor(numbers, dtype=torch.float64)


def moons(count):
    """Two half circles that reach into each other; label 0 and 1 by turns."""
    points, labels = [], []
    for i in range(count):
        angle, up = math.pi * ((i * 37) % count) / count, i % 2 == 0
        points.append([math.cos(angle), math.sin(angle)] if up else [1 - math.cos(angle), 0.5 - math.sin(angle)])
        labels.append([0.0 if up else 1.0])
    return doubles(*points), doubles(*labels)


def weights(rows, columns, scale):
    return doubles(*[[scale * math.sin(1 + 3 * i + 7 * j) for j in range(columns)] for i in range(rows)])


def product(a, b):
    """The matrix product, summed over the inner dimension in its order."""
    total = a[:, 0:1] * b[0:1, :]
    for k in range(1, a.shape[1]):
        total = total + a[:, k : k + 1] * b[k : k + 1, :]
    return total


def network():
    params = [weights(2, 8, 0.8), weights(1, 8, 0.1), weights(8, 1, 0.5), weights(1, 1, 0.1)]
    return [param.requires_grad_() for param in params]


def train(times, points, labels, batches, **options):
    w1, b1, w2, b2 = params = network()
    optimizer = torch.optim.RMSprop(params, lr=0.01, **options)
    losses = []

    for rows in batches:

        def closure():
            optimizer.zero_grad()
            hidden = torch.relu(times(points[rows], w1) + b1)
            error = times(hidden, w2) + b2 - labels[rows]
            loss = (error * error).mean()
            loss.backward()
            return loss

        losses += bits(optimizer.step(closure))
    return losses


def two_moons():
    points, labels = moons(200)
    one_by_one = [slice(i, i + 1) for i in range(200)]
    whole = [slice(0, 200)] * 200
    options = {'momentum': 0.9, 'centered': True, 'weight_decay': 1e-4}
    return {
        'points': bits(points),
        'labels': bits(labels),
        'weights': [bits(param) for param in network()],
        'plain': train(product, points, labels, one_by_one),
        'options': train(product, points, labels, one_by_one, **options),
        'whole': train(torch.matmul, points, labels, whole),
    }


def hypergradient():
    """The learning rate of ten steps, learnt: a step of 1 is recorded and scaled by what is learnt."""
    target, curvature = doubles(3, -2), doubles(1, 10)
    lr = doubles(0.05)[0].clone().requires_grad_()
    outer = torch.optim.RMSprop([lr], lr=0.02)
    rates, losses, gradients = [], [], []
    for _ in range(20):
        w = doubles(0, 0).requires_grad_().clone()
        inner = torch.optim.RMSprop([w], lr=1, alpha=0.9, momentum=0.5, differentiable=True)
        for _ in range(10):
            before = w.clone()
            w.grad = (w - target) * curvature
            inner.step()
            w.sub_(before)
            w.mul_(lr)
            w.add_(before)
        loss = ((w - target) * (w - target) * curvature).sum()
        outer.zero_grad()
        loss.backward()
        gradients += bits(lr.grad)
        outer.step()
        rates += bits(lr)
        losses += bits(loss)
    return {'rates': rates, 'losses': losses, 'gradients': gradients}


def said(act):
    try:
        act()
    except Exception as error:
        return {'type': type(error).__name__, 'message': str(error)}
    return None


def refusals():
    leaf = torch.tensor([1.0, 2.0], requires_grad=True)
    plain = torch.tensor([1.0, 2.0])

    def written(make, write):
        copy = leaf.clone()
        made = make(copy)
        write(copy, made)
        return lambda: made.sum().backward()

    def twice():
        loss = (leaf * leaf).sum()
        loss.backward()
        loss.backward()

    def in_two_places():
        matrix = torch.ones(3, 2)
        made = torch.ones(2, 3, requires_grad=True) @ matrix
        matrix.add_(1)
        made.sum().backward()

    rows = {
        'leaf': lambda: leaf.mul_(2),
        'view of leaf': lambda: leaf[0:1].mul_(2),
        'several elements': lambda: leaf.clone().backward(),
        'shape': lambda: leaf.clone().backward(torch.ones(3)),
        'no history': lambda: plain.backward(plain),
        'no history, one element': lambda: plain.sum().backward(),
        'second without history': lambda: torch.autograd.backward([leaf.clone(), plain], [plain, plain]),
        'twice': twice,
        'operand written': written(lambda x: x * x, lambda x, made: x.mul_(2)),
        'root written': written(torch.sqrt, lambda x, made: made.add_(1)),
        'tanh written': written(torch.tanh, lambda x, made: made.add_(1)),
        'matrix written': in_two_places,
        'itself multiplied': written(lambda x: x.mul_(x), lambda x, made: None),
        'itself in addcmul': written(lambda x: x.addcmul_(x, x), lambda x, made: None),
        'retain_grad': lambda: plain.retain_grad(),
        'matrices': lambda: torch.ones(2, 3) @ torch.ones(2, 3),
        'matrix dtypes': lambda: torch.ones(2, 2) @ torch.ones(2, 2, dtype=torch.float64),
        'view': lambda: plain.view(3),
        'expand': lambda: plain.expand(2, 3),
    }
    return {name: said(act) for name, act in rows.items()}


def views():
    """Gradients through what was written into a view, or into what has one; and what made the tensors then."""

    def of_clone(act):
        leaf = doubles(1, 2, 3, 4, 5, 6).requires_grad_()
        base = (leaf * 3).clone()
        return leaf, base, act(base)

    def scaled(view, base):
        view.mul_(2)
        return [base, view]

    def part(base):
        return scaled(base[1:3], base)

    def whole(base):
        return scaled(base.view(2, 3), base)

    def columns(base):
        matrix = base.view(2, 3)
        return scaled(matrix.t()[1:3], base)

    def base_written(base):
        return scaled(base, base[2:5])

    def other_view(base):
        other, view = base[0:4], base[2:6]
        view.mul_(view.clone())
        return [other, base]

    def twice(base):
        view = base[1:5]
        view.mul_(2)
        view[1:3].add_(base[0:2].clone(), alpha=0.5)
        base.mul_(3)
        return [base, view]

    def outcome(act):
        leaf, base, tensors = of_clone(act)
        torch.autograd.backward(tensors, [torch.arange(1.0, 1 + x.numel(), dtype=x.dtype).view(x.shape) for x in tensors])
        return {'numbers': bits(base), 'gradient': bits(leaf.grad), 'grad_fn': [x.grad_fn.name() for x in tensors]}

    def into_plain():
        leaf, plain = doubles(1, 2).requires_grad_(), doubles(1, 2, 3, 4)
        plain[1:3].addcmul_(leaf, leaf, value=0.5)
        plain.backward(doubles(1, 2, 3, 4))
        return {'numbers': bits(plain), 'gradient': bits(leaf.grad), 'grad_fn': [plain.grad_fn.name()]}

    acts = [part, whole, columns, base_written, other_view, twice]
    return {**{act.__name__: outcome(act) for act in acts}, 'into_plain': into_plain()}


version = torch.__version__.split('+')[0]
found = {'two_moons': two_moons(), 'hypergradient': hypergradient(), 'refusals': refusals(), 'views': views()}
print(json.dumps({'version': version, **found}, indent=1))
