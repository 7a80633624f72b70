"""Keeping order: who may, what holds afterwards, and that it is written down."""

from datetime import timedelta

import pytest
from tests.identity.accounts import actor, administrator, organization, person
from tests.park.plans import VISITOR, audited
from tests.world.visitors import HALL, NOW, PARK, STOREY, draft

from shulian.identity.types import GUEST, Actor, OrganizationId
from shulian.kit.bus import Bus
from shulian.kit.db import Db
from shulian.kit.errors import Failure, LoginNeeded
from shulian.kit.ids import new_id
from shulian.park.errors import ParkUnknown
from shulian.park.types import SpaceId
from shulian.world import api
from shulian.world.errors import (
    MeasureWrong,
    PersonGone,
    ReportUnknown,
    RightMissing,
    RuleWrong,
    ZoneUnknown,
)
from shulian.world.events import OrderKept, RuleChanged
from shulian.world.store import order as store
from shulian.world.types import (
    Audience,
    Exhibit,
    Measure,
    MessageNumber,
    Right,
    Rule,
    Sanction,
    Scope,
    VisitorKey,
)

BOB = VisitorKey("g-bob")
LATER = NOW + timedelta(hours=1)


def verbs(db: Db) -> list[str]:
    return [verb for verb, *_ in audited(db) if verb.startswith("world.")]


@pytest.mark.parametrize("measure", [Measure.MUTE, Measure.BAN])
def test_a_measure_is_in_force_until_it_ends(park: Db, bus: Bus, measure: Measure) -> None:
    boss = administrator(park)
    api.moderate(
        park,
        bus,
        boss,
        PARK,
        HALL,
        measure=measure,
        visitor=BOB,
        name="Bob",
        reason="spam",
        until=LATER,
        now=NOW,
    )

    told = Sanction(PARK, PARK, BOB, "Bob", measure, NOW, LATER, boss.name, "spam")
    assert api.sanctions(park, PARK, now=NOW) == (told,)
    assert api.sanctions(park, PARK, now=LATER) == ()
    assert bus.published == [OrderKept(PARK, HALL, measure, BOB)]
    assert verbs(park) == [f"world.{measure}"]


@pytest.mark.parametrize(
    ("measure", "back"), [(Measure.MUTE, Measure.UNMUTE), (Measure.BAN, Measure.UNBAN)]
)
def test_a_measure_is_taken_back(park: Db, bus: Bus, measure: Measure, back: Measure) -> None:
    boss = administrator(park)
    for one in (measure, back):
        api.moderate(park, bus, boss, PARK, PARK, measure=one, visitor=BOB, now=NOW)

    assert api.sanctions(park, PARK, now=NOW) == ()
    assert verbs(park) == [f"world.{measure}", f"world.{back}"]


def test_all_in_a_zone_are_muted_and_may_speak_again(park: Db, bus: Bus) -> None:
    boss = administrator(park)
    api.moderate(park, bus, boss, PARK, HALL, measure=Measure.MUTE_ALL, now=NOW)
    muted = api.silences(park, PARK)
    api.moderate(park, bus, boss, PARK, HALL, measure=Measure.UNMUTE_ALL, now=NOW)

    assert (muted, api.silences(park, PARK)) == ({HALL}, frozenset())


def test_who_is_removed_from_the_park_stays_out_for_a_while(park: Db, bus: Bus) -> None:
    boss, later = administrator(park), NOW + api.BARRED
    api.moderate(
        park, bus, boss, PARK, PARK, measure=Measure.REMOVE, visitor=BOB, name="Bob", now=NOW
    )

    assert api.sanctions(park, PARK, now=NOW) == (
        Sanction(PARK, PARK, BOB, "Bob", Measure.REMOVE, NOW, later, boss.name, ""),
    )
    assert api.sanctions(park, PARK, now=later) == ()


def test_who_is_removed_from_a_hall_stays_out_of_the_hall_alone(park: Db, bus: Bus) -> None:
    boss, later = administrator(park), NOW + api.BARRED
    for zone in (HALL, STOREY):
        api.moderate(park, bus, boss, PARK, zone, measure=Measure.REMOVE, visitor=BOB, now=NOW)

    assert set(api.sanctions(park, PARK, now=NOW)) == {
        Sanction(PARK, zone, BOB, "", Measure.REMOVE, NOW, later, boss.name, "")
        for zone in (HALL, STOREY)
    }
    assert verbs(park) == ["world.remove", "world.remove"]


def test_a_measure_needs_somebody(park: Db, bus: Bus) -> None:
    boss = administrator(park)
    with pytest.raises(MeasureWrong) as told:
        api.moderate(park, bus, boss, PARK, HALL, measure=Measure.BAN, now=NOW)

    assert dict(told.value.fields) == {"person": "world.measure_person"}
    assert verbs(park) == []


