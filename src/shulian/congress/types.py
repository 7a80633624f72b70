"""The nouns of a congress: forums, sessions, talks and speakers, the halls and what may go wrong.

A hall is a `Space` of the park, an organizer an `Organization`, an account a `Person`; what a
release holds of a hall is a `Booking` of the ledger. Instants carry their time zone; days and
times of day are those of the park's clocks. Durations are whole minutes.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from types import MappingProxyType
from typing import NewType
from uuid import UUID

import msgspec

from shulian.booking.types import BookingId, Span
from shulian.identity.types import OrganizationId, Permission, PersonId
from shulian.kit.text import Text
from shulian.park.types import SpaceId

CongressId = NewType("CongressId", UUID)
ThemeId = NewType("ThemeId", UUID)
ForumId = NewType("ForumId", UUID)
SessionId = NewType("SessionId", UUID)
TalkId = NewType("TalkId", UUID)
SpeakerId = NewType("SpeakerId", UUID)
ReleaseId = NewType("ReleaseId", UUID)
ProposalId = NewType("ProposalId", UUID)
SolveId = NewType("SolveId", UUID)
UploadId = NewType("UploadId", UUID)
Minutes = NewType("Minutes", int)

PLAN = Permission("congress.plan")
"""Make a congress: its halls, forums and rules; solve, release, decide what is accepted."""
EDIT = Permission("congress.edit")
"""Edit forums: granted within one organization, those of that one."""
REVIEW = Permission("congress.review")
"""Read what is proposed for a congress, and say what it is worth."""
PERMISSIONS = (PLAN, EDIT, REVIEW)

LONGEST_SESSION = 24 * 60
"""[min]."""
LONGEST_CONGRESS = 31
"""Days."""


@dataclass(frozen=True, slots=True)
class Congress:
    """A gathering of some days in a park."""

    id: CongressId
    organizer: OrganizationId
    park: SpaceId
    title: Text
    about: Text
    first: date
    last: date
    """Its last day, which is part of it."""
    timezone: str
    """Of the park's clocks: an IANA name."""
    slug: str
    """Its short name in addresses and files: letters, digits and hyphens."""
    version: int = 0
    """Counts every change of its draft."""


@dataclass(frozen=True, slots=True)
class Theme:
    """What forums are about; a visitor follows one, or several."""

    id: ThemeId
    name: Text
    colour: int
    """Its place in the palette of the design, from 0."""


@dataclass(frozen=True, slots=True)
class Hall:
    """A space of the park that a congress may use, and when."""

    space: SpaceId
    name: Text
    capacity: int
    """Persons."""
    hours: tuple[Span, ...]
    """When it is open to the congress, in order and apart; none: never."""


class Part(StrEnum):
    """What an organization is to a forum."""

    HOST = "host"
    ORGANIZER = "organizer"
    CO_ORGANIZER = "co_organizer"
    SUPPORTER = "supporter"
    GUIDANCE = "guidance"


@dataclass(frozen=True, slots=True)
class Credit:
    """Who stands behind a forum, as the programme prints it."""

    part: Part
    name: Text
    organization: OrganizationId | None = None
    """Where it has an account in this park."""


@dataclass(frozen=True, slots=True)
class Forum:
    """Sessions that belong together: one subject, one host, one hall if that can be."""

    id: ForumId
    title: Text
    about: Text = Text()  # noqa: RUF009  # frozen
    theme: ThemeId | None = None
    code: str = ""
    """What its organizers call it in their lists; unique in its congress where it is said."""
    organization: OrganizationId | None = None
    """Whose members may edit it; none: those who plan the congress."""
    credits: tuple[Credit, ...] = ()
    version: int = 0
    """Counts every change of it."""


class SessionKind(StrEnum):
    """What happens in a session."""

    PLENARY = "plenary"
    """For everybody: nothing else takes place meanwhile."""
    FORUM = "forum"
    TALK = "talk"
    PANEL = "panel"
    WORKSHOP = "workshop"
    CEREMONY = "ceremony"
    SIDE = "side"
    """Beside the congress: a dinner, a tour, a meeting."""


@dataclass(frozen=True, slots=True)
class Placement:
    """Where and when a session is in a timetable."""

    hall: SpaceId
    start: datetime


