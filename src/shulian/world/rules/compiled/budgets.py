"""`rules.budgets` compiled: the same sums, in one walk over all."""

import numpy as np
from numpy.typing import NDArray

from shulian.world.rules.budgets import Budgets, Income
from shulian.world.rules.compiled.kernel import kernel


def settle(budgets: Budgets, high: int, income: Income) -> NDArray[np.intp]:
    """`rules.budgets.Settle`."""
    over = np.empty(high, np.int64)
    count = _settle(
        (budgets.spent, budgets.allowed, budgets.there),
        (budgets.left, budgets.alive),
        (float(income.now), float(income.gained), float(income.most)),
        over,
    )
    return over[:count]


@kernel
def _settle(
    numbers: tuple[NDArray[np.int32], NDArray[np.int32], NDArray[np.uint8]],
    times: tuple[NDArray[np.float64], NDArray[np.float64]],
    income: tuple[float, float, float],
    over: NDArray[np.int64],
) -> int:
    spent, allowed, there = numbers
    left, alive = times
    now, gained, most = income
    count = 0
    for slot in range(len(over)):
        if spent[slot] > 0:
            alive[slot] = now
        left[slot] = min(left[slot] + gained, most) - spent[slot]
        spent[slot] = 0
        allowed[slot] = int(max(left[slot], 0.0))
        if left[slot] < 0 and there[slot] == 1:
            over[count] = slot
            count += 1
    return count
