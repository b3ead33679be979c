#!/usr/bin/env bash
# torch 2.15.0, CPU, complex64. The sum of two complex tensors depends on their order where the second has an infinite part: a + b
# multiplies b by alpha = 1+0i as complex numbers are multiplied, and infinity times 0 makes the other part NaN. b + a has no NaN.
#
# One would guess that + adds the parts, commutes, and gives what NumPy and Python give; 2.1.2 does as 2.15.0 does. So gradients of complex
# parameters lose both parts to weight decay as soon as one part of the parameter is infinite.
#
# Seen: a + b is nan+infj, b + a is 1+infj, and so are NumPy's sum of the same numbers and Python's.
set -euo pipefail
at=$(mktemp -d)
trap 'rm -rf "$at"' EXIT
python3 -m venv "$at/venv"
"$at/venv/bin/pip" install --quiet --disable-pip-version-check torch==2.15.0 numpy==2.4.6
"$at/venv/bin/python" - <<'PYTHON'
from math import inf, isnan

import torch

assert torch.__version__.split('+')[0] == '2.15.0'

a, b = torch.tensor([1 + 0j]), torch.tensor([complex(0, inf)])
there, back = (a + b).item(), (b + a).item()
print('torch: a + b =', there, ' b + a =', back)
print('NumPy: a + b =', (a.numpy() + b.numpy())[0], ' Python:', a.item() + b.item())
assert isnan(there.real) and there.imag == inf
assert back == complex(1, inf) == a.item() + b.item() == (a.numpy() + b.numpy())[0]
PYTHON
