"""A port in Python, its adapter and itself, in the standard library alone (spec/protocol.md).

    npx rmsproof check --command "python3 rmsprop.py"
"""

import json
import math
import struct
import sys
from array import array

HELLO = {
    'name': 'rmsprop.py',
    'version': '1.0',
    'claims': [
        *['numbers', 'state', 'float32', 'float64', 'momentum', 'centered', 'weight_decay', 'maximize'],
        *['none-gradients', 'empty-tensors', 'lr-change', 'groups', 'resume'],
    ],
}


# The port: every operation rounds to the element type, which an array of it does (spec/implement.md).

DEFAULTS = {'lr': 0.01, 'alpha': 0.99, 'eps': 1e-8, 'weight_decay': 0, 'momentum': 0, 'centered': False, 'maximize': False}


class Tensor:
    def __init__(self, dtype, shape, data):
        self.dtype, self.shape, self.data, self.grad = dtype, shape, data, None


class RMSprop:
    def __init__(self, groups):
        self.groups, self.state, self.steps = groups, {}, {}

    def step(self):
        for group in self.groups:
            for p in group['params']:
                if p.grad is not None:
                    self.update(p, group)

    def update(self, p, group):
        def rounded(numbers):
            return array(p.data.typecode, numbers)

        lr, alpha, w, eps = rounded([-group['lr'], group['alpha'], 1 - group['alpha'], group['eps']])
        decay, momentum = rounded([group['weight_decay'], group['momentum']])
        state = self.state.setdefault(p, {})
        self.steps[p] = self.steps.get(p, 0) + 1
        if not state:
            state['square_avg'] = rounded([0] * len(p.data))
            if group['momentum'] > 0:
                state['momentum_buffer'] = rounded([0] * len(p.data))
            if group['centered']:
                state['grad_avg'] = rounded([0] * len(p.data))
        g = rounded([-x for x in p.grad]) if group['maximize'] else p.grad
        if group['weight_decay'] != 0:
            g = rounded(map(add, g, rounded([decay * x for x in p.data])))
        v = rounded([x * alpha for x in state['square_avg']])
        v = rounded(map(add, v, rounded(map(multiply, rounded([w * x for x in g]), g))))
        state['square_avg'] = v
        if group['centered']:
            m = state['grad_avg']
            d = rounded(map(subtract, g, m))
            if abs(w) < 0.5:
                m = rounded(map(add, m, rounded([w * x for x in d])))
            else:
                (rest,) = rounded([1 - w])
                m = rounded(map(subtract, g, rounded([x * rest for x in d])))
            state['grad_avg'] = m
            v = rounded(map(subtract, v, rounded(map(multiply, m, m))))
        d = rounded([x + eps for x in rounded(map(root, v))])
        if group['momentum'] > 0:
            b = rounded([x * momentum for x in state['momentum_buffer']])
            b = state['momentum_buffer'] = rounded(map(add, b, rounded(map(divide, g, d))))
            update = rounded([lr * x for x in b])
        else:
            update = rounded(map(divide, rounded([lr * x for x in g]), d))
        p.data = rounded(map(add, p.data, update))


    def load(self, groups, state, steps):
        """Goes on from these options and buffers, in the element types of the parameters."""
        for own, group in zip(self.groups, groups):
            own.update(group)
        self.state = {p: {key: array(p.data.typecode, data) for key, data in own.items()} for p, own in state.items()}
        self.steps = steps


def add(x, y):
    return x + y


def subtract(x, y):
    return x - y


def multiply(x, y):
    return x * y


def divide(x, y):
    if y != 0:
        return x / y
    return math.nan if x == 0 or math.isnan(x) else math.copysign(math.inf, x) * math.copysign(1, y)


def root(x):
    return math.sqrt(x) if x >= 0 else math.nan


# The adapter: a scenario in, an observation an operation out (spec/scenario.md).

CODES = {'float32': 'f', 'float64': 'd'}


def elements_of(bits, dtype):
    data = bytes.fromhex(bits)
    return array(CODES[dtype], struct.unpack(f'>{len(data) // array(CODES[dtype]).itemsize}{CODES[dtype]}', data))


def bits_of(data):
    return struct.pack(f'>{len(data)}{data.typecode}', *data).hex(' ', data.itemsize) if data else ''


def decoded(value):
    if isinstance(value, dict) and '$float' in value:
        return float(value['$float'])
    return value if value is None or isinstance(value, (bool, str)) else float(value)


def described(tensor, data):
    return {'$tensor': {'dtype': tensor.dtype, 'shape': tensor.shape, 'bits': bits_of(data)}}


def dictionary(entries):
    return {'$dict': [[key, value] for key, value in entries.items()]}


