"""A search for a timetable as those who make a congress follow it.

Costs are in points: what each rule costs where it is not kept stands in the how-to. Words are in
the reader's language, names in both.
"""

from datetime import datetime

from msgspec import Struct

from shulian.congress.types import SessionId, SolveId, SolveState
from shulian.congress.wire.draft import HoursView
from shulian.kit.text import Text
from shulian.park.types import SpaceId


class SearchTold(Struct, frozen=True):
    """What search is to begin."""

    seconds: int = 30
    move: int = 300
    """What it costs that a session is not where it is now; 0: all may move."""
    seed: int = 0


class SearchPlace(Struct, frozen=True):
    """A hall, and when something starts there."""

    hall: SpaceId
    name: Text
    start: datetime


class SearchSession(Struct, frozen=True):
    """A session by name."""

    id: SessionId
    title: Text


class SearchMove(Struct, frozen=True):
    """A session that it would have elsewhere; of a search that was applied, that it moved."""

    session: SearchSession
    before: SearchPlace | None
    after: SearchPlace | None
    stays: bool
    """Whether somebody has changed it since: it is left where it is."""


class SearchMissed(Struct, frozen=True):
    """A rule that the best so far does not keep everywhere."""

    demand: str
    name: str
    words: str
    times: int
    amount: int
    """Persons, minutes or times, as the words say."""
    cost: int


class SearchReason(Struct, frozen=True):
    """A demand that cannot be met together with the others, or one to do without."""

    demand: str
    words: str
    relax: bool
    """Whether it is one to do without, so that all others hold."""
    proven: bool
    """Of those that clash: none can be left out. Of those to do without: none are cheaper."""
    sessions: tuple[SearchSession, ...]
    hours: tuple[HoursView, ...]
    """When the hall is open, or the speaker can be there."""
    link: str
    """The page on which it is changed; empty: it is there no more."""


class SearchStep(Struct, frozen=True):
    """How far it was at one moment."""

    seconds: float
    cost: int | None
    bound: int


class SearchView(Struct, frozen=True):
    """How far a search is, and what it has found."""

    id: SolveId
    state: SolveState
    name: str
    """Of the state, or of what somebody did with what it found."""
    words: str
    """What that means, and what can be done."""
    stopping: bool
    explains: bool
    """Whether it has found nothing and looks for the reasons."""
    seconds: int
    """That it may take."""
    gone: float
    """[s] that it has taken."""
    move: int
    seed: int
    begun: datetime
    cost: int | None
    bound: int | None
    gap: float | None
    """The share of its cost that a better timetable might save at the most."""
    sessions: int
    """In the draft as it began."""
    placed: int
    """Of them by the best so far."""
    missed: tuple[SearchMissed, ...]
    moves: tuple[SearchMove, ...]
    stayed: tuple[SearchSession, ...]
    """What was left where it was, when the search was applied or undone."""
    gone_since: int
    """Sessions among those that are no more."""
    new_since: tuple[SearchSession, ...]
    """Sessions that came after it had begun."""
    reasons: tuple[SearchReason, ...]
    course: tuple[SearchStep, ...]
    applied: datetime | None
    undone: datetime | None
