"""Runs a scenario over a torch-shaped module and returns its observations.

The Python twin of interpreter.ts. It needs the standard library and the module it is given, nothing else: real torch, or
anything with the same names. What an operation is and what it observes: spec/scenario.md.
"""

import re
import struct
import warnings

FORMATS = {'float32': ('f', 8), 'float64': ('d', 16)}
NAN = {'float32': '7fc00000', 'float64': '7ff8000000000000'}
NORMALISATIONS = (
    (re.compile(r' \(Triggered internally at [^)]*\)$'), ''),
    (re.compile(r'\b0x[0-9a-f]+\b'), '0x…'),
)


class Refused(Exception):
    """The interpreter does not know an operation, a value or a layout of the scenario."""


def run(torch, scenario, device='cpu'):
    """The observations of a scenario, one an operation, as JSON values."""
    return Interpreter(torch, scenario, device).run()


class Interpreter:
    def __init__(self, torch, scenario, device):
        self.torch = torch
        self.scenario = scenario
        self.device = device
        self.tensors = {name: self.make(spec) for name, spec in scenario['tensors'].items()}
        self.optimizers = {}

    def run(self):
        return [self.observe(op) for op in self.scenario['program']]

    def observe(self, op):
        method = getattr(self, 'op_' + op['op'], None)
        if method is None:
            raise Refused(f'unknown operation {op["op"]!r}')
        if op['op'] != 'optimizer' and 'tensors' not in op and op.get('optimizer', 'opt') not in self.optimizers:
            return {'skipped': True}
        observation = {}
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter('always')
            try:
                method(observation, **{key: value for key, value in op.items() if key != 'op'})
            except Refused:
                raise
            except Exception as error:
                observation['error'] = thrown(type(error), error)
        if caught:
            observation['warnings'] = [thrown(w.category, w.message) for w in caught]
        return observation

    # Operations

    def op_optimizer(self, observation, params, options, **op):
        kwargs = {name: self.decode(value) for name, value in options.items()}
        self.optimizers[op.get('as', 'opt')] = self.torch.optim.RMSprop(self.decode(params), **kwargs)

    def op_train(self, observation, gradients, steps, optimizer='opt', after=0, params_at=None):
        opt = self.optimizers[optimizer]
        sequence = self.scenario['gradients'][gradients]
        observation['steps'] = []
        for number in range(after + 1, after + steps + 1):
            gradient = sequence[number - 1]
            for name, bits in gradient.items():
                self.tensors[name].grad = None if bits is None else self.like(self.tensors[name], bits)
            opt.step()
            if params_at is None or number in params_at:
                observation['steps'].append({name: bits_of(self.tensors[name]) for name in gradient})

    def op_set(self, observation, group, option, value, optimizer='opt'):
        self.optimizers[optimizer].param_groups[group][option] = self.decode(value)

    def op_read(self, observation, tensors):
        observation['value'] = {'$dict': [[name, self.encode(self.tensors[name])] for name in tensors]}

    def op_state(self, observation, optimizer='opt'):
        observation['value'] = self.state(self.optimizers[optimizer])

    # Values

    def state(self, opt):
        names = {id(tensor): name for name, tensor in self.tensors.items()}
        return {'$dict': [[names[id(p)], self.encode(entry)] for p, entry in opt.state.items()]}

    def decode(self, value):
        if isinstance(value, str) and value.startswith('$'):
            return self.tensors[value[1:]]
        if isinstance(value, list):
            return [self.decode(item) for item in value]
        if not isinstance(value, dict):
            return value
        ((tag, content),) = value.items()
        if tag == '$float':
            return float(content)
        if tag == '$tuple':
            return tuple(self.decode(item) for item in content)
        if tag == '$dict':
            return {self.decode(key): self.decode(item) for key, item in content}
        raise Refused(f'unknown value {tag}')

    def encode(self, value):
        if value is None or isinstance(value, (bool, str)):
            return value
        if isinstance(value, (int, float)):
            return number(value)
        if isinstance(value, self.torch.Tensor):
            return {'$tensor': self.describe(value)}
        if isinstance(value, tuple):
            return {'$tuple': [self.encode(item) for item in value]}
        if isinstance(value, list):
            return [self.encode(item) for item in value]
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

    def elements(self, dtype, shape, bits):
        code, digits = FORMATS[dtype]
        raw = bytes.fromhex(bits)
        flat = struct.unpack(f'>{len(raw) * 2 // digits}{code}', raw)
        return self.torch.tensor(flat, dtype=getattr(self.torch, dtype)).reshape(shape).to(self.device)

    def like(self, tensor, bits):
        return self.elements(dtype_name(tensor), list(tensor.shape), bits)

    def make(self, spec):
        tensor = lay_out(self.torch, self.elements(spec['dtype'], spec['shape'], spec['bits']), spec.get('layout'))
        if spec.get('parameter'):
            tensor = self.torch.nn.Parameter(tensor)
        if not spec.get('leaf', True):
            tensor = tensor.requires_grad_(True).clone()
        return tensor


def lay_out(torch, tensor, layout):
    if layout is None:
        return tensor
    shape = list(tensor.shape)
    if layout == 'transposed':
        dims = list(reversed(range(len(shape))))
        view = torch.zeros([shape[d] for d in dims], dtype=tensor.dtype, device=tensor.device).permute(dims)
    elif layout == 'channels_last':
        n, c, h, w = shape
        view = torch.zeros([n, h, w, c], dtype=tensor.dtype, device=tensor.device).permute([0, 3, 1, 2])
    elif layout == 'gapped':
        view = torch.zeros([*shape[:-1], 2 * shape[-1]], dtype=tensor.dtype, device=tensor.device)[..., ::2]
    else:
        raise Refused(f'unknown layout {layout!r}')
    return view.copy_(tensor)


def bits_of(tensor):
    """The bit patterns of a tensor's elements, in C order."""
    code, digits = FORMATS[dtype_name(tensor)]
    flat = tensor.detach().cpu().reshape(-1).tolist()
    text = struct.pack(f'>{len(flat)}{code}', *flat).hex()
    patterns = [text[i : i + digits] for i in range(0, len(text), digits)]
    # A NaN's sign and payload depend on the processor.
    return ' '.join(NAN[dtype_name(tensor)] if x != x else pattern for x, pattern in zip(flat, patterns))


def dtype_name(tensor):
    return str(tensor.dtype).removeprefix('torch.')


def thrown(kind, error):
    message = str(error)
    for pattern, replacement in NORMALISATIONS:
        message = pattern.sub(replacement, message)
    return {'type': kind.__name__, 'message': message}


def number(x):
    if x != x:
        return {'$float': 'nan'}
    if x in (float('inf'), float('-inf')):
        return {'$float': 'inf' if x > 0 else '-inf'}
    if isinstance(x, float) and x == 0 and str(x) == '-0.0':
        return {'$float': '-0.0'}
    return int(x) if x == int(x) else x