def saved(opt, tensors):
    """What an optimizer goes on from, as plain data (spec/scenario.md, save)."""
    names = {tensor: name for name, tensor in tensors.items()}
    return {
        'groups': [
            {'params': [names[p] for p in group['params']], 'options': {name: group[name] for name in DEFAULTS}}
            for group in opt.groups
        ],
        'state': {
            name: {'step': opt.steps[p], **{key: described(p, data)['$tensor'] for key, data in opt.state[p].items()}}
            for name, p in tensors.items()
            if p in opt.state
        },
    }


def observed(checkpoint):
    groups = [dictionary({'params': group['params'], **group['options']}) for group in checkpoint['groups']]
    state = {
        name: dictionary({key: {'$tensor': entry} if key != 'step' else entry for key, entry in own.items()})
        for name, own in checkpoint['state'].items()
    }
    return dictionary({'groups': groups, 'state': dictionary(state)})


def load(opt, checkpoint, tensors):
    groups = [{name: decoded(value) for name, value in group['options'].items()} for group in checkpoint['groups']]
    state, steps = {}, {}
    for name, own in checkpoint['state'].items():
        steps[tensors[name]] = own['step']
        buffers = {key: entry for key, entry in own.items() if key != 'step'}
        state[tensors[name]] = {key: elements_of(entry['bits'], entry['dtype']) for key, entry in buffers.items()}
    opt.load(groups, state, steps)


def run(scenario):
    tensors = {
        name: Tensor(spec['dtype'], spec['shape'], elements_of(spec['bits'], spec['dtype']))
        for name, spec in scenario['tensors'].items()
    }
    # Optimizers by name, and checkpoints.
    optimizers = {}
    return [observe(op, scenario, tensors, optimizers) for op in scenario['program']]


def observe(op, scenario, tensors, optimizers):
    observation = {}
    try:
        perform(op, scenario, tensors, optimizers, observation)
    except ArithmeticError as error:
        observation['error'] = {'type': type(error).__name__, 'message': str(error)}
    return observation


def perform(op, scenario, tensors, optimizers, observation):
    kind = op['op']
    if kind == 'optimizer':
        options = {**DEFAULTS, **{name: decoded(value) for name, value in op['options'].items()}}
        groups = [dict(item['$dict']) if isinstance(item, dict) else {'params': [item]} for item in op['params']]
        if groups and not isinstance(op['params'][0], dict):
            groups = [{'params': op['params']}]
        optimizers[op.get('as', 'opt')] = RMSprop(
            [
                {
                    **options,
                    **{name: decoded(value) for name, value in group.items() if name != 'params'},
                    'params': [tensors[name[1:]] for name in group['params']],
                }
                for group in groups
            ]
        )
    elif kind == 'train':
        opt = optimizers[op.get('optimizer', 'opt')]
        first = op.get('after', 0) + 1
        observation['steps'] = []
        for number in range(first, first + op['steps']):
            gradients = scenario['gradients'][op['gradients']][number - 1]
            for name, bits in gradients.items():
                tensors[name].grad = None if bits is None else elements_of(bits, tensors[name].dtype)
            opt.step()
            if number in op.get('params_at', [number]):
                observation['steps'].append({name: bits_of(tensors[name].data) for name in gradients})
    elif kind == 'set':
        optimizers[op.get('optimizer', 'opt')].groups[op['group']][op['option']] = decoded(op['value'])
    elif kind == 'save':
        checkpoint = optimizers[op.get('as', 'checkpoint')] = saved(optimizers[op.get('optimizer', 'opt')], tensors)
        observation['value'] = observed(checkpoint)
    elif kind == 'load':
        checkpoint = op.get('value') or optimizers[op.get('from', 'checkpoint')]
        load(optimizers[op.get('optimizer', 'opt')], checkpoint, tensors)
    elif kind == 'read':
        observation['value'] = {'$dict': [[name, described(tensors[name], tensors[name].data)] for name in op['tensors']]}
    elif kind == 'state':
        names = {tensor: name for name, tensor in tensors.items()}
        observation['value'] = {
            '$dict': [
                [names[tensor], {'$dict': [[key, described(tensor, data)] for key, data in state.items()]}]
                for tensor, state in optimizers[op.get('optimizer', 'opt')].state.items()
            ]
        }
    else:
        raise NotImplementedError(f'operation {kind}')


def main():
    for line in sys.stdin:
        request = json.loads(line)
        if 'bye' in request:
            return
        if 'hello' in request:
            answer = {'hello': HELLO}
        else:
            answer = {'id': request['run']['id']}
            try:
                answer['observations'] = run(request['run'])
            except NotImplementedError as error:
                answer['failure'] = str(error)
        print(json.dumps(answer), flush=True)


main()
