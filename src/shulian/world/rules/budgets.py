"""How many frames each connection may send: a budget that fills with time, and is never in debt.

This version serves until the compiled one is there (rules/compiled/budgets.py); both do the same.

Symbols: s slots.
"""

from dataclasses import dataclass
from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True, eq=False)
class Budgets:
    """Everyone's."""

    spent: NDArray[np.int32]
    """(s,) frames that came since the last tick."""
    allowed: NDArray[np.int32]
    """(s,) and how many may."""
    left: NDArray[np.float64]
    """(s,) how many are left, parts of them included."""
    alive: NDArray[np.float64]
    """(s,) [s] when the last frame came."""
    there: NDArray[np.uint8]
    """(s,) 1: the connection is there."""


class Income(NamedTuple):
    """What a tick brings."""

    now: float
    """[s]"""
    gained: float
    """Frames that each may send more …"""
    most: float
    """… up to so many."""


class Settle(Protocol):
    """Pays for the frames of a tick; answers who of the first `high` slots sent more than they had.

    Who is not there any more owes nothing.
    """

    def __call__(self, budgets: Budgets, high: int, income: Income) -> NDArray[np.intp]:
        """`Settle`."""
        ...


def no_budgets(slots: int) -> Budgets:
    """Nobody is there."""
    return Budgets(
        np.zeros(slots, np.int32),
        np.zeros(slots, np.int32),
        np.zeros(slots, np.float64),
        np.zeros(slots, np.float64),
        np.zeros(slots, np.uint8),
    )


def settle(budgets: Budgets, high: int, income: Income) -> NDArray[np.intp]:
    """`Settle`, all at once."""
    some = slice(0, high)
    spent, left = budgets.spent[some], budgets.left[some]
    budgets.alive[some][spent > 0] = income.now
    left += income.gained
    np.minimum(left, income.most, out=left)
    left -= spent
    spent[:] = 0
    np.maximum(left, 0, out=budgets.allowed[some], casting="unsafe")
    return np.flatnonzero((left < 0) & (budgets.there[some] == 1))
