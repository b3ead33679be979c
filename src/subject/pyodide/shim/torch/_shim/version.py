"""The version of PyTorch that the shim stands in for, where its compiled part differs between versions."""

from functools import cache

current = '2.13.0'


def become(version):
    """Stands in for a version from now on."""
    global current
    current = version


def at_least(version):
    """Whether the shim stands in for a version or a later one."""
    return numbers(current) >= numbers(version)


@cache
def numbers(version):
    return [int(part) for part in version.split('+')[0].split('.')[:2]]
