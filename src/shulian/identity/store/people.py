"""People and their passwords."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Row
from sqlalchemy.dialects.postgresql import insert

from shulian.identity.errors import PersonMissing
from shulian.identity.tables import person as table
from shulian.identity.types import Person, PersonId
from shulian.kit.db import Db
from shulian.kit.text import Language


@dataclass(frozen=True, slots=True)
class Account:
    """A person and the hash of their password, which goes no further than the door."""

    person: Person
    password: str


def put_new(db: Db, person: Person, password: str) -> bool:
    """Store a person with the hash `password`; false: the e-mail address has an account already."""
    values = {
        "id": person.id,
        "email": person.email,
        "name": person.name,
        "language": person.language,
        "password": password,
        "created": person.created,
        "sample": person.sample,
    }
    statement = insert(table).values(values).on_conflict_do_nothing(index_elements=["email"])
    return db.execute(statement.returning(table.c.id)).one_or_none() is not None


def find_account(db: Db, email: str) -> Account | None:
    """The account named `email`."""
    row = db.execute(sa.select(table).where(table.c.email == email)).one_or_none()
    return Account(person_of(row), row.password) if row else None


def get_account(db: Db, person: PersonId, *, lock: bool = False) -> Account:
    """The account of `person`, kept from other changes until the transaction ends if `lock`.

    Raises PersonMissing.
    """
    query = sa.select(table).where(table.c.id == person)
    row = db.execute(query.with_for_update() if lock else query).one_or_none()
    if row is None:
        raise PersonMissing
    return Account(person_of(row), row.password)


def get(db: Db, person: PersonId, *, lock: bool = False) -> Person:
    """The person, as `get_account`."""
    return get_account(db, person, lock=lock).person


def many(db: Db, wanted: Collection[PersonId]) -> dict[PersonId, Person]:
    """Those people, as far as they are known."""
    rows = db.execute(sa.select(table).where(table.c.id.in_(wanted)))
    return {PersonId(row.id): person_of(row) for row in rows}


def list_(db: Db, text: str, *, after: str, limit: int) -> tuple[Person, ...]:
    """People whose address or name contains `text`, by address, from the one behind `after`."""
    query = sa.select(table).where(table.c.email > after).order_by(table.c.email).limit(limit)
    if text:
        query = query.where(
            table.c.email.icontains(text, autoescape=True)
            | table.c.name.icontains(text, autoescape=True)
        )
    return tuple(person_of(row) for row in db.execute(query))


def names(db: Db, wanted: Collection[PersonId]) -> dict[PersonId, str]:
    """What those people are called."""
    query = sa.select(table.c.id, table.c.name).where(table.c.id.in_(wanted))
    return {PersonId(row.id): row.name for row in db.execute(query)}


def put(db: Db, person: Person) -> None:
    """Store what can change of `person`."""
    values = {"name": person.name, "language": person.language, "disabled": person.disabled}
    db.execute(sa.update(table).where(table.c.id == person.id).values(values))


def put_password(db: Db, person: PersonId, password: str) -> None:
    """Store the hash of another password."""
    db.execute(sa.update(table).where(table.c.id == person).values(password=password))


def person_of(row: Row[Any]) -> Person:
    """The person in a row that has the columns of the table."""
    return Person(
        id=PersonId(row.id),
        email=row.email,
        name=row.name,
        language=Language(row.language),
        created=row.created,
        disabled=row.disabled,
        sample=row.sample,
    )
