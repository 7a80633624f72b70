"""The tables are what the migration makes, and the database keeps the ledger by itself."""

from datetime import timedelta

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy.exc import IntegrityError
from tests.booking.ledgers import NOW, claim, resource, take

from shulian.booking import tables
from shulian.booking.store import bookings as store
from shulian.booking.store.claims import Piece
from shulian.kit.bus import Bus
from shulian.kit.db import Db, metadata

OURS = tuple(name for name in metadata.tables if name.startswith("booking_"))


def test_the_migration_makes_the_tables(db: Db) -> None:
    def ours(_: object, name: str | None, kind: str, *__: object) -> bool:
        return kind != "table" or name in OURS

    context = MigrationContext.configure(db, opts={"include_object": ours})

    assert compare_metadata(context, metadata) == []


def test_all_of_them_begin_with_the_feature_s_name() -> None:
    named = {one.name for one in vars(tables).values() if isinstance(one, sa.Table)}

    assert named == set(OURS)


def _refused(db: Db, statement: str, **values: object) -> str:
    """The name of the constraint that refuses a statement."""
    with pytest.raises(IntegrityError) as refusal, db.begin_nested():
        db.execute(sa.text(statement), values)
    diagnosis = getattr(refusal.value.orig, "diag", None)
    return str(getattr(diagnosis, "constraint_name", None))


def test_no_two_claims_in_force_share_a_unit_at_a_time(db: Db, bus: Bus) -> None:
    room = resource(db)
    first = take(db, bus, claim(room, 9, 11))
    take(db, bus, claim(room, 11, 12))

    assert (
        _refused(
            db,
            "insert into booking_claim select booking, resource, units, "
            "tstzrange(lower(span) + interval '1 hour', upper(span) + interval '1 hour'), "
            "capacity, active from booking_claim where booking = :id",
            id=first.id,
        )
        == "ex_booking_claim_taken"
    )


def test_no_claim_takes_a_unit_that_there_is_not(db: Db, bus: Bus) -> None:
    first = take(db, bus, claim(resource(db, 3), 9, 11, 3))

    assert (
        _refused(
            db,
            "update booking_claim set units = int4range(1, 4) where booking = :id",
            id=first.id,
        )
        == "ck_booking_claim_within"
    )


def test_no_resource_holds_less_than_is_booked(db: Db, bus: Bus) -> None:
    hall = resource(db, 3)
    take(db, bus, claim(hall, 9, 11, 3))

    statement = "update booking_resource set capacity = 2 where id = :id"
    assert _refused(db, statement, id=hall.id) == "ck_booking_claim_within"


def test_no_claim_of_a_booking_that_is_over_is_in_force(db: Db, bus: Bus) -> None:
    room = resource(db)
    first = take(db, bus, claim(room, 9, 11), expires=NOW + timedelta(minutes=15))
    db.execute(sa.text("update booking_booking set state = 'released', expires = null"))
    found = db.execute(sa.select(tables.claim.c.active)).scalars().all()

    assert found == [False]
    statement = "update booking_claim set active = true where booking = :id"
    assert _refused(db, statement, id=first.id) == "fk_booking_claim_booking"


def test_who_comes_second_gets_nothing_and_no_error(db: Db, bus: Bus) -> None:
    room = resource(db)
    first = take(db, bus, claim(room, 9, 11))
    second = take(db, bus, claim(room, 12, 13))
    piece = Piece(room.id, first.claims[0].span, 0, 1)

    assert not store.take_pieces(db, second.id, [piece])
