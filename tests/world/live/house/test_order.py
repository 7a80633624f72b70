"""Keeping order."""

from dataclasses import replace
from datetime import timedelta

import msgspec
import pytest
from tests.identity.accounts import COMMAND, PASSWORD, person
from tests.park.plans import audited, quiet_bus
from tests.world.live.house.houses import Build, House
from tests.world.visitors import HALL, PARK, visitor

from shulian.identity import api as identity
from shulian.kit.text import Language, Text
from shulian.world import api
from shulian.world.errors import WorldUnavailable
from shulian.world.live.house import order
from shulian.world.live.house.journal import Failed
from shulian.world.live.house.records import Decisions
from shulian.world.live.ports import Close, Denied
from shulian.world.types import MODERATE, PRESENT, Audience, Measure, Right, Rule, Scope, VisitorKey
from shulian.world.wire.messages import (
    Accepted,
    Block,
    Complain,
    Crowd,
    Ended,
    Go,
    Leave,
    Moderate,
    Order,
    Placed,
    Refusal,
    Reports,
    Rights,
    Roster,
    Said,
    Say,
    Show,
    Shown,
    Welcome,
)

ANN = VisitorKey("g-ann")


@pytest.fixture
def chair(house: House) -> int:
    """The slot of somebody in the hall who keeps order everywhere."""
    with house.database.transaction() as db:
        one = identity.appoint_administrator(
            db,
            quiet_bus(db),
            COMMAND,
            email="chair@example.org",
            name="Chair",
            password=PASSWORD,
            operator=Text(en="Operator"),
            language=Language.EN,
            now=house.clock(),
        )
    return house.come(
        "chair",
        space=HALL,
        person=one.id,
        key=VisitorKey(f"p-{one.id}"),
        permissions=frozenset({MODERATE, PRESENT}),
    )


def codes(house: House, slot: int) -> list[str]:
    return [one.code for one in house.told(slot, Refusal)]


def measure(house: House, chair: int, what: Measure, **fields: object) -> None:
    call = Moderate(key="m", measure=what, **fields)  # type: ignore[arg-type]
    house.ask(chair, call)
    assert codes(house, chair) == []


def complain(house: House, slot: int, about: str) -> None:
    """Have somebody complain about a person, who was here."""
    house.book.names[VisitorKey(about)] = "Somebody"
    house.ask(slot, Complain(key="c", person=VisitorKey(about), reason="rude"))
    assert codes(house, slot) == []


def test_who_is_muted_cannot_speak(house: House, chair: int) -> None:
    ann = house.come("ann", space=HALL)
    measure(house, chair, Measure.MUTE, person=ANN, reason="noise", minutes=5)
    house.ask(ann, Say(key="1", scope=Scope.ZONE, text="hi"))

    until = house.clock() + timedelta(minutes=5)
    assert house.told(ann, Order) == [Order(Measure.MUTE, "Chair", "noise", until)]
    assert codes(house, ann) == ["world.muted"]


def test_a_mute_ends(house: House, chair: int) -> None:
    ann = house.come("ann", space=HALL)
    measure(house, chair, Measure.MUTE, person=ANN, minutes=5)
    house.seconds += 301
    house.ask(ann, Say(key="1", scope=Scope.ZONE, text="hi"))

    assert codes(house, ann) == []


def test_who_is_muted_hears_that_it_is_over(house: House, chair: int) -> None:
    ann = house.come("ann", space=HALL)
    measure(house, chair, Measure.MUTE, person=ANN, minutes=5)
    house.pass_(299)
    assert [one.measure for one in house.told(ann, Order)] == [Measure.MUTE]
    house.pass_(2)

    assert house.told(ann, Order)[1:] == [Order(Measure.UNMUTE, "Chair", "", None)]


def test_who_comes_in_anew_is_told_that_they_are_muted(house: House, chair: int) -> None:
    house.come("ann", space=HALL)
    measure(house, chair, Measure.MUTE, person=ANN, reason="noise", minutes=5)
    until = house.clock() + timedelta(minutes=5)
    again = house.come("ann", space=HALL)
    measure(house, chair, Measure.UNMUTE, person=ANN)
    free = house.come("ann", space=HALL)

    assert house.told(again, Order)[0] == Order(Measure.MUTE, "Chair", "noise", until)
    assert house.told(free, Order) == []


