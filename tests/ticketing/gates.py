"""What tests of gates are built from: keys, tickets that are shown, a phone with a clock."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count
from uuid import UUID

from tests.identity.accounts import actor, join, person
from tests.ticketing.houses import STARTS, House

from shulian.identity.types import Actor, Role
from shulian.kit.ids import new_id
from shulian.ticketing import api
from shulian.ticketing.rules.ticket_codes import Code, Keyring, write
from shulian.ticketing.types import (
    Direction,
    ScanId,
    Showing,
    Ticket,
    TicketId,
    Verdict,
)

KEYS = Keyring({1: bytes(range(32))}, newest=1)
IN, OUT = Direction.IN, Direction.OUT
_numbers = count(1)


def doors(seconds: float) -> datetime:
    """So long after the doors open."""
    return STARTS + timedelta(seconds=seconds)


def code_of(ticket: Ticket, *, issue: int | None = None, keys: Keyring = KEYS) -> str:
    """The code of a ticket, or of an older issue of it."""
    return write(Code(ticket.occasion, ticket.id, issue or ticket.issue), keys)


def steward(house: House, name: str = "gil") -> Actor:
    """Somebody of the operator's staff, who stands at the gate."""
    who = person(house.db, f"{name}@park.example")
    join(house.db, who, house.operator, Role.STAFF)
    return actor(house.db, who)


def showing(
    code: str = "",
    direction: Direction = IN,
    *,
    at: datetime | None = None,
    told: Verdict | None = None,
    ticket: TicketId | None = None,
    id: ScanId | None = None,  # noqa: A002  # as the field
) -> Showing:
    """Something that is shown."""
    made = id or ScanId(UUID(int=next(_numbers) << 64 | new_id(STARTS).int & 0xFFFF))
    return Showing(made, direction, at or doors(0), code, ticket, told)


@dataclass
class Phone:
    """A gate; its clock is before ours by `ahead`, which it does not know."""

    house: House
    who: Actor
    name: str = "A"
    ahead: timedelta = field(default_factory=timedelta)

    def tells(self, *shown: Showing, now: datetime | None = None) -> list[Verdict]:
        """What each scan comes to that the phone asks or tells."""
        return [one.scan.verdict for one in self.answers(*shown, now=now)]

    def answers(self, *shown: Showing, now: datetime | None = None) -> tuple[api.Answer, ...]:
        """As `tells`, with all that is answered."""
        heard = now or doors(0)
        return api.hear_scans(
            self.house.db,
            self.house.bus,
            self.who,
            self.house.occasion.id,
            shown,
            where=self.name,
            sent=heard + self.ahead,
            keys=KEYS,
            now=heard,
        )
