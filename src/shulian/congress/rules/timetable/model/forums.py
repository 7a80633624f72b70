"""What one would like of forums, one hall and no pauses; and of sessions, that they stay."""

from collections import defaultdict
from collections.abc import Sequence

from ortools.sat.python.cp_model import BoolVarT, IntervalVar

from shulian.congress.rules.timetable import grid
from shulian.congress.rules.timetable.model.variables import Variables
from shulian.congress.rules.timetable.problem import Session, Stretch


def state(model: Variables) -> None:
    """Forums in as few halls and days as can be, without pauses; sessions where they are now."""
    for session in model.problem.sessions:
        if session.placed is not None and not session.pinned:
            _move(model, session)
    halls_alone(model)
    for sessions in _several(model):
        _days(model, sessions)


def halls_alone(model: Variables) -> None:
    """Forums in as few halls as can be."""
    for sessions in _several(model):
        _halls(model, sessions)


def times_alone(model: Variables) -> None:
    """Forums in one hall, whichever, one session after the other and rested between; or in two."""
    for sessions in _several(model):
        forum, weights = sessions[0].forum, model.problem.weights
        kept = model.soft(weights.halls, f"{forum} in one hall")
        if kept is not None:
            spans = [_rested(model, one, kept) for one in sessions]
            model.cp.add_no_overlap(spans).only_enforce_if(kept)
        _days(model, sessions)


def _rested(model: Variables, session: Session, kept: BoolVarT) -> IntervalVar:
    """A session, and how long its hall rests afterwards if its forum is in one."""
    start, buffer = model.starts[session.id], model.problem.buffer
    if not buffer or (not model.problem.rests and not model.problem.weights.buffer):
        return model.cp.new_fixed_size_interval_var(start, session.minutes, "")
    if model.problem.rests:
        return model.cp.new_fixed_size_interval_var(start, session.minutes + buffer, "")
    rest = model.soft(model.problem.weights.buffer, f"rest after {session.id}")
    if rest is None:
        return model.cp.new_fixed_size_interval_var(start, session.minutes, "")
    model.cp.add_implication(~kept, rest)
    long = session.minutes + buffer * rest
    end = model.cp.new_int_var(0, model.problem.whole.end + buffer, "")
    return model.cp.new_interval_var(start, long, end, "")


def _several(model: Variables) -> list[list[Session]]:
    """The sessions of each forum that has several."""
    forums: dict[str, list[Session]] = defaultdict(list)
    for session in model.problem.sessions:
        if session.forum:
            forums[session.forum].append(session)
    return [sessions for sessions in forums.values() if len(sessions) > 1]


def _move(model: Variables, session: Session) -> None:
    """A price if a session is not where and when it is now."""
    kept = model.soft(model.problem.weights.move, f"{session.id} stays")
    if kept is None or session.placed is None:
        return
    there = model.at.get((session.id, session.placed.hall))
    if there is None:
        model.cp.add(kept == 0)
    else:
        model.cp.add_implication(kept, there)
        times = model.times[session.id]
        model.only(session, tuple(one for one in times if one == session.placed.start), kept)


def _halls(model: Variables, sessions: Sequence[Session]) -> None:
    """A price for each hall of a forum beyond its first."""
    weight = model.problem.weights.halls
    used: list[BoolVarT] = []
    for hall in model.problem.halls:
        inside = [model.at[one.id, hall.id] for one in sessions if (one.id, hall.id) in model.at]
        if inside and weight:
            literal = model.cp.new_bool_var(f"{sessions[0].forum} in {hall.id}")
            for at in inside:
                model.cp.add_implication(at, literal)
            used.append(literal)
    if used:
        model.cp.add_bool_or(used)
        model.costs.append(weight * sum(used) - weight)


def _days(model: Variables, sessions: Sequence[Session]) -> None:
    """A price for each day of a forum beyond its first, and for pauses on each."""
    weight, forum = model.problem.weights.days, sessions[0].forum
    used: list[BoolVarT] = []
    on = {one.id: list[BoolVarT]() for one in sessions}
    for number, day in enumerate(model.problem.days):
        literal = model.cp.new_bool_var(f"{forum} on {number}")
        used.append(literal)
        for one in sessions:
            at = model.cp.new_bool_var(f"{one.id} on {number}")
            on[one.id].append(at)
            model.only(one, grid.inside(model.times[one.id], (day,), 1), at)
            model.cp.add_implication(at, literal)
        _gap(model, sessions, [on[one.id][-1] for one in sessions], literal, day)
    for literals in on.values():
        model.cp.add_exactly_one(literals)
    model.cp.add_bool_or(used)
    model.costs.append(weight * sum(used) - weight)


def _gap(
    model: Variables,
    sessions: Sequence[Session],
    on: Sequence[BoolVarT],
    used: BoolVarT,
    day: Stretch,
) -> None:
    """A price for each minute that a forum is not over on a day though it could be."""
    weight, buffer = model.problem.weights.gap, model.problem.buffer
    if not weight:
        return
    first = model.cp.new_int_var(day.start, day.end, "")
    last = model.cp.new_int_var(day.start, model.problem.whole.end, "")
    for one, literal in zip(sessions, on, strict=True):
        start = model.starts[one.id]
        model.cp.add(first <= start).only_enforce_if(literal)
        model.cp.add(last >= start + one.minutes).only_enforce_if(literal)
    gap = model.cp.new_int_var(0, model.problem.whole.end - day.start, "")
    busy = sum((one.minutes + buffer) * at for one, at in zip(sessions, on, strict=True))
    model.cp.add(gap >= last - first - busy + buffer).only_enforce_if(used)
    model.costs.append(weight * gap)
