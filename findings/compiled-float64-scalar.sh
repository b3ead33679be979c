#!/usr/bin/env bash
# torch 2.13.0, CPU. A function that torch.compile compiled writes in place into a float64 tensor without dimensions: what it wrote
# is lost, without a word. A float32 tensor, or one with a dimension, is written. So a compiled optimizer step leaves the buffers of
# a float64 scalar as they were: RMSprop's square_avg stays 0, and the parameter goes by lr * g / eps.
#
# One would guess that a compiled function does what the function does. 2.14.1 and 2.15.0 do.
#
# Seen: mul_ leaves 3.0 at 3.0 in float64, and makes 6.0 of it in float32; the step makes -299999.5 of 0.5.
set -euo pipefail
at=$(mktemp -d)
trap 'rm -rf "$at"' EXIT
python3 -m venv "$at/venv"
"$at/venv/bin/pip" install --quiet --disable-pip-version-check torch==2.13.0 numpy==2.4.6 setuptools
TORCHINDUCTOR_CACHE_DIR="$at/cache" "$at/venv/bin/python" - <<'PYTHON'
import torch

assert torch.__version__.split('+')[0] == '2.13.0'


def double(x):
    x.mul_(2)


def after(shape, dtype):
    torch.compiler.reset()
    x = torch.full(shape, 3.0, dtype=dtype)
    torch.compile(double)(x)
    return x.reshape(-1)[0].item()


for shape, dtype, expected in [([], torch.float64, 3.0), ([], torch.float32, 6.0), ([1], torch.float64, 6.0)]:
    got = after(shape, dtype)
    print(f'{dtype} of shape {shape}: 3.0 doubled in place is {got}')
    assert got == expected, f'expected {expected}'

torch.compiler.reset()
p = torch.nn.Parameter(torch.tensor(0.5, dtype=torch.float64))
optimizer = torch.optim.RMSprop([p], foreach=False)
p.grad = torch.tensor(0.3, dtype=torch.float64)
torch.compile(optimizer.step)()
square_avg = optimizer.state[p]['square_avg'].item()
print(f'after one compiled step square_avg is {square_avg}, the parameter {p.item()}')
assert square_avg == 0.0 and p.item() < -200000
PYTHON
