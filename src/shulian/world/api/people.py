"""Who comes into the world: what the web application vouches for, looks, and blocks."""

import re
from datetime import datetime
from uuid import UUID

from shulian.identity.types import Actor, PersonId
from shulian.kit.db import Db
from shulian.kit.text import Language
from shulian.world.errors import BlocksFull, LookWrong, PersonGone
from shulian.world.rules.looks import guest_look, look_faults
from shulian.world.store import looks, order
from shulian.world.types import PERMISSIONS, Block, Look, Visitor, VisitorKey

MOST_BLOCKS = 500
"""Whom one blocks is read and told whenever one comes in."""

_KEY = re.compile(r"[a-z]-[A-Za-z0-9_-]{1,60}")


def demand_key(key: VisitorKey) -> None:
    """Go on only with what can be the key of somebody; raises PersonGone."""
    if not _KEY.fullmatch(key):
        raise PersonGone


def key_of(person: PersonId) -> VisitorKey:
    """Who the person is in the world."""
    return VisitorKey(f"p-{person}")


def key_of_guest(guest: UUID) -> VisitorKey:
    """Who somebody without an account is in the world."""
    return VisitorKey(f"g-{guest}")


def visitor_of(actor: Actor, look: Look | None = None, language: Language = Language.ZH) -> Visitor:
    """An actor who is a person, as they come into the world; raises LoginNeeded."""
    person = actor.person
    key = key_of(person) if person is not None else VisitorKey(f"c-{actor.via.value}")
    return Visitor(
        key=key,
        person=person,
        name=actor.name,
        look=look or guest_look(key),
        language=language,
        permissions=frozenset(one for one in PERMISSIONS if actor.may(one)),
        organizations=frozenset(one.organization.id for one in actor.belongings),
    )


def visitor(db: Db, actor: Actor, *, guest: UUID, name: str, language: Language) -> Visitor:
    """Who `actor` is in the world.

    guest  what the browser of somebody without an account keeps
    name   what they are called
    """
    if actor.person is not None:
        return visitor_of(actor, looks.find(db, actor.person), language)
    key = key_of_guest(guest)
    return Visitor(key=key, person=None, name=name, look=guest_look(key), language=language)


def look_of(db: Db, person: PersonId) -> Look:
    """What the avatar of `person` looks like; until they choose, as their id has it."""
    return looks.find(db, person) or guest_look(key_of(person))


def put_look(db: Db, actor: Actor, look: Look) -> Look:
    """Let one's own avatar look like that; raises LoginNeeded and LookWrong."""
    person = actor.demand_person()
    if wrong := look_faults(look):
        raise LookWrong(fields=wrong)
    looks.put(db, person, look)
    return look


def blocked_by(db: Db, visitor: VisitorKey) -> frozenset[VisitorKey]:
    """Whom `visitor` does not want to meet."""
    return order.blocked_by(db, visitor)


def own_blocks(db: Db, visitor: VisitorKey) -> tuple[Block, ...]:
    """Whom `visitor` blocks, with names, the newest first."""
    return order.blocks(db, visitor)


def blocks(db: Db, visitor: VisitorKey) -> frozenset[VisitorKey]:
    """All who must not meet `visitor`: whom they block, and who blocks them."""
    return order.blocked_by(db, visitor) | order.blocking(db, visitor)


def apart(db: Db, visitor: VisitorKey) -> tuple[frozenset[VisitorKey], frozenset[VisitorKey]]:
    """Whom `visitor` blocks; and all who must not meet them, those included."""
    blocked, blocking = order.block_pairs(db, visitor)
    return blocked, blocked | blocking


def put_block(
    db: Db, visitor: VisitorKey, other: VisitorKey, *, name: str = "", on: bool, now: datetime
) -> None:
    """Keep `other`, called `name` now, from `visitor`, or no longer.

    Raises PersonGone, and BlocksFull where they block `MOST_BLOCKS`.
    """
    demand_key(other)
    if on and len(order.blocked_by(db, visitor)) >= MOST_BLOCKS:
        raise BlocksFull(most=MOST_BLOCKS)
    if visitor != other:
        order.put_block(db, visitor, other, name=name, on=on, now=now)
