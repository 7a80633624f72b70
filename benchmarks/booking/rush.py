"""Rush: many come within seconds for a few tickets, through the line and over HTTP."""

import asyncio
from collections import Counter
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from time import perf_counter

import sqlalchemy as sa

from booking.clients import CONFLICT, CREATED, OK, Answer, Client
from booking.fleet import Fleet
from shulian.app.grants import GRANTS
from shulian.app.reactions import reactions
from shulian.booking.types import Span
from shulian.identity.api import command_actor
from shulian.identity.store import organizations
from shulian.identity.types import Organization, OrganizationId, OrganizationKind
from shulian.kit.bus import Bus
from shulian.kit.db import Database, Db
from shulian.kit.ids import new_id
from shulian.kit.text import Text
from shulian.park import api as park_api
from shulian.park.types import ParkPlan, Place, Space, SpaceId, SpaceKind
from shulian.ticketing import api
from shulian.ticketing.types import Fen

_PARK = SpaceId("field")
_FAIR = 1.0
"""[s] of arrival within which an order does not matter."""


@dataclass(slots=True)
class Outcome:
    """How it went for one who came."""

    arrived: float
    """[s] since the rush began."""
    end: str = "lost"
    """`sold`, `refused`, `waiting`, or `lost`: no answer, or none that says how one stands."""
    seconds: float = 0.0
    """Until it was known."""
    asked: int = 0


@dataclass(frozen=True, slots=True)
class Rush:
    """How it went for all."""

    ends: Counter[str]
    sold: int
    """As the ledger has it."""
    unfair: int
    """Those who got nothing though somebody who came more than a second later did."""
    p99_ms: float
    """Of single answers."""
    seconds: float
    asked: int


def open_sale(url: str, tickets: int) -> tuple[str, str]:
    """An occasion with so many free tickets on sale: its id, and that of the type."""
    now = datetime.now(UTC)  # noqa: TID251  # an edge
    with closing(Database(url, pool=1)) as database, database.transaction() as db:
        bus, actor = Bus(db, reactions()), command_actor(GRANTS)
        _park(db, bus, now)
        host = Organization(
            OrganizationId(new_id(now)), Text("主办方", "Host"), OrganizationKind.FIRM, now
        )
        organizations.put_new(db, host)
        begins = now + timedelta(days=10)
        made = api.add_occasion(
            db,
            bus,
            actor,
            organizer=host.id,
            title=Text("示例演出", "Sample show"),
            about=Text(),
            space=_PARK,
            span=Span(begins, begins + timedelta(hours=2)),
            now=now,
        )
        sold = api.add_type(
            db,
            bus,
            actor,
            made.id,
            name=Text("站票", "Standing"),
            price=Fen(0),
            capacity=tickets,
            sale=Span(now - timedelta(hours=1), begins),
            now=now,
        )
        api.open_occasion(db, bus, actor, made.id, now=now)
        return str(made.id), str(sold.id)


async def rush(fleet: Fleet, sale: tuple[str, str], cookies: list[str], within: float) -> Rush:
    """Let everyone come, evenly within so many seconds, and each buy one ticket if they can."""
    answers: list[Answer] = []
    began = perf_counter()
    ends = await asyncio.gather(
        *(
            _come(
                Client(fleet.ports[number % len(fleet.ports)], cookie),
                sale,
                Outcome(within * number / len(cookies)),
                began,
                answers,
            )
            for number, cookie in enumerate(cookies)
        )
    )
    seconds = perf_counter() - began
    with closing(Database(fleet.url, pool=1)) as database, database.transaction() as db:
        held = _held(db, sale)
    last = max((one.arrived for one in ends if one.end == "sold"), default=0.0)
    unfair = sum(one.end != "sold" and one.arrived + _FAIR < last for one in ends)
    times = sorted(one.seconds for one in answers)
    return Rush(
        ends=Counter(one.end for one in ends),
        sold=held,
        unfair=unfair,
        p99_ms=times[int(len(times) * 0.99)] * 1000,
        seconds=seconds,
        asked=len(answers),
    )


async def _come(
    client: Client, sale: tuple[str, str], mine: Outcome, began: float, answers: list[Answer]
) -> Outcome:
    """Line up, wait until called, order."""
    occasion, sold = sale
    await asyncio.sleep(max(0.0, began + mine.arrived - perf_counter()))
    mine.arrived = perf_counter() - began
    path = f"/api/occasions/{occasion}/queue"
    found = await client.ask("POST", path)
    answers.append(found)
    while found.status == OK and found.body["state"] == "waiting":
        await asyncio.sleep(found.body["again_s"])
        found = await client.ask("GET", path)
        answers.append(found)
    if found.status == OK and found.body["state"] == "refused":
        mine.end = "refused"
    elif found.status == OK and found.body["state"] == "buying":
        wanted = {"wanted": [{"type": sold}]}
        found = await client.ask("POST", f"/api/occasions/{occasion}/orders", wanted)
        answers.append(found)
        mine.end = {CREATED: "sold", CONFLICT: "refused"}.get(found.status, "lost")
    client.close()
    return mine


def _held(db: Db, sale: tuple[str, str]) -> int:
    """Units that are held of what was sold, as the ledger counts them."""
    query = """
        select coalesce(sum(upper(claim.units) - lower(claim.units)), 0)
        from booking_claim as claim join ticketing_type as type on type.quota = claim.resource
        where type.id = :type and claim.active
    """
    return int(db.scalar(sa.text(query), {"type": sale[1]}) or 0)


def _park(db: Db, bus: Bus, now: datetime) -> None:
    """A park, which is all that an occasion needs."""
    spaces = (Space(_PARK, None, SpaceKind.PARK, Text("旷野", "Field")),)
    plan = ParkPlan(Place(_PARK, 121.6, 31.2), spaces)
    park_api.import_park(db, bus, command_actor(GRANTS), plan, now=now)
