"""Calls: what a client asks.

One with a `key` is answered by `Accepted` or `Refusal` with the same key; one that is sent again
with its key counts once.
"""

from typing import Annotated

from msgspec import Meta, Struct

from shulian.park.types import SpaceId
from shulian.world.types import Measure, Scope, VisitorKey
from shulian.world.wire.messages.views import LookView

LONGEST_TEXT = 500
"""Characters of one message."""
MOST_BYTES = 4096
"""Of one call; what is longer ends the connection."""

Key = Annotated[str, Meta(min_length=1, max_length=36)]
Words = Annotated[str, Meta(min_length=1, max_length=LONGEST_TEXT)]
Metre = Annotated[float, Meta(ge=-100_000, le=100_000)]


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
