"""The operations of the scenario language beyond training: groups, gradients, state dicts, hooks, and looking at objects.

A mixin of interpreter.Interpreter, in a file of its own for size. What each operation observes: spec/scenario.md.
"""

import contextlib
import copy
import sys

from tensors import Refused, bits_of

HOOKS = {
    'step_pre': 'register_step_pre_hook',
    'step_post': 'register_step_post_hook',
    'state_dict_pre': 'register_state_dict_pre_hook',
    'state_dict_post': 'register_state_dict_post_hook',
    'load_state_dict_pre': 'register_load_state_dict_pre_hook',
    'load_state_dict_post': 'register_load_state_dict_post_hook',
}
GLOBAL_HOOKS = {
    'global_step_pre': 'register_optimizer_step_pre_hook',
    'global_step_post': 'register_optimizer_step_post_hook',
}
NO_CLOSURE = object()


class Bookkeeping:
    def begin_anew(self):
        """As in a fresh process: no global hooks, handles counted from zero, no class constructed, float32 by default."""
        self.torch.set_default_dtype(self.torch.float32)
        if self.compiler:
            self.compiler.reset()
        module = self.optimizer_module()
        module._global_optimizer_pre_hooks.clear()
        module._global_optimizer_post_hooks.clear()
        self.torch.utils.hooks.RemovableHandle.next_id = 0
        for cls in (self.torch.optim.RMSprop, self.torch.optim.Optimizer):
            # Constructing an optimizer puts hooks around the step of its class.
            while getattr(cls.step, 'hooked', False):
                cls.step = cls.step.__wrapped__

    def optimizer_module(self):
        # torch.optim removes its attribute of that name.
        return sys.modules[self.torch.optim.Optimizer.__module__]

    # Gradients and steps

    def op_grad(self, observation, tensor, bits, sparse=False, recorded=False):
        target = self.tensors[tensor]
        grad = None if bits is None else self.gradient(target, bits)
        if sparse:
            grad = grad.to_sparse()
        if recorded:
            grad = grad.requires_grad_(True).clone()
        target.grad = grad

    def op_step(self, observation, no_grad=False, **op):
        with self.torch.no_grad() if no_grad else contextlib.nullcontext():
            self.step(observation, **op)

    def step(self, observation, optimizer='opt', closure=None, keyword=False, args=(), kwargs={}):
        arguments = [self.decode(arg) for arg in args]
        keywords = {name: self.decode(value) for name, value in kwargs.items()}
        if closure is not None and keyword:
            keywords['closure'] = self.closure(closure)
        elif closure is not None:
            arguments.insert(0, self.closure(closure))
        observation['value'] = self.encode(self.step_of(self.objects[optimizer])(*arguments, **keywords))

    def op_zero_grad(self, observation, optimizer='opt', **options):
        self.objects[optimizer].zero_grad(**{name: self.decode(value) for name, value in options.items()})

    def closure(self, spec):
        def call():
            self.note(spec['log'], self.torch.is_grad_enabled(), self.first_bits())
            for name, bits in spec.get('gradients', {}).items():
                self.op_grad(None, name, bits)
            self.do(spec.get('do', ()))
            if 'throw' in spec:
                raise RuntimeError(spec['throw'])
            return self.decode(spec.get('returns'))

        return call

    # Groups and state dicts

    def op_add_param_group(self, observation, group, optimizer='opt'):
        decoded = self.decode(group)
        self.objects['group'] = decoded
        self.objects[optimizer].add_param_group(decoded)

    def op_state_dict(self, observation, optimizer='opt', **op):
        state_dict = self.objects[optimizer].state_dict()
        self.objects[op.get('as', 'saved')] = state_dict
        observation['value'] = self.encode(state_dict)

    def op_load_state_dict(self, observation, optimizer='opt', **op):
        state_dict = self.decode(op['value']) if 'value' in op else self.objects[op.get('from', 'saved')]
        observation['value'] = self.encode(self.objects[optimizer].load_state_dict(state_dict))

    def op_copy(self, observation, of, shallow=False, **op):
        self.objects[op['as']] = (copy.copy if shallow else copy.deepcopy)(self.objects[of])

    def op_repr(self, observation, optimizer='opt'):
        observation['value'] = repr(self.objects[optimizer])

    # Looking at and editing objects

    def op_look(self, observation, at, **op):
        found = self.resolve(at)
        if 'as' in op:
            self.objects[op['as']] = found
        observation['value'] = self.encode(found)

    def op_attributes(self, observation, optimizer='opt'):
        observation['value'] = [self.encode(name) for name in vars(self.objects[optimizer])]

    def op_getstate(self, observation, optimizer='opt', **op):
        kept = self.objects[optimizer].__getstate__()
        self.objects[op.get('as', 'pickled')] = kept
        observation['value'] = self.encode(kept)

    def op_setstate(self, observation, optimizer='opt', **op):
        state = self.decode(op['value']) if 'value' in op else self.objects[op.get('from', 'pickled')]
        self.objects[optimizer].__setstate__(state)

    def op_default_dtype(self, observation, dtype):
        self.torch.set_default_dtype(getattr(self.torch, dtype))

    def op_identity(self, observation, a, b):
        observation['value'] = self.resolve(a) is self.resolve(b)

    def op_edit(self, observation, at, **op):
        self.edit_within(self.resolve(at[:1]), at[1:], op)

    def edit_within(self, container, at, op):
        self.edit(self.within(container, at[:-1]), at[-1], op)

    def edit(self, container, key, op):
        if isinstance(key, str) and key.startswith('$'):
            key = self.tensors[key[1:]]
        if not isinstance(container, (dict, list, tuple)):
            self.edit_attribute(container, key, op)
        elif op.get('delete'):
            del container[key]
        elif 'rename' in op:
            # In place, so that the order of the keys stays.
            renamed = {op['rename'] if k == key else k: v for k, v in container.items()}
            container.clear()
            container.update(renamed)
        else:
            container[key] = self.decode(op['value'])

    def edit_attribute(self, container, name, op):
        if 'value' not in op:
            raise Refused('attributes are set, nothing else')
        setattr(container, name, self.decode(op['value']))

    def resolve(self, place):
        first, *keys = place
        return self.within(self.tensors[first[1:]] if first.startswith('$') else self.objects[first], keys)

    def within(self, at, keys):
        for key in keys:
            if isinstance(key, str) and key.startswith('$'):
                at = at[self.tensors[key[1:]]]
            elif isinstance(at, (dict, list, tuple)):
                at = at[key]
            else:
                at = getattr(at, key)
        return at

    # Hooks

    def op_hook(self, observation, on, does, optimizer='opt', options={}, **op):
        hook = self.hook(on, does)
        if on in GLOBAL_HOOKS:
            register = getattr(self.optimizer_module(), GLOBAL_HOOKS[on])
        else:
            register = getattr(self.objects[optimizer], HOOKS[on])
        handle = register(hook, **{name: self.decode(value) for name, value in options.items()})
        name = op.get('as', on)
        self.objects[name] = handle
        if callable(hook):
            self.hooks[name] = hook
        observation['value'] = handle.id

    def op_remove_hook(self, observation, hook, context=False, do=(), **op):
        handle = self.objects[hook]
        if not context:
            handle.remove()
            return
        with handle as entered:
            observation['value'] = entered is handle
            self.do(do)
            if 'throw' in op:
                raise RuntimeError(op['throw'])

    def hook(self, on, does):
        if not isinstance(does, list):
            return self.decode(does)
        if 'step' in on:
            return lambda opt, args, kwargs: self.behave(on, does, opt, args=args, kwargs=kwargs)
        if on in ('state_dict_post', 'load_state_dict_pre'):
            return lambda opt, state_dict: self.behave(on, does, opt, state_dict=state_dict)
        return lambda opt: self.behave(on, does, opt)

    def behave(self, on, does, opt, args=None, kwargs=None, state_dict=None):
        result = None
        for behaviour in does:
            ((what, content),) = behaviour.items()
            if what == 'log':
                self.note(content, *self.seen(on, opt, args, kwargs, state_dict))
            elif what == 'set_option':
                option, value = content
                opt.param_groups[0][option] = self.decode(value)
            elif what == 'set_state':
                key, value = content
                opt.state[key] = self.decode(value)
            elif what == 'edit':
                self.edit_within(kwargs if 'step' in on else state_dict, content['at'], content)
            elif what == 'return':
                result = self.decode(content)
            elif what == 'return_copy':
                result = copy.deepcopy(state_dict)
                result['param_groups'][0].update({name: self.decode(value) for name, value in content.items()})
            elif what == 'return_closure':
                result = (args, {'closure': self.closure(content)})
            elif what == 'return_optimizer':
                result = ((self.objects[content], *args[1:]), kwargs)
            elif what == 'do':
                self.do(content)
            elif what == 'throw':
                raise RuntimeError(content)
            else:
                raise Refused(f'unknown behaviour {what!r}')
        return result

    def do(self, ops):
        for op in ops:
            if self.lacks_objects(op):
                self.log.append([op['op'], 'skipped'])
                continue
            observation = {}
            self.method(op)(observation, **{key: value for key, value in op.items() if key != 'op'})
            if 'value' in observation:
                self.log.append([op['op'], observation['value']])

    def note(self, *items):
        # What is noted is what is there now: it may change later.
        self.log.append(self.encode(list(items)))

    def seen(self, on, opt, args, kwargs, state_dict):
        if 'step' in on:
            count = len(args) if isinstance(args, tuple) else args
            names = list(kwargs) if isinstance(kwargs, dict) else kwargs
            return [count, names, self.torch.is_grad_enabled(), self.first_bits()]
        if on in ('state_dict_post', 'load_state_dict_pre'):
            return [list(state_dict) if isinstance(state_dict, dict) else state_dict]
        return [opt.param_groups[0].get('lr')]

    def first_bits(self):
        return bits_of(next(iter(self.tensors.values())))
