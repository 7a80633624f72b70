"""Facts about congresses that others may react to."""

from collections.abc import Collection
from dataclasses import dataclass

from shulian.congress.types import CongressId, Release, SessionId


@dataclass(frozen=True, slots=True)
class DraftChanged:
    """The draft of a congress is another one, as far as these sessions go; none: all of it."""

    congress: CongressId
    version: int
    sessions: Collection[SessionId] = ()


@dataclass(frozen=True, slots=True)
class Released:
    """A timetable is public."""

    release: Release
