"""Random histories of the ledger beside a model that counts every hour of every resource."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.booking.ledgers import NOW, claim, hour, hours, resource, take
from tests.park.plans import quiet_bus

from shulian.booking import api
from shulian.booking.errors import BookingOver, ClaimsWrong, HoldExpired, Taken
from shulian.booking.types import Booking, BookingId, BookingState, Claim, Resource
from shulian.kit.bus import Bus
from shulian.kit.db import Db

CAPACITIES = (1, 2, 5)
HOURS = 6

Wish = tuple[int, int, int, int]
"""Place of a resource, first hour, length, units."""


@dataclass
class Model:
    """What is held: by booking, which hours of which resource, how many units, until when."""

    held: dict[BookingId, tuple[list[Wish], datetime | None]] = field(
        default_factory=dict[BookingId, tuple[list[Wish], datetime | None]]
    )

    def free(self, wishes: list[Wish], now: datetime, but: BookingId | None = None) -> bool:
        """Whether all of `wishes` fit beside what is held at `now`, but for one booking."""
        return all(
            self.taken(place, at, now, but) + units <= CAPACITIES[place]
            for place, start, length, units in wishes
            for at in range(start, start + length)
        )

    def taken(self, place: int, at: int, now: datetime, but: BookingId | None = None) -> int:
        """Units of a resource that are held in an hour."""
        return sum(
            wish[3]
            for one, (wishes, until) in self.held.items()
            if one != but and (until is None or until > now)
            for wish in wishes
            if wish[0] == place and wish[1] <= at < wish[1] + wish[2]
        )


class Story:
    """A ledger and its model, to which the same happens."""

    def __init__(self, db: Db, bus: Bus) -> None:
        self.db, self.bus, self.now = db, bus, NOW
        self.resources: list[Resource] = [resource(db, one) for one in CAPACITIES]
        self.model = Model()
        self.made: list[Booking] = []

    def take(self, wishes: list[Wish], hold: int | None) -> None:
        """Somebody wants something; who gets it is what the model says."""
        expires = None if hold is None else self.now + timedelta(minutes=hold)
        free = self.model.free(wishes, self.now)
        try:
            booking = take(self.db, self.bus, *self.claims(wishes), expires=expires, now=self.now)
        except Taken as refusal:
            assert not free
            self.check(refusal)
        else:
            assert free
            self.made.append(booking)
            self.model.held[booking.id] = (wishes, expires)

    def change(self, number: int, wishes: list[Wish]) -> None:
        """A booking becomes another one, if that can be had."""
        if not (one := self.pick(number)):
            return
        free = self.model.free(wishes, self.now, but=one)
        try:
            api.change(self.db, self.bus, one, self.claims(wishes), now=self.now)
        except Taken:
            assert self.in_force(one)
            assert not free
        except (BookingOver, HoldExpired):
            assert not self.in_force(one)
        else:
            assert self.in_force(one)
            assert free
            self.model.held[one] = (wishes, self.model.held[one][1])

    def confirm(self, number: int) -> None:
        """A hold is confirmed, unless it has expired."""
        if not (one := self.pick(number)):
            return
        try:
            api.confirm(self.db, self.bus, one, now=self.now)
        except (BookingOver, HoldExpired):
            assert not self.in_force(one)
        else:
            assert self.in_force(one)
            self.model.held[one] = (self.model.held[one][0], None)

    def release(self, number: int) -> None:
        """A booking is given back."""
        if one := self.pick(number):
            assert api.release(self.db, self.bus, one).state is BookingState.RELEASED
            self.model.held.pop(one, None)

    def wait(self, minutes: int, *, sweep: bool) -> None:
        """Time passes, and somebody sweeps or does not."""
        self.now += timedelta(minutes=minutes)
        if sweep:
            api.expire(self.db, self.bus, now=self.now)

    def compare(self) -> None:
        """Every hour of every resource holds what the model says, once the expired are swept."""
        api.expire(self.db, self.bus, now=self.now)
        for place, one in enumerate(self.resources):
            parts = api.calendar(self.db, one.id, hours(0, HOURS * 2), now=self.now).parts
            for at in range(HOURS * 2):
                (units,) = [
                    part.units
                    for part in parts
                    if part.span.end and hour(part.span.start) <= at < hour(part.span.end)
                ]
                assert units == self.model.taken(place, at, self.now)

    def check(self, refusal: Taken) -> None:
        """What a refusal says is so."""
        for short in refusal.shortages:
            place = [one.id for one in self.resources].index(short.claim.resource)
            wish = self.wish(place, short.claim)
            taken = [
                self.model.taken(place, at, self.now) for at in range(wish[1], wish[1] + wish[2])
            ]
            assert short.left == CAPACITIES[place] - max(taken) < short.claim.units
            assert short.next_free
            for span in short.next_free:
                other = self.wish(place, Claim(short.claim.resource, span, short.claim.units))
                assert self.model.free([other], self.now)

    def wish(self, place: int, one: Claim) -> Wish:
        """A claim as the model has it."""
        assert one.span.end is not None
        start = int(hour(one.span.start))
        return (place, start, int(hour(one.span.end)) - start, one.units)

    def claims(self, wishes: list[Wish]) -> list[Claim]:
        """What is wished as the ledger has it."""
        return [
            claim(self.resources[place], start, start + length, units)
            for place, start, length, units in wishes
        ]

    def pick(self, number: int) -> BookingId | None:
        """One of the bookings that were made."""
        return self.made[number % len(self.made)].id if self.made else None

    def in_force(self, one: BookingId) -> bool:
        """Whether the model has it, and it has not expired."""
        until = self.model.held[one][1] if one in self.model.held else self.now
        return until is None or until > self.now


Happening = Callable[[Story], None]


def _wish(place: int) -> st.SearchStrategy[Wish]:
    units = st.integers(1, CAPACITIES[place])
    return st.tuples(st.just(place), st.integers(0, HOURS - 1), st.integers(1, HOURS), units)


def _place(wish: Wish) -> int:
    return wish[0]


def _take(what: list[Wish], hold: int | None) -> Happening:
    return lambda story: story.take(what, hold)


def _change(one: int, what: list[Wish]) -> Happening:
    return lambda story: story.change(one, what)


def _confirm(one: int) -> Happening:
    return lambda story: story.confirm(one)


def _release(one: int) -> Happening:
    return lambda story: story.release(one)


def _wait(minutes: int, sweep: bool) -> Happening:  # noqa: FBT001  # as hypothesis builds it
    return lambda story: story.wait(minutes, sweep=sweep)


wishes = st.lists(
    st.integers(0, len(CAPACITIES) - 1).flatmap(_wish), min_size=1, max_size=3, unique_by=_place
)
number = st.integers(0, 50)
happening = st.one_of(
    st.builds(_take, wishes, st.none() | st.integers(1, 30)),
    st.builds(_change, number, wishes),
    st.builds(_confirm, number),
    st.builds(_release, number),
    st.builds(_wait, st.integers(1, 20), st.booleans()),
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(story=st.lists(happening, max_size=25))
def test_the_ledger_holds_what_a_count_of_every_hour_says(
    db: Db, story: list[Callable[[Story], None]]
) -> None:
    with db.begin_nested() as attempt:
        told = Story(db, quiet_bus(db))
        for one in story:
            one(told)
        told.compare()
        attempt.rollback()


def test_a_wish_for_one_thing_twice_at_a_time_is_refused_in_a_change_too(db: Db) -> None:
    story = Story(db, quiet_bus(db))
    story.take([(0, 1, 1, 1)], None)
    (one,) = story.made
    twice = story.claims([(0, 1, 2, 1), (0, 2, 2, 1)])
    try:
        api.change(db, story.bus, one.id, twice, now=NOW)
    except ClaimsWrong:
        story.compare()
    else:
        raise AssertionError("it was not refused")
