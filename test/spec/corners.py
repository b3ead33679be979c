"""Runs the examples of spec/corners.md: prints one line for each that does not do what its comment says, and how many lines said something."""

import ast
import io
import re
import sys
import tokenize
import warnings

page = open(sys.argv[1], encoding='utf-8').read()
setting, *examples = re.findall(r'^```python\n(.*?)^```$', page, re.M | re.S)


def comments(code):
    """What stands behind # in each line."""
    tokens = tokenize.generate_tokens(io.StringIO(code).readline)
    return {token.start[0]: token.string[2:] for token in tokens if token.type == tokenize.COMMENT}


def outcome(node, names):
    """What a statement gives, warns or raises; None if nothing."""
    with warnings.catch_warnings(record=True) as warned:
        warnings.simplefilter('always')
        try:
            if isinstance(node, ast.Expr):
                value = eval(compile(ast.Expression(node.value), '', 'eval'), names)
            else:
                value = exec(compile(ast.Module([node], []), '', 'exec'), names)
        except Exception as error:
            text = str(error).split('\n')[0]
            return f'{type(error).__name__}: {text}' if text else type(error).__name__
    if warned:
        return f'{warned[0].category.__name__}: {warned[0].message}'.split('\n')[0]
    return None if value is None else repr(value)


said = 0
for code in examples:
    names = {}
    exec(setting, names)
    expected = comments(code)
    for node in ast.parse(code).body:
        text, got = expected.get(node.end_lineno), outcome(node, names)
        said += text is not None
        # What a line gives and the page does not say is the page's to leave out; what it raises is not.
        if text is None and (got is None or not re.match(r'\w+(Error|Warning)\b', got)):
            continue
        pattern = re.escape(text or '').replace('…', '.*')
        if got is None or text is None or not re.fullmatch(pattern, got):
            print(f'{ast.unparse(node)}\n  the page says {text}\n  PyTorch says  {got}')
print(f'{said} lines')