@dataclass(frozen=True, slots=True)
class Talk:
    """What is said within a session, and by whom."""

    id: TalkId
    title: Text
    about: Text = Text()  # noqa: RUF009  # frozen
    minutes: Minutes = Minutes(0)
    """0: it has no time of its own."""
    speakers: tuple[SpeakerId, ...] = ()


@dataclass(frozen=True, slots=True)
class Session:
    """What takes place in one hall in one go."""

    id: SessionId
    forum: ForumId
    kind: SessionKind
    title: Text
    minutes: Minutes
    about: Text = Text()  # noqa: RUF009  # frozen
    attendance: int = 0
    """Persons who are expected; 0: nobody has said."""
    language: str = ""
    """What is spoken there, as BCP 47 tags with commas between."""
    talks: tuple[Talk, ...] = ()
    speakers: tuple[SpeakerId, ...] = ()
    """Who is there for all of it: chairs, panelists."""
    placed: Placement | None = None
    """None: it has no place in the timetable yet."""
    pinned: bool = False
    """Whether the solver leaves it where it is."""
    link: str = ""
    """Where it can be followed from afar."""
    version: int = 0
    """Counts every change of it."""

    @property
    def everyone(self) -> frozenset[SpeakerId]:
        """All who speak in it."""
        return frozenset(self.speakers).union(*(one.speakers for one in self.talks))


class Presence(StrEnum):
    """How a speaker takes part."""

    ON_SITE = "on_site"
    ONLINE = "online"


@dataclass(frozen=True, slots=True)
class Speaker:
    """Somebody who speaks, as the programme introduces them."""

    id: SpeakerId
    name: Text
    title: Text = Text()  # noqa: RUF009  # frozen
    """What they are, and where."""
    about: Text = Text()  # noqa: RUF009  # frozen
    person: PersonId | None = None
    """Their account, where they have one."""
    presence: Presence = Presence.ON_SITE
    available: tuple[Span, ...] = ()
    """When they can be there, in order and apart; none: always."""
    wished: tuple[Span, ...] = ()
    """When they would rather be."""
    version: int = 0
    """Counts every change of it."""


@dataclass(frozen=True, slots=True)
class Programme:
    """All of a congress at one moment: its draft, or what was released."""

    congress: Congress
    themes: tuple[Theme, ...] = ()
    halls: tuple[Hall, ...] = ()
    forums: tuple[Forum, ...] = ()
    sessions: tuple[Session, ...] = ()
    """Those that are placed by start and hall, then the others."""
    speakers: tuple[Speaker, ...] = ()


class Rule(StrEnum):
    """What may be wrong with a timetable."""

    HALL_TAKEN = "hall_taken"
    """Two sessions in one hall at a time, or something else holds it in the ledger."""
    HALL_CLOSED = "hall_closed"
    """Outside the hours of the hall, or it has none."""
    TOO_SMALL = "too_small"
    """More people are expected than the hall holds."""
    SPEAKER_TWICE = "speaker_twice"
    SPEAKER_AWAY = "speaker_away"
    THEME_CLASH = "theme_clash"
    """Two sessions of a theme at a time: nobody can see both."""
    ORGANIZER_TWICE = "organizer_twice"
    """An organization is needed in two forums at a time."""
    TOO_FAR = "too_far"
    """A speaker has too little time to walk from one hall to the next."""
    NOT_ALONE = "not_alone"
    """Something takes place during a plenary."""
    OUTSIDE = "outside"
    """It does not lie within the days of its congress."""


class Level(StrEnum):
    """How much it matters that a rule is broken."""

    BLOCK = "block"
    """The draft may have it, a release may not."""
    WARN = "warn"
    IGNORE = "ignore"


LEVELS: Mapping[Rule, Level] = MappingProxyType(
    {
        Rule.HALL_TAKEN: Level.BLOCK,
        Rule.HALL_CLOSED: Level.BLOCK,
        Rule.TOO_SMALL: Level.WARN,
        Rule.SPEAKER_TWICE: Level.BLOCK,
        Rule.SPEAKER_AWAY: Level.BLOCK,
        Rule.THEME_CLASH: Level.WARN,
        Rule.ORGANIZER_TWICE: Level.WARN,
        Rule.TOO_FAR: Level.WARN,
        Rule.NOT_ALONE: Level.WARN,
        Rule.OUTSIDE: Level.BLOCK,
    }
)
"""As a congress begins; `HALL_TAKEN` stays as it is, since the ledger refuses it anyway."""


