"""Rules about who cannot be at two places: speakers, organizers, visitors of a theme, everybody."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from itertools import combinations

from ortools.sat.python.cp_model import BoolVarT, IntervalVar, IntVar

from shulian.congress.rules.timetable.model.variables import Variables
from shulian.congress.rules.timetable.problem import Demand, Session
from shulian.congress.types import Level, Rule


def state(model: Variables, rooms: int) -> None:
    """Nobody at two places at a time, nobody who has to run, and a plenary alone.

    `rooms`: how many sessions there can be at a time.
    """
    spans = {one.id: _span(model, one, model.present[one.id]) for one in model.problem.sessions}
    if not model.relaxed:
        every = list(spans.values())
        model.cp.add_cumulative(every, [1] * len(every), rooms)
    weights = model.problem.weights
    _clashes(model, Rule.SPEAKER_TWICE, weights.speaker, lambda one: one.speakers, spans)
    _clashes(model, Rule.THEME_CLASH, weights.theme, _theme, spans)
    _clashes(model, Rule.ORGANIZER_TWICE, weights.organizer, lambda one: one.organizers, spans)
    _plenaries(model, spans)
    _walks(model)


def _theme(session: Session) -> Iterable[str]:
    return (session.theme,) if session.theme else ()


def _span(model: Variables, session: Session, literal: BoolVarT) -> IntervalVar:
    start = model.starts[session.id]
    return model.cp.new_optional_fixed_size_interval_var(start, session.minutes, literal, "")


def _clashes(
    model: Variables,
    rule: Rule,
    weight: int,
    keys: Callable[[Session], Iterable[str]],
    spans: dict[str, IntervalVar],
) -> None:
    """Whoever should be at several sessions is there, or misses some at the price of minutes."""
    level = model.problem.level(rule)
    theirs: dict[str, list[Session]] = defaultdict(list)
    for session in model.problem.sessions:
        for key in keys(session):
            theirs[key].append(session)
    for about, sessions in theirs.items():
        if len(sessions) > 1 and level is Level.BLOCK:
            needed = model.needed(Demand(rule.value), about)
            for apart in _apart(rule, sessions):
                model.cp.add_no_overlap([spans[one.id] for one in apart]).only_enforce_if(needed)
        elif len(sessions) > 1 and level is Level.WARN and weight and not model.relaxed:
            _seen(model, sessions, weight, about)


def _apart(rule: Rule, sessions: Sequence[Session]) -> Iterable[Sequence[Session]]:
    """Groups of which no two may meet: an organizer may be at two sessions of one forum."""
    forums = [one.forum for one in sessions if one.forum]
    if rule is not Rule.ORGANIZER_TWICE or len(set(forums)) == len(forums):
        return [sessions]
    return [
        pair
        for pair in combinations(sessions, 2)
        if not pair[0].forum or pair[0].forum != pair[1].forum
    ]


def _seen(model: Variables, sessions: Sequence[Session], weight: int, about: str) -> None:
    """Of sessions that somebody would like to see all, those that are seen do not meet."""
    seen: list[BoolVarT] = []
    for one in sessions:
        literal = model.cp.new_bool_var(f"{about} sees {one.id}")
        model.costs.append(weight * one.minutes - weight * one.minutes * literal)
        seen.append(literal)
    pairs = list(zip(sessions, seen, strict=True))
    model.cp.add_no_overlap([_span(model, one, literal) for one, literal in pairs])
    there = sum(end - start for start, end in _open(model, sessions))
    model.cp.add(sum(one.minutes * literal for one, literal in pairs) <= there)


def _open(model: Variables, sessions: Sequence[Session]) -> list[tuple[int, int]]:
    """When any of `sessions` could take place, as stretches that are apart: implied, a bound."""
    found: list[tuple[int, int]] = []
    spans = {(start, start + one.minutes) for one in sessions for start in model.times[one.id]}
    for start, end in sorted(spans):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((start, end))
    return found


def _plenaries(model: Variables, spans: dict[str, IntervalVar]) -> None:
    """Nothing else during a plenary."""
    sessions = model.problem.sessions
    plenaries = [one for one in sessions if one.plenary and not one.aside]
    pairs = {
        tuple(sorted((one.id, other.id))): one.id
        for one in plenaries
        for other in sessions
        if other.id != one.id and not other.aside
    }
    for (one, other), about in pairs.items():
        weight = model.problem.weights.alone
        kept = model.rule(Rule.NOT_ALONE, about, weight, f"{one} {other}")
        if kept is not None:
            model.cp.add_no_overlap([spans[one], spans[other]]).only_enforce_if(kept)


def _walks(model: Variables) -> None:
    """Time to walk between two sessions of a speaker."""
    afoot = {one.id for one in model.problem.speakers if not one.online}
    theirs: dict[str, list[Session]] = defaultdict(list)
    for session in model.problem.sessions:
        for name in sorted(set(session.speakers) & afoot):
            theirs[name].append(session)
    pairs = {
        (one.id, other.id): (name, one, other)
        for name in sorted(theirs, reverse=True)
        for one, other in combinations(theirs[name], 2)
    }
    if any(model.problem.walks.values()):
        for name, one, other in pairs.values():
            _walk(model, name, one, other)


def _walk(model: Variables, speaker: str, one: Session, other: Session) -> None:
    """Either session so long after the other as the way takes, unless there is no way at all."""
    told = f"{one.id} {other.id}"
    kept = model.rule(Rule.TOO_FAR, speaker, model.problem.weights.far, told)
    if kept is None:
        return
    way = _way(model, one, other)
    first, second, near = (model.cp.new_bool_var(f"{told} {name}") for name in ("→", "←", "="))
    start, after = model.starts[one.id], model.starts[other.id]
    model.cp.add(start + one.minutes + way <= after).only_enforce_if(first)
    model.cp.add(after + other.minutes + way <= start).only_enforce_if(second)
    model.cp.add(way == 0).only_enforce_if(near)
    absent = [~model.present[one.id], ~model.present[other.id]]
    model.cp.add_bool_or([first, second, near, ~kept, *(absent if model.relaxed else ())])


def _way(model: Variables, one: Session, other: Session) -> IntVar:
    """The minutes from the hall of one session to that of the other, or more."""
    halls = [hall.id for hall in model.problem.halls]
    here = [hall for hall in halls if (one.id, hall) in model.at]
    there = [hall for hall in halls if (other.id, hall) in model.at]
    longest = max((model.problem.walk(a, b) for a in here for b in there), default=0)
    way = model.cp.new_int_var(0, longest, f"way {one.id} {other.id}")
    for hall in here:
        ways = {to: model.problem.walk(hall, to) for to in there if to != hall}
        if any(ways.values()):
            far = sum(minutes * model.at[other.id, to] for to, minutes in ways.items() if minutes)
            model.cp.add(way >= far).only_enforce_if(model.at[one.id, hall])
    return way
