"""Numbers that tests/formula.h computes to the same bit."""
import numpy as np


def formula(stream, n):
    """n numbers, uniform on (-1, 1)."""
    h = np.arange(n, dtype=np.uint32) + np.uint32(stream * 0x9E3779B9 & 0xFFFFFFFF)
    h ^= h >> np.uint32(16)
    h *= np.uint32(0x85EBCA6B)
    h ^= h >> np.uint32(13)
    h *= np.uint32(0xC2B2AE35)
    h ^= h >> np.uint32(16)
    return (h.astype(np.float64) + 0.5) / 2147483648.0 - 1


def formula_unit(stream, *shape):
    """Mean 0, variance 1."""
    return (1.7320508075688772 * formula(stream, int(np.prod(shape)))).reshape(shape)


def numbers(v):
    return " ".join(f"{x:.15g}" for x in np.ravel(v))
