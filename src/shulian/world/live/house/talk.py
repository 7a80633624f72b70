"""Talk: what people say, and what was said; told only after it is kept."""

from functools import partial
from typing import Literal

import msgspec
import numpy as np

from shulian.kit.errors import Failure
from shulian.world import api
from shulian.world.errors import Muted, PersonGone, RightMissing
from shulian.world.live.house.book import Book
from shulian.world.live.house.ground import Ground
from shulian.world.live.house.presence import Presence, message_view
from shulian.world.live.house.records import HISTORY
from shulian.world.rules.crowd import State
from shulian.world.rules.texts import clean
from shulian.world.types import (
    GREATEST_NUMBER,
    NEARBY,
    Draft,
    Measure,
    Message,
    Right,
    Scope,
    Stand,
    VisitorKey,
)
from shulian.world.wire.messages import (
    Greet,
    Greeted,
    Hand,
    History,
    Invite,
    Invited,
    Said,
    Say,
    Told,
)

_PAGE = 50
"""Messages of a history at a time."""


def say(book: Book, presence: Presence, call: Say) -> None:
    """Say something; raises what stands against it."""
    if call.key in presence.said:
        number = presence.said[call.key]
        if number is not None:
            book.accept(presence, call.key, number)
        return
    ground = book.ground_of(presence)
    demand_speech(book, presence, ground)
    to = call.to if call.scope is Scope.DIRECT else None
    if call.scope is Scope.DIRECT:
        _addressee(book, presence, call.to)
    draft = Draft(
        key=call.key,
        at=book.now(),
        park=ground.park,
        zone=ground.space(presence.zone),
        scope=call.scope,
        sender=presence.key,
        name=presence.visitor.name,
        text=clean(call.text),
        to=to,
    )
    presence.remember(call.key, None)
    stand = book.stand(presence.slot)
    book.journal.say(
        draft,
        partial(_kept, book, presence, draft, stand),
        partial(_not_kept, book, presence, call.key),
    )


def demand_speech(book: Book, presence: Presence, ground: Ground) -> None:
    """Go on only where they may speak: raises Muted or RightMissing."""
    keeps_order = Right.MODERATE in presence.rights
    if ground.sanction(presence.key, Measure.MUTE, book.now()):
        raise Muted
    if ground.silent(presence.zone) and not keeps_order:
        raise Muted
    if Right.SPEAK not in presence.rights:
        raise RightMissing(right=Right.SPEAK.value, zone=ground.space(presence.zone))


def _addressee(book: Book, presence: Presence, key: VisitorKey | None) -> Presence | None:
    """Whom it is for; none: somebody in another process, perhaps. Raises PersonGone."""
    found = book.by_key.get(key) if key is not None else None
    if found is None and key is not None:
        api.demand_key(key)
    if found is not None and found.park == presence.park and key not in presence.hidden:
        return found
    if found is None and key is not None and key not in presence.hidden and book.abroad is not None:
        return None
    raise PersonGone


def _kept(book: Book, presence: Presence, draft: Draft, stand: Stand, message: Message) -> None:
    """It is committed: now it is told, the one who said it among the others."""
    presence.remember(draft.key, message.number)
    if message.at != draft.at:
        # kept before a lost link, or before this process was: then it was told as well
        book.accept(presence, draft.key, message.number)
        return
    book.counters[f"said_{message.scope.value}"] += 1
    ground = book.grounds.get(message.park)
    if ground is not None:
        deliver(book, ground, message, stand, presence.slot if book.has(presence) else -1)
        if book.abroad is not None and message.scope is Scope.NEARBY:
            book.abroad.nearby(ground, message, stand)
        if book.abroad is not None and message.to not in {None, *book.by_key}:
            book.abroad.direct(message)
    book.accept(presence, draft.key, message.number)


def _not_kept(book: Book, presence: Presence, key: str, failure: Failure) -> None:
    presence.said.pop(key, None)
    book.refuse(presence, key, failure)


def deliver(book: Book, ground: Ground, message: Message, stand: Stand, slot: int) -> None:
    """Tell those who hear what was said at `stand`; `slot`: of who said it, -1: they are gone."""
    text = msgspec.json.encode(Said(message_view(message), slot))
    now, abroad = book.terms.time(), message.sender not in book.by_key
    for one in hearers(book, ground, message, stand):
        presence = book.presences.get(one)
        if presence is not None and message.sender in presence.hidden:
            continue
        if message.scope is not Scope.ZONE:
            book.echoes.keep(one, message, now, abroad=abroad)
        book.tell_raw(one, text, message.number)


