"""An integer program that is built once and solved twice.

First as a linear one, which prices every variable; then by CP-SAT, without those that cost too
much.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray
from ortools.sat.python.cp_model import CpModel, IntVar, LinearExpr
from scipy import optimize
from scipy.sparse import csr_matrix

Floats = NDArray[np.float64]
Term = tuple[int, int]
"""A factor, and the number of a variable."""


class Program:
    """Whole variables from 0 on, what they cost, and sums of them that are bounded from above."""

    def __init__(self) -> None:
        self.most: list[int] = []
        self.costs: list[int] = []
        self._sums: list[tuple[Sequence[Term], int]] = []
        self._exact: list[tuple[Sequence[Term], int]] = []

    def new(self, cost: int = 0, most: int = 1) -> int:
        """A variable."""
        self.costs.append(cost)
        self.most.append(most)
        return len(self.costs) - 1

    def at_most(self, terms: Iterable[Term], bound: int) -> None:
        """A sum that is no more than `bound`; nothing where it cannot be more anyway."""
        found = tuple(terms)
        if sum(factor * self.most[one] for factor, one in found if factor > 0) > bound:
            self._sums.append((found, bound))

    def exactly(self, terms: Iterable[Term], value: int) -> None:
        """A sum that is `value`."""
        self._exact.append((tuple(terms), value))

    def relaxed(self, without: Iterable[int] = (), local: int = 0) -> tuple[float, Floats] | None:
        """Prices of the sums: what all of them are worth, and what each variable costs with them.

        Every choice that keeps the rows costs at least the worth and what its variables cost, for
        whatever prices, so no error of the solver matters. `without`: variables that are 0 in the
        program whose prices these are. The first `local` sums have none. None: it cannot be.
        """
        sums, exact = self._matrix(self._sums), self._matrix(self._exact)
        costs, most = np.array(self.costs, float), np.array(self.most, float)
        most[list(without)] = 0
        limits = np.array([bound for _, bound in self._sums], float)
        values = np.array([value for _, value in self._exact], float)
        found: Any = cast("Any", optimize).linprog(
            costs,
            A_ub=sums,
            b_ub=limits,
            A_eq=exact,
            b_eq=values,
            bounds=np.stack([np.zeros_like(most), most], 1),
            method="highs-ds",
        )
        if found.status != 0:
            return None
        prices: Floats = np.minimum(found.ineqlin.marginals, 0.0)
        prices[:local] = 0
        shared: Floats = found.eqlin.marginals
        worth = float(prices @ limits + shared @ values)
        of_sums, of_exact = cast("Any", sums).T, cast("Any", exact).T
        added: Floats = costs - of_sums @ prices - of_exact @ shared
        return worth, added

    @property
    def sums(self) -> int:
        """How many sums are bounded so far."""
        return len(self._sums)

    def model(self, kept: NDArray[np.bool_]) -> tuple[CpModel, list[IntVar | None]]:
        """The same for CP-SAT, where those that are not `kept` are 0."""
        model = CpModel()
        variables = [
            model.new_int_var(0, most, "") if keep else None
            for most, keep in zip(self.most, kept.tolist(), strict=True)
        ]
        for terms, bound in self._sums:
            model.add(_sum(variables, terms) <= bound)
        for terms, value in self._exact:
            model.add(_sum(variables, terms) == value)
        costs = [(cost, number) for number, cost in enumerate(self.costs) if cost]
        model.minimize(_sum(variables, costs))
        return model, variables

    def _matrix(self, rows: Sequence[tuple[Sequence[Term], int]]) -> csr_matrix:
        factors = [factor for terms, _ in rows for factor, _ in terms]
        columns = [one for terms, _ in rows for _, one in terms]
        ends = np.cumsum([0, *(len(terms) for terms, _ in rows)])
        return csr_matrix((np.array(factors, float), columns, ends), (len(rows), len(self.costs)))


def merged(terms: Iterable[Term]) -> Iterator[Term]:
    """The same with each variable once."""
    found: dict[int, int] = {}
    for factor, one in terms:
        found[one] = found.get(one, 0) + factor
    return ((factor, one) for one, factor in found.items())


def _sum(variables: Sequence[IntVar | None], terms: Iterable[Term]) -> LinearExpr:
    left = [(one, factor) for factor, number in terms if (one := variables[number]) is not None]
    return LinearExpr.weighted_sum([one for one, _ in left], [factor for _, factor in left])
