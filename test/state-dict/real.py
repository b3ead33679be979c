"""What real PyTorch makes of checkpoints, for the tests: python real.py COMMAND ARGUMENTS..., JSON on stdout.

    matrix DIR       writes checkpoints of every element type and layout, and of each what it holds, NAME.json
    describe FILE... loads with weights_only=True and says what is in each, or the error
    try FILE...      loads the state dict of each into RMSprop over parameters like its state, in float32 and float64, and steps: what
                     raised, or whether a parameter is NaN; state of a half or complex type over parameters of that, too
    files DIR        writes a whole optimizer, a file cut off, one packed again, in protocol 4, in the old format; what loading each gives
    optimizers DIR   takes a step with each of PyTorch's optimizers and writes its state dict, NAME.pt
    facts            what loading does silently
    train SQRT FILE... goes on with each: parameters, a state dict and gradients, and writes FILE.back; SQRT is a folder with ieee_sqrt.py
    resume FILE...   loads the state dict of each into an optimizer over parameters like its state, and steps
"""
import io
import json
import os
import sys
import warnings
import zipfile
from collections import OrderedDict

import torch

warnings.simplefilter('ignore')


def plain(x):
    if isinstance(x, torch.Tensor):
        t = x.detach().resolve_conj().resolve_neg().contiguous()
        size = t.element_size() // (2 if x.is_complex() else 1)
        raw = t.clone().reshape(-1).view(torch.uint8).numpy().tobytes() if t.numel() else b''
        return {'tensor': str(x.dtype).removeprefix('torch.'), 'shape': list(x.shape), 'strides': list(x.stride()), 'device': str(x.device),
                'parameter': isinstance(x, torch.nn.Parameter), 'bits': ' '.join(raw[i:i + size][::-1].hex() for i in range(0, len(raw), size))}
    if isinstance(x, dict):
        return {type(x).__name__: [[plain(k), plain(v)] for k, v in x.items()]}
    if isinstance(x, torch.Size):
        return {'size': [plain(v) for v in x]}
    if isinstance(x, (list, tuple)):
        return {type(x).__name__: [plain(v) for v in x]}
    if isinstance(x, (set, frozenset)):
        return {type(x).__name__: sorted((plain(v) for v in x), key=repr)}
    if isinstance(x, float):
        return {'float': repr(x)}
    if isinstance(x, bool) or x is None or isinstance(x, str):
        return x
    if isinstance(x, int):
        return {'int': str(x)}
    if isinstance(x, (bytes, bytearray)):
        return {'bytes': x.hex()}
    if isinstance(x, complex):
        return {'complex': [repr(x.real), repr(x.imag)]}
    if isinstance(x, (torch.dtype, torch.device)):
        return {type(x).__name__: str(x).removeprefix('torch.')}
    raise TypeError(type(x))


DTYPES = [name for name in 'float32 float64 float16 bfloat16 complex64 complex128 bool uint8 int8 int16 int32 int64 complex32 uint16 uint32 uint64 '
          'float8_e4m3fn float8_e5m2'.split() if hasattr(torch, name)]


def sample(name):
    dtype = getattr(torch, name)
    if name.startswith('float8') or name == 'complex32':
        size = torch.empty(0, dtype=dtype).element_size()
        return torch.arange(24 * size, dtype=torch.uint8).view(dtype).reshape(2, 3, 4)
    if name == 'bool':
        return (torch.arange(24) % 3 == 0).reshape(2, 3, 4)
    if dtype.is_complex:
        return torch.complex(torch.linspace(-3, 4, 24), torch.linspace(5, -1, 24)).to(dtype).reshape(2, 3, 4)
    if dtype.is_floating_point:
        t = torch.linspace(-3, 70000, 24).to(dtype)
        t[:5] = torch.tensor([float('inf'), -float('inf'), -0.0, 1e-7, 3e-39])
        return t.reshape(2, 3, 4)
    high = torch.iinfo(dtype).max if name not in ('uint64',) else 2 ** 63 - 1
    values = [0, 1, high, high - 1] + list(range(20))
    return torch.tensor(values, dtype=torch.int64).to(dtype).reshape(2, 3, 4)


