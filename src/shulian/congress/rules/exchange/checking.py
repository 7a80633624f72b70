"""Whether a programme from a file hangs together: what it names is there, and there once."""

from collections import Counter
from collections.abc import Hashable, Iterable, Iterator
from types import MappingProxyType

from shulian.booking.types import Span
from shulian.congress.rules.exchange.drafts import Remark, zone_of
from shulian.congress.types import (
    LONGEST_CONGRESS,
    LONGEST_SESSION,
    Programme,
    Session,
)


def lacks(programme: Programme) -> tuple[Remark, ...]:
    """What does not hang together; no rule of the timetable is tried here."""
    return (*_congress(programme), *_twice(programme), *_sessions(programme), *_spans(programme))


def _fault(code: str, where: str, **params: str) -> Remark:
    return Remark(code, where, MappingProxyType(params))


def _congress(programme: Programme) -> Iterator[Remark]:
    congress = programme.congress
    if zone_of(congress.timezone) is None:
        yield _fault("zone_unknown", congress.slug, zone=congress.timezone)
    days = (congress.last - congress.first).days + 1
    if not 1 <= days <= LONGEST_CONGRESS:
        yield _fault(
            "days_wrong",
            congress.slug,
            first=f"{congress.first}",
            last=f"{congress.last}",
            most=f"{LONGEST_CONGRESS}",
        )


def _twice(programme: Programme) -> Iterator[Remark]:
    for ids in (
        [one.id for one in programme.themes],
        [one.space for one in programme.halls],
        [one.id for one in programme.forums],
        [one.id for one in programme.speakers],
        [*(one.id for one in programme.sessions)],
        [talk.id for one in programme.sessions for talk in one.talks],
    ):
        yield from (_fault("id_twice", str(one), id=str(one)) for one in _repeated(ids))


def _repeated(ids: Iterable[Hashable]) -> list[Hashable]:
    return [one for one, count in Counter(ids).items() if count > 1]


def _sessions(programme: Programme) -> Iterator[Remark]:
    themes = {one.id for one in programme.themes}
    for forum in programme.forums:
        if forum.theme is not None and forum.theme not in themes:
            where = forum.title.zh or forum.title.en
            yield _fault("named_nowhere", where, id=str(forum.theme))
    forums = {one.id for one in programme.forums}
    halls = {one.space for one in programme.halls}
    speakers = {one.id for one in programme.speakers}
    for one in programme.sessions:
        where = one.title.zh or one.title.en or str(one.id)
        named = [str(each) for each in one.everyone if each not in speakers]
        if one.forum not in forums:
            named.append(str(one.forum))
        if one.placed is not None and one.placed.hall not in halls:
            named.append(one.placed.hall)
        yield from (_fault("named_nowhere", where, id=each) for each in sorted(named))
        yield from _time(one, where)


def _time(session: Session, where: str) -> Iterator[Remark]:
    if not 0 <= session.minutes <= LONGEST_SESSION:
        yield _fault(
            "session_too_long", where, minutes=str(session.minutes), most=str(LONGEST_SESSION)
        )
    if session.placed is not None and session.placed.start.tzinfo is None:
        yield _fault("start_unreadable", where, value=session.placed.start.isoformat())


def _spans(programme: Programme) -> Iterator[Remark]:
    """Spans of halls and speakers: with a zone, and an end after their start."""
    for hall in programme.halls:
        yield from _wrong(hall.hours, hall.name.zh or hall.name.en or hall.space)
    for speaker in programme.speakers:
        where = speaker.name.zh or speaker.name.en or str(speaker.id)
        yield from _wrong((*speaker.available, *speaker.wished), where)


def _wrong(spans: Iterable[Span], where: str) -> Iterator[Remark]:
    for one in spans:
        known = one.start.tzinfo is not None and (one.end is None or one.end.tzinfo is not None)
        if not known or (one.end is not None and one.end <= one.start):
            yield _fault("span_wrong", where, start=f"{one.start}", end=f"{one.end or '…'}")
