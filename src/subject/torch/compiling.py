"""Steps that torch.compile compiles."""

import importlib.util
import logging
import shutil

from tensors import Refused


class Compiler:
    def __init__(self, torch, device, refuse):
        """Compiles a little function, as what a program compiles later; `refuse` is told where that fails."""
        if not hasattr(torch, 'compile') or importlib.util.find_spec('torch._inductor') is None:
            refuse('no-inductor', f'torch {torch.__version__} has no Inductor, which compiles')
        # Dynamo and Inductor say in logs what they pass over; errors are raised.
        logging.getLogger('torch').setLevel(logging.ERROR)
        import torch._dynamo
        import torch._inductor.config

        compilers = [name for name in flat(torch._inductor.config.cpp.cxx) if name]
        if device == 'cpu' and not any(map(shutil.which, compilers)):
            refuse('no-compiler', f'compiling a step needs a C++ compiler, and there is none called {" or ".join(compilers)}')
        # Past its limit of compilations a function would go on uncompiled, in another arithmetic.
        if hasattr(torch._dynamo.config, 'fail_on_recompile_limit_hit'):
            torch._dynamo.config.fail_on_recompile_limit_hit = True
        try:
            torch.compile(lambda x: x + 1)(torch.zeros(2, device=device))
        except Exception as error:
            lines = [line for line in str(error).splitlines() if line.strip()]
            refuse('no-compiling', f'torch.compile does not work here: {type(error).__name__}: {lines[0] if lines else ""}')
        self.torch = torch

    def compile(self, step):
        return self.torch.compile(step)

    def reset(self):
        """As in a fresh process: nothing is compiled."""
        self.torch.compiler.reset()

    def raised(self, error):
        """The error of the program: what the compiler raises around it, with its own words, is no observation."""
        dynamo = self.torch._dynamo.exc.TorchDynamoException
        if not isinstance(error, dynamo):
            return error
        own = error
        while own.__cause__ or own.__context__:
            own = own.__cause__ or own.__context__
        if isinstance(own, dynamo):
            raise Refused(f'torch.compile fails by itself: {type(own).__name__}: {own}') from error
        return own


def flat(names):
    return [names] if isinstance(names, str) else list(names)
