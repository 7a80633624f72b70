"""Simulated annealing: one move after the other, those that cost more with a chance that cools."""

import numpy as np

from shulian.congress.rules.compiled import kernel, part
from shulian.congress.rules.sessions.kernel.arrays import (
    TOTAL,
    Desk,
    Floats,
    Prices,
    State,
    below,
    chance,
    copy,
)
from shulian.congress.rules.sessions.kernel.moves import (
    move_one,
    shift,
    swap_cells,
    swap_rooms,
    swap_sessions,
    swap_two,
)
from shulian.congress.rules.sessions.kernel.places import settle
from shulian.congress.rules.sessions.kernel.tracks import empty_cell, sort_moved, sort_track

_MOVE, _SWAP, _CELLS, _ROOMS, _SESSIONS, _EMPTY, _SORT, _ALL = 15, 40, 75, 83, 85, 90, 95, 100
"""[%] of moves: so many are of this kind or of one before it; the last shift talks in a room."""
_SORTED = 4
"""All but one of so many moves of cells sort the tracks that they concern."""


@part
def _propose(p: Prices, st: State, d: Desk) -> int:
    """Prepare a move; answers how many cells it rewrites, 0: none."""
    i = below(st.luck, len(p.needs))
    kind = below(st.luck, _ALL)
    if st.session[i] < 0 or kind < _MOVE:
        many = move_one(p, st, d, i)
    elif kind < _SWAP:
        many = swap_two(p, st, d, i)
    elif kind < _EMPTY:
        many = _propose_cells(p, st, d, i, kind)
    elif p.ordered[p.track[i]] == 1 and kind < _SORT:
        many = sort_track(p, st, d, p.track[i], 0)
    elif p.fine[0] == 1:
        many = shift(p, st, d, i)
    else:
        many = swap_two(p, st, d, i)
    return many


@part
def _propose_cells(p: Prices, st: State, d: Desk, i: int, kind: int) -> int:
    """Prepare a move of whole cells."""
    if kind < _CELLS:
        many = swap_cells(p, st, d)
    elif kind < _ROOMS:
        many = swap_rooms(st, d)
    elif kind < _SESSIONS:
        many = swap_sessions(p, st, d)
    else:
        many = empty_cell(p, st, d, i)
    if many == 0 or below(st.luck, _SORTED) == 0:
        return many
    return sort_moved(p, st, d, many)


@kernel
def anneal(p: Prices, st: State, best: State, d: Desk, heat: Floats, steps: int) -> int:
    """Try `steps` moves while it cools from `heat[0]` to `heat[1]`; `best` keeps the best ever.

    Answers how many moves were taken. The chance of a move that costs c more is exp(-c / heat)
    (Kirkpatrick, Gelatt and Vecchi, "Optimization by simulated annealing", 1983).
    """
    taken = 0
    cooling = (heat[1] / heat[0]) ** (1.0 / max(steps, 1))
    warmth = heat[0]
    for _ in range(steps):
        warmth *= cooling
        many = _propose(p, st, d)
        if many == 0:
            continue
        before = st.sums[TOTAL]
        settle(p, st, d, many, d.after)
        more = st.sums[TOTAL] - before
        if more > 0 and chance(st.luck) >= np.exp(-more / warmth):
            settle(p, st, d, many, d.before)
            continue
        taken += 1
        if st.sums[TOTAL] < best.sums[TOTAL]:
            copy(st, best)
    return taken
