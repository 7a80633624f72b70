"""Moves of single talks and of whole rooms: which cells they rewrite, and what comes there.

Each prepares a move on the desk and answers how many cells it rewrites; 0: it cannot be.
"""

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
from shulian.congress.rules.sessions.kernel.places import keep

_PAIR = 2
_OWN = 4
"""One of so many talks that move goes to an empty room, the others to a room of their track."""


@part
def items(p: Prices, content: Integers, capacity: int, items: Integers) -> int:
    """What is in a cell as a sequence: each submission once, -1 for each free slot."""
    found, k = 0, 0
    while k < capacity:
        i = content[k]
        items[found] = i
        found += 1
        k += p.needs[i] if i >= 0 else 1
    return found


@part
def spell(p: Prices, items: Integers, many: int, capacity: int, row: Integers) -> bool:
    """Write a sequence into a row; free slots too many are left out from the end.

    Answers whether it fits.
    """
    needed = 0
    for n in range(many):
        needed += p.needs[items[n]] if items[n] >= 0 else 0
    if needed > capacity:
        return False
    free = capacity - needed
    write(row, 0, len(row), -1)
    k = 0
    for n in range(many):
        i = items[n]
        if i < 0:
            if free > 0:
                free -= 1
                k += 1
        else:
            write(row, k, k + int(p.needs[i]), i)
            k += int(p.needs[i])
    return True


@part
def _replace(p: Prices, d: Desk, m: int, out: int, into: int, at: int) -> bool:
    """Prepare the `m`-th cell with `into` in place of `out`; -1: nothing, at the `at`-th place."""
    capacity = int(p.capacity[d.cells[m, 0]])
    many = items(p, d.before[m], capacity, d.items)
    found, written = False, 0
    for n in range(many):
        if out < 0 and n == at % many:
            d.spare[written] = into
            written += 1
            found = True
        if out >= 0 and d.items[n] == out:
            if into >= 0:
                d.spare[written] = into
                written += 1
            gap = p.needs[out] - (p.needs[into] if into >= 0 else 0)
            for _ in range(max(gap, 0)):
                d.spare[written] = -1
                written += 1
            found = True
        else:
            d.spare[written] = d.items[n]
            written += 1
    return found and spell(p, d.spare, written, capacity, d.after[m])


@part
def swap_two(p: Prices, st: State, d: Desk, i: int) -> int:
    """Two submissions of a track change places; answers how many cells that rewrites."""
    t = p.track[i]
    low, high = p.members[t], p.members[t + 1]
    if high - low < _PAIR or st.session[i] < 0:
        return 0
    j = int(p.listed[low + below(st.luck, int(high - low))])
    if j == i or st.session[j] < 0:
        return 0
    keep(st, d, 0, st.session[i], st.room[i])
    if st.session[i] == st.session[j] and st.room[i] == st.room[j]:
        capacity = int(p.capacity[st.session[i]])
        many = items(p, d.before[0], capacity, d.items)
        for n in range(many):
            if d.items[n] == i:
                d.items[n] = j
            elif d.items[n] == j:
                d.items[n] = i
        return 1 if spell(p, d.items, many, capacity, d.after[0]) else 0
    keep(st, d, 1, int(st.session[j]), int(st.room[j]))
    return 2 if _replace(p, d, 0, i, j, 0) and _replace(p, d, 1, j, i, 0) else 0


@part
def shift(p: Prices, st: State, d: Desk, i: int) -> int:
    """A submission goes to another place of its cell."""
    if st.session[i] < 0:
        return 0
    s = st.session[i]
    keep(st, d, 0, s, st.room[i])
    many = items(p, d.before[0], int(p.capacity[s]), d.items)
    if many < _PAIR:
        return 0
    one, other = below(st.luck, many), below(st.luck, many)
    if one == other:
        return 0
    moved = d.items[one]
    step = 1 if other > one else -1
    for n in range(one, other, step):
        d.items[n] = d.items[n + step]
    d.items[other] = moved
    return 1 if spell(p, d.items, many, int(p.capacity[s]), d.after[0]) else 0


@part
def move_one(p: Prices, st: State, d: Desk, i: int) -> int:
    """A submission goes to another cell of its track, or to an empty one; it may have no place."""
    sessions, rooms = st.grid.shape
    t = p.track[i]
    s, r = below(st.luck, sessions), below(st.luck, rooms)
    wanted = t if below(st.luck, _OWN) > 0 else -1
    for step in range(sessions * rooms):
        if st.grid[s, r] == wanted and not (s == st.session[i] and r == st.room[i]):
            break
        r += 1
        if r == rooms:
            r, s = 0, (s + 1) % sessions
        if step == sessions * rooms - 1:
            return 0
    keep(st, d, 0, s, r)
    if not _replace(p, d, 0, -1, i, below(st.luck, 64)):
        return 0
    if st.session[i] < 0:
        return 1
    keep(st, d, 1, st.session[i], st.room[i])
    return 2 if _replace(p, d, 1, i, -1, 0) else 0


@part
def _fit(p: Prices, d: Desk, m: int, n: int) -> bool:
    """Prepare the `m`-th cell with what is in the `n`-th."""
    many = items(p, d.before[n], int(p.capacity[d.cells[n, 0]]), d.items)
    return spell(p, d.items, many, int(p.capacity[d.cells[m, 0]]), d.after[m])


@part
def swap_cells(p: Prices, st: State, d: Desk) -> int:
    """All that is in a cell changes places with all that is in another."""
    sessions, rooms = st.grid.shape
    s, r = below(st.luck, sessions), below(st.luck, rooms)
    other_s, other_r = below(st.luck, sessions), below(st.luck, rooms)
    kind = below(st.luck, 4)
    if kind == 0:
        other_s = s
    elif kind == 1:
        other_r = r
    if (s == other_s and r == other_r) or st.grid[s, r] == st.grid[other_s, other_r]:
        return 0
    keep(st, d, 0, s, r)
    keep(st, d, 1, other_s, other_r)
    return 2 if _fit(p, d, 0, 1) and _fit(p, d, 1, 0) else 0


@part
def swap_rooms(st: State, d: Desk) -> int:
    """Two rooms change all that is in them through some sessions that follow each other."""
    sessions, rooms = st.grid.shape
    if rooms < _PAIR:
        return 0
    r = below(st.luck, rooms)
    other = (r + 1 + below(st.luck, rooms - 1)) % rooms
    start = below(st.luck, sessions)
    end = start + 1 + below(st.luck, sessions - start)
    many = 0
    for s in range(start, end):
        if st.grid[s, r] >= 0 or st.grid[s, other] >= 0:
            keep(st, d, many, s, r)
            keep(st, d, many + 1, s, other)
            repeat(d.before[many + 1], d.after[many])
            repeat(d.before[many], d.after[many + 1])
            many += 2
    return many


@part
def swap_sessions(p: Prices, st: State, d: Desk) -> int:
    """Two sessions change all that is in them."""
    sessions, rooms = st.grid.shape
    s, other = below(st.luck, sessions), below(st.luck, sessions)
    if s == other:
        return 0
    many = 0
    for r in range(rooms):
        if st.grid[s, r] >= 0 or st.grid[other, r] >= 0:
            keep(st, d, many, s, r)
            keep(st, d, many + 1, other, r)
            if not (_fit(p, d, many, many + 1) and _fit(p, d, many + 1, many)):
                return 0
            many += 2
    return many
