"""Moves of a whole track: a room that it gives up, and its talks in the order that they want."""

from shulian.congress.rules.compiled import part
from shulian.congress.rules.sessions.kernel.arrays import (
    Desk,
    Integers,
    Prices,
    State,
    below,
    repeat,
    write,
)
from shulian.congress.rules.sessions.kernel.moves import items
from shulian.congress.rules.sessions.kernel.places import keep, touched_by


@part
def empty_cell(p: Prices, st: State, d: Desk, i: int) -> int:
    """All that is where submission i is goes to other cells of the track, where there is room."""
    sessions, rooms = st.grid.shape
    if st.session[i] < 0:
        return 0
    t, s, r = p.track[i], st.session[i], st.room[i]
    keep(st, d, 0, s, r)
    many, left = 1, items(p, d.before[0], int(p.capacity[s]), d.spare)
    offset = below(st.luck, sessions)
    for turn in range(sessions):
        at = (turn + offset) % sessions
        for room in range(rooms):
            if st.held[t, at] == 0 or st.grid[at, room] != t or (at == s and room == r):
                continue
            if many == d.cells.shape[0]:
                return 0
            keep(st, d, many, at, room)
            _pour(p, d, many, left)
            many += 1
    for n in range(left):
        if d.spare[n] >= 0:
            return 0
    return many


@part
def _pour(p: Prices, d: Desk, m: int, left: int) -> None:
    """Put into the `m`-th cell what fits of the first `left` of `d.spare`, behind what is there."""
    capacity = int(p.capacity[d.cells[m, 0]])
    found = items(p, d.before[m], capacity, d.items)
    k = 0
    for n in range(found):
        if d.items[n] >= 0:
            k = _add(p, d.after[m], k, d.items[n])
    for n in range(left):
        i = d.spare[n]
        if i >= 0 and k + p.needs[i] <= capacity:
            k = _add(p, d.after[m], k, i)
            d.spare[n] = -1


@part
def _add(p: Prices, row: Integers, k: int, i: int) -> int:
    """Write a submission into a row from `k` on; answers where it ends."""
    write(row, k, k + p.needs[i], i)
    return int(k + p.needs[i])


@part
def sort_track(p: Prices, st: State, d: Desk, t: int, many: int) -> int:
    """The submissions of a track follow in the order that they want, in the cells that it has.

    Those that want no place stand between. `many` cells are prepared already: what a move does to
    them is looked at as done.
    """
    count = _sequence(p, st, d, t)
    prepared, reached = many, 0
    full = below(st.luck, 2) == 0
    if count == 0:
        return 0
    for s in range(st.grid.shape[0]):
        for r in range(st.grid.shape[1]):
            m = _prepared(d, many, s, r)
            if not _belongs(p, d, m, t) if m >= 0 else st.grid[s, r] != t:
                continue
            if m < 0:
                if prepared == d.cells.shape[0]:
                    return 0
                m, prepared = prepared, prepared + 1
                keep(st, d, m, s, r)
                repeat(d.before[m], d.after[m])
            room = int(p.capacity[s]) if full else _load(d.after[m])
            after = _deal(p, d, m, reached, count, room)
            if after == reached:
                return 0
            reached = after
    return prepared if reached == count else 0


@part
def _sequence(p: Prices, st: State, d: Desk, t: int) -> int:
    """Write all of a track into `d.spare`, each at the place that it wants; answers how many.

    Those that want none, or one that another has, take what is left, by luck; 0: one has no place.
    """
    low, count = p.members[t], int(p.members[t + 1] - p.members[t])
    write(d.spare, 0, count, -1)
    for n in range(count):
        i = p.listed[low + n]
        if st.session[i] < 0:
            return 0
        at = p.order[i] - 1
        if 0 <= at < count and d.spare[at] < 0:
            d.spare[at] = i
    free, turn = 0, below(st.luck, max(count, 1))
    for n in range(count):
        i = p.listed[low + (n + turn) % count]
        at = p.order[i] - 1
        if 0 <= at < count and d.spare[at] == i:
            continue
        while d.spare[free] >= 0:
            free += 1
        d.spare[free] = i
    return count


@part
def _prepared(d: Desk, many: int, s: int, r: int) -> int:
    """Which of the first `many` cells of a move is this one; -1: none."""
    for m in range(many):
        if d.cells[m, 0] == s and d.cells[m, 1] == r:
            return m
    return -1


@part
def _belongs(p: Prices, d: Desk, m: int, t: int) -> bool:
    """Whether the `m`-th cell is to hold a track."""
    for k in range(d.after.shape[1]):
        if d.after[m, k] >= 0:
            return bool(p.track[d.after[m, k]] == t)
    return False


@part
def _load(row: Integers) -> int:
    """The time slots of a row that are taken."""
    found = 0
    for k in range(len(row)):
        found += int(row[k] >= 0)
    return found


@part
def _deal(p: Prices, d: Desk, m: int, reached: int, count: int, room: int) -> int:
    """Fill the `m`-th cell from the sequence in `d.spare`; answers how far that goes now."""
    write(d.after[m], 0, d.after.shape[1], -1)
    k = 0
    while reached < count and k + p.needs[d.spare[reached]] <= room:
        k = _add(p, d.after[m], k, d.spare[reached])
        reached += 1
    return reached


@part
def sort_moved(p: Prices, st: State, d: Desk, many: int) -> int:
    """Sort the tracks with an order that a move of whole cells concerns, at once with it."""
    found = touched_by(p, d, many)
    for place in range(found):
        d.touched[d.tracks[place]] = 0
    for place in range(min(found, 2)):  # more are left to later moves
        many = sort_track(p, st, d, d.tracks[place], many)
        if many == 0:
            return 0
    return many
