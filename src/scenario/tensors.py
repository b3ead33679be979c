"""Tensors of a torch-shaped module as bits and back."""

import struct

FORMATS = {'float32': ('f', 8), 'float64': ('d', 16), 'float16': ('e', 4), 'int64': ('q', 16), 'bool': ('?', 2)}
# Python has no format of it: a bfloat16 is the first half of a float32.
FORMATS['bfloat16'] = ('f', 8)
# A complex element is a pair of floats.
PARTS = {'complex64': 'float32', 'complex128': 'float64'}
NAN = {'float32': '7fc00000', 'float64': '7ff8000000000000', 'float16': '7e00', 'bfloat16': '7fc0'}

class Refused(Exception):
    """The interpreter does not know an operation, a value or a layout of the scenario."""


def from_bits(torch, dtype, shape, bits, device):
    """A contiguous tensor of the elements that bit patterns denote."""
    if dtype in PARTS:
        parts = from_bits(torch, PARTS[dtype], [*shape, 2], bits, device)
        return torch.view_as_complex(parts)
    code, digits = FORMATS[dtype]
    raw = bytes.fromhex(bits.replace(' ', '0000') + '0000' if dtype == 'bfloat16' and bits else bits)
    flat = struct.unpack(f'>{len(raw) * 2 // digits}{code}', raw)
    return torch.tensor(flat, dtype=getattr(torch, dtype)).reshape(shape).to(device)


def lay_out(torch, tensor, layout):
    if layout is None:
        return tensor
    if layout == 'expanded':
        return tensor[0].expand(tensor.shape)
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
    return filled(view, tensor)


def filled(target, tensor):
    """A tensor with the elements of another, of which nothing counts that they have been written."""
    target.data.copy_(tensor)
    return target


def bits_of(tensor):
    """The bit patterns of a tensor's elements, in C order."""
    dtype = PARTS.get(dtype_name(tensor), dtype_name(tensor))
    code, digits = FORMATS[dtype]
    flat = tensor.detach().cpu().reshape(-1).tolist()
    if dtype != dtype_name(tensor):
        flat = [part for element in flat for part in (element.real, element.imag)]
    text = struct.pack(f'>{len(flat)}{code}', *flat).hex()
    shown = 4 if dtype == 'bfloat16' else digits
    patterns = [text[i : i + shown] for i in range(0, len(text), digits)]
    # A NaN's sign and payload depend on the processor.
    return ' '.join(NAN[dtype] if x != x else pattern for x, pattern in zip(flat, patterns))


def dtype_name(tensor):
    return str(tensor.dtype).removeprefix('torch.')
