# step 1, p0[1, 0]: expected 0 (00000000), got -0 (80000000)
# npx rmsproof fuzz /work/main/test/fixtures/ports/typed-arrays.ts --against port --seed 1 --path 65:1:0:1:0:0:0:1:0:0:0:0:0:0:0:0:4:3:3:3:3:3:3:4:4:4:4:5:3:8:3:3:3:3:4
import copy
import struct

import torch


def tensor(dtype, shape, bits):
    code, digits = ('f', 8) if dtype == 'float32' else ('d', 16)
    raw = bytes.fromhex(bits)
    flat = struct.unpack(f'>{len(raw) * 2 // digits}{code}', raw)
    return torch.tensor(flat, dtype=getattr(torch, dtype)).reshape(shape)


def show(label, x):
    if isinstance(x, torch.Tensor):
        code = 'f' if x.dtype == torch.float32 else 'd'
        x = [(v, struct.pack(f'>{code}', v).hex()) for v in x.detach().reshape(-1).tolist()]
    print(label, x)


def show_state(opt):
    for i, state in enumerate(opt.state.values()):
        for key, value in state.items():
            show(f'state {i} {key}', value)

p0 = torch.nn.Parameter(tensor('float32', [2,2], '00000000 3f800000 80000000 3f800000'))

opt = torch.optim.RMSprop([p0])
opt.param_groups[0]['lr'] = 0
p0.grad = None
opt.step()
show('step 1 p0', p0)
show_state(opt)
p0.grad = tensor('float32', [2,2], '3f800000 00000000 3f800000 00000000')
opt.step()
show('step 1 p0', p0)
show_state(opt)
