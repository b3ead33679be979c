"""PyTorch's recorded RMSprop step, alone and with the way back: torch_gradients.py ELEMENTS STEPS."""

import json
import sys
import time

import torch

elements, steps = int(sys.argv[1]), int(sys.argv[2])
torch.set_num_threads(1)


def filled(x):
    return x + torch.arange(elements, dtype=torch.float32).remainder(97) / 1000


def recorded(back):
    w, gradient = filled(0.5), filled(-0.05).requires_grad_()
    optimizer = torch.optim.RMSprop([w], lr=1e-4, momentum=0.9, centered=True, differentiable=True)
    w.grad = gradient
    best = float('inf')
    for _ in range(steps):
        for tensor in (w, *optimizer.state.get(w, {}).values()):
            if isinstance(tensor, torch.Tensor):
                tensor.detach_()
        start = time.perf_counter()
        optimizer.step()
        if back:
            w.sum().backward()
        best = min(best, time.perf_counter() - start)
    return best


print(json.dumps({'PyTorch, recorded': recorded(False), 'PyTorch, recorded, and back': recorded(True)}))
