"""Runs a scenario over a torch-shaped module and returns its observations.

The Python twin of interpreter.ts. It needs the standard library and the module it is given, nothing else: real torch, or
anything with the same names. What an operation is and what it observes: spec/scenario.md.
"""

import json
import re
import warnings

from bookkeeping import Bookkeeping
from tensors import Refused, bits_of, dtype_name, filled, from_bits, lay_out

NORMALISATIONS = (
    (re.compile(r' \(Triggered internally at [^)]*\)$'), ''),
    (re.compile(r'\b0x[0-9a-f]+\b'), '0x…'),
    (re.compile(r'^\d{6,}$'), 'id…'),
)


def run(torch, scenario, device='cpu', compiler=None):
    """The observations of a scenario, one an operation, as JSON values; of a compiler, with every optimizer's step compiled."""
    return Interpreter(torch, scenario, device, compiler).run()


class Interpreter(Bookkeeping):
    def __init__(self, torch, scenario, device, compiler=None):
        self.torch = torch
        self.compiler = compiler
        self.scenario = scenario
        self.device = device
        self.tensors = {name: self.make(spec) for name, spec in scenario['tensors'].items()}
        # Optimizers, state dicts, copies and handles of hooks, by the names that the program gives them.
        self.objects = {}
        # The compiled steps, by the optimizers that they are of.
        self.steps = {}
        # The functions that were registered as hooks, by the names of their handles.
        self.hooks = {}
        self.classes = {}
        self.log = []

    def run(self):
        self.begin_anew()
        try:
            return [self.observe(op) for op in self.scenario['program']]
        finally:
            self.begin_anew()

    def observe(self, op):
        method = self.method(op)
        if self.lacks_objects(op):
            return {'skipped': True}
        observation = {}
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter('always')
            try:
                method(observation, **{key: value for key, value in op.items() if key != 'op'})
            except Refused:
                raise
            except Exception as error:
                own = self.compiler.raised(error) if self.compiler else error
                observation['error'] = thrown(type(own), own)
        if self.log:
            observation['log'] = self.log
            self.log = []
        if caught:
            observation['warnings'] = [thrown(w.category, w.message) for w in caught]
        return observation

    def lacks_objects(self, op):
        return any(name not in self.objects for name in objects_of(op))

    def method(self, op):
        method = getattr(self, 'op_' + op['op'], None)
        if method is None:
            raise Refused(f'unknown operation {op["op"]!r}')
        return method

    # Operations

    def op_optimizer(self, observation, options, required=(), **op):
        args = [self.decode(op['params'])] if 'params' in op else []
        kwargs = {name: self.decode(value) for name, value in options.items()}
        of = op.get('class')
        if of == 'Optimizer':
            sentinel = self.optimizer_module().required
            opt = self.torch.optim.Optimizer(*args, {**kwargs, **{name: sentinel for name in required}})
        else:
            cls = self.torch.optim.RMSprop if of is None else self.subclass(**of)
            opt = cls(*args, **kwargs)
        self.objects[op.get('as', 'opt')] = opt

    def subclass(self, name, logs=None):
        if name not in self.classes:
            parent = self.torch.optim.RMSprop

            interpreter = self

            def step(self, *args, **kwargs):
                interpreter.note(logs, interpreter.torch.is_grad_enabled())
                return parent.step(self, *args, **kwargs)

            # As if a script had written it: messages name the function by both.
            step.__module__, step.__qualname__ = '__main__', f'{name}.step'
            self.classes[name] = type(name, (parent,), {} if logs is None else {'step': step})
        return self.classes[name]

    def op_train(self, observation, gradients, steps, optimizer='opt', after=0, params_at=None):
        step = self.step_of(self.objects[optimizer])
        sequence = self.scenario['gradients'][gradients]
        observation['steps'] = []
        given, changed = {}, []
        for number in range(after + 1, after + steps + 1):
            gradient = sequence[number - 1]
            for name, bits in gradient.items():
                self.tensors[name].grad = None if bits is None else self.gradient(self.tensors[name], bits)
                given[name] = bits
            step()
            changed += [name for name, bits in given.items() if name not in changed and self.gradient_bits(name) != bits]
            if changed:
                observation['gradients_changed'] = changed
            if params_at is None or number in params_at:
                observation['steps'].append({name: bits_of(self.tensors[name]) for name in gradient})

    def step_of(self, opt):
        """What a program calls to make a step: as a script does that compiles it once."""
        if not self.compiler:
            return opt.step
        if opt not in self.steps:
            self.steps[opt] = self.compiler.compile(opt.step)
        return self.steps[opt]

    def gradient_bits(self, name):
        with warnings.catch_warnings():
            # Looking at an absent gradient of a tensor that is no leaf warns.
            warnings.simplefilter('ignore')
            gradient = self.tensors[name].grad
        return None if gradient is None else 'sparse' if gradient.is_sparse else bits_of(gradient)

    def op_set(self, observation, group, option, value, optimizer='opt'):
        self.objects[optimizer].param_groups[group][option] = self.decode(value)

    def op_set_state(self, observation, tensor, key, value, optimizer='opt'):
        state = self.objects[optimizer].state[self.tensors[tensor]]
        if isinstance(state.get(key), self.torch.Tensor):
            state[key].fill_(value)
        else:
            state[key] = value

    def op_fill(self, observation, tensor, value):
        self.tensors[tensor].fill_(self.decode(value))

    def op_read(self, observation, tensors):
        observation['value'] = {'$dict': [[name, {'$tensor': self.describe(self.tensors[name])}] for name in tensors]}

    def op_state(self, observation, optimizer='opt'):
        observation['value'] = self.state(self.objects[optimizer])

    # Values

    def state(self, opt):
        named = [(self.name_of(key), key, entry) for key, entry in opt.state.items()]
        return {'$dict': [[name[1:] if name else self.encode(key), self.encode(entry)] for name, key, entry in named]}

    def name_of(self, tensor):
        return next((f'${name}' for name, own in self.tensors.items() if own is tensor), None)

    def decode(self, value):
        if isinstance(value, str) and value.startswith('$'):
            return self.tensors[value[1:]]
        if isinstance(value, list):
            return [self.decode(item) for item in value]
        if isinstance(value, float):
            # JSON does not tell 1 from 1.0: an integral number is an int, as far as JavaScript writes it with digits alone.
            return int(value) if value.is_integer() and abs(value) < 1e21 and str(value) != '-0.0' else value
        if not isinstance(value, dict):
            return value
        ((tag, content),) = value.items()
        if tag == '$float':
            return float(content)
        if tag == '$tuple':
            return tuple(self.decode(item) for item in content)
        if tag == '$set':
            return {self.decode(item) for item in content}
        if tag == '$generator':
            return self.generator(content)
        if tag == '$iterable':
            return Iterable(self.decode(content))
        if tag == '$hook':
            return self.hooks[content]
        if tag == '$dict':
            return {self.decode(key): self.decode(item) for key, item in content}
        raise Refused(f'unknown value {tag}')

    def generator(self, items):
        def generator():
            for item in items:
                if isinstance(item, dict) and '$raise' in item:
                    raise RuntimeError(item['$raise'])
                yield self.decode(item)

        # Messages name a generator by the function that it is of.
        generator.__qualname__ = 'generator'
        return generator()

    def encode(self, value):
        if value is None or isinstance(value, bool):
            return value
        if isinstance(value, str):
            return normalised(value)
        if isinstance(value, (int, float)):
            return number(value)
        if isinstance(value, self.torch.Tensor):
            # A tensor of the scenario is told from its copies by its name.
            return self.name_of(value) or {'$tensor': self.describe(value)}
        if isinstance(value, tuple):
            return {'$tuple': [self.encode(item) for item in value]}
        if isinstance(value, list):
            return [self.encode(item) for item in value]
        if isinstance(value, set):
            # The order of a set is not the same in every process.
            return {'$set': sorted(map(self.encode, value), key=lambda item: json.dumps(item, separators=(',', ':')))}
        if isinstance(value, dict):
            return {'$dict': [[self.encode(key), self.encode(item)] for key, item in value.items()]}
        raise Refused(f'cannot observe a {type(value).__name__}')

    def describe(self, tensor):
        description = {'dtype': dtype_name(tensor), 'shape': list(tensor.shape), 'bits': bits_of(tensor)}
        if not tensor.is_contiguous():
            description['strides'] = list(tensor.stride())
        if tensor.device.type != 'cpu':
            description['device'] = str(tensor.device)
        return description

    # Tensors

    def gradient(self, tensor, bits):
        elements = from_bits(self.torch, dtype_name(tensor), list(tensor.shape), bits, self.device)
        # As autograd lays out gradients: like the tensor, without gaps.
        return elements if tensor.is_contiguous() else filled(self.torch.zeros_like(tensor), elements)

    def make(self, spec):
        elements = from_bits(self.torch, spec['dtype'], spec['shape'], spec['bits'], self.device)
        tensor = lay_out(self.torch, elements, spec.get('layout'))
        if spec.get('parameter'):
            tensor = self.torch.nn.Parameter(tensor)
        if not spec.get('leaf', True):
            tensor = tensor.requires_grad_(True).clone()
        if spec.get('retains_grad'):
            tensor.retain_grad()
        return tensor


