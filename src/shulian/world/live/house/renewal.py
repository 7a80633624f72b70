"""Renewal: who somebody is and what they may do, read anew when that changes or they come back."""

from dataclasses import replace
from functools import partial

from shulian.identity.types import PersonId
from shulian.kit.errors import LoginNeeded
from shulian.world import api
from shulian.world.live.house import order
from shulian.world.live.house.book import Book
from shulian.world.live.house.going import release
from shulian.world.live.house.presence import Presence
from shulian.world.live.house.records import Standing, standing
from shulian.world.live.ports import Close


def turned(book: Book, person: PersonId, *, out: bool) -> None:
    """The account of somebody has changed; `out`: they logged out, or it is shut."""
    key = api.key_of(person)
    book.turned[key] = book.terms.time()
    presence = book.by_key.get(key)
    if presence is None:
        return
    if out:
        over(book, presence)
    else:
        _renew(book, presence, person)


def renew_all(book: Book) -> None:
    """What was announced may be lost: read everyone anew."""
    for presence in tuple(book.presences.values()):
        if presence.visitor.person is not None:
            _renew(book, presence, presence.visitor.person)


def _renew(book: Book, presence: Presence, person: PersonId) -> None:
    book.journal.read(
        lambda db: standing(db, book.terms.grants, person),
        partial(_renewed, book, presence),
        lambda _failure: None,  # when the database is back everyone is read anew
    )


def _renewed(book: Book, presence: Presence, found: Standing) -> None:
    if not book.has(presence):
        return
    if not found.open:
        over(book, presence)
        return
    take(presence, found)
    if presence.inside:
        if presence.encode():
            book.introduce(presence.slot)
        order.tell_rights(book, book.ground_of(presence), presence)


def take(presence: Presence, found: Standing) -> None:
    """Have somebody be what is found about them."""
    presence.visitor = replace(
        presence.visitor,
        name=found.name,
        permissions=found.permissions,
        organizations=found.organizations,
    )


def over(book: Book, presence: Presence) -> None:
    """End the visit of an account that is logged out or shut; as whoever they are they may come."""
    book.counters["logged_out"] += 1
    if presence.open:
        book.end(presence.slot, LoginNeeded(), Close.GONE, again=True)
    release(book, presence)
