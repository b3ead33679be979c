"""Writes down every square root that torch takes: the tape."""

from tensors import bits_of, dtype_name


def install(torch):
    """Wraps torch's square roots; the list that is returned grows by one entry a tensor."""
    entries = []
    built_in, built_in_ = torch.Tensor.sqrt, torch.Tensor.sqrt_
    foreach, foreach_ = torch._foreach_sqrt, torch._foreach_sqrt_

    def floating(x):
        # The root of integers is taken in the default dtype.
        return x if x.is_floating_point() else x.to(torch.get_default_dtype())

    def note(tensors, take):
        before = [(dtype_name(x), bits_of(x)) for x in tensors]
        # In place some versions return nothing.
        results = take(tensors) or tensors
        for (name, bits), result in zip(before, results):
            entries.append({'dtype': name, 'input': bits, 'output': bits_of(result)})
        return results

    torch.Tensor.sqrt = lambda x: note([floating(x)], lambda own: [built_in(*own)])[0]
    torch.Tensor.sqrt_ = lambda x: note([x], lambda own: [built_in_(*own)])[0]
    torch._foreach_sqrt = lambda tensors: note([floating(x) for x in tensors], foreach)
    torch._foreach_sqrt_ = lambda tensors: note(tensors, foreach_)
    return entries
