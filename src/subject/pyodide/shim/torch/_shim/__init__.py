"""What lies behind the shim's names: tensors of Python floats, rounded after every operation."""

from . import arithmetics, compiling, version


def become(torch_version, arithmetic):
    """Stands in for a version of PyTorch that computes in an arithmetic, from now on."""
    version.become(torch_version)
    arithmetics.use(arithmetic)


def compiler():
    """What compiles steps in the present arithmetic, or None."""
    return compiling.Compiler() if arithmetics.current == 'compiled' else None