def test_a_mute_can_be_taken_back(house: House, chair: int) -> None:
    ann = house.come("ann", space=HALL)
    measure(house, chair, Measure.MUTE, person=ANN)
    measure(house, chair, Measure.UNMUTE, person=ANN)
    house.ask(ann, Say(key="1", scope=Scope.ZONE, text="hi"))

    assert [one.measure for one in house.told(ann, Order)] == [Measure.MUTE, Measure.UNMUTE]
    assert codes(house, ann) == []


def test_when_all_are_muted_only_the_chair_speaks(house: House, chair: int) -> None:
    ann = house.come("ann", space=HALL)
    measure(house, chair, Measure.MUTE_ALL)
    house.pass_(1.1)
    house.ask(ann, Say(key="1", scope=Scope.ZONE, text="hi"))
    house.ask(chair, Say(key="2", scope=Scope.ZONE, text="quiet"))

    assert [one.measure for one in house.told(ann, Order)] == [Measure.MUTE_ALL]
    assert house.told(ann, Crowd)[-1].zone.muted
    assert [one.message.text for one in house.told(ann, Said)] == ["quiet"]


def test_who_is_banned_is_out_and_stays_out(house: House, chair: int) -> None:
    ann = house.come("ann", space=HALL)
    session = house.session(ann)
    measure(house, chair, Measure.BAN, person=ANN, minutes=60)

    assert [one.measure for one in house.told(ann, Order)] == [Measure.BAN]
    assert [one.code for one in house.told(ann, Ended)] == ["world.banned"]
    assert house.sockets.dropped == [(ann, Close.REMOVED)]
    ticket = house.ticket(visitor("ann"))
    assert house.knock(ticket=ticket) == Denied(403, "world.banned")
    assert house.knock(resume=session) == Denied(403, "world.banned")


@pytest.mark.parametrize(
    ("what", "code"), [(Measure.BAN, "world.banned"), (Measure.REMOVE, "world.removed")]
)
def test_what_another_process_writes_takes_effect_when_it_is_read(
    house: House, what: Measure, code: str
) -> None:
    ann = house.come("ann", space=HALL)
    with house.database.transaction() as db:
        api.moderate(
            db,
            quiet_bus(db),
            COMMAND,
            PARK,
            PARK,
            measure=what,
            visitor=ANN,
            now=house.clock(),
        )
    order.refresh(house.book, PARK)
    house.settle()

    assert [one.measure for one in house.told(ann, Order)] == [what]
    assert house.sockets.dropped == [(ann, Close.REMOVED)]
    assert house.knock(ticket=house.ticket(visitor("ann"))) == Denied(403, code)


def remove_from_hall(house: House) -> None:
    with house.database.transaction() as db:
        bus, now = quiet_bus(db), house.clock()
        remove = Measure.REMOVE
        api.moderate(db, bus, COMMAND, PARK, HALL, measure=remove, visitor=ANN, now=now)


def test_who_is_removed_from_a_hall_elsewhere_is_led_out_of_it(house: House) -> None:
    ann = house.come("ann", space=HALL)
    remove_from_hall(house)
    order.refresh(house.book, PARK)
    house.settle()
    house.ask(ann, Go(key="1", space=HALL))

    assert [one.measure for one in house.told(ann, Order)] == [Measure.REMOVE]
    assert [one.reason for one in house.told(ann, Placed)] == ["removed"]
    assert (house.zone(ann) != HALL, codes(house, ann)) == (True, ["world.removed"])


def test_a_removal_from_a_hall_outlives_the_process(build: Build) -> None:
    house = build()
    ann = house.come("ann", space=HALL)
    session = house.told(ann, Welcome)[-1].session
    remove_from_hall(house)
    after = build(crowd=house.crowd)
    slot = after.knock(resume=session)
    assert isinstance(slot, int)
    after.open(slot)

    assert [one.reason for one in after.told(slot, Placed)] == ["removed"]
    assert after.zone(slot) != HALL