def savable(t):
    try:
        torch.save(t, io.BytesIO())
        return True
    except KeyError:
        return False  # an element type that this version cannot save


def values():
    for name in DTYPES:
        t = sample(name)
        if not savable(t):
            continue
        yield name, {'t': t, 'row': t[1], 'turned': t.permute(2, 0, 1), 'last': t[..., -1], 'one': t[1, 2, 3], 'none': t[:0],
                     'wide': t[:, :1].expand(2, 5, 4), 'own': t.clone()}
    c = torch.complex(torch.tensor([1., -2.]), torch.tensor([3., -4.]))
    yield 'bits', {'conj': c.conj(), 'neg': c.clone().conj().imag, 'real': c.clone().real, 'imag': c.clone().imag}
    yield 'python', {'ints': [0, 255, 256, 65535, 65536, -1, -256, 2 ** 31 - 1, 2 ** 31, -2 ** 31, -2 ** 31 - 1, 2 ** 53, 2 ** 53 + 1, 2 ** 63, -2 ** 63, 2 ** 200],
                     'floats': [0.0, -0.0, 1.0, 0.1, float('inf'), -float('inf'), 5e-324, 1e300],
                     'texts': ['', 'a', 'ü', '\U0001f600', 'x' * 300, 'line\nfeed', '\0'], 'none': None, 'true': True,
                     'false': False, 'tuples': ((), (1,), (1, 2), (1, 2, 3), (1, 2, 3, 4)), 'ordered': OrderedDict(a=1, b=OrderedDict()),
                     1: 'int', (1, 'a'): 'tuple', None: 'none', 2.5: 'float', 'dtype': torch.float32, 'size': torch.Size([2, 3])}
    shared = [1, 2]
    yield 'shared', {'a': shared, 'b': shared, 'c': [shared, shared]}
    m = torch.nn.Linear(2, 2)
    yield 'module', m.state_dict()
    yield 'parameter', {'p': m.weight, 'frozen': torch.nn.Parameter(torch.ones(2), requires_grad=False), 'grad': torch.ones(2, requires_grad=True)}
    yield 'empty', {}
    yield 'tensor', torch.arange(3.)


def matrix(folder):
    names = []
    for name, value in values():
        for way, how in (('zip', {}), ('legacy', {'_use_new_zipfile_serialization': False}), ('protocol-3', {'pickle_protocol': 3}),
                         ('protocol-4', {'pickle_protocol': 4}), ('protocol-5', {'pickle_protocol': 5})):
            full = f'{name}.{way}'
            try:
                torch.save(value, f'{folder}/{full}.pt', **how)
            except Exception as e:
                if way == 'zip':
                    raise
                continue
            with open(f'{folder}/{full}.json', 'w') as f:
                json.dump(plain(value), f)
            names.append(full)
        # As tools that pack again leave it, and without what says the byte order.
        with zipfile.ZipFile(f'{folder}/{name}.zip.pt') as old, zipfile.ZipFile(f'{folder}/{name}.packed.pt', 'w', zipfile.ZIP_DEFLATED) as new:
            for entry in old.namelist():
                if not entry.endswith('byteorder'):
                    new.writestr(entry, old.read(entry))
        with open(f'{folder}/{name}.packed.json', 'w') as f:
            json.dump(plain(value), f)
        names.append(f'{name}.packed')
    return names


def describe(path):
    try:
        return plain(torch.load(path, weights_only=True))
    except Exception as e:
        return {'error': type(e).__name__, 'message': str(e)}


