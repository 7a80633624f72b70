"""News: what a client is told."""

from datetime import datetime
from typing import Literal

from msgspec import Struct

from shulian.kit.text import Text
from shulian.park.types import SpaceId
from shulian.world.types import Measure, Right, VisitorKey
from shulian.world.wire.messages.views import MessageView, PersonView, StandView, ZoneView


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
    reports: int | None
    """How many complaints wait; null: one does not keep order in the whole park."""


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
    """So many complaints wait now; null: one does not keep order in the whole park any more."""

    count: int | None


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
