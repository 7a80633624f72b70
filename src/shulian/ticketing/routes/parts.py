"""What the pages of ticketing share: occasions with all that is told of them, words, forms."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

from litestar.di import NamedDependency

from shulian.booking.errors import Taken
from shulian.booking.types import Occupied, Span
from shulian.identity.types import Actor, OrganizationId
from shulian.kit.db import Db
from shulian.kit.errors import Failure, Invalid
from shulian.kit.http.edge import AnyConnection, AnyRequest, edge_of, language_of
from shulian.kit.text import Language
from shulian.park import api as park_api
from shulian.park.types import SpaceId, SpaceKind, Step
from shulian.ticketing import api
from shulian.ticketing.rules.wants import is_for
from shulian.ticketing.types import (
    SELL,
    Fen,
    Occasion,
    OccasionId,
    OccasionState,
    Order,
    OrderState,
    TicketType,
)

RequestActor = NamedDependency[Actor]
_MOST_SHORTAGES = 2
"""So many things that are not free are told: the hall, and a seat."""
_PLACES = (SpaceKind.HALL, SpaceKind.EXHIBITION_HALL, SpaceKind.PLAZA, SpaceKind.MEETING_ROOM)
"""Kinds of space that an occasion may take place in, beside the park itself."""


@dataclass(frozen=True, slots=True)
class Obstacle:
    """What is in the way of what was to be held, and when it could be, as the ledger says it."""

    in_the_way: Sequence[Occupied]
    left: int
    next_free: Sequence[Span]
    bookings: tuple[()] = ()
    """Whose it is, the ledger tells its operators."""


@dataclass(frozen=True, slots=True)
class Answer:
    """Why something could not be done, above the form that asked for it."""

    problem: str = ""
    shortages: tuple[Obstacle, ...] = ()


@dataclass(frozen=True, slots=True)
class Offer:
    """A ticket type as somebody finds it."""

    type: TicketType
    left: int
    state: str
    """`open`, `early`, `late`, `closed` with its occasion, or `others`: it is for others."""


@dataclass(frozen=True, slots=True)
class Shown:
    """An occasion with where it is and what is sold."""

    occasion: Occasion
    path: tuple[Step, ...]
    """From the park down to the hall."""
    zone: str
    """The time zone of the park."""
    offers: tuple[Offer, ...]

    @property
    def park(self) -> SpaceId:
        """The park it is in."""
        return self.path[0].id

    @property
    def open(self) -> tuple[Offer, ...]:
        """What is sold now."""
        return tuple(one for one in self.offers if one.state == "open")

    @property
    def counted(self) -> bool:
        """Whether something is sold now that needs no seat."""
        return any(one.left and not one.type.seated for one in self.open)

    @property
    def left(self) -> int:
        """How many tickets there are still."""
        return sum(one.left for one in self.offers)

    @property
    def prices(self) -> tuple[Fen, Fen] | None:
        """The lowest and the highest price of what can be had now; none: nothing can."""
        found = [one.type.price for one in self.open if one.left]
        return (min(found), max(found)) if found else None


def shown(db: Db, actor: Actor, occasion: Occasion, *, now: datetime) -> Shown:
    """`occasion` as `actor` finds it."""
    path = park_api.path(db, occasion.space)
    left = api.left(db, occasion.id, now=now)
    offers = tuple(
        Offer(one, left[one.id], _state(one, occasion, actor, now))
        for one in api.types(db, actor, occasion.id)
    )
    return Shown(occasion, path, park_api.place(db, path[0].id).timezone, offers)


def held_by(db: Db, actor: Actor, occasion: OccasionId, *, now: datetime) -> Order | None:
    """The order for an occasion for which the actor has not paid yet."""
    if actor.person is None:
        return None
    for one in api.own_orders(db, actor):
        if one.occasion == occasion and waits(one, now=now):
            return one
    return None


def waits(order: Order, *, now: datetime) -> bool:
    """Whether an order waits for its payment."""
    return order.state is OrderState.HELD and order.expires is not None and order.expires > now


def places(db: Db, park: SpaceId, language: Language) -> list[tuple[str, str]]:
    """Where an occasion may take place, as a form offers it."""
    found = [one for kind in _PLACES for one in park_api.spaces(db, kind=kind, within=park)]
    every = (*found, park_api.space(db, park))
    return [(one.id, one.name.into(language) or one.id) for one in every]


def organizes(actor: Actor, organizer: OrganizationId | None = None) -> bool:
    """Whether the actor may sell tickets: for `organizer`, or for anyone at all."""
    if organizer is not None or actor.may(SELL):
        return actor.may(SELL, organizer)
    return any(permission == SELL for _, permission in actor.within)


def new_key() -> str:
    """By which a form that is sent twice orders once."""
    return uuid4().hex


def said(request: AnyRequest, failure: Failure) -> str:
    """What a failure says to the asker."""
    return edge_of(request).catalogue.explain(language_of(request), failure)


def answer_of(request: AnyRequest, failure: Failure | None) -> Answer:
    """What is said above a form; what is wrong with its fields stands beside these."""
    if failure is None or (isinstance(failure, Invalid) and failure.fields):
        return Answer()
    shortages = failure.shortages if isinstance(failure, Taken) else ()
    told = tuple(
        Obstacle(one.in_the_way, one.left, one.next_free) for one in shortages[:_MOST_SHORTAGES]
    )
    return Answer(said(request, failure), told)


def say(request: AnyRequest, key: str, **params: object) -> str:
    """Words in the asker's language."""
    return edge_of(request).catalogue.say(language_of(request), key, **params)


def faults(request: AnyRequest, failure: Failure | None) -> dict[str, str]:
    """What is wrong with each field of a form, in the asker's language."""
    if not isinstance(failure, Invalid):
        return {}
    fields = failure.fields.items()
    return {field: say(request, f"error.{code}", **failure.params) for field, code in fields}


def providers_of(connection: AnyConnection) -> api.Providers:
    """The ways to pay of the installation that serves `connection`."""
    providers = connection.app.state["providers"]
    assert isinstance(providers, api.Providers)  # noqa: S101  # put there by the composition
    return providers


def listed(typed: Mapping[str, object], name: str) -> tuple[str, ...]:
    """All values of a field that a form may tell several times."""
    value = typed.get(name, ())
    if isinstance(value, list):
        return tuple(str(one) for one in value)  # pyright: ignore[reportUnknownVariableType, reportUnknownArgumentType]
    return (str(value),) if value != () else ()


def first(typed: Mapping[str, object], name: str) -> str:
    """The value of a field; empty where it is not there."""
    return next(iter(listed(typed, name)), "")


def _state(one: TicketType, occasion: Occasion, actor: Actor, now: datetime) -> str:
    if now < one.sale.start:
        return "early"
    if one.sale.end is not None and one.sale.end <= now:
        return "late"
    if occasion.state is OccasionState.CANCELLED:
        return "late"
    if occasion.state is OccasionState.CLOSED:
        return "closed"
    return "open" if actor.person is None or is_for(one, occasion, actor) else "others"