def hearers(book: Book, ground: Ground, message: Message, stand: Stand) -> list[int]:
    """The slots of those who hear a message, here; who is away hears it later."""
    if message.scope is Scope.ZONE:
        return list(ground.members.get(message.zone, ()))
    if message.scope is Scope.NEARBY:
        near = book.around(ground, stand, NEARBY)
        return near[book.crowd.state[near] != State.BEYOND].tolist()
    pair = (book.by_key.get(message.sender), book.by_key.get(message.to or message.sender))
    return list(dict.fromkeys(one.slot for one in pair if one is not None))


def tell_history(book: Book, presence: Presence, call: History) -> None:
    """Tell what was said in their zone before a message."""
    ground = book.ground_of(presence)
    space, since = ground.space(presence.zone), book.now() - HISTORY
    key, before = presence.key, min(max(call.before, 0), GREATEST_NUMBER)

    def told(found: tuple[Message, ...]) -> None:
        views = tuple(message_view(one) for one in found if one.sender not in presence.hidden)
        book.answer(presence, Told(call.key, views))

    book.journal.read(
        lambda db: api.history(
            db, ground.park, space, reader=key, since=since, before=before, limit=_PAGE
        ),
        told,
        partial(book.refuse, presence, call.key),
    )


def greet(book: Book, presence: Presence, call: Greet) -> None:
    """Wave to somebody; raises PersonGone or Muted."""
    news = Greeted(presence.key, presence.visitor.name, presence.slot)
    _tell_person(book, presence, call.key, call.to, news, "greet")


def invite(book: Book, presence: Presence, call: Invite) -> None:
    """Ask a person, or all nearby, to follow; raises PersonGone or Muted."""
    news = Invited(presence.key, presence.visitor.name, presence.slot)
    if call.to is not None:
        _tell_person(book, presence, call.key, call.to, news, "invite")
        return
    ground = book.ground_of(presence)
    demand_speech(book, presence, ground)
    beckon(book, ground, book.stand(presence.slot), news)
    if book.abroad is not None:
        book.abroad.beckon(ground, presence)
    book.accept(presence, call.key)


def beckon(book: Book, ground: Ground, stand: Stand, news: Invited) -> None:
    """Tell all near `stand` that somebody asks them to follow."""
    near = book.around(ground, stand, NEARBY)
    for slot in near[book.crowd.state[near] == State.HERE].tolist():
        other = book.presences[slot]
        if news.sender != other.key and news.sender not in other.hidden:
            book.tell(slot, news)


def _tell_person(
    book: Book,
    presence: Presence,
    key: str,
    to: VisitorKey,
    news: Greeted | Invited,
    what: Literal["greet", "invite"],
) -> None:
    """Tell one person something, wherever they are, and accept the call `key` when they heard."""
    if book.ground_of(presence).sanction(presence.key, Measure.MUTE, book.now()):
        raise Muted
    other = book.by_key.get(to)
    if to in presence.hidden:
        raise PersonGone
    if other is None and book.abroad is not None:
        failed = partial(book.refuse, presence, key)
        done = partial(_heard, book, presence, key)
        book.abroad.send(presence, to, what, done=done, failed=failed)
        return
    if other is None or other.park != presence.park or not other.open:
        raise PersonGone
    book.tell(other.slot, news)
    book.accept(presence, key)


def _heard(book: Book, presence: Presence, key: str, _stand: Stand) -> None:
    book.accept(presence, key)


def hand(book: Book, presence: Presence, call: Hand) -> None:
    """Raise one's hand in the zone, or take it down."""
    ground = book.ground_of(presence)
    space = ground.space(presence.zone)
    if call.raised and presence.slot not in ground.hands[space]:
        ground.hands[space][presence.slot] = None
        ground.waving.add(space)
    elif not call.raised and ground.hands[space].pop(presence.slot, 0) is None:
        ground.waving.add(space)


def distances(book: Book, ground: Ground, presence: Presence, slots: list[int]) -> list[float]:
    """How far those with `slots` stand from somebody [m]."""
    stand = book.stand(presence.slot)
    places = np.array(slots, np.intp)
    apart = book.points(places, ground.band) - (stand.east, stand.north, stand.height)
    return np.sqrt((apart**2).sum(axis=1)).tolist()