def test_who_was_removed_comes_back_when_that_is_over(house: House, chair: int) -> None:
    house.come("ann", space=HALL)
    measure(house, chair, Measure.REMOVE, person=ANN)
    house.pass_(601)
    order.refresh(house.book, PARK)
    ann = house.come("ann", space=HALL)

    assert house.told(ann, Order) == []


def test_who_is_removed_by_staff_is_out_of_the_park_for_a_while(house: House, chair: int) -> None:
    ann = house.come("ann", space=HALL)
    measure(house, chair, Measure.REMOVE, person=ANN)

    assert house.sockets.dropped == [(ann, Close.REMOVED)]
    assert house.knock(ticket=house.ticket(visitor("ann"))) == Denied(403, "world.removed")
    house.pass_(601)
    assert isinstance(house.knock(ticket=house.ticket(visitor("ann"))), int)


def test_who_is_removed_by_a_zones_moderator_is_out_of_the_zone(house: House) -> None:
    with house.database.transaction() as db:
        bus, now = quiet_bus(db), house.clock()
        host = person(db, "host@example.org")
        api.put_rule(db, bus, COMMAND, PARK, HALL, Right.MODERATE, Audience.ACCOUNTS, now=now)
    order.refresh(house.book, PARK)
    house.settle()
    chair = house.come("host", space=HALL, person=host.id, key=VisitorKey(f"p-{host.id}"))
    ann = house.come("ann", space=HALL)
    measure(house, chair, Measure.REMOVE, person=ANN)

    assert house.sockets.dropped == []
    assert [one.reason for one in house.told(ann, Placed)] == ["removed"]
    assert house.zone(ann) != HALL
    house.ask(ann, Go(key="1", space=HALL))
    assert codes(house, ann) == ["world.removed"]


def test_a_visitor_cannot_keep_order(house: House) -> None:
    ann, ben = house.come("ann", space=HALL), house.come("ben", space=HALL)
    house.ask(ann, Moderate(key="1", measure=Measure.BAN, person=VisitorKey("g-ben")))

    assert codes(house, ann) == ["world.right_missing"]
    assert ben in house.book.presences


def test_a_measure_is_written_down(house: House, chair: int) -> None:
    house.come("ann", space=HALL)
    measure(house, chair, Measure.MUTE, person=ANN)

    with house.database.transaction() as db:
        assert [verb for verb, *_ in audited(db)][-1] == "world.mute"


def test_new_rules_change_what_people_may_do_at_once(house: House) -> None:
    ann = house.come("ann", space=HALL)
    with house.database.transaction() as db:
        bus, now = quiet_bus(db), house.clock()
        api.put_rule(db, bus, COMMAND, PARK, HALL, Right.SPEAK, Audience.STAFF, now=now)
    order.refresh(house.book, PARK)
    house.settle()
    house.ask(ann, Say(key="1", scope=Scope.ZONE, text="hi"))

    assert house.told(ann, Rights) == [Rights((Right.ENTER,))]
    assert codes(house, ann) == ["world.right_missing"]


def test_a_zone_that_closes_is_left(house: House) -> None:
    ann = house.come("ann", space=HALL)
    rule = Rule(HALL, Right.ENTER, Audience.ACCOUNTS)
    order.decide(house.book, PARK, Decisions(rules=(rule,)))

    assert [one.reason for one in house.told(ann, Placed)] == ["closed"]
    assert house.zone(ann) == PARK


def test_who_blocks_somebody_neither_sees_nor_hears_them(house: House) -> None:
    ann, ben = house.come("ann", space=HALL), house.come("ben", space=HALL)
    house.ask(ann, Block(key="1", person=VisitorKey("g-ben"), on=True))
    house.clear()
    house.ask(ben, Say(key="1", scope=Scope.ZONE, text="hi"))
    house.ask(ann, Say(key="2", scope=Scope.ZONE, text="ho"))
    house.ask(ann, Roster(key="3"))

    assert (house.sockets.hidden[ann], house.sockets.hidden[ben]) == ({ben}, {ann})
    assert [one.message.text for one in house.told(ann, Said)] == ["ho"]
    assert [one.message.text for one in house.told(ben, Said)] == ["hi"]


