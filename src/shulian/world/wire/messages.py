"""The reliable lane: messages as JSON in text frames, told apart by `type`, in the order sent.

What a client asks is a `Call`; what it is told is `News`. A call with a `key` is answered by
`Accepted` or `Refusal` with the same key; one that is sent again with its key counts once.
"""

from datetime import datetime
from typing import Annotated, Literal

from msgspec import Meta, Struct

from shulian.kit.text import Text
from shulian.park.types import SpaceId
from shulian.world.types import Measure, Right, Scope, VisitorKey

LONGEST_TEXT = 500
"""Characters of one message."""
MOST_BYTES = 4096
"""Of one call; what is longer ends the connection."""

Key = Annotated[str, Meta(min_length=1, max_length=36)]
Words = Annotated[str, Meta(min_length=1, max_length=LONGEST_TEXT)]
Metre = Annotated[float, Meta(ge=-100_000, le=100_000)]


class LookView(Struct, frozen=True, array_like=True):
    """What an avatar looks like, as `world.types.Look`, without names to be short."""

    sex: int
    age: int
    weight: int
    stature: int
    skin: int
    hair: int
    hair_color: int
    outfit: int
    primary: int
    secondary: int


class StandView(Struct, frozen=True):
    """Where somebody stands [m], heading [° clockwise from north]."""

    east: float
    north: float
    height: float
    heading: float


class PersonView(Struct, frozen=True):
    """Somebody in the world."""

    slot: int
    """Their number in snapshots; -1: out of reach of this process."""
    key: VisitorKey
    name: str
    look: LookView
    simulated: bool
    staff: bool
    """Whether they may keep order here."""


class MessageView(Struct, frozen=True):
    """Something that was said."""

    number: int
    at: datetime
    zone: SpaceId
    scope: Scope
    sender: VisitorKey
    name: str
    text: str
    to: VisitorKey | None = None


class ZoneView(Struct, frozen=True):
    """A zone and who is in it now."""

    space: SpaceId
    name: Text
    count: int
    cap: int
    muted: bool = False
    """Whether only those may speak who keep order."""


# what a client asks


class _Call(Struct, frozen=True, forbid_unknown_fields=True, tag_field="type"):
    """What a client asks."""


class Say(_Call, frozen=True, tag="say"):
    """Say something; `to` is for whom, if it is for one alone."""

    key: Key
    scope: Scope
    text: Words
    to: VisitorKey | None = None


class Greet(_Call, frozen=True, tag="greet"):
    """Wave to somebody, who is told so."""

    key: Key
    to: VisitorKey


class Hand(_Call, frozen=True, tag="hand"):
    """Raise one's hand in the zone, or take it down."""

    raised: bool


class Spot(Struct, frozen=True, forbid_unknown_fields=True):
    """A place somebody sees from above and wants to stand at, looking which way [m, °]."""

    east: Metre
    north: Metre
    height: Metre
    heading: Annotated[float, Meta(ge=-3600, le=3600)]


class Go(_Call, frozen=True, tag="go"):
    """Be taken to a space, to the side of a person, or to a spot: `bring me there`."""

    key: Key
    space: SpaceId | None = None
    person: VisitorKey | None = None
    spot: Spot | None = None


class Invite(_Call, frozen=True, tag="invite"):
    """Ask a person, or all nearby, to follow: `follow me`."""

    key: Key
    to: VisitorKey | None = None


class Focus(_Call, frozen=True, tag="focus"):
    """Look at the park from above: the people around that point are shown instead of one's own."""

    east: Metre
    north: Metre


class Unfocus(_Call, frozen=True, tag="unfocus"):
    """Look from where one stands again."""


class Roster(_Call, frozen=True, tag="roster"):
    """Ask who is in one's zone, by a part of their name."""

    key: Key
    query: Annotated[str, Meta(max_length=60)] = ""


class History(_Call, frozen=True, tag="history"):
    """Ask what was said in one's zone before a message."""

    key: Key
    before: int


class Show(_Call, frozen=True, tag="show"):
    """Show a title and a page to open to all in the zone; without them: nothing more."""

    key: Key
    title: Annotated[str, Meta(max_length=120)] = ""
    link: Annotated[str, Meta(max_length=500)] = ""


class Dress(_Call, frozen=True, tag="dress"):
    """Look different from now on."""

    look: LookView


class Block(_Call, frozen=True, tag="block"):
    """Neither see nor hear somebody any more, nor be heard by them; or take that back."""

    key: Key
    person: VisitorKey
    on: bool


class Complain(_Call, frozen=True, tag="complain"):
    """Report somebody to the moderators, with a message of theirs where it is about one."""

    key: Key
    person: VisitorKey
    reason: Words
    message: int | None = None


class Moderate(_Call, frozen=True, tag="moderate"):
    """Keep order: `person` is needed unless all are meant; minutes of a ban, none: for good."""

    key: Key
    measure: Measure
    person: VisitorKey | None = None
    reason: Annotated[str, Meta(max_length=LONGEST_TEXT)] = ""
    minutes: Annotated[int, Meta(ge=1, le=525_600)] | None = None


