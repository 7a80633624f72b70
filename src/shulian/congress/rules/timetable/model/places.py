"""Rules about where and when a session is, and about halls."""

from ortools.sat.python.cp_model import BoolVarT, IntervalVar

from shulian.congress.rules.timetable import grid
from shulian.congress.rules.timetable.model.variables import Variables
from shulian.congress.rules.timetable.problem import Demand, Hall, Session
from shulian.congress.types import Level, Rule


def state(model: Variables) -> None:
    """Every session where and when it may be, and none in the way of another in its hall."""
    rests = {session.id: _rest(model, session) for session in model.problem.sessions}
    for hall in model.problem.halls:
        inside = [one for one in model.problem.sessions if (one.id, hall.id) in model.at]
        for session in inside:
            _open(model, session, hall)
            _large(model, session, hall)
        model.cp.add_no_overlap([_in_hall(model, one, hall, rests[one.id]) for one in inside])
        if not model.relaxed:
            _enough_time(model, inside, hall)
    for session in model.problem.sessions:
        _its_own(model, session)
    speakers(model)


def halls_alone(model: Variables) -> None:
    """Halls that are large enough, for no longer than they are open."""
    for hall in model.problem.halls:
        inside = [one for one in model.problem.sessions if (one.id, hall.id) in model.at]
        for session in inside:
            _large(model, session, hall)
        _enough_time(model, inside, hall)


def speakers(model: Variables) -> None:
    """Every session when its speakers can, and would."""
    for session in model.problem.sessions:
        _its_speakers(model, session)


def _open(model: Variables, session: Session, hall: Hall) -> None:
    """A session only while its hall is open and free."""
    times, at = model.times[session.id], model.at[session.id, hall.id]
    if model.relaxed and hall.taken:
        found = grid.apart(times, hall.taken, session.minutes)
        model.only(session, found, at, model.needed(Demand.HALL_TAKEN, hall.id))
    if not model.relaxed and model.problem.level(Rule.HALL_CLOSED) is Level.BLOCK:
        return  # its variables do that
    found = grid.inside(times, hall.hours, session.minutes)
    if len(found) < len(times):
        name = f"{session.id} in {hall.id}"
        kept = model.rule(Rule.HALL_CLOSED, hall.id, model.problem.weights.closed, name)
        if kept is not None:
            model.only(session, found, at, kept)


def _large(model: Variables, session: Session, hall: Hall) -> None:
    """A seat for everybody who is expected."""
    without = session.attendance - hall.capacity
    if without <= 0:
        return
    at, level = model.at[session.id, hall.id], model.problem.level(Rule.TOO_SMALL)
    if level is Level.BLOCK:
        model.cp.add_implication(model.needed(Demand.TOO_SMALL, session.id), ~at)
    elif level is Level.WARN and not model.relaxed:
        model.costs.append(without * model.problem.weights.small * at)


def _rest(model: Variables, session: Session) -> BoolVarT | None:
    """Whether its hall rests after a session; none: it need not."""
    if not model.problem.buffer:
        return None
    if model.problem.rests:
        return model.needed(Demand.BUFFER, "")
    return model.soft(model.problem.weights.buffer, f"rest after {session.id}")


def _in_hall(model: Variables, session: Session, hall: Hall, rest: BoolVarT | None) -> IntervalVar:
    """A session in a hall, and how long that rests afterwards."""
    start, at = model.starts[session.id], model.at[session.id, hall.id]
    name = f"{session.id} at {hall.id}"
    if rest is None:
        return model.cp.new_optional_fixed_size_interval_var(start, session.minutes, at, name)
    long = session.minutes + model.problem.buffer * rest
    latest = model.times[session.id][-1] + session.minutes + model.problem.buffer
    end = model.cp.new_int_var(0, latest, "")
    return model.cp.new_optional_interval_var(start, long, end, at, name)


def _enough_time(model: Variables, inside: list[Session], hall: Hall) -> None:
    """No more minutes in a hall than it is open: implied, and a bound for what is too small."""
    if model.problem.level(Rule.HALL_CLOSED) is not Level.BLOCK:
        return
    buffer = model.problem.buffer if model.problem.rests else 0
    there = sum(end - start + buffer for start, end in hall.hours)
    model.cp.add(sum((one.minutes + buffer) * model.at[one.id, hall.id] for one in inside) <= there)


def _its_own(model: Variables, session: Session) -> None:
    """What is said of a session itself; where one solves, that is done by its variables."""
    if not model.relaxed:
        return
    times = model.times[session.id]
    if session.within:
        found = grid.inside(times, session.within, session.minutes)
        model.only(session, found, model.needed(Demand.WITHIN, session.id))
    if session.halls:
        needed = model.needed(Demand.ELSEWHERE, session.id)
        for hall in model.problem.halls:
            if hall.id not in session.halls and (session.id, hall.id) in model.at:
                model.cp.add_implication(needed, ~model.at[session.id, hall.id])
    if session.pinned and session.placed is not None:
        needed = model.needed(Demand.PINNED, session.id)
        found = tuple(start for start in times if start == session.placed.start)
        model.only(session, found, needed, model.present[session.id])
        there = model.at.get((session.id, session.placed.hall))
        model.cp.add_bool_or(
            [~needed, ~model.present[session.id], *([] if there is None else [there])]
        )


def _its_speakers(model: Variables, session: Session) -> None:
    """A session when its speakers can, and would."""
    times = model.times[session.id]
    for name in session.speakers:
        speaker, told = model.speakers[name], f"{session.id} {name}"
        if speaker.available:
            kept = model.rule(Rule.SPEAKER_AWAY, name, model.problem.weights.away, told)
            if kept is not None:
                found = grid.inside(times, speaker.available, session.minutes)
                model.only(session, found, kept, model.present[session.id])
        if speaker.wished and (kept := model.soft(model.problem.weights.wish, told)) is not None:
            found = grid.inside(times, speaker.wished, session.minutes)
            model.only(session, found, kept)
