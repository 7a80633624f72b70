"""Rights that an account has no more are lost in the world as well."""

import pytest
import sqlalchemy as sa
from tests.identity.accounts import join, organization, person
from tests.world.live.house.houses import House
from tests.world.visitors import HALL

from shulian.identity import tables
from shulian.identity.types import OrganizationKind, Person, Role
from shulian.world.live.house import order, renewal
from shulian.world.live.house.records import Decisions
from shulian.world.live.ports import Close, Denied
from shulian.world.types import MODERATE, PRESENT, Audience, Right, Rule, VisitorKey
from shulian.world.wire.messages import Ended, Met, Placed, Rights, Welcome

ALL = tuple(sorted(Right))
VISITORS = (Right.ENTER, Right.SPEAK)
MINE = frozenset({MODERATE, PRESENT})


@pytest.fixture
def chair(house: House) -> Person:
    """The account of somebody who keeps order everywhere."""
    with house.database.transaction() as db:
        one = person(db, "chair@example.org", name="Chair")
        join(db, one, organization(db, "Park", OrganizationKind.OPERATOR), Role.ADMINISTRATOR)
    return one


def come(house: House, one: Person) -> int:
    key = VisitorKey(f"p-{one.id}")
    return house.come("chair", space=HALL, key=key, person=one.id, permissions=MINE)


def dismissed(house: House) -> None:
    """Have nobody be a member of anything any more."""
    with house.database.transaction() as db:
        db.execute(sa.delete(tables.membership))


def shut(house: House) -> None:
    """Have every account be shut."""
    with house.database.transaction() as db:
        db.execute(sa.update(tables.person).values(disabled=house.clock()))


def test_who_is_no_member_any_more_loses_their_rights_at_once(house: House, chair: Person) -> None:
    slot, ben = come(house, chair), house.come("ben", space=HALL)
    house.home.meet(ben, [slot])
    dismissed(house)
    renewal.turned(house.book, chair.id, out=False)
    house.settle()

    assert house.told(slot, Welcome)[0].rights == ALL
    assert house.told(slot, Rights) == [Rights(VISITORS)]
    assert [one.people[0].staff for one in house.told(ben, Met)] == [True, False]


def test_who_logs_out_is_out_and_their_session_counts_no_more(house: House, chair: Person) -> None:
    slot = come(house, chair)
    session = house.session(slot)
    renewal.turned(house.book, chair.id, out=True)

    assert [(one.code, one.again) for one in house.told(slot, Ended)] == [("login_needed", True)]
    assert house.sockets.dropped == [(slot, Close.GONE)]
    assert house.knock(resume=session) == Denied(401, "world.ticket_expired")


def test_who_is_away_when_they_log_out_does_not_come_back(house: House, chair: Person) -> None:
    slot = come(house, chair)
    session = house.session(slot)
    house.lose(slot)
    renewal.turned(house.book, chair.id, out=True)

    assert house.knock(resume=session) == Denied(401, "world.ticket_expired")


def test_rights_are_read_anew_when_somebody_comes_back(house: House, chair: Person) -> None:
    slot = come(house, chair)
    session = house.session(slot)
    house.lose(slot)
    dismissed(house)
    house.knock(resume=session)
    house.open(slot)

    assert [one.rights for one in house.told(slot, Welcome)] == [ALL, VISITORS]


def test_an_account_that_was_shut_does_not_come_back(house: House, chair: Person) -> None:
    slot = come(house, chair)
    session = house.session(slot)
    house.lose(slot)
    shut(house)
    house.knock(resume=session)
    house.open(slot)

    assert [one.again for one in house.told(slot, Ended)] == [True]
    assert house.book.presences == {}


def test_a_ticket_that_is_older_than_a_change_gives_what_holds_now(
    house: House, chair: Person
) -> None:
    dismissed(house)
    renewal.turned(house.book, chair.id, out=False)

    assert house.told(come(house, chair), Welcome)[0].rights == VISITORS


def test_whoever_comes_back_to_a_zone_that_is_closed_to_them_now_is_led_out(
    house: House, chair: Person
) -> None:
    slot = come(house, chair)
    rule = Rule(HALL, Right.ENTER, Audience.STAFF)
    order.decide(house.book, house.presence(slot).park, Decisions(rules=(rule,)))
    session = house.session(slot)
    house.lose(slot)
    dismissed(house)
    house.knock(resume=session)
    house.open(slot)

    assert [one.reason for one in house.told(slot, Placed)] == ["closed"]
    assert house.zone(slot) == house.presence(slot).park


def test_when_announcements_may_be_lost_everyone_is_read_anew(house: House, chair: Person) -> None:
    slot, ann = come(house, chair), house.come("ann", space=HALL)
    dismissed(house)
    renewal.renew_all(house.book)
    house.settle()

    assert house.told(slot, Rights) == [Rights(VISITORS)]
    assert house.told(ann, Rights) == []


def test_without_a_database_everyone_stays_who_they_are(house: House, chair: Person) -> None:
    slot = come(house, chair)
    house.journal.read = lambda _do, _done, failed: failed(RuntimeError())  # type: ignore[method-assign,arg-type]
    renewal.turned(house.book, chair.id, out=False)

    assert house.presence(slot).visitor.permissions == MINE


def test_somebody_who_is_not_here_may_change(house: House, chair: Person) -> None:
    renewal.turned(house.book, chair.id, out=True)
    assert set(house.book.turned) == {VisitorKey(f"p-{chair.id}")}

    house.pass_(61.0)
    assert house.book.turned == {}
