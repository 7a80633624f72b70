"""Events reach their reactions at once, inside the transaction that published them."""

from dataclasses import dataclass

import pytest
import sqlalchemy as sa

from shulian.kit.bus import Bus, Reactions
from shulian.kit.db import Database, Db


@dataclass(frozen=True)
class Opened:
    name: str


@dataclass(frozen=True)
class Closed:
    name: str


def test_calls_the_reactions_to_a_type_in_their_order(db: Db) -> None:
    heard: list[str] = []
    reactions = Reactions()
    reactions.on(Opened, lambda _db, _bus, event: heard.append(f"first {event.name}"))
    reactions.on(Opened, lambda _db, _bus, event: heard.append(f"second {event.name}"))
    reactions.on(Closed, lambda _db, _bus, event: heard.append(f"closed {event.name}"))

    Bus(db, reactions).publish(Opened("hall"))

    assert heard == ["first hall", "second hall"]


def test_remembers_what_was_published_reactions_included(db: Db) -> None:
    reactions = Reactions()
    reactions.on(Opened, lambda _db, bus, event: bus.publish(Closed(event.name)))
    bus = Bus(db, reactions)

    bus.publish(Opened("hall"))

    assert bus.published == [Opened("hall"), Closed("hall")]


def test_what_a_reaction_raises_undoes_the_transaction(database_url: str) -> None:
    def refuse(_db: Db, _bus: Bus, _event: Opened) -> None:
        raise RuntimeError

    def change(database: Database) -> None:
        with database.transaction() as db:
            db.execute(sa.text("create table bus_proof (a int)"))
            Bus(db, reactions).publish(Opened("hall"))

    reactions = Reactions()
    reactions.on(Opened, refuse)
    database = Database(database_url)

    with pytest.raises(RuntimeError):
        change(database)

    with database.transaction() as db:
        assert not sa.inspect(db).has_table("bus_proof")
    database.close()
