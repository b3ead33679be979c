#!/usr/bin/env bash
# torch 2.15.0, CPU, float32. A learning rate that float32 cannot hold, such as 1e39, is refused by an optimizer's step, before the
# parameter is written. Compiled, the same step goes on without a word, with an infinite rate: the parameters become infinite, or NaN
# where the gradient was 0.
#
# One would guess that a compiled step refuses what the step refuses, as it does with what is of a wrong type.
#
# Seen: RuntimeError `value cannot be converted to type float without overflow` uncompiled; [-inf, inf, nan] compiled.
set -euo pipefail
at=$(mktemp -d)
trap 'rm -rf "$at"' EXIT
python3 -m venv "$at/venv"
"$at/venv/bin/pip" install --quiet --disable-pip-version-check torch==2.15.0 numpy==2.4.6 setuptools
TORCHINDUCTOR_CACHE_DIR="$at/cache" "$at/venv/bin/python" - <<'PYTHON'
import torch

assert torch.__version__.split('+')[0] == '2.15.0'


def stepped(compiled):
    p = torch.nn.Parameter(torch.tensor([0.5, -0.25, 1.0]))
    optimizer = torch.optim.RMSprop([p], lr=1e39)
    p.grad = torch.tensor([0.1, -0.2, 0.0])
    try:
        (torch.compile(optimizer.step) if compiled else optimizer.step)()
    except RuntimeError as error:
        return str(error), p.tolist()
    return 'no error', p.tolist()


for compiled in (False, True):
    print('compiled:' if compiled else 'uncompiled:', *stepped(compiled))
error, kept = stepped(False)
assert error == 'value cannot be converted to type float without overflow' and kept == [0.5, -0.25, 1.0]
error, lost = stepped(True)
assert error == 'no error' and lost[:2] == [float('-inf'), float('inf')] and lost[2] != lost[2]
PYTHON
