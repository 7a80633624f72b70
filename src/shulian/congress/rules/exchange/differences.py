"""What a programme from elsewhere changes of the sessions of a draft, by the names of its parts."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from shulian.congress.types import Placement, Session, SessionId
from shulian.kit.text import Text


class Coming(StrEnum):
    """What becomes of a session."""

    NEW = "new"
    CHANGED = "changed"
    STAYS = "stays"
    """The file does not name it: it stays as it is."""


@dataclass(frozen=True, slots=True)
class Difference:
    """What becomes of one session that is not in both as it is."""

    coming: Coming
    session: SessionId
    title: Text
    before: Placement | None = None
    after: Placement | None = None
    parts: tuple[str, ...] = ()
    """What of it changes: `title`, `start`, `hall`, `talks` …"""


def differences(before: Iterable[Session], after: Iterable[Session]) -> tuple[Difference, ...]:
    """What comes of `after` into `before`: what is new, what is changed, then what stays."""
    had, has = ({one.id: one for one in sessions} for sessions in (before, after))
    new = [
        Difference(Coming.NEW, one.id, one.title, None, one.placed)
        for one in has.values()
        if one.id not in had
    ]
    changed = [
        Difference(Coming.CHANGED, one.id, one.title, had[one.id].placed, one.placed, found)
        for one in has.values()
        if one.id in had and (found := parts(had[one.id], one))
    ]
    stays = [
        Difference(Coming.STAYS, one.id, one.title, one.placed, one.placed)
        for one in had.values()
        if one.id not in has
    ]
    return (*new, *changed, *stays)


def parts(before: Session, after: Session) -> tuple[str, ...]:
    """What of a session is not what it was."""
    return tuple(name for name, was in _parts(before).items() if was != _parts(after)[name])


def _parts(one: Session) -> dict[str, object]:
    return {
        "title": one.title,
        "start": one.placed.start if one.placed else None,
        "hall": one.placed.hall if one.placed else None,
        "minutes": one.minutes,
        "forum": one.forum,
        "kind": one.kind,
        "speakers": one.speakers,
        "talks": one.talks,
        "about": one.about,
        "language": one.language,
        "link": one.link,
        "attendance": one.attendance,
        "pinned": one.pinned,
    }