@pytest.mark.parametrize(("who", "told"), [(VISITOR, RightMissing), (GUEST, LoginNeeded)])
def test_who_has_no_right_keeps_no_order(
    park: Db, bus: Bus, who: Actor, told: type[Failure]
) -> None:
    with pytest.raises(told):
        api.moderate(park, bus, who, PARK, HALL, measure=Measure.MUTE_ALL, now=NOW)

    assert api.silences(park, PARK) == frozenset()


def test_who_was_given_the_right_in_a_zone_keeps_order_there_alone(park: Db, bus: Bus) -> None:
    boss, host = administrator(park), actor(park, person(park, "host@firm.example"))
    api.put_rule(park, bus, boss, PARK, HALL, Right.MODERATE, Audience.ACCOUNTS, now=NOW)
    api.moderate(park, bus, host, PARK, HALL, measure=Measure.MUTE_ALL, now=NOW)

    with pytest.raises(RightMissing):
        api.moderate(park, bus, host, PARK, STOREY, measure=Measure.MUTE_ALL, now=NOW)
    assert api.silences(park, PARK) == {HALL}


def test_a_zone_that_there_is_not_is_named(park: Db, bus: Bus) -> None:
    boss = administrator(park)
    with pytest.raises(ZoneUnknown):
        api.put_rule(park, bus, boss, PARK, SpaceId("none"), Right.ENTER, Audience.STAFF, now=NOW)
    with pytest.raises(ParkUnknown):
        api.rules(park, SpaceId("none"))


def test_a_rule_is_put_changed_and_taken_back(park: Db, bus: Bus) -> None:
    boss, firm = administrator(park), organization(park, "Firm")
    steps = (
        Rule(HALL, Right.ENTER, Audience.STAFF),
        Rule(HALL, Right.ENTER, Audience.MEMBERS, firm.id),
    )
    for rule in steps:
        api.put_rule(
            park, bus, boss, PARK, HALL, rule.right, rule.audience, rule.organization, now=NOW
        )
        assert api.rules(park, PARK) == (rule,)
    api.put_rule(park, bus, boss, PARK, HALL, Right.ENTER, None, now=NOW)

    assert api.rules(park, PARK) == ()
    assert bus.published == [
        RuleChanged(PARK, None, steps[0]),
        RuleChanged(PARK, steps[0], steps[1]),
        RuleChanged(PARK, steps[1], None),
    ]


def test_the_same_rule_again_changes_nothing(park: Db, bus: Bus) -> None:
    boss = administrator(park)
    for _ in range(2):
        api.put_rule(park, bus, boss, PARK, HALL, Right.SPEAK, Audience.STAFF, now=NOW)

    assert verbs(park) == ["world.put_rule"]


def test_members_are_members_of_an_organization(park: Db, bus: Bus) -> None:
    boss = administrator(park)
    with pytest.raises(RuleWrong):
        api.put_rule(park, bus, boss, PARK, HALL, Right.ENTER, Audience.MEMBERS, now=NOW)
    firm = organization(park, "Firm").id
    with pytest.raises(RuleWrong):
        api.put_rule(park, bus, boss, PARK, HALL, Right.ENTER, Audience.STAFF, firm, now=NOW)


def complain(db: Db, message: int | None = None, about: VisitorKey = BOB) -> None:
    api.complain(
        db,
        PARK,
        HALL,
        about=about,
        about_name="Bob",
        by=VisitorKey("g-ann"),
        by_name="Ann",
        reason="rude",
        message=MessageNumber(message) if message is not None else None,
        now=NOW,
    )


def test_a_report_keeps_the_words_it_is_about(park: Db) -> None:
    boss = administrator(park)
    (said,) = api.say(park, [draft("shut up", "1", sender=BOB)])
    complain(park, said.number)
    api.forget(park, now=NOW + timedelta(days=99))

    assert [(one.reason, one.said) for one in api.reports(park, boss, PARK)] == [
        ("rude", "shut up")
    ]


def test_a_report_does_not_show_the_words_of_another(park: Db) -> None:
    boss = administrator(park)
    (said,) = api.say(park, [draft("secret", "1")])
    complain(park, said.number)
    complain(park, 12345)

    assert [one.said for one in api.reports(park, boss, PARK)] == [None, None]


def test_a_report_is_settled(park: Db) -> None:
    boss = administrator(park)
    complain(park)
    assert api.open_reports(park, PARK) == 1
    (report,) = api.reports(park, boss, PARK)
    api.settle_report(park, boss, PARK, report.id, now=NOW)

    assert (api.reports(park, boss, PARK), api.open_reports(park, PARK)) == ((), 0)
    assert [one.id for one in api.reports(park, boss, PARK, settled=True)] == [report.id]
    with pytest.raises(ReportUnknown):
        api.settle_report(park, boss, PARK, new_id(NOW), now=NOW)


