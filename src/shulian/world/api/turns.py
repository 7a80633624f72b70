"""How the presence server learns that something was decided about a park, or a person changed."""

import msgspec

from shulian.identity.types import PersonId
from shulian.kit.db import Db
from shulian.kit.live import announce
from shulian.park.types import SpaceId


class Decided(msgspec.Struct, frozen=True):
    """Rules, sanctions, silences, exhibits or reports of `park` are others now."""

    park: SpaceId


class PersonTurned(msgspec.Struct, frozen=True):
    """The name or the rights of a person are others now; `out`: they are logged out or shut out."""

    person: PersonId
    out: bool


PEOPLE = "world/people"
"""The topic on which it is announced that people changed."""


def topic(park: SpaceId) -> str:
    """The topic of the live channel on which decisions about `park` are announced."""
    return f"world/{park}"


def tell(db: Db, park: SpaceId) -> None:
    """Announce that something was decided about `park`, once the transaction is committed."""
    announce(db, topic(park), "order", Decided(park))


def tell_person(db: Db, person: PersonId, *, out: bool) -> None:
    """Announce that the account of somebody changed, once the transaction is committed."""
    announce(db, PEOPLE, "person", PersonTurned(person, out))