def test_a_block_outlives_the_visit_and_can_be_taken_back(house: House) -> None:
    ann, ben = house.come("ann", space=HALL), house.come("ben", space=HALL)
    house.ask(ann, Block(key="1", person=VisitorKey("g-ben"), on=True))
    ann = house.come("ann", space=HALL)
    assert house.sockets.hidden[ben] == {ann}
    with house.database.transaction() as db:
        assert [(one.visitor, one.name) for one in api.own_blocks(db, ANN)] == [("g-ben", "Ben")]

    house.ask(ann, Block(key="1", person=VisitorKey("g-ben"), on=False))
    assert (house.sockets.hidden[ann], house.sockets.hidden[ben]) == (set(), set())


def test_a_complaint_reaches_the_moderators(house: House) -> None:
    ann, ben = house.come("ann", space=HALL), house.come("ben", space=HALL)
    house.ask(ben, Say(key="1", scope=Scope.ZONE, text="rude"))
    number = house.told(ann, Said)[0].message.number
    call = Complain(key="2", person=VisitorKey("g-ben"), reason="rude", message=number)
    house.ask(ann, call)

    assert house.told(ann, Accepted) == [Accepted("2")]
    with house.database.transaction() as db:
        (report,) = api.reports(db, COMMAND, PARK)
    assert (report.about_name, report.by_name, report.said) == ("Ben", "Ann", "rude")


def test_a_moderator_hears_of_a_complaint_at_once(house: House, chair: int) -> None:
    ann = house.come("ann", space=HALL)
    complain(house, ann, "g-ben")
    order.refresh(house.book, PARK)  # as the live channel has it done
    house.settle()

    assert house.told(chair, Reports) == [Reports(1)]
    assert house.told(ann, Reports) == []


def test_a_moderator_who_comes_is_told_how_many_complaints_wait(house: House, chair: int) -> None:
    ann = house.come("ann", space=HALL)
    complain(house, ann, "g-ben")
    order.refresh(house.book, PARK)
    session = house.session(chair)
    house.lose(chair)
    house.knock(resume=session, last="0")
    house.open(chair)

    assert house.told(chair, Welcome)[-1].reports == 1
    assert house.told(ann, Welcome)[-1].reports is None


def test_a_complaint_that_is_settled_on_the_page_waits_no_more(house: House, chair: int) -> None:
    complain(house, house.come("ann", space=HALL), "g-ben")
    order.refresh(house.book, PARK)
    house.settle()
    with house.database.transaction() as db:
        (report,) = api.reports(db, COMMAND, PARK)
        api.settle_report(db, COMMAND, PARK, report.id, now=house.clock())
    order.refresh(house.book, PARK)
    house.settle()

    assert house.told(chair, Reports) == [Reports(1), Reports(0)]


def test_who_does_not_keep_order_any_more_hears_of_no_complaints(house: House, chair: int) -> None:
    complain(house, house.come("ann", space=HALL), "g-ben")
    order.refresh(house.book, PARK)
    house.settle()
    presence = house.presence(chair)
    presence.visitor = replace(presence.visitor, permissions=frozenset())
    order.tell_rights(house.book, house.book.grounds[PARK], presence)

    assert house.told(chair, Reports) == [Reports(1), Reports(None)]


def test_who_keeps_order_in_a_zone_alone_hears_of_no_complaints(house: House) -> None:
    ann, ben = house.come("ann", space=HALL), house.come("ben", space=HALL)
    rule = Rule(HALL, Right.MODERATE, Audience.EVERYONE)
    order.decide(house.book, PARK, Decisions(rules=(rule,), reports=2))

    assert Right.MODERATE in house.presence(ann).rights
    assert [house.told(slot, Reports) for slot in (ann, ben)] == [[], []]


def test_what_is_decided_is_read_once_more_however_often_that_is_asked_for(house: House) -> None:
    ann = house.come("ann", space=HALL)
    for _ in range(50):
        order.refresh(house.book, PARK)
    with house.database.transaction() as db:
        bus, now = quiet_bus(db), house.clock()
        api.put_rule(db, bus, COMMAND, PARK, HALL, Right.SPEAK, Audience.STAFF, now=now)
    order.refresh(house.book, PARK)
    house.settle()

    assert house.presence(ann).rights == frozenset({Right.ENTER})
    assert house.book.reading == {}


