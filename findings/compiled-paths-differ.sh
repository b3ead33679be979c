#!/usr/bin/env bash
# torch 2.15.0, CPU, float32. The same RMSprop step gives three answers in the last bit: run as it is, compiled with foreach=False,
# compiled with foreach=True. Uncompiled, the two paths agree in every bit. Compiled, the for-loop path has fused multiply-adds
# that the foreach path has not.
#
# One would guess that foreach is an implementation detail, as it is uncompiled, and that compiling keeps the bits.
#
# Seen (x86-64 with AVX-512): of 1,000 elements of square_avg after two steps, uncompiled 0 differ between the paths, compiled
# 153.
set -euo pipefail
at=$(mktemp -d)
trap 'rm -rf "$at"' EXIT
python3 -m venv "$at/venv"
"$at/venv/bin/pip" install --quiet --disable-pip-version-check torch==2.15.0 numpy==2.4.6 setuptools
TORCHINDUCTOR_CACHE_DIR="$at/cache" "$at/venv/bin/python" - <<'PYTHON'
import torch

assert torch.__version__.split('+')[0] == '2.15.0'
torch.manual_seed(1)
start, gradients = torch.randn(1000), [torch.randn(1000) for _ in range(2)]


def square_avg(foreach, compiled):
    torch.compiler.reset()
    p = torch.nn.Parameter(start.clone())
    optimizer = torch.optim.RMSprop([p], foreach=foreach)
    step = torch.compile(optimizer.step) if compiled else optimizer.step
    for gradient in gradients:
        p.grad = gradient.clone()
        step()
    return optimizer.state[p]['square_avg']


def differing(a, b):
    return int((a != b).sum())


uncompiled = differing(square_avg(False, False), square_avg(True, False))
compiled = differing(square_avg(False, True), square_avg(True, True))
print(f'between the for-loop and the foreach path {uncompiled} of 1000 differ uncompiled, {compiled} compiled')
assert uncompiled == 0 and compiled > 100
PYTHON