class Unqueue(_Call, frozen=True, tag="unqueue"):
    """Wait for the full zone no more."""


class Leave(_Call, frozen=True, tag="leave"):
    """Go: one's place is free at once."""


Call = (
    Say
    | Greet
    | Hand
    | Go
    | Invite
    | Focus
    | Unfocus
    | Roster
    | History
    | Show
    | Dress
    | Block
    | Complain
    | Moderate
    | Unqueue
    | Leave
)


# what a client is told


class _News(Struct, frozen=True, tag_field="type"):
    """What a client is told."""


class Welcome(_News, frozen=True, tag="welcome"):
    """One is in: where, as whom, and what one may do there."""

    you: PersonView
    zone: ZoneView
    stand: StandView
    rights: tuple[Right, ...]
    session: str
    """As `resume` in the address it brings one back within a minute of a lost link."""
    resumed: bool
    hands: tuple[VisitorKey, ...]
    messages: tuple[MessageView, ...]
    """The last hour of the zone at the most; after a lost link: what was said meanwhile."""
    shown: "Shown | None"
    blocked: tuple[VisitorKey, ...]
    reports: int
    """How many complaints wait, for those who keep order in the park."""


class Waiting(_News, frozen=True, tag="waiting"):
    """The zone one wants to is full: one's place in its queue, the first is 1; 0: not any more."""

    zone: ZoneView
    position: int


class Entered(_News, frozen=True, tag="entered"):
    """One is in another zone now."""

    zone: ZoneView
    rights: tuple[Right, ...]
    hands: tuple[VisitorKey, ...]
    messages: tuple[MessageView, ...]
    shown: "Shown | None"


class Placed(_News, frozen=True, tag="placed"):
    """One stands there now, whatever the client thought."""

    stand: StandView
    reason: Literal["go", "brought", "speed", "wall", "full", "closed", "removed"]


class Met(_News, frozen=True, tag="met"):
    """Who stands behind slots that snapshots name from now on; also after they changed."""

    people: tuple[PersonView, ...]


class Parted(_News, frozen=True, tag="parted"):
    """Who is gone; their slots may come back with others behind them."""

    slots: tuple[int, ...]


class Said(_News, frozen=True, tag="said"):
    """Somebody said something, perhaps oneself."""

    message: MessageView
    slot: int


class Greeted(_News, frozen=True, tag="greeted"):
    """Somebody waves to you."""

    sender: VisitorKey
    name: str
    slot: int


class Invited(_News, frozen=True, tag="invited"):
    """Somebody asks you to follow them."""

    sender: VisitorKey
    name: str
    slot: int


class Hands(_News, frozen=True, tag="hands"):
    """Whose hands are up in the zone, the longest first."""

    zone: SpaceId
    raised: tuple[VisitorKey, ...]
    names: tuple[str, ...]


class Crowd(_News, frozen=True, tag="crowd"):
    """How many are in one's zone now."""

    zone: ZoneView


class Shown(_News, frozen=True, tag="shown"):
    """What is shown to all in a zone; an empty title: nothing."""

    zone: SpaceId
    title: str
    link: str
    by: str


class Order(_News, frozen=True, tag="order"):
    """A moderator did something to you, or to all: in force until then, none: until taken back."""

    measure: Measure
    by: str
    reason: str
    until: datetime | None


class Rights(_News, frozen=True, tag="rights"):
    """What one may do in one's zone has changed."""

    rights: tuple[Right, ...]


class Reports(_News, frozen=True, tag="reports"):
    """So many complaints wait now; only those hear of it who keep order in the whole park."""

    count: int


class Listed(_News, frozen=True, tag="listed"):
    """Who is in the zone, the nearest first; `total` counts those who are left out as well."""

    key: str
    people: tuple[PersonView, ...]
    distances: tuple[float, ...]
    total: int


class Told(_News, frozen=True, tag="told"):
    """What was said in the zone before."""

    key: str
    messages: tuple[MessageView, ...]


class Accepted(_News, frozen=True, tag="accepted"):
    """What was asked for is done; of something said: its number, under which it is kept."""

    key: str
    number: int | None = None


class Refusal(_News, frozen=True, tag="refusal"):
    """What was asked for is not done."""

    key: str | None
    code: str
    words: Text


class Moved(_News, frozen=True, tag="moved"):
    """One's place is on another server now: connect there with this session."""

    url: str
    """From a colon on: another port of the same host."""
    session: str


class Ended(_News, frozen=True, tag="ended"):
    """The last message: why the connection ends, and whether it makes sense to come back."""

    code: str
    words: Text
    again: bool


News = (
    Welcome
    | Waiting
    | Entered
    | Placed
    | Met
    | Parted
    | Said
    | Greeted
    | Invited
    | Hands
    | Crowd
    | Shown
    | Order
    | Rights
    | Reports
    | Listed
    | Told
    | Accepted
    | Refusal
    | Moved
    | Ended
)