def test_a_report_is_settled_in_its_own_park(park: Db) -> None:
    boss = administrator(park)
    complain(park)
    (report,) = api.reports(park, boss, PARK)
    with pytest.raises(ReportUnknown):
        store.settle(park, SpaceId("other"), report.id, now=NOW)

    assert [one.id for one in api.reports(park, boss, PARK)] == [report.id]


def test_reports_are_for_moderators(park: Db) -> None:
    with pytest.raises(RightMissing):
        api.reports(park, VISITOR, PARK)
    with pytest.raises(LoginNeeded):
        api.reports(park, GUEST, PARK)


def test_something_is_shown_and_taken_away(park: Db, bus: Bus) -> None:
    boss, exhibit = administrator(park), Exhibit("Twin", "https://a.example", "Boss")
    api.show(park, bus, boss, PARK, HALL, exhibit, now=NOW)
    shown = api.shown(park, PARK)
    api.show(park, bus, boss, PARK, HALL, exhibit, now=NOW)
    api.show(park, bus, boss, PARK, HALL, None, now=NOW)

    assert (shown, api.shown(park, PARK)) == ({HALL: exhibit}, {})
    assert verbs(park) == ["world.show", "world.show"]


def test_not_everyone_may_show_something(park: Db, bus: Bus) -> None:
    with pytest.raises(RightMissing):
        api.show(park, bus, VISITOR, PARK, HALL, Exhibit("Ad", "", "Eve"), now=NOW)


@pytest.mark.parametrize(
    "measure", [Measure.MUTE, Measure.UNMUTE, Measure.BAN, Measure.UNBAN], ids=str
)
def test_what_holds_in_the_whole_park_needs_the_right_there(
    park: Db, bus: Bus, measure: Measure
) -> None:
    boss, host = administrator(park), actor(park, person(park, "host@firm.example"))
    api.put_rule(park, bus, boss, PARK, HALL, Right.MODERATE, Audience.ACCOUNTS, now=NOW)
    for one in (Measure.MUTE, Measure.BAN):
        api.moderate(park, bus, boss, PARK, PARK, measure=one, visitor=BOB, now=NOW)
    before = api.sanctions(park, PARK, now=NOW)

    with pytest.raises(RightMissing):
        api.moderate(park, bus, host, PARK, HALL, measure=measure, visitor=BOB, now=NOW)
    assert api.sanctions(park, PARK, now=NOW) == before


def test_a_reason_is_one_line_that_harms_nothing(park: Db, bus: Bus) -> None:
    api.moderate(
        park,
        bus,
        administrator(park),
        PARK,
        PARK,
        measure=Measure.BAN,
        visitor=BOB,
        name="Bob\u202e",
        reason=" spam\n\u0000again " + "x" * 600,
        now=NOW,
    )

    (told,) = api.sanctions(park, PARK, now=NOW)
    assert (told.name, told.reason[:12], len(told.reason)) == ("Bob", "spam again x", 500)


@pytest.mark.parametrize("key", ["", "bob", "g-", "g-\u0000", "g-" + "x" * 3000, "g-bob\n"])
def test_nobody_has_a_key_of_another_form(park: Db, bus: Bus, key: str) -> None:
    boss, nobody = administrator(park), VisitorKey(key)
    with pytest.raises(PersonGone):
        api.moderate(park, bus, boss, PARK, PARK, measure=Measure.BAN, visitor=nobody, now=NOW)
    with pytest.raises(PersonGone):
        complain(park, about=nobody)
    with pytest.raises(PersonGone):
        api.put_block(park, BOB, nobody, on=True, now=NOW)

    assert api.sanctions(park, PARK, now=NOW) == ()


def test_an_organization_that_there_is_not_has_no_members(park: Db, bus: Bus) -> None:
    boss, none = administrator(park), OrganizationId(new_id(NOW))
    with pytest.raises(RuleWrong):
        api.put_rule(park, bus, boss, PARK, HALL, Right.ENTER, Audience.MEMBERS, none, now=NOW)

    assert (api.rules(park, PARK), verbs(park)) == ((), [])


def test_a_report_does_not_show_words_between_others(park: Db) -> None:
    eve = VisitorKey("g-eve")
    to_eve = draft("secret", "1", sender=BOB, scope=Scope.DIRECT, to=eve)
    to_ann = draft("rude", "2", sender=BOB, scope=Scope.DIRECT, to=VisitorKey("g-ann"))
    for message in api.say(park, [to_eve, to_ann]):
        complain(park, message.number)

    told = {one.said for one in api.reports(park, administrator(park), PARK)}
    assert told == {None, "rude"}
