"""
RMSprop from the formulas of spec/rmsprop.md, over the shim's tensors: numbers and buffers, little bookkeeping, none of
PyTorch's code. It stands in the place of `torch.optim`.
"""

import torch
from torch._shim import arithmetics, version

# Every option is accepted, and none is validated.
CLAIMS = [
    *['numbers', 'state', 'float32', 'float64', 'float16', 'bfloat16', 'complex'],
    *['momentum', 'centered', 'weight_decay', 'maximize', 'foreach', 'differentiable', 'capturable'],
    *['none-gradients', 'lr-change', 'set-state', 'layouts', 'empty-tensors', 'tensor-lr', 'fill', 'groups', 'resume'],
]
DEFAULTS = {
    **{'lr': 0.01, 'momentum': 0, 'alpha': 0.99, 'eps': 1e-8, 'centered': False, 'weight_decay': 0},
    **{'capturable': False, 'foreach': None, 'maximize': False, 'differentiable': False},
}
CAPTURING = ['cuda', 'xpu', 'hpu', 'privateuseone', 'xla']


class RMSprop:
    """Accepts a list of tensors, or of groups; validates nothing but the names of the options."""

    def __init__(self, params, **options):
        for name in options:
            if name not in DEFAULTS or (name == 'capturable' and not has_capturable()):
                raise TypeError(f"RMSprop.__init__() got an unexpected keyword argument '{name}'")
        self.defaults = {**DEFAULTS, **options}
        self.state = {}
        params = list(params)
        groups = params if isinstance(params[0], dict) else [{'params': params}]
        self.param_groups = [{**self.defaults, **group, 'params': list(group['params'])} for group in groups]

    def step(self):
        """One step: every group in order, in the grad mode of the defaults (clauses RMS-16, GRD-1)."""
        with torch.set_grad_enabled(self.defaults['differentiable']):
            for group in self.param_groups:
                self.update(group)

    def state_dict(self):
        """State by numbers that count the parameters (clause SDT-1)."""
        ids = {p: i for i, p in enumerate(p for group in self.param_groups for p in group['params'])}
        groups = [{**group, 'params': [ids[p] for p in group['params']]} for group in self.param_groups]
        return {'state': {ids[p]: state for p, state in self.state.items()}, 'param_groups': groups}

    def load_state_dict(self, state_dict):
        """The file's options and state in the place of those that there are, in the parameters' element types (LSD-1, LSD-13)."""
        params = [p for group in self.param_groups for p in group['params']]
        self.param_groups = [
            {**DEFAULTS, **loaded, 'params': group['params']}
            for group, loaded in zip(self.param_groups, state_dict['param_groups'])
        ]
        self.state = {
            params[i]: {name: cast(name, value, params[i]) for name, value in state.items()}
            for i, state in state_dict['state'].items()
        }

    def update(self, group):
        """All lines of one parameter, then of the next; with foreach one line of all, then the next (clause RMS-12)."""
        params = [p for p in group['params'] if p.grad is not None]
        buffers = [self.buffers(p, group) for p in params]
        foreach, differentiable = group['foreach'], group['differentiable']
        if foreach is None:
            foreach = not differentiable and all(p.device.type == 'cuda' for p in params)
        if params and foreach and differentiable:
            raise AssertionError("_foreach ops don't support autograd")
        updates = [lines(p, own, group, foreach) for p, own in zip(params, buffers)]
        with arithmetics.lists(bool(foreach)):
            for _ in zip(*updates) if foreach else (rest for update in updates for rest in update):
                pass

    def buffers(self, p, group):
        """What the options need of a parameter's state, which is made at its first step (clauses STA-1 to STA-4)."""
        wanted = ['square_avg']
        if group['momentum'] > 0:
            wanted.append('momentum_buffer')
        if group['centered']:
            wanted.append('grad_avg')
        state = self.state.setdefault(p, {})
        if not state:
            state['step'] = torch.tensor(0.0, device=p.device if capturable(group) else 'cpu')
            state.update((name, torch.zeros_like(p)) for name in wanted)
        return {name: state[name] for name in ['step', *wanted]}


def lines(p, state, group, foreach):
    """The update of one parameter. It rests after every line."""
    captures = capturable(group) and not torch.compiler.is_compiling()
    if captures and not p.device.type == state['step'].device.type == 'cuda':
        raise AssertionError(f'If capturable=True, params and state_steps must be on supported devices: {CAPTURING}.')
    yield
    g, v, lr, alpha = p.grad, state['square_avg'], group['lr'], group['alpha']
    minus_lr = -(lr.squeeze() if torch.is_tensor(lr) and version.at_least('2.7') else lr)
    # NUM-10: what stands in lists is seen as its parts before anything else, in newer versions.
    seen = torch.view_as_real if torch.is_complex(p) else lambda tensor: tensor
    seen_first = foreach and version.at_least('2.4')
    g, decayed = (seen(g), seen(p)) if seen_first else (g, p)
    if group['maximize']:
        g = -g  # RMS-2
    yield
    state['step'] += 1  # RMS-3
    yield
    if group['weight_decay'] != 0:
        g = g.add(decayed, alpha=group['weight_decay'])  # RMS-4
    g, p, v = g if seen_first else seen(g), seen(p), seen(v)
    yield
    v.mul_(alpha)  # RMS-5
    yield
    v.addcmul_(g, g, value=1 - alpha)  # RMS-5
    yield
    if group['centered']:
        m = seen(state['grad_avg'])
        m.lerp_(g, 1 - alpha)  # RMS-6
        yield
        d = v.addcmul(m, m, value=-1).sqrt_()  # RMS-6
    else:
        d = v.sqrt()  # RMS-7
    d = d.add(group['eps'])  # RMS-7
    yield
    # RMS-13
    on_device = foreach and capturable(group) and torch.is_tensor(lr)
    if group['momentum'] > 0:
        b = seen(state['momentum_buffer'])
        b.mul_(group['momentum'])  # RMS-8
        yield
        b.addcdiv_(g, d)  # RMS-8
        yield
        p.add_(b.mul(minus_lr)) if on_device else p.add_(b, alpha=minus_lr)  # RMS-9
    else:
        p.addcdiv_(g, d.div_(minus_lr)) if on_device else p.addcdiv_(g, d, value=minus_lr)  # RMS-9
    yield


def cast(name, value, p):
    if name == 'step':
        return torch.tensor(float(value))
    return value.to(dtype=p.dtype if p.is_floating_point() else value.dtype, device=p.device)


def capturable(group):
    return has_capturable() and group['capturable']


def has_capturable():
    return version.at_least('2.4')


# The scenario language clears these before every scenario.
Optimizer = RMSprop
_global_optimizer_pre_hooks = {}
_global_optimizer_post_hooks = {}