@dataclass(frozen=True, slots=True)
class Conflict:
    """A rule that is broken, by which sessions, and what one has to know about it."""

    rule: Rule
    level: Level
    sessions: tuple[SessionId, ...]
    """One, or two that are in each other's way, the earlier first."""
    speaker: SpeakerId | None = None
    hall: SpaceId | None = None
    name: Text | None = None
    """Of the organization that is needed twice."""
    needed: int | None = None
    """Persons who are expected, or minutes that the walk takes."""
    there: int | None = None
    """Persons whom the hall holds, or minutes that there are."""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a timetable meets that is not in its programme."""

    levels: Mapping[Rule, Level] = field(default_factory=lambda: LEVELS)
    taken: Mapping[SpaceId, tuple[Span, ...]] = field(
        default_factory=lambda: MappingProxyType[SpaceId, tuple[Span, ...]]({})
    )
    """When something else holds a hall."""
    walks: Mapping[tuple[SpaceId, SpaceId], float] = field(
        default_factory=lambda: MappingProxyType[tuple[SpaceId, SpaceId], float]({})
    )
    """Minutes from one hall to another; what is not there is near."""


class ChangeKind(StrEnum):
    """What became of a session from one release to the next."""

    NEW = "new"
    GONE = "gone"
    MOVED = "moved"
    """Another time, and maybe another hall."""
    HALL = "hall"
    """Another hall at the same time."""
    WORDS = "words"
    """Its title, its talks or who speaks."""


@dataclass(frozen=True, slots=True)
class Change:
    """What became of one session from one release to the next."""

    kind: ChangeKind
    session: SessionId
    title: Text
    before: Placement | None = None
    after: Placement | None = None


@dataclass(frozen=True, slots=True)
class Release:
    """A timetable that was made public under a name; it never changes."""

    id: ReleaseId
    congress: CongressId
    number: int
    """Counts from 1."""
    name: str
    note: Text
    at: datetime
    by: PersonId | None
    changes: tuple[Change, ...] = ()
    """Against the release before."""


@dataclass(frozen=True, slots=True)
class Held:
    """The booking by which the hall of a released session is held."""

    session: SessionId
    booking: BookingId


class ProposalState(StrEnum):
    """Where a proposal stands."""

    DRAFT = "draft"
    """Its author alone sees it."""
    SUBMITTED = "submitted"
    ACCEPTED = "accepted"
    """It is a session of the draft now."""
    WAITLISTED = "waitlisted"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Call:
    """The call for sessions of a congress: what is looked for, and until when."""

    congress: CongressId
    words: Text
    span: Span
    anonymous: bool = True
    """Whether reviewers do not see who proposes."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A session that somebody would give."""

    id: ProposalId
    congress: CongressId
    author: PersonId
    title: Text
    about: Text
    kind: SessionKind
    minutes: Minutes
    theme: ThemeId | None
    speakers: str
    """Who would speak: a line each."""
    state: ProposalState
    created: datetime
    session: SessionId | None = None
    """What it became."""
    words: str = ""
    """What organizers say of it to its author."""
    told: datetime | None = None
    """When they decided or said so; none: they have not yet."""
    seen: datetime | None = None
    """When its author saw that; none: not yet."""


@dataclass(frozen=True, slots=True)
class Review:
    """What one reviewer says of a proposal."""

    proposal: ProposalId
    reviewer: PersonId
    score: int
    """1 to 5; 0: the reviewer is too near to it to judge."""
    words: str


