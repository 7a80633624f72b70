"""`rules.budgets` compiled: the same sums, in one walk over all."""

from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from shulian.world.rules.budgets import Budgets, Income, no_budgets
from shulian.world.rules.compiled.kernel import Kept, Shelf, kernel


class _Books(NamedTuple):
    """`Budgets`, and room for who is named."""

    spent: NDArray[np.int32]
    allowed: NDArray[np.int32]
    left: NDArray[np.float64]
    alive: NDArray[np.float64]
    there: NDArray[np.uint8]
    over: NDArray[np.int64]


def settle(budgets: Budgets, high: int, income: Income) -> NDArray[np.intp]:
    """`rules.budgets.Settle`; the array is good until the next call."""
    books, over = _books(budgets)
    count = _settle(books.address, high, income)
    return over[:count]


def _gathered(budgets: Budgets) -> _Books:
    """The same memory."""
    over = np.empty(len(budgets.spent), np.int64)
    return _Books(budgets.spent, budgets.allowed, budgets.left, budgets.alive, budgets.there, over)


_SHELF = Shelf(_gathered(no_budgets(8)))
_books_at = _SHELF.at


@lru_cache(maxsize=8)
def _books(budgets: Budgets) -> tuple[Kept, NDArray[np.int64]]:
    """They, and `over`; a process has one of each."""
    books = _gathered(budgets)
    return _SHELF.keep(books), books.over


@kernel
def _settle(books_are: int, high: int, income: Income) -> int:
    books = _books_at(books_are)
    spent, allowed, there = books.spent, books.allowed, books.there
    left, alive, over = books.left, books.alive, books.over
    count = 0
    for slot in range(high):
        if spent[slot] > 0:
            alive[slot] = income.now
        left[slot] = min(left[slot] + income.gained, income.most) - spent[slot]
        spent[slot] = 0
        allowed[slot] = int(max(left[slot], 0.0))
        if left[slot] < 0 and there[slot] == 1:
            over[count] = slot
            count += 1
    return count
