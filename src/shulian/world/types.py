"""The nouns of the shared world: who is there, where, what they look like, what they may do.

Lengths are metres in the plane of the park (`park.types`), headings degrees clockwise from north.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum, StrEnum
from typing import NewType
from uuid import UUID

import msgspec

from shulian.identity.types import OrganizationId, Permission, PersonId
from shulian.kit.text import Language, Text
from shulian.park.types import Prism, SpaceId, SpaceKind

VisitorKey = NewType("VisitorKey", str)
"""Who somebody is in the world, for as long as they have an account or keep a guest's cookie:
`p-` and the person's id, `g-` and the guest's, `b-` and a number for one who is simulated."""

MessageNumber = NewType("MessageNumber", int)
"""Grows with every message said in the installation."""
GREATEST_NUMBER = MessageNumber(2**63 - 1)
"""No message gets a greater one."""

PRESENT = Permission("world.present")
"""Show something to all who are in a space."""
MODERATE = Permission("world.moderate")
"""Keep order in the shared world: mute, remove, ban; say who may enter and speak where."""
PERMISSIONS = (PRESENT, MODERATE)

MOST_SLOTS = 8192
"""So many people one process holds; the place of each in its arrays is their slot."""

NEARBY = 15.0
"""So far words said nearby are heard [m]."""


class Gait(IntEnum):
    """How somebody moves."""

    STILL = 0
    WALK = 1
    RUN = 2
    FLY = 3
    """Looks at the park from above; the avatar waits."""


class Gesture(IntEnum):
    """What somebody does with their body."""

    NONE = 0
    WAVE = 1
    CLAP = 2
    POINT = 3
    SIT = 4
    HAND = 5
    """A hand raised, to be given the word."""


class Scope(StrEnum):
    """Who hears a message: all in the zone, those within `NEARBY`, or one person."""

    ZONE = "zone"
    NEARBY = "nearby"
    DIRECT = "direct"


class Right(StrEnum):
    """What one may do in a zone."""

    ENTER = "enter"
    SPEAK = "speak"
    PRESENT = "present"
    MODERATE = "moderate"


class Audience(StrEnum):
    """Whom a right is given to."""

    EVERYONE = "everyone"
    ACCOUNTS = "accounts"
    """Who has an account."""
    MEMBERS = "members"
    """Members of one organization."""
    STAFF = "staff"
    """Who has the permission `world.present`, to present, else `world.moderate`."""


class Measure(StrEnum):
    """What a moderator does to keep order."""

    MUTE = "mute"
    UNMUTE = "unmute"
    MUTE_ALL = "mute_all"
    UNMUTE_ALL = "unmute_all"
    REMOVE = "remove"
    BAN = "ban"
    UNBAN = "unban"


@dataclass(frozen=True, slots=True)
class Zone:
    """A space of the twin as a part of the shared world: it has a cap, rights and a conversation.

    Where zones overlap one is in the smallest; the park itself is the zone of all that lies
    between.
    """

    space: SpaceId
    parent: SpaceId | None
    """The next zone above; none: the park."""
    kind: SpaceKind
    name: Text
    prisms: tuple[Prism, ...]
    """Empty for the park, which has no end."""
    cap: int
    """Persons at a time."""


@dataclass(frozen=True, slots=True)
class Rule:
    """Who has `right` in `space` and in the zones within that say nothing of their own."""

    space: SpaceId
    right: Right
    audience: Audience
    organization: OrganizationId | None = None


@dataclass(frozen=True, slots=True)
class Look:
    """What an avatar looks like; each number is an index or a share out of 255.

    sex, age, weight, stature  0 … 255: female to male, young to old, slim to stout, short to tall
    skin, hair, hair_color, outfit, primary, secondary  places in the lists of the avatar's maker
    """

    sex: int = 128
    age: int = 70
    weight: int = 110
    stature: int = 128
    skin: int = 1
    hair: int = 0
    hair_color: int = 0
    outfit: int = 0
    primary: int = 0
    secondary: int = 1


@dataclass(frozen=True, slots=True)
class Stand:
    """Where somebody stands and which way they look."""

    east: float
    north: float
    height: float
    heading: float


@dataclass(frozen=True, slots=True)
class Visitor:
    """Somebody who comes into the world: what the web application vouches for."""

    key: VisitorKey
    person: PersonId | None
    name: str
    look: Look
    language: Language
    simulated: bool = False
    permissions: frozenset[Permission] = frozenset()
    organizations: frozenset[OrganizationId] = frozenset()


@dataclass(frozen=True, slots=True)
class Message:
    """Something that was said."""

    number: MessageNumber
    at: datetime
    park: SpaceId
    zone: SpaceId
    scope: Scope
    sender: VisitorKey
    name: str
    """The sender's, at that time."""
    text: str
    to: VisitorKey | None = None


@dataclass(frozen=True, slots=True)
class Sanction:
    """A mute, a ban or a removal that is in force in a park."""

    park: SpaceId
    zone: SpaceId
    """Where it holds: of a mute and a ban the park itself."""
    visitor: VisitorKey
    name: str
    measure: Measure
    """MUTE, BAN or REMOVE."""
    since: datetime
    until: datetime | None
    by: str
    reason: str


@dataclass(frozen=True, slots=True)
class Block:
    """Somebody whom one does not want to meet."""

    visitor: VisitorKey
    name: str
    """What they were called when they were blocked; empty: not known."""
    since: datetime


@dataclass(frozen=True, slots=True)
class Report:
    """A complaint about somebody, for the moderators."""

    id: UUID
    at: datetime
    park: SpaceId
    zone: SpaceId
    about: VisitorKey
    about_name: str
    by: VisitorKey
    by_name: str
    reason: str
    message: MessageNumber | None = None
    """The one it is about …"""
    said: str | None = None
    """… and its text."""
    settled: datetime | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    """Something to be said; `key` is the sender's own mark for it, under which it counts once."""

    key: str
    at: datetime
    park: SpaceId
    zone: SpaceId
    scope: Scope
    sender: VisitorKey
    name: str
    text: str
    to: VisitorKey | None = None


@dataclass(frozen=True, slots=True)
class Exhibit:
    """What is shown to all in a zone: a title, and a page to open."""

    title: str
    link: str
    by: str
    """The name of who shows it."""


class ForgetMessages(msgspec.Struct, frozen=True, tag="world.forget_messages"):
    """A job: delete what was said too long ago."""
