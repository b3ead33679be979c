"""Real PyTorch as a subject, by spec/protocol.md.

    python child.py [--device cpu|cuda] [--sqrt ieee|built-in] [--compiled]
"""

import argparse
import sys
from pathlib import Path

here = Path(__file__).resolve().parent
sys.path[:0] = [str(here.parent), str(here.parents[1] / 'scenario')]
import speak

cli = argparse.ArgumentParser()
cli.add_argument('--device', choices=['cpu', 'cuda'], default='cpu')
cli.add_argument('--sqrt', choices=['ieee', 'built-in'], default='ieee')
cli.add_argument('--compiled', action='store_true')
args = cli.parse_args()

try:
    import torch
except ImportError:
    speak.refuse('no-torch', 'this Python has no torch')
try:
    import numpy
except ImportError:
    speak.refuse('no-numpy', 'this Python has no numpy, which the IEEE square root is taken from')
if args.device == 'cuda' and not torch.cuda.is_available():
    speak.refuse('no-gpu', 'this torch sees no GPU')

import backward
import ready
import tensors

roots, compiler = ready.prepare(torch, numpy, args.device, args.sqrt, args.compiled, speak.refuse)


def hello(target):
    own = ready.identity(torch, numpy, args.device, args.sqrt, args.compiled)
    return {**own, 'claims': ['numbers', 'training', 'state_dict', 'hooks', 'dtypes', 'python', 'autograd'], 'objects': True}


def run(scenario):
    ran = {'observations': backward.run(torch, scenario, args.device, compiler)}
    if roots is not None:
        ran['tape'] = roots[:]
        roots.clear()
    return ran


speak.serve(hello, run, tensors.Refused)
