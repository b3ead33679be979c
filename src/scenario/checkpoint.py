"""What interpreter.py has, and saving and loading checkpoints.

A checkpoint is what a file of `state_dict()` says of numbers, without PyTorch's ids; it is saved by `state_dict()` and loaded by
`load_state_dict()`. What each operation observes: spec/scenario.md. A recording of compiled steps has neither operation, and runs
interpreter.py as it is.
"""

from interpreter import Interpreter
from tensors import bits_of, dtype_name, from_bits

# The options of the formula, which a checkpoint has.
FORMULA = ('lr', 'alpha', 'eps', 'weight_decay', 'momentum', 'centered', 'maximize')


class WithCheckpoints(Interpreter):
    def lacks_objects(self, op):
        absent = op['op'] == 'load' and 'value' not in op and op.get('from', 'checkpoint') not in self.objects
        return absent or super().lacks_objects(op)

    def op_save(self, observation, optimizer='opt', **op):
        opt = self.objects[optimizer]
        saved = opt.state_dict()
        names = [[self.name_of(p)[1:] for p in group['params']] for group in opt.param_groups]
        ids = [i for group in saved['param_groups'] for i in group['params']]
        states = dict(zip((name for group in names for name in group), (saved['state'].get(i) for i in ids)))
        checkpoint = {
            'groups': [
                {'params': own, 'options': {name: self.encode(group[name]) for name in FORMULA if name in group}}
                for own, group in zip(names, saved['param_groups'])
            ],
            'state': {name: self.saved_state(states[name]) for name in self.tensors if states.get(name) is not None},
        }
        self.objects[op.get('as', 'checkpoint')] = checkpoint
        observation['value'] = as_value(checkpoint)

    def saved_state(self, entries):
        return {key: self.saved_entry(key, entry) for key, entry in entries.items()}

    def saved_entry(self, key, entry):
        if key == 'step':
            return self.encode(float(entry))
        return {'dtype': dtype_name(entry), 'shape': list(entry.shape), 'bits': bits_of(entry)}

    def op_load(self, observation, optimizer='opt', **op):
        checkpoint = op['value'] if 'value' in op else self.objects[op.get('from', 'checkpoint')]
        ids = {}
        for group in checkpoint['groups']:
            for name in group['params']:
                ids[name] = len(ids)
        state = {
            ids[name]: {key: self.loaded_entry(entry) for key, entry in entries.items()}
            for name, entries in checkpoint['state'].items()
        }
        groups = [
            {**self.decoded(group['options']), 'params': [ids[name] for name in group['params']]}
            for group in checkpoint['groups']
        ]
        self.objects[optimizer].load_state_dict({'state': state, 'param_groups': groups})

    def decoded(self, options):
        return {name: self.decode(value) for name, value in options.items()}

    def loaded_entry(self, entry):
        if not isinstance(entry, dict):
            return self.decode(entry)
        # A file is read to the CPU, and loading takes its tensors to the parameters.
        return from_bits(self.torch, entry['dtype'], entry['shape'], entry['bits'], 'cpu')


def as_value(checkpoint):
    def dictionary(entries):
        return {'$dict': [[key, value] for key, value in entries.items()]}

    def entry(value):
        return {'$tensor': value} if isinstance(value, dict) and 'dtype' in value else value

    groups = [dictionary({'params': group['params'], **group['options']}) for group in checkpoint['groups']]
    state = {name: dictionary({key: entry(value) for key, value in own.items()}) for name, own in checkpoint['state'].items()}
    return dictionary({'groups': groups, 'state': dictionary(state)})
