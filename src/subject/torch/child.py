"""Real PyTorch as a subject: JSON Lines on standard input and output (spec/adapter.md).

    python child.py [--device cpu|cuda] [--sqrt ieee|built-in] [--compiled]

Exit status 3 with one line of JSON, {"refusal": {"reason", "message"}}, where it cannot begin.
"""

import argparse
import json
import platform
import sys
from pathlib import Path


def refuse(reason, message):
    print(json.dumps({'refusal': {'reason': reason, 'message': message}}), flush=True)
    sys.exit(3)


cli = argparse.ArgumentParser()
cli.add_argument('--device', choices=['cpu', 'cuda'], default='cpu')
cli.add_argument('--sqrt', choices=['ieee', 'built-in'], default='ieee')
cli.add_argument('--compiled', action='store_true')
args = cli.parse_args()

try:
    import torch
except ImportError:
    refuse('no-torch', 'this Python has no torch')
try:
    import numpy
except ImportError:
    refuse('no-numpy', "this Python has no numpy, which the IEEE square root is taken from")
if args.device == 'cuda' and not torch.cuda.is_available():
    refuse('no-gpu', 'this torch sees no GPU')

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / 'scenario'))
import interpreter
import ieee_sqrt
import tape
import tensors

torch.set_num_threads(1)
# The first MKL call of a process may be inaccurate (pytorch issue 188792).
for dtype in (torch.float32, torch.float64):
    torch.rand(1000, dtype=dtype).sqrt()
compiler = None
if args.compiled:
    import compiling

    compiler = compiling.Compiler(torch, args.device, refuse)
# Compiled code takes its roots from the processor.
elif args.device == 'cpu' and args.sqrt == 'ieee':
    ieee_sqrt.install(torch, numpy)
roots = tape.install(torch) if args.device == 'cpu' and args.sqrt == 'built-in' else None


# What 2.13 and 2.1 call the capability without FMA.
BASELINE = ('DEFAULT', 'NO AVX')


def arithmetic(capability):
    if args.compiled:
        return 'compiled' if args.device == 'cpu' else 'compiled-cuda'
    if args.device == 'cuda':
        return 'cuda'
    return 'separate' if capability in BASELINE else 'fused'


def hello():
    gpu = args.device == 'cuda'
    capability = torch.backends.cpu.get_cpu_capability()
    return {
        'name': 'torch',
        'version': torch.__version__.split('+')[0],
        'arithmetic': arithmetic(capability),
        'provenance': {
            'torch': torch.__version__,
            'git': torch.version.git_version,
            'build': torch.__config__.show(),
            'python': platform.python_version(),
            'numpy': numpy.__version__,
            'platform': f'{platform.system()} {platform.machine()}',
            'device': torch.cuda.get_device_name() if gpu else 'cpu',
            'capability': '.'.join(map(str, torch.cuda.get_device_capability())) if gpu else capability,
            'sqrt': 'as built' if gpu or args.compiled or args.sqrt == 'built-in' else 'numpy',
        },
    }


for line in sys.stdin:
    request = json.loads(line)
    if 'hello' in request:
        answer = {'hello': hello()}
    else:
        answer = {'id': request['id']}
        try:
            answer['observations'] = interpreter.run(torch, request['scenario'], args.device, compiler)
            if roots is not None:
                answer['tape'] = roots[:]
                roots.clear()
        except tensors.Refused as refused:
            answer['failure'] = str(refused)
    print(json.dumps(answer, ensure_ascii=False, separators=(',', ':')), flush=True)
