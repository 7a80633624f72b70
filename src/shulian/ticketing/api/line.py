"""The fair line: who comes first buys first, and everyone knows how they stand.

The database gives the numbers, and one transaction at a time moves a line, whichever process it
is in. Whoever asks moves the line on; nothing has to run beside it.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from shulian.booking import api as ledger
from shulian.identity.types import Actor, PersonId
from shulian.kit.db import Db
from shulian.kit.live import announce
from shulian.ticketing.api.keeping import ask_to_offer
from shulian.ticketing.api.occasions import occasion as visible
from shulian.ticketing.api.tidings import topic
from shulian.ticketing.errors import (
    KeptForOthers,
    NotOnSale,
    OccasionUnknown,
    TurnNeeded,
    TurnUnknown,
)
from shulian.ticketing.rules import line as rules
from shulian.ticketing.rules import wants
from shulian.ticketing.store import line as store
from shulian.ticketing.store import occasions, sales, wishes
from shulian.ticketing.store.line import Standing
from shulian.ticketing.types import (
    Occasion,
    OccasionId,
    OccasionState,
    Position,
    TicketType,
    TicketTypeId,
    TurnState,
)
from shulian.ticketing.wire.line import LineMoved

_IN_LINE = (TurnState.WAITING, TurnState.CALLED, TurnState.BUYING)
_CALLED = (TurnState.CALLED, TurnState.BUYING)


@dataclass(frozen=True, slots=True)
class _Sale:
    """What one could line up for now."""

    types: tuple[TicketType, ...]
    begun: bool


@dataclass(frozen=True, slots=True)
class Window:
    """When one may line up for an occasion."""

    open: bool
    """Whether one may take a place now."""
    begins: datetime | None
    """When the next sale begins; none: there is one, or there will be none."""

    @property
    def opens(self) -> datetime | None:
        """From when on one may take a place for the sale that is to come."""
        return None if self.begins is None else self.begins - rules.EARLY


def window(db: Db, actor: Actor, wanted: OccasionId, *, now: datetime) -> Window:
    """When the actor may line up for an occasion; raises OccasionUnknown."""
    occasion = visible(db, actor, wanted)
    sale = _sale(db, occasion, now)
    if sale.begun or occasion.state is not OccasionState.OPEN:
        return Window(bool(sale.types), None)
    starts = [one.sale.start for one in sales.types_of(db, wanted) if one.sale.start > now]
    return Window(bool(sale.types), min(starts, default=None))


def join(db: Db, actor: Actor, wanted: OccasionId, *, now: datetime) -> Position:
    """Take a place in the line of an occasion; who has one keeps it.

    Who cannot get anything any more is told so: their turn is refused. Raises LoginNeeded,
    OccasionUnknown, and NotOnSale where no sale has begun or will soon.
    """
    person = actor.demand_person()
    occasion = _open(db, wanted)
    sale = _sale(db, occasion, now)
    if not sale.types:
        raise NotOnSale
    store.arrive(db, wanted, person, now=now)
    return _moved_on(db, occasion, person, sale, now=now)


def ask(db: Db, actor: Actor, wanted: OccasionId, *, now: datetime) -> Position:
    """How the actor stands in a line; raises LoginNeeded, OccasionUnknown and TurnUnknown."""
    person = actor.demand_person()
    return _moved_on(db, _open(db, wanted), person, now=now)


def leave(db: Db, actor: Actor, wanted: OccasionId, *, now: datetime) -> None:
    """Give up one's place; raises LoginNeeded and TurnUnknown."""
    person = actor.demand_person()
    found = _find(db, wanted, person)
    while found.turn.state in _IN_LINE:
        if store.put(db, found.turn, TurnState.LEFT, done=now):
            return
        found = _find(db, wanted, person)  # they were called at this very moment
    raise TurnUnknown


def admit(db: Db, occasion: Occasion, person: PersonId, *, now: datetime) -> bool:
    """Go on only where `person` may order now; whether they are called, so that one is kept.

    Raises TurnNeeded where others come before them.
    """
    found = store.find(db, occasion.id, person)
    if found is not None and _may_buy(found, now):
        return True
    waits = found is not None and found.turn.state is TurnState.WAITING
    if waits or occasion.gentle or store.counts(db, occasion.id, now=now).waiting:
        raise TurnNeeded(seconds=rules.again(0))
    return False


def settle(
    db: Db, occasion: Occasion, person: PersonId, count: int, *, called: bool, now: datetime
) -> None:
    """End the turn of one who holds `count` tickets now, in the same transaction.

    Raises KeptForOthers where that would leave none for somebody else who is called.
    """
    called = called and store.end_bought(db, occasion.id, person, now=now)
    if called and count == 1:
        return  # the one that was kept for them is what they have
    others = store.counts(db, occasion.id, now=now).called
    if others == 0:
        return
    types = _sale(db, occasion, now).types
    if rules.needs_look(left=left_of(db, occasion, types, now), others=others):
        store.lock(db, occasion.id)
        others = store.counts(db, occasion.id, now=now).called  # before: none is taken from them
        left = left_of(db, occasion, types, now)
        if not rules.may_buy(left=left, others=others):
            raise KeptForOthers(left=max(0, left + count - others))


def spare(db: Db, occasion: Occasion, type_: TicketType, *, now: datetime) -> int:
    """Tickets of a type that are left when each in line has bought one."""
    counts, types = store.counts(db, occasion.id, now=now), _sale(db, occasion, now).types
    in_all = left_of(db, occasion, types, now) - counts.called - counts.waiting
    return max(0, min(in_all, left_of(db, occasion, [type_], now)))


