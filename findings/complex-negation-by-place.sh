#!/usr/bin/env bash
# torch 2.15.0, a CPU with AVX2 or AVX-512. The sign of a negated complex zero depends on where in the tensor it stands: in full blocks of
# 64 bytes, 8 elements of complex64, -z of 0+0i is 0+0i, in the rest, and without AVX, it is -0-0i. Real tensors have no such blocks.
#
# One would guess -0-0i everywhere, as NumPy and Python give. A sum, a root or a quotient of what was negated may then take the other side of
# a cut; a test that compares a long tensor with a short one finds other bits.
#
# Seen: of nine zeros the first eight stay 0, the ninth becomes -0; with ATEN_CPU_CAPABILITY=default all nine become -0.
set -euo pipefail
at=$(mktemp -d)
trap 'rm -rf "$at"' EXIT
python3 -m venv "$at/venv"
"$at/venv/bin/pip" install --quiet --disable-pip-version-check torch==2.15.0 numpy==2.4.6
cat >"$at/signs.py" <<'PYTHON'
import sys

import torch

assert torch.__version__.split('+')[0] == '2.15.0'

capability, wanted = sys.argv[1:]
negated = -torch.zeros(9, dtype=torch.complex64)
signs = ''.join('-' if negative else '+' for negative in torch.signbit(negated.real).tolist())
print(f'{capability}: -z of nine zeros has the signs {signs}')
assert torch.equal(torch.signbit(negated.real), torch.signbit(negated.imag))
assert torch.signbit(-torch.zeros(16)).all()
assert signs == wanted
PYTHON
ATEN_CPU_CAPABILITY=avx2 "$at/venv/bin/python" "$at/signs.py" avx2 '++++++++-'
ATEN_CPU_CAPABILITY=default "$at/venv/bin/python" "$at/signs.py" default '---------'
