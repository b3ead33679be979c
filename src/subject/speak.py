"""Speaks spec/protocol.md for a program that runs scenarios: a request in, its answer out."""

import json
import sys


def answer(request, hello, run, refusals):
    """The answer to a request. `hello` takes a target or None, `run` a scenario; what `run` raises of `refusals` is a failure."""
    if 'hello' in request:
        return {'hello': hello(request['hello'].get('target'))}
    scenario = request['run']
    try:
        return {'id': scenario['id'], **run(scenario)}
    except refusals as error:
        return {'id': scenario['id'], 'failure': reason(error)}


def text_of(message):
    return json.dumps(message, ensure_ascii=False, separators=(',', ':'))


def reason(error):
    """The text of an error, with its type unless that is one whose texts stand alone."""
    name = type(error).__name__
    return str(error) if name in ('ShimError', 'Refused') else f'{name}: {error}'


def serve(hello, run, refusals):
    """Answers lines of standard input until a bye, or its end."""
    for line in sys.stdin:
        request = json.loads(line)
        if 'bye' in request:
            return
        print(text_of(answer(request, hello, run, refusals)), flush=True)


def refuse(reason, message):
    """Says why it cannot begin, and ends."""
    print(text_of({'refusal': {'reason': reason, 'message': message}}), flush=True)
    sys.exit(3)
