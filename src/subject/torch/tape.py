"""Writes down every square root that torch takes: the tape."""

from tensors import bits_of, dtype_name


def install(torch):
    """Wraps torch's square roots; the list that is returned grows by one entry a tensor."""
    entries = []
    built_in, built_in_ = torch.Tensor.sqrt, torch.Tensor.sqrt_

    def floating(x):
        # The root of integers is taken in the default dtype.
        return x if x.is_floating_point() else x.to(torch.get_default_dtype())

    def note(x, take):
        before = bits_of(x)
        result = take(x)
        name = dtype_name(x)
        entries.append({'dtype': name, 'input': before, 'output': bits_of(result)})
        return result

    torch.Tensor.sqrt = lambda x: note(floating(x), built_in)
    torch.Tensor.sqrt_ = lambda x: note(x, built_in_)
    torch._foreach_sqrt = lambda tensors: tuple(note(floating(x), built_in) for x in tensors)
    torch._foreach_sqrt_ = lambda tensors: tuple(note(x, built_in_) for x in tensors)
    return entries