def _moved_on(
    db: Db, occasion: Occasion, person: PersonId, sale: _Sale | None = None, *, now: datetime
) -> Position:
    """How somebody stands, after the line has moved if it could."""
    found = _find(db, occasion.id, person)
    if found.turn.state is TurnState.WAITING:
        if _is_due(found, now) and store.try_lock(db, occasion.id):
            _step(db, occasion, sale or _sale(db, occasion, now), now=now)
            found = _find(db, occasion.id, person)
        elif rules.spoken_for(ahead=found.ahead, left=found.left):
            sale = sale or _sale(db, occasion, now)
            found = _refused_if_hopeless(db, occasion, found, sale, now=now)
    if found.turn.state in _CALLED and not _may_buy(found, now):
        store.put(db, found.turn, TurnState.PASSED, done=now)
        found = _find(db, occasion.id, person)
    elif found.turn.state is TurnState.CALLED:
        until = now + rules.CHOOSE
        if store.put(db, found.turn, TurnState.BUYING, until=until):
            found = replace(found, turn=replace(found.turn, state=TurnState.BUYING, until=until))
        else:
            found = _find(db, occasion.id, person)
    return _position(found)


def _step(db: Db, occasion: Occasion, sale: _Sale, *, now: datetime) -> None:
    """Move the line, with nobody else moving it: pass over, call, refuse."""
    store.end_late(db, occasion.id, now=now)
    called = store.counts(db, occasion.id, now=now).called
    left = left_of(db, occasion, sale.types, now)
    counts = store.counts(db, occasion.id, now=now)
    step = rules.step(
        left=left,
        called=called,
        still=counts.called,
        waiting=counts.waiting,
        gentle=occasion.gentle,
        on_sale=sale.begun,
    )
    if step.call:
        last = store.call(db, occasion.id, step.call, until=now + rules.COME)
        announce(db, topic(occasion.id), "called", LineMoved(last))
    if counts.waiting > step.call + step.stay:
        store.refuse(db, occasion.id, step.stay, left=left, now=now)
    for one in sale.types if step.spare else ():
        if wishes.waiting(db, [one.id]):
            ask_to_offer(db, one.id)
    store.note_step(db, occasion.id, left=left, pace=rules.PACE, now=now)


def _refused_if_hopeless(
    db: Db, occasion: Occasion, found: Standing, sale: _Sale, *, now: datetime
) -> Standing:
    """Refuse one for whom nothing can be left, as it is now.

    Those ahead are counted after what is left: whoever buys meanwhile leaves hope, and takes none.
    """
    left = left_of(db, occasion, sale.types, now)
    found = _find(db, occasion.id, found.turn.person)
    if found.turn.state is not TurnState.WAITING or not rules.spoken_for(
        ahead=found.ahead, left=left
    ):
        return found
    told = (found.ahead, left)
    if not store.put(db, found.turn, TurnState.REFUSED, done=now, refused=told):
        return _find(db, occasion.id, found.turn.person)  # they were called at this very moment
    return replace(found, turn=replace(found.turn, state=TurnState.REFUSED), refused=told)


def _find(db: Db, wanted: OccasionId, person: PersonId) -> Standing:
    found = store.find(db, wanted, person)
    if found is None:
        raise TurnUnknown
    return found


def _open(db: Db, wanted: OccasionId) -> Occasion:
    found = occasions.get(db, wanted)
    if found.state is OccasionState.DRAFT:
        raise OccasionUnknown
    return found


def _sale(db: Db, occasion: Occasion, now: datetime) -> _Sale:
    """What is sold now; where nothing is, what will be soon."""
    types = sales.types_of(db, occasion.id)
    for at in (now, now + rules.EARLY):
        found = tuple(one for one in types if wants.on_sale(one, occasion, now=at))
        if found:
            return _Sale(found, begun=at == now)
    return _Sale((), begun=False)


def left_of(db: Db, occasion: Occasion, types: Sequence[TicketType], now: datetime) -> int:
    """Tickets of `types` that nobody holds: of a seated one, as many as there are seats."""
    quotas = ledger.free(db, {one.quota for one in types}, occasion.span, now=now)
    seats: Counter[TicketTypeId] = Counter()
    if any(one.seated for one in types):
        assigned = sales.seats_of(db, occasion.id).values()
        free = ledger.free(db, [one.resource for one in assigned], occasion.span, now=now)
        seats.update(one.type for one in assigned if free[one.resource] > 0)
    left = 0
    for quota, units in quotas.items():
        of_it = [one for one in types if one.quota == quota]
        seated = all(one.seated for one in of_it)
        left += min(units, sum(seats[one.id] for one in of_it)) if seated else units
    return left


def _is_due(found: Standing, now: datetime) -> bool:
    return found.moved is None or found.moved + rules.STRIDE <= now


def _may_buy(found: Standing, now: datetime) -> bool:
    until = found.turn.until
    return found.turn.state in _CALLED and until is not None and now < until


def _position(found: Standing) -> Position:
    turn = found.turn
    if turn.state is TurnState.WAITING:
        wait = rules.wait(found.waiting_ahead, found.ended, found.over)
        return Position(turn, found.ahead, found.left, wait, rules.again(found.waiting_ahead))
    ahead, left = found.refused or (0, found.left)
    return Position(turn, ahead, left, wait=0 if turn.state in _CALLED else None, again=0)
