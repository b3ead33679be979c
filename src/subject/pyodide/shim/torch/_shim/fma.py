"""
a * b + c with one rounding.

`math.fma` is IEEE's but for three habits: it raises where the result is NaN or infinite, and with C libraries such as
Pyodide's it gives +0 where a product that underflows to -0 meets +0.
"""

from math import copysign, fma, inf, nan, nextafter, ulp


def fma64(a, b, c):
    """The binary64 one."""
    if a == 0 or b == 0:
        return a * b + c
    if c == 0:
        return a * b
    try:
        return fma(a, b, c)
    except ValueError:
        return nan
    except OverflowError:
        # c alone is finite, so the product gives the sign.
        return copysign(inf, a) * copysign(1.0, b)


def fma32(a, b, c):
    """
    The binary32 one, short of its rounding: a double that rounds to it.

    The product of two float32 values is exact in double; their sum with a third is rounded to odd, so that one more
    rounding gives what a single one would have (S. Boldo and G. Melquiond, IEEE Transactions on Computers 57(4), 2008).
    """
    product = a * b
    total = product + c
    part = total - product
    lost = (product - (total - part)) + (c - part)
    # NaN where the total is not finite.
    if lost and lost == lost and not (total / ulp(total)) % 2:
        return nextafter(total, inf if lost > 0 else -inf)
    return total
