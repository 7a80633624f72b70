"""How a function becomes machine code, and how it is handed arrays."""

from collections.abc import Callable
from typing import Any, Generic, ParamSpec, TypeVar, cast

import numpy as np
from numba import (  # numba's own types are partly unknown
    njit,
    typeof,  # pyright: ignore[reportUnknownVariableType]
    types,  # pyright: ignore[reportPrivateImportUsage]
)
from numba.extending import intrinsic
from numpy.typing import NDArray

P = ParamSpec("P")
R = TypeVar("R")
T = TypeVar("T")


def kernel(function: Callable[P, R]) -> Callable[P, R]:
    """`function` compiled when it is first called, kept on disk, and run without the lock.

    It takes numbers and arrays, gives numbers, and makes no arrays: those that it is given live
    longer than it, so nobody counts who refers to them. Counting takes two atomic steps for each
    array that is named, in every turn of every loop.
    """
    uncounted: Any = {"_nrt": False}
    return cast("Callable[P, R]", njit(nogil=True, cache=True, **uncounted)(function))


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


class Kept:
    """Arrays that compiled code finds by a number, for as long as this is there."""

    __slots__ = ("_arrays", "_room", "address")

    def __init__(self, arrays: tuple[NDArray[Any], ...]) -> None:
        self._arrays = arrays
        self._room = np.zeros(sum(5 + 2 * one.ndim for one in arrays), np.uintp)
        self.address = int(self._room.ctypes.data)
        _put(arrays, self.address)


class Shelf(Generic[T]):
    """Keeps bundles of arrays for kernels that are called in every tick.

    To take a bundle apart at each call takes longer, between two ticks, than many kernels do: all
    that Python knows of each array has left the processor's caches by then.
    """

    def __init__(self, example: T) -> None:
        """All bundles have the same kinds of arrays as `example`, a tuple of them with names."""
        self.example = example
        self._kind: Any = typeof(example)
        self.at: Callable[[int], T] = cast("Any", intrinsic)(_loads(self._kind))
        """For kernels: the bundle that is kept at an address."""

    def keep(self, bundle: T) -> Kept:
        """Have `bundle` kept; raises TypeError where its arrays are of other kinds."""
        if typeof(bundle) != self._kind:
            raise TypeError(f"{typeof(bundle)} instead of {self._kind}")
        return Kept(cast("Any", bundle))


def _loads(kind: Any) -> Callable[[Any, Any], Any]:
    def load(_typing: Any, _address: Any) -> Any:
        def written(context: Any, builder: Any, _types: Any, given: Any) -> Any:
            pointer = context.get_value_type(kind).as_pointer()
            return builder.load(builder.inttoptr(given[0], pointer))

        return kind(types.uintp), written

    return load


def _stores(_typing: Any, bundle: Any, _address: Any) -> Any:
    def written(context: Any, builder: Any, _types: Any, given: Any) -> Any:
        builder.store(given[0], builder.inttoptr(given[1], given[0].type.as_pointer()))
        return context.get_dummy_value()

    return types.void(bundle, types.uintp), written


_store: Callable[[Any, int], None] = cast("Any", intrinsic)(_stores)
"""Writes a bundle as compiled code knows it: where its arrays lie, and how large they are."""


@kernel
def _put(arrays: Any, address: int) -> None:
    _store(arrays, address)
