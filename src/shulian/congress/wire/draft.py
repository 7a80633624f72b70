"""The draft of a congress as its editors read and write it.

Instants carry their offset; durations are whole minutes; words are in the reader's language, names
in both.
"""

from datetime import date, datetime

from msgspec import Struct

from shulian.congress.types import (
    CongressId,
    ForumId,
    Level,
    Rule,
    SessionId,
    SessionKind,
    SpeakerId,
    ThemeId,
)
from shulian.kit.text import Text
from shulian.park.types import SpaceId


class HoursView(Struct, frozen=True):
    """From when to when a hall is open."""

    start: datetime
    end: datetime


class DraftHall(Struct, frozen=True):
    """A hall: a column of the timetable."""

    id: SpaceId
    name: Text
    capacity: int
    hours: tuple[HoursView, ...]


class DraftTheme(Struct, frozen=True):
    """A theme; `colour` counts in the palette of the design."""

    id: ThemeId
    name: Text
    colour: int


class DraftForum(Struct, frozen=True):
    """A forum; `theme` is empty where it has none."""

    id: ForumId
    title: Text
    code: str
    theme: ThemeId | None


class DraftSpeaker(Struct, frozen=True):
    """Somebody who speaks."""

    id: SpeakerId
    name: Text


class DraftSession(Struct, frozen=True):
    """A session as it stands in the draft."""

    id: SessionId
    version: int
    forum: ForumId
    kind: SessionKind
    title: Text
    minutes: int
    attendance: int
    speakers: tuple[SpeakerId, ...]
    hall: SpaceId | None
    """With `start`: where it is placed; neither: nowhere yet."""
    start: datetime | None
    pinned: bool
    mine: bool
    """Whether who asks may change it."""


class DraftConflict(Struct, frozen=True):
    """A rule that the draft breaks, told in words."""

    rule: Rule
    level: Level
    sessions: tuple[SessionId, ...]
    name: str
    """Of the rule."""
    words: str


class DraftView(Struct, frozen=True):
    """All that an editor of the timetable needs."""

    congress: CongressId
    title: Text
    version: int
    timezone: str
    first: date
    last: date
    plans: bool
    """Whether who asks makes the congress, and not only a forum of it."""
    halls: tuple[DraftHall, ...]
    themes: tuple[DraftTheme, ...]
    forums: tuple[DraftForum, ...]
    sessions: tuple[DraftSession, ...]
    speakers: tuple[DraftSpeaker, ...]
    conflicts: tuple[DraftConflict, ...]


class PlacementTold(Struct, frozen=True):
    """What a session is to be; what is left out stays as it is, but for its place.

    Without `hall` and `start` it has no place.
    """

    session: SessionId
    version: int
    """Of the session as one saw it."""
    hall: SpaceId | None = None
    start: datetime | None = None
    minutes: int | None = None
    pinned: bool | None = None


class PlacementsTold(Struct, frozen=True):
    """Sessions to be placed: all of them, or none."""

    placements: tuple[PlacementTold, ...]


class PlacementsDone(Struct, frozen=True):
    """What came of it."""

    version: int
    """Of the draft."""
    sessions: tuple[DraftSession, ...]
    """Those that were named, as they are now."""
    conflicts: tuple[DraftConflict, ...]
    """All that the draft has now."""


class ConflictsForeseen(Struct, frozen=True):
    """What would be wrong with the sessions that were named."""

    conflicts: tuple[DraftConflict, ...]


class DraftMovedView(Struct, frozen=True):
    """Said on the live channel: the draft is another one."""

    version: int
    by: str
    """The name of who changed it."""
