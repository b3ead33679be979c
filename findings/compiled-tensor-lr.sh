#!/usr/bin/env bash
# torch 2.15.0, CPU, float32. A learning rate that is a tensor of the same number as a float gives the same parameters uncompiled, and
# others in the last bit where the step is compiled: in the foreach path without momentum it divides the denominator by the rate, as
# with capturable=True, which nobody asked for; in the for-loop path with momentum it multiplies and adds in one rounding.
#
# One would guess that it saves compiling anew for another rate, which it is recommended for, and changes nothing else.
#
# Seen (x86-64 with AVX-512): of 1,000 parameters after four steps uncompiled 0 differ in all four rows; compiled 197 with foreach, 0
# with foreach and momentum, 0 in the for-loop, 233 in it with momentum.
set -euo pipefail
at=$(mktemp -d)
trap 'rm -rf "$at"' EXIT
python3 -m venv "$at/venv"
"$at/venv/bin/pip" install --quiet --disable-pip-version-check torch==2.15.0 numpy==2.4.6 setuptools
TORCHINDUCTOR_CACHE_DIR="$at/cache" "$at/venv/bin/python" - <<'PYTHON'
import torch

assert torch.__version__.split('+')[0] == '2.15.0'
torch.manual_seed(1)
start, gradients = torch.randn(1000), [torch.randn(1000) for _ in range(4)]


def trained(lr, compiled, **options):
    torch.compiler.reset()
    p = torch.nn.Parameter(start.clone())
    optimizer = torch.optim.RMSprop([p], lr=lr, **options)
    step = torch.compile(optimizer.step) if compiled else optimizer.step
    for gradient in gradients:
        p.grad = gradient.clone()
        step()
    return p.detach()


for options in [{'foreach': foreach, 'momentum': momentum} for foreach in (True, False) for momentum in (0, 0.9)]:
    float_rate, tensor_rate = 0.01, torch.tensor(0.01, dtype=torch.float64)
    uncompiled, compiled = [
        int((trained(float_rate, how, **options) != trained(tensor_rate, how, **options)).sum()) for how in (False, True)
    ]
    print(f'{options}: of 1000 parameters {uncompiled} differ uncompiled, {compiled} compiled')
    otherwise = options['foreach'] == (options['momentum'] == 0)
    assert uncompiled == 0 and (compiled > 50 if otherwise else compiled == 0)
PYTHON
