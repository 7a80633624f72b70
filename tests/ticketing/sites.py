"""The whole web application with an occasion whose gates are open, and who stands at them."""

from collections.abc import Generator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from litestar.testing import TestClient
from tests.identity.accounts import join, organization
from tests.park.plans import imported
from tests.ticketing.gates import KEYS, code_of, doors, steward
from tests.ticketing.houses import House, open_house, theatre

from shulian.app.main import create_app
from shulian.identity import api as identity
from shulian.identity.types import Actor, Role
from shulian.kit.db import Database, Db
from shulian.settings import read_settings
from shulian.ticketing import api
from shulian.ticketing.types import PERMISSIONS, Order


@dataclass
class Site:
    """A running application, and what its people hold in their hands."""

    client: TestClient[Any]
    database: Database
    occasion: str
    order: Order
    """Ann's, of the seats 1 and 2; the second she has handed on to Ben."""
    codes: tuple[str, ...]
    """Of both tickets, as they are now."""
    held: Order
    """Ann's, of seat 3, which is not paid."""
    headers: dict[str, dict[str, str]]
    """By which ann, ben, gil (at the gate) and org (the organizer) say who they are."""

    def get(self, path: str, *, who: str = "", **headers: str) -> Any:
        """What is at `path` for somebody."""
        told = {"accept-language": "en", **(self.headers[who] if who else {}), **headers}
        return self.client.get(path, headers=told, follow_redirects=False)

    def gate(self, part: str = "") -> str:
        """The address of the gate, or of a part of it."""
        return f"/api/occasions/{self.occasion}/gate{part}"

    def tell(self, told: object, *, who: str = "gil") -> Any:
        """What is answered to a gate."""
        return self.client.post(self.gate("/scans"), json=told, headers=self.headers[who])


@contextmanager
def opened(
    database_url: str, built: Path, folder: Path, now: datetime | None = None
) -> Generator[Site]:
    """The application on an empty database, in which a house is opened."""
    with closing(Database(database_url)) as database:
        with database.transaction() as db:
            imported(db, theatre())
            house = open_house(db)
            order, held = _sold(house)
            people = {"ann": house.ann, "ben": house.ben, "org": house.organizer}
            headers = {
                name: _headers(db, who) for name, who in {**people, "gil": steward(house)}.items()
            }
            occasion = str(house.occasion.id)
        told = {"DATABASE_URL": database_url, "SHULIAN_CLIENT": str(built)}
        app = create_app(
            read_settings(told),
            data=folder,
            secret="s" * 32,
            keys=KEYS,
            clock=lambda: now or doors(0),
        )
        with TestClient(app, base_url="http://park.example") as client:
            codes = tuple(code_of(one) for one in order.tickets)
            yield Site(client, database, occasion, order, codes, held, headers)


def _sold(house: House) -> tuple[Order, Order]:
    order = house.bought(house.seats(1, 2))
    first, second = order.tickets
    kwargs = {"now": order.created}
    api.rename(house.db, house.bus, house.ann, first.id, name="王小明", **kwargs)
    api.hand_on(house.db, house.ann, second.id, email="ben@park.example", name="Ben", **kwargs)
    api.take_gift(house.db, house.bus, house.ben, second.id, **kwargs)
    firm = organization(house.db, "Sample Light Ltd")
    join(house.db, house.ben_person, firm, Role.MEMBER)
    return house.order(order.id), house.place(house.seats(3))


def _headers(db: Db, who: Actor) -> dict[str, str]:
    assert who.person is not None
    scopes = frozenset(one for one in PERMISSIONS if who.may(one))
    _, token = identity.create_token(db, who, name="test", scopes=scopes, days=30, now=doors(0))
    return {"authorization": f"Bearer {token}"}
