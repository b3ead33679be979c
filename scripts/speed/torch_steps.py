"""PyTorch's RMSprop, asked line by line: torch_steps.py single|foreach|compiled THREADS."""

import json
import math
import sys
import time

import torch

mode, threads = sys.argv[1], int(sys.argv[2])
torch.set_num_threads(threads)


def fastest(step, seconds):
    began, count = time.perf_counter(), 0
    while True:
        step()
        count += 1
        if time.perf_counter() - began >= seconds:
            break
    batch = max(1, math.floor(count / seconds * 0.001))
    best, start_of_all = math.inf, time.perf_counter()
    while True:
        start = time.perf_counter()
        for _ in range(batch):
            step()
        best = min(best, (time.perf_counter() - start) / batch)
        if time.perf_counter() - start_of_all >= seconds:
            return best


def filled(elements, x):
    return x + torch.arange(elements, dtype=torch.float32).remainder(97) / 1000


for line in sys.stdin:
    asked = json.loads(line)
    params = [torch.nn.Parameter(filled(asked["elements"], 0.5)) for _ in range(asked["tensors"])]
    for param in params:
        param.grad = filled(asked["elements"], -0.05)
    optimizer = torch.optim.RMSprop(params, foreach=mode != "single", **asked["options"])
    step = optimizer.step
    if mode == "compiled":
        torch._dynamo.reset()
        optimizer.step()  # The state is there before anything is compiled.
        step = torch.compile(optimizer.step, fullgraph=False)
        step()
    print(json.dumps({"seconds": fastest(step, asked["time"])}), flush=True)
