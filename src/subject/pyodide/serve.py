"""Answers inside Pyodide, or in any Python: spec/protocol.md over the torch that is there."""

import json

import speak
from older_python import reworded

PROFILES = ['numbers', 'training', 'state_dict', 'hooks', 'dtypes', 'python', 'autograd']

# What the target of the last hello computes like.
arithmetic = None


def begin():
    """Imports the torch that is there, and the interpreter. Says its version, or why that failed."""
    global torch, backward
    try:
        import backward
        import torch
    except BaseException as error:
        return json.dumps({'failure': speak.reason(error)})
    return json.dumps({'version': getattr(torch, '__version__', None)})


def hello(target):
    """A torch that is a shim computes like its target; a torch that was built computes as it does."""
    global arithmetic
    shim = hasattr(torch, '_shim')
    if shim and target is not None:
        arithmetic = target['arithmetic']
        torch._shim.become(target['version'], arithmetic)
    said = {'name': 'torch', 'claims': getattr(torch.optim, 'CLAIMS', PROFILES), 'objects': True, 'follows': shim}
    version = getattr(torch, '__version__', None)
    return said if version is None else {**said, 'version': version.split('+')[0]}


def run(scenario):
    device = 'cuda' if arithmetic == 'cuda' else 'cpu'
    compiler = torch._shim.compiler() if hasattr(torch, '_shim') else None
    return {'observations': reworded(backward.run(torch, scenario, device, compiler))}


def answer(text):
    """The answer to a request, both as JSON."""
    return speak.text_of(speak.answer(json.loads(text), hello, run, BaseException))


if __name__ == '__main__':
    failure = json.loads(begin()).get('failure')
    if failure is not None:
        speak.refuse('no-torch', failure)
    speak.serve(hello, run, Exception)
