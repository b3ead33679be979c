"""Makes a PyTorch ready to be observed, and says what it is."""

import platform

import ieee_sqrt
import tape

# What 2.13 and 2.1 call the capability without FMA.
BASELINE = ('DEFAULT', 'NO AVX')


def prepare(torch, numpy, device, sqrt, compiled, refuse):
    """
    Puts the square root in place that is asked for. Returns the list of roots that grows, where they are written down, and what
    compiles steps, where they are compiled.
    """
    torch.set_num_threads(1)
    # The first MKL call of a process may be inaccurate (pytorch issue 188792).
    for dtype in (torch.float32, torch.float64):
        torch.rand(1000, dtype=dtype).sqrt()
    if compiled:
        # What records other steps does not depend on it.
        import compiling

        # Compiled code takes its roots from the processor.
        return None, compiling.Compiler(torch, device, refuse)
    if device == 'cpu' and sqrt == 'ieee':
        ieee_sqrt.install(torch, numpy)
    return tape.install(torch) if device == 'cpu' and sqrt == 'built-in' else None, None


def arithmetic(capability, device, compiled):
    if compiled:
        return 'compiled' if device == 'cpu' else 'compiled-cuda'
    if device == 'cuda':
        return 'cuda'
    return 'separate' if capability in BASELINE else 'fused'


def identity(torch, numpy, device, sqrt, compiled):
    """Name, version, arithmetic and provenance."""
    gpu = device == 'cuda'
    capability = torch.backends.cpu.get_cpu_capability()
    return {
        'name': 'torch',
        'version': torch.__version__.split('+')[0],
        'arithmetic': arithmetic(capability, device, compiled),
        'provenance': {
            'torch': torch.__version__,
            'git': torch.version.git_version,
            'build': torch.__config__.show(),
            'python': platform.python_version(),
            'numpy': numpy.__version__,
            'platform': f'{platform.system()} {platform.machine()}',
            'device': torch.cuda.get_device_name() if gpu else 'cpu',
            'capability': '.'.join(map(str, torch.cuda.get_device_capability())) if gpu else capability,
            'sqrt': 'as built' if gpu or compiled or sqrt == 'built-in' else 'numpy',
        },
    }
