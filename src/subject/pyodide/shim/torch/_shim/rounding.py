"""What rounds a float32 to a half type."""

from math import copysign, inf, isfinite
from struct import pack, unpack


def to_float16(x):
    """The float16 nearest to a float32."""
    try:
        return unpack('<e', pack('<e', x))[0]
    except OverflowError:
        return copysign(inf, x)


def to_bfloat16(x):
    """The bfloat16 nearest to a float32: its first half, rounded half to even."""
    if not isfinite(x):
        return x
    (bits,) = unpack('<I', pack('<f', x))
    rounded = (bits + 0x7FFF + (bits >> 16 & 1)) & 0xFFFF0000
    return unpack('<f', pack('<I', rounded))[0]
