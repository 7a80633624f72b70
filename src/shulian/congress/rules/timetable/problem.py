"""What is to be timetabled, as plain values: halls, sessions, speakers, rules and their weights.

Times are whole minutes since the midnight with which the first day begins; minutes pass as they
do, so that a day on which clocks change has 23 or 25 hours. Ids are text, each unique among its
kind. A problem knows no database: it can stand in a file.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import NamedTuple

from shulian.congress.types import LEVELS, Level, Rule

DAY = 24 * 60
"""[min]."""
STEPS = (1, 5, 10, 15, 20, 30, 60)
"""Between starts that may be chosen [min]."""
MOST_SESSIONS = 2_000
MOST_HALLS = 500
MOST_SPEAKERS = 20_000
MOST_DAYS = 31
LARGEST = 1_000_000
"""Of any number of persons, and any weight."""


class Demand(StrEnum):
    """What a timetable ought to keep; those that are a `Rule` too bear its name."""

    PLACED = "placed"
    """A session takes place."""
    PINNED = "pinned"
    """It stays where it is."""
    ELSEWHERE = "elsewhere"
    """It is in one of its halls."""
    WITHIN = "within"
    """It is at a time that is allowed to it."""
    OFF_GRID = "off_grid"
    """It starts at a step of its day, or where it is now."""
    OUTSIDE = "outside"
    HALL_TAKEN = "hall_taken"
    HALL_CLOSED = "hall_closed"
    TOO_SMALL = "too_small"
    SPEAKER_TWICE = "speaker_twice"
    SPEAKER_AWAY = "speaker_away"
    THEME_CLASH = "theme_clash"
    ORGANIZER_TWICE = "organizer_twice"
    TOO_FAR = "too_far"
    NOT_ALONE = "not_alone"
    BUFFER = "buffer"
    """A hall rests between two sessions."""
    WISH = "wish"
    """A speaker is there when they wished."""
    HALLS = "halls"
    """A forum stays in one hall."""
    DAYS = "days"
    """A forum is over in a day."""
    GAP = "gap"
    """A forum makes no pauses."""
    MOVE = "move"
    """A session stays where it is now, if that can be."""


class Stretch(NamedTuple):
    """From `start` to just before `end` [min]."""

    start: int
    end: int


class Place(NamedTuple):
    """A hall, and when a session starts there [min]."""

    hall: str
    start: int


@dataclass(frozen=True, slots=True)
class Hall:
    """Where sessions can take place, and when."""

    id: str
    capacity: int
    """Persons."""
    hours: tuple[Stretch, ...]
    """When it is open, in order and apart; none: never."""
    name: str = ""
    taken: tuple[Stretch, ...] = ()
    """When something else is in it."""


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who has to be there."""

    id: str
    name: str = ""
    available: tuple[Stretch, ...] = ()
    """When they can; none: always."""
    wished: tuple[Stretch, ...] = ()
    """When they would rather; none: whenever."""
    online: bool = False
    """Whether they have no way to walk."""


@dataclass(frozen=True, slots=True)
class Session:
    """What takes place in one hall in one go."""

    id: str
    minutes: int
    title: str = ""
    forum: str = ""
    """Sessions of one forum belong together; empty: it belongs to none."""
    theme: str = ""
    """Whose visitors would like to see it; empty: none."""
    attendance: int = 0
    """Persons who are expected; 0: nobody has said."""
    speakers: tuple[str, ...] = ()
    organizers: tuple[str, ...] = ()
    """Who is needed besides: names of organizations."""
    plenary: bool = False
    """Nothing else takes place meanwhile."""
    aside: bool = False
    """Whether it may take place during a plenary all the same: a dinner, a tour."""
    halls: tuple[str, ...] = ()
    """Where it may be; none: anywhere."""
    within: tuple[Stretch, ...] = ()
    """When it may be; none: at any time of the congress."""
    placed: Place | None = None
    """Where and when it is now."""
    pinned: bool = False
    """Whether it stays where it is now."""