class SolveState(StrEnum):
    """Where the search for a timetable stands."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    """It took its time, or proved that nothing is better."""
    IMPOSSIBLE = "impossible"
    """What blocks cannot hold together; `reasons` say which."""
    CANCELLED = "cancelled"
    """Somebody stopped it; what it had found is still there."""
    FAILED = "failed"
    """Its process died; what it had found is still there."""


@dataclass(frozen=True, slots=True)
class Reason:
    """A demand on the timetable that cannot be met together with the others, and by what."""

    demand: str
    """As `rules.timetable.problem.Demand` names it."""
    sessions: tuple[SessionId, ...] = ()
    about: str = ""
    """The hall, speaker, theme, organizer or forum it is about."""
    relax: bool = False
    """Whether it is one to do without, so that all others hold; else it is one that clashes."""
    proven: bool = False
    """Of those that clash: none of them can be left out. Of the others: none are cheaper."""


@dataclass(frozen=True, slots=True)
class Step:
    """How far a search was at one moment."""

    seconds: float
    """Since it began to search."""
    cost: int | None
    """Of the best by then."""
    bound: int


@dataclass(frozen=True, slots=True)
class Shortfall:
    """A soft demand that the best timetable does not meet, all its faults together."""

    demand: str
    """As `rules.timetable.problem.Demand` names it."""
    times: int
    amount: int
    """Persons, minutes or times, as its weight counts them."""
    cost: int


@dataclass(frozen=True, slots=True)
class Back:
    """Where a session was before a search's timetable was applied."""

    placed: Placement | None
    version: int
    """Of the session since then: while it is that, nobody else has changed it."""


@dataclass(frozen=True, slots=True)
class Solve:
    """A search for a timetable: how far it is, and the best that it has found."""

    id: SolveId
    congress: CongressId
    by: PersonId | None
    seconds: int
    """That it may take."""
    seed: int
    state: SolveState
    begun: datetime
    beat: datetime
    """When it was last heard of."""
    stop: bool = False
    """Whether it is asked to end."""
    cost: int | None = None
    """Of the best so far; none: nothing yet."""
    bound: int | None = None
    """Nothing costs less."""
    places: Mapping[SessionId, Placement] = field(
        default_factory=lambda: MappingProxyType[SessionId, Placement]({})
    )
    """The best so far."""
    versions: Mapping[SessionId, int] = field(
        default_factory=lambda: MappingProxyType[SessionId, int]({})
    )
    """Of the sessions as the search saw them."""
    reasons: tuple[Reason, ...] = ()
    applied: datetime | None = None
    """When its timetable became the draft."""
    move: int = 300
    """What it costs that a session is not where it is now."""
    started: datetime | None = None
    """When its job took it."""
    explains: bool = False
    """Whether it has found nothing, and looks for what cannot hold together."""
    course: tuple[Step, ...] = ()
    """How it went."""
    missed: tuple[Shortfall, ...] = ()
    """What the best so far does not meet."""
    undo: Mapping[SessionId, Back] = field(
        default_factory=lambda: MappingProxyType[SessionId, Back]({})
    )
    """What was moved when it was applied."""
    stayed: tuple[SessionId, ...] = ()
    """What was not, when it was applied or undone: somebody had changed it meanwhile."""
    undone: datetime | None = None
    """When what was moved went back."""

    @property
    def live(self) -> bool:
        """Whether more may come of it."""
        return self.state in {SolveState.WAITING, SolveState.RUNNING}

    @property
    def gap(self) -> float | None:
        """The share of its cost that a better timetable might save at the most."""
        if self.cost is None or self.bound is None:
            return None
        return (self.cost - self.bound) / self.cost if self.cost else 0.0


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that somebody looks at before it comes into a draft: theirs alone, for a day."""

    id: UploadId
    congress: CongressId
    by: PersonId
    at: datetime
    name: str
    """Of the file, as its sender calls it."""
    parcel: bytes
    """What was read in it."""


class SolveTimetable(msgspec.Struct, frozen=True, tag="congress.solve_timetable"):
    """A job: search a timetable for a congress."""

    solve: SolveId


class LookAfterSolves(msgspec.Struct, frozen=True, tag="congress.look_after_solves"):
    """A job: end the searches whose process is dead."""


class OpenSample(msgspec.Struct, frozen=True, tag="congress.open_sample"):
    """A job: bring the sample congress of a demo nearer to its release, and look again."""

    congress: CongressId


class ShowSigns(msgspec.Struct, frozen=True, tag="congress.show_signs"):
    """A job: let the halls of a park say what is on in them now."""

    park: SpaceId


class RepairSigns(msgspec.Struct, frozen=True, tag="congress.repair_signs"):
    """A job: let the halls of every park say so, whatever was lost."""
