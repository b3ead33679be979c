#!/usr/bin/env bash
# torch 2.15.0, CPU. A checkpoint is a zip archive, which has a CRC of every entry; torch.load checks none of a tensor's. Where a byte
# of a tensor is damaged, on a disk or on the way, it gives another number, without a word.
#
# One would guess that it raises, as Python's zipfile names the bad entry of the same file. 2.1.2 does not raise either.
#
# Seen: tensor([6.0000, 1.5000]) of what was saved as 1.5 and 1.5; zipfile names the bad entry, archive/data/0.
set -euo pipefail
at=$(mktemp -d)
trap 'rm -rf "$at"' EXIT
python3 -m venv "$at/venv"
"$at/venv/bin/pip" install --quiet --disable-pip-version-check torch==2.15.0 numpy==2.4.6
"$at/venv/bin/python" - <<'PYTHON'
import io
import zipfile

import torch

assert torch.__version__.split('+')[0] == '2.15.0'

saved = io.BytesIO()
torch.save({'w': torch.full((1000,), 1.5)}, saved)
damaged = bytearray(saved.getvalue())
damaged[damaged.find(bytes.fromhex('0000c03f') * 10) + 3] = 0x40

loaded = torch.load(io.BytesIO(bytes(damaged)), weights_only=True)['w']
print('torch.load:', loaded[:2])
assert loaded[:2].tolist() == [6.0, 1.5]

bad = zipfile.ZipFile(io.BytesIO(bytes(damaged))).testzip()
print('zipfile: the first bad entry is', bad)
assert bad is not None and bad.endswith('/data/0')
PYTHON
