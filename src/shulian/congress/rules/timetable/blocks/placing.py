"""From windows to places: a hall for each block, and its sessions one after the other."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import permutations

import numpy as np
from ortools.sat.python.cp_model import (
    FEASIBLE,
    OPTIMAL,
    BoolVarT,
    CpModel,
    IntervalVar,
    LinearExpr,
    LinearExprT,
)

from shulian.congress.rules.timetable.blocks.own import Costs
from shulian.congress.rules.timetable.blocks.windows import Window
from shulian.congress.rules.timetable.problem import Place, Problem
from shulian.congress.rules.timetable.run import Limits, run

Piece = tuple[tuple[int, ...], Window]
"""Sessions that follow each other, and where."""
Row = tuple[float, tuple[tuple[int, int], ...]]
"""What it costs to have sessions at their starts."""


def places(
    problem: Problem, costs: Costs, pieces: Sequence[Piece], limits: Limits
) -> Mapping[str, Place] | None:
    """A place for each session of all `pieces`; none: there are no halls for them."""
    model = CpModel()
    inside: dict[int, list[IntervalVar]] = {}
    chosen: list[tuple[BoolVarT, int, Row]] = []
    prices: list[LinearExprT] = []
    for sessions, window in pieces:
        its: list[BoolVarT] = []
        for hall in range(len(problem.halls)):
            row = min(_rows(problem, costs, sessions, window, hall), default=None)
            if row is None:
                continue
            literal = model.new_bool_var("")
            long = window.end - window.start + problem.buffer * problem.rests
            span = model.new_optional_fixed_size_interval_var(window.start, long, literal, "")
            inside.setdefault(hall, []).append(span)
            prices.append(round(row[0]) * literal)
            chosen.append((literal, hall, row))
            its.append(literal)
        model.add_exactly_one(its)
    for spans in inside.values():
        model.add_no_overlap(spans)
    model.minimize(LinearExpr.sum(prices))
    status, solver = run(model, limits)
    if status not in {OPTIMAL, FEASIBLE}:
        return None
    return {
        problem.sessions[session].id: Place(problem.halls[hall].id, start)
        for literal, hall, (_, row) in chosen
        if solver.value(literal)
        for session, start in row
    }


def _rows(
    problem: Problem, costs: Costs, sessions: Sequence[int], window: Window, hall: int
) -> Iterator[Row]:
    """Each order of sessions in a window of a hall, as soon as may be."""
    prices = {
        one: dict(zip(costs.starts[one].tolist(), costs.of(one, hall).tolist(), strict=True))
        for one in sessions
    }
    slack = window.end - window.start - sum(problem.sessions[one].minutes for one in sessions)
    rest = min(problem.buffer, slack // max(1, len(sessions) - 1))
    for order in permutations(sessions):
        at, cost, row = window.start, 0.0, list[tuple[int, int]]()
        for one in order:
            starts = costs.starts[one]
            index = int(np.searchsorted(starts, at))
            if index == len(starts):
                break
            start = int(starts[index])
            cost += prices[one][start]
            row.append((one, start))
            at = start + problem.sessions[one].minutes + rest
        if len(row) == len(order) and at - rest <= window.end and np.isfinite(cost):
            yield cost, tuple(row)
