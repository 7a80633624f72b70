"""The sample bookings of a demo park, read from its folder and made through the ledger's door."""

from contextlib import suppress
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Annotated
from zoneinfo import ZoneInfo

import msgspec
from msgspec import Struct

from shulian.booking import api
from shulian.booking.errors import SpanWrong, Taken
from shulian.booking.types import Audience, Claim, Holder, Span
from shulian.identity.api import DEMO_ACCOUNTS, organizations
from shulian.identity.types import Actor
from shulian.kit.bus import Bus
from shulian.kit.db import Db
from shulian.park.api import localities
from shulian.park.types import SpaceId

FILE = "bookings.yaml"
_DAY_ENDS = "24:00"


class SampleResource(Struct, frozen=True, forbid_unknown_fields=True):
    """A space that can be booked."""

    space: SpaceId
    capacity: int = 1
    audience: Audience = Audience.PEOPLE


class SampleBooking(Struct, frozen=True, forbid_unknown_fields=True, rename={"start": "from"}):
    """A booking by the sample firm, or by nobody where the space is closed."""

    space: SpaceId
    day: Annotated[int, msgspec.Meta(ge=0, le=366)]
    """Days after the one on which the demo is made."""
    start: str
    to: str
    title: str
    units: int = 1
    closed: bool = False


class Samples(Struct, frozen=True, forbid_unknown_fields=True):
    """What of a park can be booked, and what is."""

    resources: tuple[SampleResource, ...]
    bookings: tuple[SampleBooking, ...]


def read(path: Path) -> Samples:
    """The samples in a file."""
    return msgspec.yaml.decode(path.read_bytes(), type=Samples)


def seed(db: Db, bus: Bus, actor: Actor, samples: Samples, *, now: datetime) -> None:
    """Let the resources be booked, and book; what is there already, or taken by now, is left."""
    for one in samples.resources:
        api.add_resource(
            db, actor, space=one.space, capacity=one.capacity, audience=one.audience, now=now
        )
    where = localities(db, [one.space for one in samples.resources])
    firm = _firm(db, actor)
    for one in samples.bookings:
        zone = ZoneInfo(where[one.space].timezone)
        resource = api.resource_of(db, one.space)
        span = _span(one, now.astimezone(zone).date(), zone)
        with suppress(Taken, SpanWrong):
            if one.closed:
                api.close(db, bus, actor, resource.id, span, title=one.title, now=now)
            else:
                wanted = [Claim(resource.id, span, one.units)]
                api.book(
                    db,
                    bus,
                    actor,
                    wanted,
                    holder=firm,
                    title=one.title,
                    key=f"sample/{one.space}/{span.start:%Y%m%dT%H%M}",
                    now=now,
                )


def _firm(db: Db, actor: Actor) -> Holder:
    """The firm of the demo's accounts."""
    places = [one.place for one in DEMO_ACCOUNTS if one.kind == "firm"]
    known = {one.name: one.id for one in organizations(db, actor)}
    return Holder(organization=next(known[one.organization] for one in places if one is not None))


def _span(one: SampleBooking, today: date, zone: ZoneInfo) -> Span:
    day = today + timedelta(days=one.day)
    last = day + timedelta(days=1) if one.to == _DAY_ENDS else day
    end = time() if one.to == _DAY_ENDS else time.fromisoformat(one.to)
    return Span(_instant(day, time.fromisoformat(one.start), zone), _instant(last, end, zone))


def _instant(day: date, clock: time, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, clock, zone).astimezone(UTC)
