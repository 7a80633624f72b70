"""What becomes public of a draft, and what a release changes against the one before."""

from collections.abc import Mapping
from dataclasses import replace

from shulian.congress.types import (
    Change,
    ChangeKind,
    Programme,
    Session,
    SpeakerId,
)


def public(draft: Programme) -> Programme:
    """What a release says of a draft: what is placed, and nothing that is said in confidence.

    When speakers can be there is between them and the organizers, and so is how often something was
    changed: what was changed and changed back is nothing new. Forums, themes and speakers of which
    nothing is placed are not there either.
    """
    sessions = tuple(
        replace(one, version=0, pinned=False) for one in draft.sessions if one.placed is not None
    )
    speaking = frozenset[SpeakerId]().union(*(one.everyone for one in sessions))
    forums = {one.forum for one in sessions}
    shown = tuple(replace(one, version=0) for one in draft.forums if one.id in forums)
    themes = {one.theme for one in shown}
    return replace(
        draft,
        congress=replace(draft.congress, version=0),
        themes=tuple(one for one in draft.themes if one.id in themes),
        forums=shown,
        sessions=sessions,
        speakers=tuple(
            replace(one, available=(), wished=(), version=0)
            for one in draft.speakers
            if one.id in speaking
        ),
    )


def changes(before: Programme | None, after: Programme) -> tuple[Change, ...]:
    """What became of each session that is not what it was; both programmes are public ones.

    In the order of the new timetable, and what is gone behind it. The first release has none.
    """
    if before is None:
        return ()
    had = {one.id: one for one in before.sessions}
    has = {one.id for one in after.sessions}
    names = _names(before), _names(after)
    found = [
        Change(kind, one.id, one.title, was.placed if was else None, one.placed)
        for one in after.sessions
        for was in [had.get(one.id)]
        if (kind := _kind(was, one, names)) is not None
    ]
    gone = [
        Change(ChangeKind.GONE, one.id, one.title, one.placed, None)
        for one in before.sessions
        if one.id not in has
    ]
    return (*found, *gone)


_Names = Mapping[SpeakerId, object]


def _names(programme: Programme) -> _Names:
    return {one.id: one.name for one in programme.speakers}


def _kind(was: Session | None, one: Session, names: tuple[_Names, _Names]) -> ChangeKind | None:
    if was is None or was.placed is None or one.placed is None:
        return ChangeKind.NEW
    if was.placed.start != one.placed.start or was.minutes != one.minutes:
        return ChangeKind.MOVED
    if was.placed.hall != one.placed.hall:
        return ChangeKind.HALL
    return ChangeKind.WORDS if _told(was, names[0]) != _told(one, names[1]) else None


def _told(session: Session, names: _Names) -> tuple[object, ...]:
    """What visitors read of a session."""
    talks = [
        (one.title, one.about, one.minutes, [names.get(who) for who in one.speakers])
        for one in session.talks
    ]
    chairs = [names.get(who) for who in session.speakers]
    return (session.title, session.about, session.kind, session.link, talks, chairs)