def resume(path):
    try:
        value = torch.load(path, weights_only=True)
        params = []
        for group in value['param_groups']:
            made = []
            for i in group['params']:
                like = value['state'].get(i, {}).get('square_avg', torch.zeros(1))
                p = torch.nn.Parameter(torch.ones(like.shape, dtype=like.dtype))
                p.grad = torch.full_like(p, 0.5)
                made.append(p)
            params.append({'params': made})
        optimizer = torch.optim.RMSprop(params)
        optimizer.load_state_dict(value)
        optimizer.step()
        return plain({'state': optimizer.state_dict(), 'params': [p for g in params for p in g['params']]})
    except Exception as e:
        return {'error': type(e).__name__, 'message': str(e)}


def like(entry):
    tensors = {k: v for k, v in entry.items() if isinstance(v, torch.Tensor)} if isinstance(entry, dict) else {}
    return tensors.get('square_avg', next((v for k, v in tensors.items() if k != 'step'), torch.zeros(1)))


def others(path):
    def holds(x, dtype):
        if isinstance(x, torch.Tensor):
            return x.dtype == dtype
        return any(holds(y, dtype) for y in (x.values() if isinstance(x, dict) else x if isinstance(x, (list, tuple)) else ()))
    return [dtype for dtype in (torch.float16, torch.bfloat16, torch.complex64, torch.complex128) if holds(torch.load(path, weights_only=True), dtype)]


def attempt(path, dtype):
    by = 'load'
    try:
        value = torch.load(path, weights_only=True)
        groups = []
        by = 'load_state_dict'
        listed = value.get('param_groups') if isinstance(value, dict) else None
        for group in listed if isinstance(listed, list) else []:
            made = []
            ids = group.get('params', []) if isinstance(group, dict) else []
            for i in ids if isinstance(ids, (list, tuple)) else [None]:
                entry = value['state'].get(i, {}) if isinstance(value.get('state'), dict) else {}
                p = torch.nn.Parameter(torch.ones(like(entry).shape, dtype=dtype))
                p.grad = torch.zeros_like(p)
                made.append(p)
            groups.append({'params': made})
        optimizer = torch.optim.RMSprop(groups or [torch.nn.Parameter(torch.ones(1, dtype=dtype))])
        optimizer.load_state_dict(value)
        by = 'step'
        optimizer.step()
        return {'nan': any(bool(p.isnan().any()) for g in groups for p in g['params'])}
    except Exception as e:
        return {'by': by, 'type': type(e).__name__, 'message': str(e)}


def files(folder):
    p = torch.nn.Parameter(torch.ones(2))
    p.grad = torch.ones(2)
    optimizer = torch.optim.RMSprop([p])
    optimizer.step()
    value = optimizer.state_dict()
    torch.save(optimizer, f'{folder}/whole.pt')
    torch.save(value, f'{folder}/plain.pt')
    torch.save(value, f'{folder}/protocol-4.pt', pickle_protocol=4)
    torch.save(value, f'{folder}/legacy.pt', _use_new_zipfile_serialization=False)
    with open(f'{folder}/plain.pt', 'rb') as f, open(f'{folder}/cut.pt', 'wb') as g:
        g.write(f.read()[:-30])
    with zipfile.ZipFile(f'{folder}/plain.pt') as old, zipfile.ZipFile(f'{folder}/packed.pt', 'w', zipfile.ZIP_DEFLATED) as new:
        for entry in old.namelist():
            new.writestr(entry, old.read(entry))
    # Elements are compressed only where there are many.
    torch.save({'t': torch.zeros(1000)}, f'{folder}/many.pt')
    with zipfile.ZipFile(f'{folder}/many.pt') as old, zipfile.ZipFile(f'{folder}/many-packed.pt', 'w', zipfile.ZIP_DEFLATED) as new:
        for entry in old.namelist():
            new.writestr(entry, old.read(entry))
    try:
        mapped = {'zeros': not torch.load(f'{folder}/many-packed.pt', weights_only=True, mmap=True)['t'].any()}
    except Exception as e:
        mapped = {'error': type(e).__name__}
    names = ['whole', 'protocol-4', 'legacy', 'cut', 'packed']
    return [[name, describe(f'{folder}/{name}.pt')] for name in names] + [['mapped', mapped]]


