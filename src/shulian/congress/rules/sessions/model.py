"""A conference as a model for CP-SAT: which session each talk is in, which rooms each track has.

Where in a session a talk begins is left out, and so is what depends on it: order, and conflicts of
time slots. A track in two rooms of a session is priced as if all that is in it fitted into one.
So what the model calls the least is never more than the true objective: a bound. What it finds is
laid into rooms by `packed`, and the annealing does the rest.

Symbols: i submissions, t tracks, s sessions, r rooms.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
from ortools.sat.python import cp_model

from shulian.congress.rules.sessions.annealing import prices_of
from shulian.congress.rules.sessions.instance import Instance, Integers, Solution
from shulian.congress.rules.sessions.kernel.arrays import Prices

Bool = cp_model.IntVar
Sum = cp_model.LinearExprT


@dataclass
class Variables:
    """What is decided; an entry that cannot be is left out."""

    sits: dict[tuple[int, int], Bool] = field(default_factory=dict[tuple[int, int], Bool])
    """(i, s) whether a submission is in a session."""
    holds: dict[tuple[int, int, int], Bool] = field(
        default_factory=dict[tuple[int, int, int], Bool]
    )
    """(t, s, r) whether a track has a room in a session."""
    meets: dict[tuple[int, int], Bool] = field(default_factory=dict[tuple[int, int], Bool])
    """(t, s) whether a track is in a session at all."""
    uses: dict[tuple[int, int], Bool] = field(default_factory=dict[tuple[int, int], Bool])
    """(t, r) whether a track has a room at some time."""
    costs: list[Sum] = field(default_factory=list[Sum])


@dataclass(frozen=True)
class Model:
    """The model, and its variables by what they stand for."""

    instance: Instance
    prices: Prices
    model: cp_model.CpModel
    variables: Variables


def build(instance: Instance) -> Model:
    """The model of a conference."""
    made = Model(instance, prices_of(instance), cp_model.CpModel(), Variables())
    _sittings(made)
    _holdings(made)
    _one_track_in_a_room(made)
    _enough_room(made)
    _few_rooms(made)
    _not_parallel(made)
    _in_a_row(made)
    _not_beside(made)
    _no_conflict(made)
    made.model.minimize(sum(made.variables.costs))
    return made


def _sittings(made: Model) -> None:
    """Every submission is in one session, which is long enough for it."""
    v, p = made.variables, made.prices
    for i, one in enumerate(made.instance.submissions):
        fits = [s for s, at in enumerate(made.instance.sessions) if at.slots >= one.slots]
        for s in fits:
            v.sits[i, s] = made.model.new_bool_var("")
        made.model.add_exactly_one(v.sits[i, s] for s in fits)
        v.costs += [int(p.in_session[i, s]) * v.sits[i, s] for s in fits if p.in_session[i, s]]
        if p.in_room[i].any():
            v.costs.append(int(p.in_room[i].min()))


def _holdings(made: Model) -> None:
    """A track is in a session if it has a room there, and has one if anything of it is there."""
    v, p, m = made.variables, made.prices, made.model
    sessions, rooms = range(len(made.instance.sessions)), range(len(made.instance.rooms))
    for t, members in enumerate(made.instance.of_track):
        for s in sessions:
            v.meets[t, s] = m.new_bool_var("")
            for r in rooms:
                held = v.holds[t, s, r] = m.new_bool_var("")
                m.add_implication(held, v.meets[t, s])
                cost = int(p.track_session[t, s] + p.track_room[t, r] + p.session_room[s, r])
                if cost:
                    v.costs.append(cost * held)
            m.add_bool_or([v.holds[t, s, r] for r in rooms]).only_enforce_if(v.meets[t, s])
            there = [v.sits[i, s] for i in members if (i, s) in v.sits]
            for one in there:
                m.add_implication(one, v.meets[t, s])
            m.add_bool_or(there).only_enforce_if(v.meets[t, s])


def _one_track_in_a_room(made: Model) -> None:
    """In a session a room holds one track at most."""
    for s in range(len(made.instance.sessions)):
        for r in range(len(made.instance.rooms)):
            made.model.add_at_most_one(
                made.variables.holds[t, s, r] for t in range(len(made.instance.tracks))
            )


def _enough_room(made: Model) -> None:
    """What is in a session fits into the rooms that its track has there."""
    v, m, rooms = made.variables, made.model, range(len(made.instance.rooms))
    for t, members in enumerate(made.instance.of_track):
        least = 0
        for s, session in enumerate(made.instance.sessions):
            held = sum(v.holds[t, s, r] for r in rooms)
            there = [i for i in members if (i, s) in v.sits]
            needs = made.instance.needs
            m.add(sum(int(needs[i]) * v.sits[i, s] for i in there) <= session.slots * held)
            large = [v.sits[i, s] for i in there if 2 * needs[i] > session.slots]
            if large:  # two such never share a room
                m.add(sum(large) <= held)
            least += session.slots * held
        m.add(least >= int(made.instance.needs[list(members)].sum()))


def _few_rooms(made: Model) -> None:
    """A track that changes rooms pays for each beyond the first."""
    v, m, price = made.variables, made.model, int(made.prices.shape[0])
    if not price:
        return
    for t, members in enumerate(made.instance.of_track):
        if not members:
            continue
        for r in range(len(made.instance.rooms)):
            v.uses[t, r] = m.new_bool_var("")
            for s in range(len(made.instance.sessions)):
                m.add_implication(v.holds[t, s, r], v.uses[t, r])
        used = [v.uses[t, r] for r in range(len(made.instance.rooms))]
        m.add_bool_or(used)
        v.costs.append(price * (sum(used) - 1))


def _not_parallel(made: Model) -> None:
    """A track pays for each room beyond the first that it has in one session."""
    v, price = made.variables, int(made.prices.shape[1])
    if not price:
        return
    for (t, s), meets in v.meets.items():
        held = sum(v.holds[t, s, r] for r in range(len(made.instance.rooms)))
        v.costs.append(price * (held - meets))


def _in_a_row(made: Model) -> None:
    """A track pays once if its sessions do not follow each other."""
    v, m, price = made.variables, made.model, int(made.prices.shape[2])
    sessions = len(made.instance.sessions)
    if not price or sessions < 3:  # noqa: PLR2004  # two follow each other
        return
    for t in range(len(made.instance.tracks)):
        begins = [v.meets[t, 0]]
        for s in range(1, sessions):
            begin = m.new_bool_var("")
            m.add_bool_or(begin, v.meets[t, s - 1], v.meets[t, s].Not())
            begins.append(begin)
        apart = m.new_bool_var("")
        m.add(sum(begins) <= 1 + (sessions // 2) * apart)
        v.costs.append(price * apart)


def _not_beside(made: Model) -> None:
    """Two tracks that are similar or share a chair pay for each session that they share."""
    v, m = made.variables, made.model
    for t, u in np.argwhere(np.triu(made.prices.beside)):
        for s in range(len(made.instance.sessions)):
            both = m.new_bool_var("")
            m.add_bool_or(both, v.meets[int(t), s].Not(), v.meets[int(u), s].Not())
            v.costs.append(int(made.prices.beside[t, u]) * both)


def _no_conflict(made: Model) -> None:
    """Two submissions of different tracks that want the same person pay if they share a session."""
    v, m, p = made.variables, made.model, made.prices
    for i in range(len(made.instance.submissions)):
        for place in range(int(p.first[i]), int(p.first[i + 1])):
            j, cost = int(p.other[place]), int(p.same_session[place])
            if j < i or not cost or p.track[i] == p.track[j]:
                continue
            both = m.new_bool_var("")
            for s in range(len(made.instance.sessions)):
                if (i, s) in v.sits and (j, s) in v.sits:
                    m.add_bool_or(both, v.sits[i, s].Not(), v.sits[j, s].Not())
            v.costs.append(cost * both)


def hint(made: Model, solution: Solution) -> None:
    """Have the search begin at `solution`."""
    v, m = made.variables, made.model
    m.clear_hints()
    sits: set[tuple[int, int]] = set()
    for s, there in enumerate(solution.submissions):
        sits |= {(int(i), s) for i in np.unique(there) if i >= 0}
    for place, one in v.sits.items():
        m.add_hint(one, place in sits)
    for (t, s, r), one in v.holds.items():
        m.add_hint(one, bool(solution.tracks[s, r] == t))
    for (t, s), one in v.meets.items():
        m.add_hint(one, bool((solution.tracks[s] == t).any()))
    for (t, r), one in v.uses.items():
        m.add_hint(one, bool((solution.tracks[:, r] == t).any()))


def packed(made: Model, value: Callable[[Bool], bool]) -> Integers:
    """(s, r, k) what CP-SAT decided, laid into rooms: the long first, each where it fits.

    What fits nowhere is left out, which happens where a track has several rooms in a session.
    """
    v, instance = made.variables, made.instance
    longest = int(instance.capacities.max(initial=1))
    found = np.full((len(instance.sessions), len(instance.rooms), longest), -1, np.int64)
    fill = np.zeros((len(instance.sessions), len(instance.rooms)), np.int64)
    cells: dict[tuple[int, int], list[int]] = {}
    for (t, s, r), one in v.holds.items():
        if value(one):
            cells.setdefault((t, s), []).append(r)
    seated = [(i, s) for (i, s), one in v.sits.items() if value(one)]
    for i, s in sorted(seated, key=lambda one: (-int(instance.needs[one[0]]), one)):
        need, t = int(instance.needs[i]), int(instance.track_of[i])
        for r in cells.get((t, s), ()):
            start = int(fill[s, r])
            if start + need <= instance.capacities[s]:
                found[s, r, start : start + need] = i
                fill[s, r] += need
                break
    return found


class Watch(cp_model.CpSolverSolutionCallback):
    """Hands each solution and each bound on while CP-SAT searches."""

    def __init__(self, made: Model, on_solution: Callable[[Integers], None]) -> None:
        """Each better solution goes to `on_solution` as (s, r, k)."""
        super().__init__()
        self._made = made
        self._on_solution = on_solution

    def on_solution_callback(self) -> None:
        """CP-SAT found a better one."""
        self._on_solution(packed(self._made, self.boolean_value))
