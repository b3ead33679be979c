"""Answers inside Pyodide: a scenario in, its observations, or why there are none, out; both as JSON."""

import json

from older_python import reworded


def begin():
    """Imports the torch that is there, and the interpreter. Says its version, or why that failed."""
    global torch, interpreter
    try:
        import interpreter
        import torch
    except BaseException as error:
        return json.dumps({'failure': reason(error)})
    return json.dumps({'version': getattr(torch, '__version__', None)})


def answer(text):
    """Runs the scenario of a request."""
    request = json.loads(text)
    device, compiler = 'cpu', None
    try:
        if 'arithmetic' in request:
            torch._shim.become(request['version'], request['arithmetic'])
            device = 'cuda' if request['arithmetic'] == 'cuda' else 'cpu'
            compiler = torch._shim.compiler()
        observations = interpreter.run(torch, request['scenario'], device, compiler)
    except BaseException as error:
        return json.dumps({'failure': reason(error)})
    return json.dumps({'observations': reworded(observations)}, ensure_ascii=False, separators=(',', ':'))


def reason(error):
    """The text of an error, with its type unless that is one whose texts stand alone."""
    name = type(error).__name__
    return str(error) if name in ('ShimError', 'Refused') else f'{name}: {error}'
