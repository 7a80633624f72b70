"""Why no timetable was found: an explanation as what is kept of it, and what it names."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from uuid import UUID

from shulian.booking.types import Span
from shulian.congress.rules.timetable.explain import Ask, Explanation
from shulian.congress.rules.timetable.problem import Demand
from shulian.congress.types import Programme, Reason, Session, SessionId
from shulian.kit.text import Text

OF_SESSIONS = frozenset(
    {
        Demand.PLACED,
        Demand.PINNED,
        Demand.ELSEWHERE,
        Demand.WITHIN,
        Demand.OFF_GRID,
        Demand.OUTSIDE,
        Demand.TOO_SMALL,
        Demand.NOT_ALONE,
    }
)
"""Demands on sessions; the others are about a hall, a speaker, a theme or an organization."""
OF_HALLS = frozenset({Demand.HALL_TAKEN, Demand.HALL_CLOSED})
OF_SPEAKERS = frozenset({Demand.SPEAKER_TWICE, Demand.SPEAKER_AWAY, Demand.TOO_FAR})
MOST_NAMED = 300
"""Sessions that one reason names: those of a whole congress are no reason that helps."""


@dataclass(frozen=True, slots=True)
class Named:
    """What a reason is about, by name, and where that is changed."""

    name: Text
    sessions: tuple[Session, ...]
    part: str
    """Below the desk."""
    spans: tuple[Span, ...] = ()
    """When the hall is open, or the speaker can be there."""


def of_explanation(found: Explanation) -> tuple[Reason, ...]:
    """What clashes, then what to do without; demands of one kind on sessions are one reason."""
    return (
        *_grouped(found.clash, relax=False, proven=found.minimal),
        *_grouped(found.relax, relax=True, proven=found.cheapest),
    )


def named(programme: Programme, reason: Reason) -> Named:
    """What a reason speaks of, as far as the draft still has it."""
    sessions = tuple(one for one in programme.sessions if one.id in reason.sessions)
    if sessions or reason.demand in OF_SESSIONS:
        part = f"/sessions/{sessions[0].id}" if sessions else ""
        return Named(sessions[0].title if sessions else Text(), sessions, part)
    if reason.demand in OF_HALLS:
        hall = next((one for one in programme.halls if one.space == reason.about), None)
        if hall is None:
            return Named(Text(reason.about, reason.about), (), "/halls")
        return Named(hall.name, (), f"/halls/{hall.space}", hall.hours)
    if reason.demand in OF_SPEAKERS:
        who = next((one for one in programme.speakers if str(one.id) == reason.about), None)
        if who is None:
            return Named(Text(), (), "/speakers")
        return Named(who.name, (), f"/speakers/{who.id}", who.available)
    return Named(_theme(programme, reason.about) or _organizer(programme, reason), (), "/rules")


def _theme(programme: Programme, about: str) -> Text | None:
    return next((one.name for one in programme.themes if str(one.id) == about), None)


def _organizer(programme: Programme, reason: Reason) -> Text:
    """The organization that is told apart by its id or by its name in small letters."""
    credits_ = (one for forum in programme.forums for one in forum.credits)
    found = (
        one.name
        for one in credits_
        if reason.about in {str(one.organization or ""), (one.name.zh or one.name.en).casefold()}
    )
    return next(found, Text(reason.about, reason.about))


def _grouped(asks: Iterable[Ask], *, relax: bool, proven: bool) -> Iterator[Reason]:
    of_sessions: dict[str, list[SessionId]] = defaultdict(list)
    others: list[Reason] = []
    for one in asks:
        if one.demand in OF_SESSIONS:
            of_sessions[str(one.demand)].append(SessionId(UUID(one.about)))
        else:
            others.append(Reason(str(one.demand), (), one.about, relax, proven))
    for demand, sessions in of_sessions.items():
        yield Reason(demand, tuple(sessions[:MOST_NAMED]), "", relax, proven)
    yield from others
