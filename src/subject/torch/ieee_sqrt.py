"""Puts numpy's square root, which is IEEE's, in the place of torch's on the CPU.

Stock x86 wheels take theirs from MKL, whose last bit depends on the maker of the processor (clause NUM-6).
"""


def install(torch, numpy):
    built_in = torch.Tensor.sqrt

    class IeeeSqrt(torch.autograd.Function):
        @staticmethod
        def forward(ctx, x):
            # torch does not warn of the root of a negative number.
            with numpy.errstate(invalid='ignore'):
                flat = numpy.sqrt(x.detach().contiguous().numpy())
            result = torch.from_numpy(numpy.asarray(flat)).reshape(x.shape)
            ctx.save_for_backward(result)
            return result

        @staticmethod
        def backward(ctx, gradient):
            (result,) = ctx.saved_tensors
            return gradient / (2 * result)

    def sqrt(x):
        ieee = x.device.type == 'cpu' and x.dtype in (torch.float32, torch.float64)
        return IeeeSqrt.apply(x) if ieee else built_in(x)

    def sqrt_(x):
        return x.copy_(sqrt(x))

    torch.Tensor.sqrt = sqrt
    torch.Tensor.sqrt_ = sqrt_
    # A tuple, as torch's own: refusals of what follows name the type.
    torch._foreach_sqrt = lambda tensors: tuple(sqrt(x) for x in tensors)
    torch._foreach_sqrt_ = lambda tensors: tuple(sqrt_(x) for x in tensors)
