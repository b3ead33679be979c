#!/usr/bin/env bash
# torch 2.15.0, CPU. A learning rate that is a float and changes between compiled steps is compiled for twice, not once a change:
# with the second value Dynamo makes it a variable. A tensor that is filled is compiled for once.
#
# One would guess, from what is said about learning rates and torch.compile, that each new value compiles anew, until the limit of
# recompilations is hit and the step runs uncompiled.
#
# Seen: compilations after each of twelve steps, each with another lr: 1 2 2 2 2 2 2 2 2 2 2 2; with a tensor 1 throughout.
set -euo pipefail
at=$(mktemp -d)
trap 'rm -rf "$at"' EXIT
python3 -m venv "$at/venv"
"$at/venv/bin/pip" install --quiet --disable-pip-version-check torch==2.15.0 numpy==2.4.6 setuptools
"$at/venv/bin/python" - <<'PYTHON'
import torch

assert torch.__version__.split('+')[0] == '2.15.0'


def compilations(lr):
    torch.compiler.reset()
    compiled = []

    def backend(graph, inputs):
        compiled.append(graph)
        return graph.forward

    p = torch.nn.Parameter(torch.ones(3))
    optimizer = torch.optim.RMSprop([p], lr=lr)
    step = torch.compile(optimizer.step, backend=backend)
    counts = []
    for i in range(12):
        value = 0.01 + 0.001 * i
        if isinstance(lr, torch.Tensor):
            lr.fill_(value)
        else:
            optimizer.param_groups[0]['lr'] = value
        p.grad = torch.ones(3)
        step()
        counts.append(len(compiled))
    return counts


of_float, of_tensor = compilations(0.01), compilations(torch.tensor(0.01))
print('float ', *of_float)
print('tensor', *of_tensor)
assert of_float == [1] + [2] * 11 and of_tensor == [1] * 12
PYTHON
