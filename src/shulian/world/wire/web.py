"""What the shared world says over HTTP, and what it takes."""

from dataclasses import asdict
from datetime import datetime
from typing import Annotated
from uuid import UUID

from msgspec import Meta, Struct

from shulian.identity.types import OrganizationId
from shulian.park.types import SpaceId
from shulian.world.types import (
    Audience,
    Block,
    Look,
    Measure,
    Report,
    Right,
    Rule,
    Sanction,
    VisitorKey,
)
from shulian.world.wire.messages import LONGEST_TEXT, LookView

LONGEST_NAME = 24
"""Characters of what a guest is called."""


class TicketAsk(Struct, frozen=True, forbid_unknown_fields=True):
    """The wish to come into the world: into a park, beside a space, as a guest of that name."""

    park: SpaceId
    space: SpaceId | None = None
    name: Annotated[str, Meta(max_length=LONGEST_NAME)] = ""


class TicketView(Struct, frozen=True):
    """A ticket, good for one connection within a minute."""

    url: str
    """The address to open as a WebSocket, with `?ticket=` and the ticket."""
    ticket: str
    you: VisitorKey
    name: str
    guest: bool
    """Whether they have no account, and choose their name."""
    protocol: int
    """The version of frames and messages that the server speaks."""


class LookParts(LookView, frozen=True, array_like=False, forbid_unknown_fields=True):
    """What an avatar looks like, as `world.types.Look`."""


class RuleView(Struct, frozen=True):
    """Who has a right in a space and within it."""

    space: SpaceId
    right: Right
    audience: Audience
    organization: OrganizationId | None


class RuleAsk(Struct, frozen=True, forbid_unknown_fields=True):
    """Say who has a right in a space; no audience: the usual again."""

    space: SpaceId
    right: Right
    audience: Audience | None
    organization: OrganizationId | None = None


class SanctionView(Struct, frozen=True):
    """A mute, a ban or a removal in force; the first two are of the whole park."""

    zone: SpaceId
    visitor: VisitorKey
    name: str
    measure: Measure
    since: datetime
    until: datetime | None
    by: str
    reason: str


class BlockView(Struct, frozen=True):
    """Somebody whom one has blocked."""

    person: VisitorKey
    name: str
    """What they were called then; empty: not known."""
    since: datetime


class ReportView(Struct, frozen=True):
    """A complaint."""

    id: UUID
    at: datetime
    zone: SpaceId
    about: VisitorKey
    about_name: str
    by_name: str
    reason: str
    said: str | None
    settled: datetime | None


class OrderView(Struct, frozen=True):
    """How order is kept in a park: what differs from the usual, and what waits for a moderator."""

    rules: tuple[RuleView, ...]
    silences: tuple[SpaceId, ...]
    sanctions: tuple[SanctionView, ...]
    reports: tuple[ReportView, ...]


class MeasureAsk(Struct, frozen=True, forbid_unknown_fields=True):
    """A measure of a moderator's; minutes of a mute or a ban, none: until it is taken back."""

    zone: SpaceId
    measure: Measure
    person: VisitorKey | None = None
    name: Annotated[str, Meta(max_length=200)] = ""
    reason: Annotated[str, Meta(max_length=LONGEST_TEXT)] = ""
    minutes: Annotated[int, Meta(ge=1, le=525_600)] | None = None


def look_parts(look: Look) -> LookParts:
    """`look` with names."""
    return LookParts(**asdict(look))


def rule_view(rule: Rule) -> RuleView:
    """`rule` as others see it."""
    return RuleView(rule.space, rule.right, rule.audience, rule.organization)


def sanction_view(one: Sanction) -> SanctionView:
    """`one` as moderators see it."""
    return SanctionView(
        one.zone, one.visitor, one.name, one.measure, one.since, one.until, one.by, one.reason
    )


def block_view(one: Block) -> BlockView:
    """`one` as who blocked them sees it."""
    return BlockView(one.visitor, one.name, one.since)


def report_view(one: Report) -> ReportView:
    """`one` as moderators see it."""
    return ReportView(
        one.id,
        one.at,
        one.zone,
        one.about,
        one.about_name,
        one.by_name,
        one.reason,
        one.said,
        one.settled,
    )