def optimizers(folder):
    names = []
    for name in sorted(dir(torch.optim)):
        kind = getattr(torch.optim, name)
        if not isinstance(kind, type) or not issubclass(kind, torch.optim.Optimizer) or kind is torch.optim.Optimizer:
            continue
        p = torch.nn.Parameter(torch.ones(2, 2))
        p.grad = torch.ones(2, 2).to_sparse() if name == 'SparseAdam' else torch.ones(2, 2)
        optimizer = kind([p], lr=0.1, **({'momentum': 0.9} if name == 'SGD' else {}))
        optimizer.step(*([lambda: p.sum()] if name == 'LBFGS' else []))
        torch.save(optimizer.state_dict(), f'{folder}/{name}.pt')
        names.append(name)
    return names


def facts():
    def parameter(*shape):
        p = torch.nn.Parameter(torch.ones(*shape))
        p.grad = torch.full(shape, 0.5)
        return p

    def saved(shape=(2,), **options):
        p = parameter(*shape)
        optimizer = torch.optim.RMSprop([p], **options)
        optimizer.step()
        return optimizer.state_dict()

    constructed = torch.optim.RMSprop([parameter(2)], momentum=0.9)
    constructed.load_state_dict(saved())
    shaped = torch.optim.RMSprop([parameter(3)])
    shaped.load_state_dict(saved())
    try:
        shaped.step()
        of_shape = None
    except Exception as e:
        of_shape = type(e).__name__
    other = torch.optim.RMSprop([parameter(2), parameter(2)])
    try:
        other.load_state_dict(saved())
        of_number = None
    except Exception as e:
        of_number = type(e).__name__
    steps = []
    for share in (False, True):
        p = parameter(2)
        optimizer = torch.optim.RMSprop([p], momentum=0.9)
        value = saved(momentum=0.9)
        value['state'][0]['square_avg'] = torch.ones(2)
        value['state'][0]['momentum_buffer'] = value['state'][0]['square_avg'] if share else torch.ones(2)
        optimizer.load_state_dict(value)
        optimizer.step()
        steps.append(p.tolist())
    names = None
    try:
        named = torch.optim.RMSprop([('b', parameter(2)), ('a', parameter(2))])
        value = torch.optim.RMSprop([('a', parameter(2)), ('b', parameter(2))]).state_dict()
        named.load_state_dict(value)
        names = named.param_groups[0]['param_names']
    except TypeError:
        pass  # before 2.6
    empty = torch.optim.RMSprop([parameter(2)])
    empty.step()
    empty.load_state_dict({'state': {}, 'param_groups': empty.state_dict()['param_groups']})
    return {'momentum': constructed.param_groups[0]['momentum'], 'shape': of_shape, 'number': of_number, 'shared differs': steps[0] != steps[1], 'names': names, 'state left': len(empty.state)}


def train(sqrt, *paths):
    sys.path.insert(0, sqrt)
    import ieee_sqrt
    import numpy
    ieee_sqrt.install(torch, numpy)
    results = []
    for path in paths:
        try:
            file = torch.load(path, weights_only=True)
            optimizer = torch.optim.RMSprop([{'params': group} for group in file['groups']])
            optimizer.load_state_dict(file['optimizer'])
            for step in file['gradients']:
                for p, g in zip((p for group in file['groups'] for p in group), step):
                    p.grad = g
                optimizer.step()
            torch.save({'optimizer': optimizer.state_dict(), 'groups': file['groups']}, path + '.back')
            results.append(None)
        except Exception as e:
            results.append(f'{type(e).__name__}: {e}')
    return results


command, *args = sys.argv[1:]
print(json.dumps({'matrix': lambda: matrix(*args), 'describe': lambda: [describe(p) for p in args], 'resume': lambda: [resume(p) for p in args],
                  'train': lambda: train(*args), 'files': lambda: files(*args), 'optimizers': lambda: optimizers(*args), 'facts': facts,
                  'try': lambda: [[attempt(p, dtype) for dtype in [torch.float32, torch.float64] + others(p)] for p in args]}[command]()))