def test_who_may_present_shows_something_to_all_in_the_zone(house: House, chair: int) -> None:
    ann = house.come("ann", space=HALL)
    house.ask(chair, Show(key="1", title="Plan\u202e", link="https://example.org/plan"))
    house.ask(ann, Show(key="2", title="Mine", link="https://example.org/"))

    shown = Shown(HALL, "Plan", "https://example.org/plan", "Chair")
    assert house.told(ann, Shown) == [shown]
    assert codes(house, ann) == ["world.right_missing"]


@pytest.mark.parametrize("link", ["javascript:alert(1)", "data:text/html,x", "//example.org"])
def test_a_link_that_is_not_safe_is_not_shown(house: House, chair: int, link: str) -> None:
    house.ask(chair, Show(key="1", title="Plan", link=link))

    assert codes(house, chair) == ["world.link_wrong"]


def test_who_is_in_a_zone_is_told_when_it_takes_another_number(house: House) -> None:
    ann = house.come("ann", space=HALL)
    house.clear()
    ground = house.book.grounds[PARK]
    zones = [replace(one, cap=7) if one.space == HALL else one for one in ground.plot.zones]
    ground.lay_out(replace(ground.plot, zones=tuple(zones)))
    house.pass_(1)

    assert [(one.zone.space, one.zone.cap) for one in house.told(ann, Crowd)] == [(HALL, 7)]


def test_a_zones_moderator_bans_nobody_from_the_park(house: House) -> None:
    with house.database.transaction() as db:
        host = person(db, "host@example.org")
        bus, now = quiet_bus(db), house.clock()
        api.put_rule(db, bus, COMMAND, PARK, HALL, Right.MODERATE, Audience.ACCOUNTS, now=now)
    order.refresh(house.book, PARK)
    house.settle()
    key = VisitorKey(f"p-{host.id}")
    chair = house.come("host", space=HALL, person=host.id, key=key)
    ann = house.come("ann", space=HALL)
    house.ask(chair, Moderate(key="1", measure=Measure.BAN, person=ANN))
    house.ask(chair, Moderate(key="2", measure=Measure.MUTE_ALL))

    assert codes(house, chair) == ["world.right_missing"]
    assert (house.zone(ann), [one.measure for one in house.told(ann, Order)]) == (
        HALL,
        [Measure.MUTE_ALL],
    )


class Deaf:
    """A journal that answers nobody."""

    def read(self, do: object, done: object, failed: Failed) -> None:  # noqa: ARG002
        failed(WorldUnavailable())


def test_what_could_not_be_read_when_it_was_announced_is_read_later(house: House) -> None:
    ann = house.come("ann", space=HALL)
    with house.database.transaction() as db:
        bus, now = quiet_bus(db), house.clock()
        api.moderate(db, bus, COMMAND, PARK, PARK, measure=Measure.BAN, visitor=ANN, now=now)
        api.put_block(db, VisitorKey("g-eve"), ANN, on=True, now=now)
    journal = house.book.journal
    house.book.journal = Deaf()  # pyright: ignore[reportAttributeAccessIssue]
    order.refresh(house.book, PARK)
    eve = house.come("eve", space=HALL)
    before = (ann in house.book.presences, house.presence(eve).hidden)
    house.book.journal = journal
    order.catch_up(house.book)
    house.settle()

    assert before == (True, frozenset())
    assert (ann in house.book.presences, house.presence(eve).hidden) == (False, {ANN})
    assert (house.book.unread, house.book.unmet) == (set(), set())


def test_a_block_that_is_kept_late_hides_nobody_from_the_next_in_the_slot(house: House) -> None:
    ann, ben = house.come("ann", space=HALL), house.come("ben", space=HALL)
    house.sockets.hidden.clear()
    call = Block(key="1", person=VisitorKey("g-ben"), on=True)
    house.home.heard(ann, msgspec.json.encode(call))
    house.home.heard(ann, msgspec.json.encode(Leave()))
    house.settle()

    assert ann not in house.sockets.hidden
    assert house.presence(ben).hidden == {ANN}
