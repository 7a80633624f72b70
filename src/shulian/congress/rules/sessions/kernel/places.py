"""Where things are: each step adds to the total what it costs, and takes away what it saves."""

from shulian.congress.rules.compiled import kernel, part
from shulian.congress.rules.sessions.kernel.arrays import (
    LOST,
    TOTAL,
    Desk,
    Integers,
    Prices,
    State,
    repeat,
    write,
)


@part
def _clashes(p: Prices, st: State, i: int) -> int:
    """What the conflicts of a submission cost where it is."""
    cost = 0
    s, r, start = st.session[i], st.room[i], st.begin[i]
    end = start + p.needs[i]
    for place in range(p.first[i], p.first[i + 1]):
        j = p.other[place]
        if st.session[j] == s and st.room[j] != r:
            shared = min(end, st.begin[j] + p.needs[j]) - max(start, st.begin[j])
            cost += p.same_session[place]
            if shared > 0:
                cost += p.same_slot[place] * shared
    return cost


@part
def put(p: Prices, st: State, i: int, s: int, r: int, start: int) -> None:
    """Give a submission a place."""
    st.session[i], st.room[i], st.begin[i] = s, r, start
    write(st.slots[s, r], start, start + p.needs[i], i)
    st.sums[LOST] -= p.needs[i]
    st.sums[TOTAL] += (
        p.in_session[i, s] + p.in_room[i, r] + _clashes(p, st, i) - p.price[0] * p.needs[i]
    )


@part
def take(p: Prices, st: State, i: int) -> None:
    """Take its place from a submission."""
    s, r, start = st.session[i], st.room[i], st.begin[i]
    st.sums[LOST] += p.needs[i]
    st.sums[TOTAL] -= (
        p.in_session[i, s] + p.in_room[i, r] + _clashes(p, st, i) - p.price[0] * p.needs[i]
    )
    write(st.slots[s, r], start, start + p.needs[i], -1)
    st.session[i] = -1


@part
def _shape(p: Prices, st: State, t: int) -> int:
    """What it costs in how many rooms, sessions and stretches a track is."""
    cells, sessions, stretches, before = 0, 0, 0, 0
    for s in range(st.held.shape[1]):
        there = st.held[t, s]
        cells += there
        if there > 0:
            sessions += 1
            if before == 0:
                stretches += 1
        before = there
    rooms = 0
    for r in range(st.used.shape[1]):
        if st.used[t, r] > 0:
            rooms += 1
    cost = p.shape[0] * max(rooms - 1, 0) + p.shape[1] * (cells - sessions)
    return cost + (p.shape[2] if stretches > 1 else 0)


@part
def give(p: Prices, st: State, s: int, r: int, t: int) -> None:
    """Let a track, or none, have a cell; whatever was in it must be lifted out."""
    old = st.grid[s, r]
    if old == t:
        return
    for side in range(2):  # who leaves, then who comes
        which = old if side == 0 else t
        if which < 0:
            continue
        sign = -1 if side == 0 else 1
        cost = p.track_session[which, s] + p.track_room[which, r] + p.session_room[s, r]
        for room in range(st.grid.shape[1]):
            if room != r and st.grid[s, room] >= 0:
                cost += p.beside[which, st.grid[s, room]]
        cost -= sign * _shape(p, st, which)
        st.held[which, s] += sign
        st.used[which, r] += sign
        cost += sign * _shape(p, st, which)
        st.sums[TOTAL] += sign * cost
    st.grid[s, r] = t


@part
def _disorder(p: Prices, st: State, t: int) -> int:
    """What it costs how the submissions of a track follow each other."""
    wrong, place = 0, 0
    for s in range(st.grid.shape[0]):
        if st.held[t, s] == 0:
            continue
        for r in range(st.grid.shape[1]):
            if st.grid[s, r] != t:
                continue
            last = -1
            for k in range(p.capacity[s]):
                i = st.slots[s, r, k]
                if i >= 0 and i != last:
                    place += 1
                    wrong += int(p.order[i] not in (0, place))
                last = i
            if st.held[t, s] > 1:
                wrong += _at_once(p, st, t, s, r)
    return int(p.shape[3] * wrong)


@part
def _at_once(p: Prices, st: State, t: int, s: int, r: int) -> int:
    """Pairs of a track that want a place, one in a room and one in a later room at that time."""
    found = 0
    for k in range(p.capacity[s]):
        i = st.slots[s, r, k]
        if i < 0 or p.order[i] == 0:
            continue
        for room in range(r + 1, st.grid.shape[1]):
            j = st.slots[s, room, k]
            found += int(st.grid[s, room] == t and j >= 0 and p.order[j] > 0)
    return found


@part
def _lift(p: Prices, st: State, s: int, r: int) -> None:
    """Take out all that is in a cell."""
    for k in range(p.capacity[s]):
        i = st.slots[s, r, k]
        if i >= 0:
            take(p, st, i)


@part
def _lay(p: Prices, st: State, s: int, r: int, content: Integers) -> None:
    """Put `content` (k,) into a cell that is empty; its track is that of what comes."""
    t = -1
    for k in range(p.capacity[s]):
        if content[k] >= 0:
            t = int(p.track[content[k]])
            break
    give(p, st, s, r, t)
    k = 0
    while k < p.capacity[s]:
        if content[k] >= 0:
            put(p, st, content[k], s, r, k)
            k += int(p.needs[content[k]])
        else:
            k += 1


@part
def settle(p: Prices, st: State, d: Desk, many: int, rows: Integers) -> None:
    """Rewrite `many` cells by `rows` (m, k), and price the order of all tracks in question."""
    for m in range(many):
        _lift(p, st, d.cells[m, 0], d.cells[m, 1])
    for m in range(many):
        _lay(p, st, d.cells[m, 0], d.cells[m, 1], rows[m])
    for place in range(touched_by(p, d, many)):
        t = d.tracks[place]
        d.touched[t] = 0
        cost = _disorder(p, st, t)
        st.sums[TOTAL] += cost - st.disorder[t]
        st.disorder[t] = cost


@part
def touched_by(p: Prices, d: Desk, many: int) -> int:
    """Gather in `d.tracks` those with an order that a move concerns; answers how many they are."""
    found = 0
    for m in range(many):
        for k in range(d.after.shape[1]):
            for i in (d.before[m, k], d.after[m, k]):
                if i >= 0 and p.ordered[p.track[i]] == 1 and d.touched[p.track[i]] == 0:
                    d.touched[p.track[i]] = 1
                    d.tracks[found] = p.track[i]
                    found += 1
    return found


@part
def keep(st: State, d: Desk, m: int, s: int, r: int) -> None:
    """Write down which cell a move rewrites as its `m`-th, and what is there."""
    d.cells[m, 0], d.cells[m, 1] = s, r
    for k in range(d.before.shape[1]):
        d.before[m, k] = st.slots[s, r, k]
        d.after[m, k] = -1


@kernel
def fill(p: Prices, st: State, d: Desk, slots: Integers) -> None:
    """Put all of `slots` (s, r, k) into a state where nothing is."""
    for s in range(slots.shape[0]):
        for r in range(slots.shape[1]):
            keep(st, d, 0, s, r)
            repeat(slots[s, r], d.after[0])
            settle(p, st, d, 1, d.after)
