"""What comes of a file that was read: a programme, or everything that is wrong with it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from types import MappingProxyType
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from shulian.booking.types import Span
from shulian.congress.errors import ExchangeTooLarge
from shulian.congress.types import Congress, ForumId, Programme
from shulian.kit.text import Text
from shulian.park.types import SpaceId

NAMESPACE = UUID("b4a3a3f6-2f0e-5d43-9d1f-6c1a35a7a5c1")
"""Of the ids that follow from words of a file: the same words, the same id (UUIDv5)."""
LIMIT = 16 << 20
"""[bytes] of a file; a congress of a thousand sessions has less than two million."""
MOST_SESSIONS = 5_000
"""Of one file."""
DEEPEST = 64
"""Levels of elements within each other; a schedule has six."""


@dataclass(frozen=True, slots=True)
class Remark:
    """Something about one place of a file; its words stand in the catalogues under its code."""

    code: str
    where: str
    """A cell as in `E12`, or what names a session."""
    params: Mapping[str, str] = field(
        default_factory=lambda: MappingProxyType[str, str]({}), hash=False
    )


@dataclass(frozen=True, slots=True)
class HallNamed:
    """A hall that a file names and the park does not know: a proposal for a new one."""

    space: SpaceId
    name: Text
    venue: str = ""


@dataclass(frozen=True, slots=True)
class Draft:
    """What a file would make of a congress: all of it, or nothing where there are faults."""

    programme: Programme | None
    rows: int
    """Sessions that were read."""
    halls: tuple[HallNamed, ...] = ()
    notices: tuple[Remark, ...] = ()
    """What was understood in some way, which may not be the one that was meant."""
    faults: tuple[Remark, ...] = ()
    """What was not understood."""


@dataclass(frozen=True, slots=True)
class Known:
    """A space of the park that may be a hall, and what it is called."""

    space: SpaceId
    name: Text
    venue: Text = Text()  # noqa: RUF009  # frozen
    """The building it is in."""
    capacity: int = 0


@dataclass(frozen=True, slots=True)
class Given:
    """What one knows before a file is read."""

    congress: Congress | None = None
    """The one it is for; none: it makes one."""
    timezone: str = ""
    """Of the clocks that it means, where it does not say so itself."""
    name: str = ""
    """What a congress is called that the file does not name."""
    spaces: tuple[Known, ...] = ()
    forums: Mapping[str, ForumId] = field(
        default_factory=lambda: MappingProxyType[str, ForumId]({}), hash=False
    )
    """The forums that it has by their codes."""


NOTHING = Given()


def check_size(content: bytes) -> None:
    """Refuse what is too large before anything looks into it."""
    if len(content) > LIMIT:
        raise ExchangeTooLarge(limit=LIMIT >> 20)


def named(kind: str, *words: object) -> UUID:
    """The id of something that a file only has words for."""
    return uuid5(NAMESPACE, "\x1f".join((kind, *map(str, words))))


def zone_of(name: str) -> ZoneInfo | None:
    """The clocks of an IANA name; none: there are no such."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


def begin(day: date, zone: tzinfo) -> datetime:
    """When a day begins, by clocks that may skip midnight."""
    return datetime.combine(day, time(), zone).astimezone(UTC).astimezone(zone)


def all_day(first: date, last: date, zone: tzinfo) -> tuple[Span, ...]:
    """From the first day's beginning to the last one's end."""
    end = begin(last + timedelta(1), zone)
    return (Span(begin(first, zone).astimezone(UTC), end.astimezone(UTC)),)