@dataclass(frozen=True, slots=True)
class Weights:
    """What each soft fault costs; a rule of level WARN is one, of level IGNORE costs nothing."""

    closed: int = 500
    """A session outside the hours of its hall (`HALL_CLOSED`)."""
    small: int = 1
    """A person who finds no seat (`TOO_SMALL`)."""
    away: int = 200
    """A speaker of a session who cannot be there then (`SPEAKER_AWAY`)."""
    speaker: int = 10
    """A minute that a speaker misses who is elsewhere (`SPEAKER_TWICE`)."""
    theme: int = 1
    """A minute of a theme that its visitor misses who sees as much as can be (`THEME_CLASH`)."""
    organizer: int = 1
    """A minute that an organizer misses who is elsewhere (`ORGANIZER_TWICE`)."""
    far: int = 50
    """Two sessions between which a speaker has too little time to walk (`TOO_FAR`)."""
    alone: int = 200
    """A session that takes place during a plenary (`NOT_ALONE`)."""
    wish: int = 15
    """A speaker of a session that is not when they wished."""
    halls: int = 60
    """A hall that a forum uses beyond its first."""
    days: int = 120
    """A day that a forum takes beyond its first."""
    gap: int = 1
    """A minute that a forum stretches on a day beyond its sessions and the buffers between."""
    buffer: int = 30
    """A session that follows in its hall before the buffer is over, unless that is forbidden."""
    move: int = 300
    """A session that is not where or when it is now."""


@dataclass(frozen=True, slots=True)
class Problem:
    """A congress to be timetabled."""

    halls: tuple[Hall, ...]
    sessions: tuple[Session, ...]
    speakers: tuple[Speaker, ...] = ()
    title: str = ""
    days: tuple[Stretch, ...] = (Stretch(0, DAY),)
    """From midnight to midnight, in order and apart; no session is put beyond one."""
    step: int = 15
    """Sessions start at whole multiples of it after the midnight of their day, or where they are
    now [min]."""
    buffer: int = 0
    """Minutes that a hall should rest between two sessions."""
    rests: bool = False
    """Whether nothing follows before the buffer is over; else that costs."""
    walks: Mapping[tuple[str, str], int] = field(
        default_factory=lambda: MappingProxyType[tuple[str, str], int]({})
    )
    """Minutes from one hall to another; what is not there is near."""
    levels: Mapping[Rule, Level] = field(default_factory=lambda: LEVELS)
    """BLOCK is kept, WARN costs, IGNORE is nothing; what is not there is as a congress begins.

    `HALL_TAKEN` and `OUTSIDE` are always kept."""
    weights: Weights = field(default_factory=Weights)

    def level(self, rule: Rule) -> Level:
        """How much a rule matters here."""
        if rule in {Rule.HALL_TAKEN, Rule.OUTSIDE}:
            return Level.BLOCK
        return self.levels.get(rule, LEVELS[rule])

    @property
    def whole(self) -> Stretch:
        """From the first midnight to the last."""
        return Stretch(self.days[0].start, self.days[-1].end)

    def walk(self, one: str, other: str) -> int:
        """Minutes from one hall to another, the longer way of the two."""
        return max(self.walks.get((one, other), 0), self.walks.get((other, one), 0))


@dataclass(frozen=True, slots=True)
class Solution:
    """Where and when each session takes place."""

    places: Mapping[str, Place]
    """By the id of the session."""


@dataclass(frozen=True, slots=True)
class Fault:
    """A demand that is not met, and by what."""

    demand: Demand
    sessions: tuple[str, ...] = ()
    """Whose; of two in each other's way the earlier first."""
    about: str = ""
    """The hall, speaker, theme, organizer or forum it is about, where there is one."""
    amount: int = 1
    """Persons, minutes or times, as `Weights` counts them."""
    cost: int = 0
    hard: bool = False
    """Whether it may not be: then it costs nothing."""
