"""How a function becomes machine code."""

from collections.abc import Callable
from typing import ParamSpec, TypeVar, cast

import numpy as np
from numba import njit
from numpy.typing import NDArray

P = ParamSpec("P")
R = TypeVar("R")


def kernel(function: Callable[P, R]) -> Callable[P, R]:
    """`function` compiled when it is first called, kept on disk, and run without the lock.

    It takes and gives numbers and arrays only.
    """
    return cast("Callable[P, R]", njit(nogil=True, cache=True)(function))


def inlined(function: Callable[P, R]) -> Callable[P, R]:
    """`function` as a part of the kernels that call it.

    It is written out where it is called, not called: a call counts the references of every array
    that it is given, up and down, which takes longer than most of these functions do.
    """
    return cast("Callable[P, R]", njit(inline="always")(function))


@inlined
def bisect(keys: NDArray[np.int64], key: int) -> int:
    """How many of `keys`, which stand in order, are smaller."""
    low, high = 0, len(keys)
    while low < high:
        middle = (low + high) >> 1
        if keys[middle] < key:
            low = middle + 1
        else:
            high = middle
    return low