class Iterable:
    """Can be gone through, and nothing else."""

    # Messages name it as a class of no module.
    __module__ = 'builtins'

    def __init__(self, items):
        self._items = items

    def __iter__(self):
        return iter(self._items)


def objects_of(op):
    """The names of the objects that an operation needs to be there."""
    kind = op['op']
    if kind in ('optimizer', 'fill', 'read', 'grad', 'default_dtype') or op.get('on', '').startswith('global'):
        return []
    if kind == 'copy':
        return [op['of']]
    if kind == 'remove_hook':
        return [op['hook']]
    if kind in ('look', 'edit', 'identity'):
        return [place[0] for place in (op.get('at'), op.get('a'), op.get('b')) if place and not place[0].startswith('$')]
    names = [op.get('optimizer', 'opt')]
    kept = {'load_state_dict': 'saved', 'setstate': 'pickled'}.get(kind)
    return [*names, op.get('from', kept)] if kept and 'value' not in op else names


def thrown(kind, error):
    return {'type': kind.__name__, 'message': normalised(str(error))}


def normalised(text):
    for pattern, replacement in NORMALISATIONS:
        text = pattern.sub(replacement, text)
    return text


def number(x):
    if x != x:
        return {'$float': 'nan'}
    if x in (float('inf'), float('-inf')):
        return {'$float': 'inf' if x > 0 else '-inf'}
    if isinstance(x, float) and x == 0 and str(x) == '-0.0':
        return {'$float': '-0.0'}
    return int(x) if x == int(x) else x
