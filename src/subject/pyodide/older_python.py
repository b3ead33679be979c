"""Messages that newer Pythons word otherwise, as Python 3.11 has them, under which references are recorded."""

import re

REWORDINGS = (
    (re.compile(r"\. Did you mean '[^']*'\?$"), ''),
    (re.compile(r"^cannot use '[^']*' as a (?:dict key|set element) \((unhashable type: '[^']*')\)$"), r'\1'),
    (re.compile(r'^(too many values to unpack \(expected \d+), got \d+\)$'), r'\1)'),
)


def reworded(observations):
    """The observations, with older messages."""
    for observation in observations:
        if 'error' in observation:
            message = observation['error']['message']
            for pattern, replacement in REWORDINGS:
                message = pattern.sub(replacement, message)
            observation['error']['message'] = message
    return observations
