"""Occasions: their halls are held, and what they sell is held with them."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from tests.identity.accounts import NOWHERE, organization
from tests.ticketing.houses import (
    HALL,
    NOW,
    SALE,
    SEATS,
    SPAN,
    STARTS,
    House,
    add_type,
    draft,
    minutes,
)

from shulian.booking import api as ledger
from shulian.booking.errors import CapacityInUse, ClaimsWrong, Taken, UnitsWrong
from shulian.booking.types import NOBODY, Claim, Span
from shulian.identity.errors import OrganizationMissing
from shulian.identity.types import GUEST, OrganizationId
from shulian.kit.errors import Invalid, LoginNeeded, Refused
from shulian.kit.text import Text
from shulian.park.errors import SpaceUnknown
from shulian.park.types import SpaceId
from shulian.ticketing import api
from shulian.ticketing.errors import (
    HeldByTickets,
    OccasionNotReady,
    OccasionOver,
    OccasionUnknown,
    SeatInUse,
    SeatWrong,
    TypeUnknown,
)
from shulian.ticketing.types import SELL, Fen, OccasionId, OccasionState, TicketTypeId, Wanted

NEXT = Span(STARTS + timedelta(hours=2), STARTS + timedelta(hours=4))
PARK = SpaceId("yq")


def hall_is_held(house: House, span: Span) -> bool:
    resource = ledger.resource_of(house.db, HALL)
    return ledger.free(house.db, [resource.id], span, now=NOW)[resource.id] == 0


def test_an_occasion_holds_its_hall(house: House) -> None:
    assert hall_is_held(house, SPAN)
    assert not hall_is_held(house, NEXT)
    with pytest.raises(Taken):
        draft(house.db, house.bus, house.organizer, house.operator)
    assert draft(house.db, house.bus, house.organizer, house.operator, span=NEXT).span == NEXT


def test_a_whole_park_is_held_by_nobody(house: House) -> None:
    one = draft(house.db, house.bus, house.organizer, house.operator, space=PARK)

    assert (one.booking, one.state) == (None, OccasionState.DRAFT)


def test_only_who_sells_makes_and_changes(house: House) -> None:
    for who, error in ((house.ann, Refused), (GUEST, LoginNeeded)):
        with pytest.raises(error):
            draft(house.db, house.bus, who, house.operator, span=NEXT)
        with pytest.raises(error):
            api.change_occasion(house.db, house.bus, who, house.occasion.id, gentle=True, now=NOW)
        with pytest.raises(error):
            api.open_occasion(house.db, house.bus, who, house.occasion.id, now=NOW)
        with pytest.raises(error):
            add_type(house.db, house.bus, who, house.occasion, capacity=1)
        with pytest.raises(error):
            api.change_type(house.db, house.bus, who, house.seated.id, most=1, now=NOW)
        with pytest.raises(error):
            api.put_seats(house.db, house.bus, who, house.seated.id, SEATS, now=NOW)


@pytest.mark.parametrize(
    ("changes", "field", "code"),
    [
        ({"title": Text()}, "title", "title_missing"),
        ({"title": Text(" ", "\n")}, "title", "title_missing"),
        ({"title": Text("x" * 201)}, "title", "text_long"),
        ({"title": Text("a\u202eb")}, "title", "text_invalid"),
        ({"about": Text("\0")}, "about", "text_invalid"),
        ({"about": Text("x" * 4001)}, "about", "text_long"),
        ({"span": Span(STARTS, STARTS)}, "span", "span_backwards"),
        ({"span": Span(STARTS, STARTS - timedelta(hours=1))}, "span", "span_backwards"),
        ({"span": Span(STARTS, None)}, "span", "span_open"),
        ({"span": Span(STARTS, STARTS + timedelta(days=400))}, "span", "span_far"),
        ({"span": Span(datetime(2026, 12, 1), datetime(2026, 12, 2))}, "span", "span_without_zone"),  # noqa: DTZ001
    ],
)
def test_what_makes_no_sense_is_refused(
    house: House, changes: dict[str, object], field: str, code: str
) -> None:
    with pytest.raises(Invalid) as refusal:
        draft(house.db, house.bus, house.organizer, house.operator, **changes)

    assert refusal.value.fields == {field: f"ticketing.{code}"}


def test_a_place_that_is_none_is_refused(house: House) -> None:
    with pytest.raises(SpaceUnknown):
        draft(house.db, house.bus, house.organizer, house.operator, space=SpaceId("nowhere"))


def test_who_may_sell_for_one_organization_does_not_for_another(house: House) -> None:
    other = organization(house.db, "Other")
    here = replace(
        house.ann,
        within=frozenset({(house.operator.id, SELL)}),
        belongings=house.organizer.belongings,
    )
    assert draft(house.db, house.bus, here, house.operator, span=NEXT).organizer
    with pytest.raises(Refused):
        draft(house.db, house.bus, here, other, span=NEXT)
    nobody = replace(other, id=OrganizationId(NOWHERE))
    with pytest.raises(OrganizationMissing):
        draft(house.db, house.bus, house.organizer, nobody, span=NEXT)


def test_a_draft_is_opened_when_there_is_something_to_sell(house: House) -> None:
    one = draft(house.db, house.bus, house.organizer, house.operator, span=NEXT)
    with pytest.raises(OccasionNotReady):
        api.open_occasion(house.db, house.bus, house.organizer, one.id, now=NOW)
    add_type(house.db, house.bus, house.organizer, one, capacity=1)
    opened = api.open_occasion(house.db, house.bus, house.organizer, one.id, now=NOW)

    assert opened == replace(one, state=OccasionState.OPEN)
    assert api.open_occasion(house.db, house.bus, house.organizer, one.id, now=NOW) == opened


def test_drafts_are_seen_by_their_organizer_alone(house: House) -> None:
    one = draft(house.db, house.bus, house.organizer, house.operator, span=NEXT)

    assert api.occasions(house.db, GUEST, PARK, now=NOW) == (house.occasion,)
    assert api.occasions(house.db, house.organizer, PARK, now=NOW) == (house.occasion, one)
    assert api.occasion(house.db, GUEST, house.occasion.id) == house.occasion
    assert [type_.id for type_ in api.types(house.db, GUEST, house.occasion.id)] == [
        house.seated.id,
        house.online.id,
    ]
    for wanted in (one.id, OccasionId(NOWHERE)):
        with pytest.raises(OccasionUnknown):
            api.occasion(house.db, house.ann, wanted)
        with pytest.raises(OccasionUnknown):
            api.types(house.db, house.ann, wanted)
        with pytest.raises(OccasionUnknown):
            api.figures(house.db, house.ann, wanted, now=NOW)
    assert SPAN.end is not None
    assert api.occasions(house.db, GUEST, PARK, now=SPAN.end) == ()
    with pytest.raises(SpaceUnknown):
        api.occasions(house.db, GUEST, SpaceId("nowhere"), now=NOW)


def test_what_is_called_off_is_not_changed_or_opened(house: House) -> None:
    wanted = house.occasion.id
    api.cancel_occasion(house.db, house.bus, house.organizer, wanted, now=NOW)

    with pytest.raises(OccasionOver):
        api.open_occasion(house.db, house.bus, house.organizer, wanted, now=NOW)
    with pytest.raises(OccasionOver):
        api.change_occasion(house.db, house.bus, house.organizer, wanted, gentle=True, now=NOW)
    with pytest.raises(OccasionOver):
        add_type(house.db, house.bus, house.organizer, house.occasion, capacity=1)


def test_another_time_takes_the_hall_and_every_ticket_along(house: House) -> None:
    order, held = house.bought(house.seats(1, 2), house.free(9)), house.place(house.seats(3))
    expired = house.place(house.seats(4), now=minutes(-20))
    later = Span(STARTS + timedelta(hours=1), STARTS + timedelta(hours=3))
    moved = api.change_occasion(
        house.db, house.bus, house.organizer, house.occasion.id, span=later, now=NOW
    )

    assert moved == replace(house.occasion, span=later)
    for one in (order, held):
        assert {each.span for each in ledger.held(house.db, one.booking).claims} == {later}
    assert house.order(expired.id).state.value == "expired"
    assert house.states() == ["sold", "sold", "held", "free", "free", "free"]
    assert house.left() == (3, 1)
    assert not hall_is_held(house, Span(SPAN.start, later.start))
    assert hall_is_held(house, later)


def test_a_time_at_which_a_seat_is_not_free_changes_nothing(house: House) -> None:
    order = house.bought(house.seats(1))
    chair = ledger.resource_of(house.db, SEATS[0])
    ledger.take(
        house.db, house.bus, [Claim(chair.id, NEXT)], source="tests", holder=NOBODY, now=NOW
    )
    with pytest.raises(Taken), house.db.begin_nested():
        api.change_occasion(
            house.db, house.bus, house.organizer, house.occasion.id, span=NEXT, now=NOW
        )

    assert api.occasion(house.db, house.ann, house.occasion.id) == house.occasion
    assert {one.span for one in ledger.held(house.db, order.booking).claims} == {SPAN}


def test_words_change_and_the_same_again_changes_nothing(house: House) -> None:
    title = Text(" 新 ", "New")
    one = api.change_occasion(
        house.db,
        house.bus,
        house.organizer,
        house.occasion.id,
        title=title,
        about=Text("a\nb"),
        gentle=True,
        now=NOW,
    )
    assert one == replace(house.occasion, title=Text("新", "New"), about=Text("a\nb"), gentle=True)
    published = len(house.bus.published)
    assert (
        api.change_occasion(house.db, house.bus, house.organizer, one.id, title=title, now=NOW)
        == one
    )
    assert len(house.bus.published) == published


def test_what_tickets_hold_is_not_given_back_or_moved_beside_them(house: House) -> None:
    paid, held = house.bought(house.seats(1)), house.place(house.seats(2))
    assert house.occasion.booking is not None
    for booking in (paid.booking, house.occasion.booking):
        with pytest.raises(HeldByTickets), house.db.begin_nested():
            ledger.release(house.db, house.bus, booking)
        claims = [replace(one, span=NEXT) for one in ledger.held(house.db, booking).claims]
        with pytest.raises(HeldByTickets), house.db.begin_nested():
            ledger.change(house.db, house.bus, booking, claims, now=NOW)
    ledger.release(house.db, house.bus, held.booking)

    assert house.order(held.id).state.value == "cancelled"
    assert house.order(paid.id) == paid
    assert house.states() == ["sold", "free", "free", "free", "free", "free"]


def test_other_bookings_are_no_business_of_tickets(house: House) -> None:
    room = ledger.add_allowance(house.db, name=Text(en="room"), capacity=1, now=NOW)
    other = ledger.take(
        house.db, house.bus, [Claim(room.id, SPAN)], source="tests", holder=NOBODY, now=NOW
    )
    ledger.change(house.db, house.bus, other.id, [Claim(room.id, NEXT)], now=NOW)
    stray = ledger.take(
        house.db, house.bus, [Claim(room.id, SPAN)], source="ticketing", holder=NOBODY, now=NOW
    )
    ledger.change(house.db, house.bus, stray.id, [Claim(room.id, SALE)], now=NOW)

    assert ledger.release(house.db, house.bus, other.id).state.value == "released"
    assert ledger.release(house.db, house.bus, stray.id).state.value == "released"


@pytest.mark.parametrize(
    ("changes", "field", "code"),
    [
        ({"name": Text()}, "name", "title_missing"),
        ({"price": Fen(-1)}, "price", "price_wrong"),
        ({"price": Fen(10**12)}, "price", "price_wrong"),
        ({"sale": Span(STARTS, SALE.start)}, "sale", "span_backwards"),
        ({"sale": Span(NOW, STARTS + timedelta(days=1))}, "sale", "sale_late"),
        ({"most": 0}, "most", "most_wrong"),
        ({"most": -5}, "most", "most_wrong"),
        ({"most": 101}, "most", "most_wrong"),
        ({"on_site": False, "online": False}, "on_site", "nowhere"),
        ({"seated": True, "on_site": False}, "on_site", "nowhere"),
        ({"capacity": None}, "capacity", "capacity_missing"),
    ],
)
def test_a_type_that_makes_no_sense_is_refused(
    house: House, changes: dict[str, object], field: str, code: str
) -> None:
    with pytest.raises(Invalid) as refusal:
        add_type(house.db, house.bus, house.organizer, house.occasion, **{"capacity": 5, **changes})

    assert refusal.value.fields == {field: f"ticketing.{code}"}


@pytest.mark.parametrize("capacity", [0, -1, 100_000_001])
def test_a_quota_is_some_and_not_too_many(house: House, capacity: int) -> None:
    with pytest.raises(UnitsWrong):
        add_type(house.db, house.bus, house.organizer, house.occasion, capacity=capacity)


def test_a_shared_quota_is_of_the_same_occasion_and_has_its_own_size(house: House) -> None:
    with pytest.raises(TypeUnknown):
        add_type(house.db, house.bus, house.organizer, house.occasion, shares=TicketTypeId(NOWHERE))
    with pytest.raises(Invalid) as refusal:
        add_type(
            house.db,
            house.bus,
            house.organizer,
            house.occasion,
            shares=house.online.id,
            capacity=5,
        )
    assert refusal.value.fields == {"capacity": "ticketing.capacity_shared"}


def test_a_quota_grows_and_shrinks_to_what_is_sold(house: House) -> None:
    house.bought(house.free(6))
    for capacity in (6, 20):
        api.change_type(
            house.db, house.bus, house.organizer, house.online.id, capacity=capacity, now=NOW
        )
        assert house.left()[1] == capacity - 6
    with pytest.raises(CapacityInUse):
        api.change_type(house.db, house.bus, house.organizer, house.online.id, capacity=5, now=NOW)
    with pytest.raises(TypeUnknown):
        api.change_type(
            house.db, house.bus, house.organizer, TicketTypeId(NOWHERE), capacity=5, now=NOW
        )


def test_a_type_is_called_and_sold_otherwise(house: House) -> None:
    soon = Span(minutes(1), minutes(2))
    changed = api.change_type(
        house.db,
        house.bus,
        house.organizer,
        house.seated.id,
        name=Text("一等", "First"),
        sale=soon,
        most=2,
        now=NOW,
    )

    assert changed == replace(house.seated, name=Text("一等", "First"), sale=soon, most=2)
    assert api.types(house.db, house.ann, house.occasion.id)[0] == changed


def test_seats_go_to_one_type_and_may_change_while_nobody_has_them(house: House) -> None:
    cheap = add_type(house.db, house.bus, house.organizer, house.occasion, seated=True)
    api.put_seats(house.db, house.bus, house.organizer, cheap.id, SEATS[3:], now=NOW)

    assert [one.type for one in api.seats(house.db, house.occasion.id, now=NOW)] == [
        house.seated.id
    ] * 3 + [cheap.id] * 3
    house.place(house.seats(1))
    with pytest.raises(SeatInUse):
        api.put_seats(house.db, house.bus, house.organizer, cheap.id, SEATS[:1], now=NOW)
    with pytest.raises(SeatInUse):
        api.put_seats(house.db, house.bus, house.organizer, house.seated.id, SEATS[1:3], now=NOW)
    api.put_seats(house.db, house.bus, house.organizer, cheap.id, SEATS[4:], now=NOW)
    api.put_seats(house.db, house.bus, house.organizer, cheap.id, SEATS[4:], now=NOW)
    assert [one.space for one in api.seats(house.db, house.occasion.id, now=NOW)] == [
        *SEATS[:3],
        *SEATS[4:],
    ]


def test_what_is_no_seat_of_the_hall_is_not_sold_as_one(house: House) -> None:
    for wrong in ("yq-plaza", "yq-hall", "nowhere"):
        with pytest.raises(SeatWrong):
            api.put_seats(
                house.db, house.bus, house.organizer, house.seated.id, [SpaceId(wrong)], now=NOW
            )
    with pytest.raises(SeatWrong):
        api.put_seats(house.db, house.bus, house.organizer, house.online.id, SEATS, now=NOW)
    with pytest.raises(SeatWrong):
        api.put_seats(house.db, house.bus, house.organizer, house.seated.id, SEATS * 5000, now=NOW)


def test_a_seat_that_something_else_has_is_closed(house: House) -> None:
    chair = ledger.resource_of(house.db, SEATS[1])
    ledger.take(
        house.db, house.bus, [Claim(chair.id, SPAN)], source="tests", holder=NOBODY, now=NOW
    )

    assert house.states() == ["free", "closed", "free", "free", "free", "free"]
    assert house.left()[0] == 5
    house.bought(Wanted(house.seated.id, 5))


def test_the_ledger_gives_back_a_part_and_no_more_than_that(house: House) -> None:
    order = house.bought(house.free(5))
    (claim,) = ledger.held(house.db, order.booking).claims
    wrong: tuple[list[Claim], ...] = (
        [],
        [replace(claim, units=6)],
        [replace(claim, span=NEXT)],
        [claim, claim],
    )
    for claims in wrong:
        with pytest.raises(ClaimsWrong):
            ledger.reduce(house.db, house.bus, order.booking, claims, now=NOW)

    assert ledger.held(house.db, order.booking).claims == (claim,)
