"""Modules of torch of which an optimizer asks whether something special is going on; here it never is."""

import contextlib
import sys
from types import ModuleType, SimpleNamespace

from . import arithmetics, compiling, grad_mode, graph
from .lack import attribute_of
from .types import device


def part(name, **names):
    """Makes a module of torch."""
    module = ModuleType(f'torch.{name}')
    module.__dict__.update(names, __path__=[], __getattr__=attribute_of(module.__name__))
    sys.modules[module.__name__] = module
    return module


def no(*args, **kwargs):
    return False


def itself(function, *args, **kwargs):
    return function


def on_gpu():
    return arithmetics.current == 'cuda'


def current_accelerator(check_available=False):
    return device('cuda') if on_gpu() else None


jit = part('jit', is_scripting=no)
compiler = part('compiler', is_compiling=compiling.is_compiling)
_utils = part('_utils', is_compiling=compiling.is_compiling)
_dynamo = part('_dynamo', graph_break=no)
cuda = part('cuda', is_available=on_gpu, is_current_stream_capturing=no)
backends = part('backends', cuda=part('backends.cuda', is_built=on_gpu))
stream = SimpleNamespace(is_capturing=no)
accelerator = part('accelerator', current_accelerator=current_accelerator, current_stream=lambda: stream)
_C = part('_C', _log_api_usage_once=no, _get_privateuse1_backend_name=lambda: 'privateuseone')
modes = {name: getattr(grad_mode, name) for name in ('no_grad', 'enable_grad', 'set_grad_enabled', 'is_grad_enabled')}
autograd = part(
    'autograd',
    backward=graph.backward,
    grad_mode=part('autograd.grad_mode', **modes),
    profiler=part('autograd.profiler', record_function=contextlib.nullcontext),
)
