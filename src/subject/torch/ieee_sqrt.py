"""Puts numpy's square root, which is IEEE's, in the place of torch's on the CPU.

Stock x86 wheels take theirs from MKL, whose last bit depends on the maker of the processor (clause NUM-6).
"""


def install(torch, numpy):
    built_in = torch.Tensor.sqrt

    def root(x):
        # torch does not warn of the root of a negative number.
        with numpy.errstate(invalid='ignore'):
            return torch.from_numpy(numpy.asarray(numpy.sqrt(x.detach().contiguous().numpy())))

    class IeeeSqrt(torch.autograd.Function):
        # Results must be no views, which may not be written when several come of one call.
        @staticmethod
        def forward(ctx, *tensors):
            results = tuple(root(x) for x in tensors)
            ctx.save_for_backward(*results)
            return results

        @staticmethod
        def backward(ctx, *gradients):
            return tuple(gradient / (2 * result) for gradient, result in zip(gradients, ctx.saved_tensors))

    def is_ieee(x):
        return x.device.type == 'cpu' and x.dtype in (torch.float32, torch.float64)

    def sqrt(x):
        return IeeeSqrt.apply(x)[0] if is_ieee(x) else built_in(x)

    def foreach_sqrt(tensors):
        # In one call, as torch's own: where one is recorded, all are. A tuple: refusals of what follows name the type.
        return IeeeSqrt.apply(*tensors) if all(map(is_ieee, tensors)) else tuple(built_in(x) for x in tensors)

    def sqrt_(x):
        return x.copy_(sqrt(x))

    torch.Tensor.sqrt = sqrt
    torch.Tensor.sqrt_ = sqrt_
    torch._foreach_sqrt = foreach_sqrt
    torch._foreach_sqrt_ = lambda tensors: tuple(sqrt_(x) for x in tensors)
