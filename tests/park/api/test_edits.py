"""Operators change single spaces, in turn, with everything written down, and take it back."""

from collections.abc import Mapping
from dataclasses import replace

import pytest
from tests.park.plans import (
    HALL,
    LATER,
    NOW,
    OPERATOR,
    PARK,
    VISITOR,
    audited,
    imported,
    in_plan,
    queued,
    quiet_bus,
    small_park,
)

from shulian.identity.types import GUEST, Actor
from shulian.kit.bus import Bus
from shulian.kit.db import Db
from shulian.kit.errors import LoginNeeded, Refused
from shulian.kit.text import Text
from shulian.park import api
from shulian.park.errors import EditWrong, NothingToRevert, SpaceNewer, SpaceUnknown
from shulian.park.events import SpaceEdited
from shulian.park.types import Field, FieldValue, Space, SpaceId, SpaceKind, SpaceStatus

BEFORE = in_plan(small_park(), "hall")


def edit(
    db: Db,
    told: Mapping[Field, FieldValue],
    *,
    space: SpaceId = HALL,
    actor: Actor = OPERATOR,
    bus: Bus | None = None,
    version: int | None = None,
) -> Space:
    return api.edit_space(db, bus or quiet_bus(db), actor, space, told, version=version, now=LATER)


def revert(db: Db, bus: Bus | None = None) -> Space:
    return api.revert_edit(db, bus or quiet_bus(db), OPERATOR, HALL, now=LATER)


def test_an_edit_changes_what_it_names_and_nothing_else(park: Db) -> None:
    told: dict[Field, FieldValue] = {
        Field.NAME_EN: "Hall East",
        Field.KIND: "exhibition_hall",
        Field.CAPACITY: None,
        Field.STATUS: "closed",
        Field.LINK: "https://park.example/hall",
        Field.ABOUT_ZH: "大厅",
    }

    after = edit(park, told)

    assert after == replace(
        BEFORE,
        name=Text(BEFORE.name.zh, "Hall East"),
        about=Text("大厅"),
        kind=SpaceKind.EXHIBITION_HALL,
        capacity=None,
        status=SpaceStatus.CLOSED,
        link="https://park.example/hall",
    )
    assert api.space(park, HALL) == after


def test_an_edit_is_told_to_those_above(park: Db) -> None:
    bus = quiet_bus(park)

    after = edit(park, {Field.CAPACITY: 10}, bus=bus)

    assert bus.published == [SpaceEdited(BEFORE, after)]


def test_an_edit_is_written_down(park: Db) -> None:
    edit(park, {Field.CAPACITY: 10, Field.STATUS: "open"})

    assert audited(park)[-1] == ("park.edit", HALL, {"capacity": 400}, {"capacity": 10})


def test_an_edit_of_what_the_scene_shows_builds_it_anew(park: Db) -> None:
    park.connection.cursor().execute("delete from procrastinate_jobs")
    edit(park, {Field.CAPACITY: 10})
    before = queued(park)

    edit(park, {Field.NAME_ZH: "东厅"})

    assert (before, queued(park)) == ([], [("park.build_tiles", {"park": PARK})])


def test_an_edit_that_says_nothing_new_leaves_no_trace(park: Db) -> None:
    bus = quiet_bus(park)

    after = edit(park, {Field.CAPACITY: 400, Field.NAME_ZH: f" {BEFORE.name.zh} "}, bus=bus)

    assert (after, bus.published, len(audited(park))) == (BEFORE, [], 1)
    assert api.details(park, HALL, now=NOW).version == 1


def test_blanks_around_texts_go_and_an_empty_link_is_none(park: Db) -> None:
    edit(park, {Field.LINK: "https://park.example"})

    after = edit(park, {Field.NAME_EN: "  East ", Field.LINK: "  "})

    assert (after.name.en, after.link) == ("East", None)


def test_an_edit_can_be_found_by_its_new_name(park: Db) -> None:
    edit(park, {Field.NAME_ZH: "星空厅"})

    assert [hit.step.id for hit in api.search(park, "星空")] == [HALL]
    assert api.search(park, "多功能") == ()


def test_an_edit_on_an_old_version_is_refused(park: Db) -> None:
    edit(park, {Field.CAPACITY: 10}, version=1)

    with pytest.raises(SpaceNewer) as refused:
        edit(park, {Field.CAPACITY: 20}, version=1)

    assert dict(refused.value.params) == {"space": HALL, "version": 2}
    assert edit(park, {Field.CAPACITY: 20}, version=2).capacity == 20


@pytest.mark.parametrize(
    ("told", "faults"),
    [
        ({Field.CAPACITY: -1}, {"capacity": "park.capacity_wrong"}),
        ({Field.CAPACITY: 10**9}, {"capacity": "park.capacity_wrong"}),
        ({Field.CAPACITY: "many"}, {"capacity": "park.capacity_wrong"}),
        ({Field.STATUS: "gone"}, {"status": "park.status_unknown"}),
        ({Field.KIND: "castle"}, {"kind": "park.kind_fixed"}),
        ({Field.KIND: "building"}, {"kind": "park.kind_fixed"}),
        ({Field.LINK: "javascript:alert(1)"}, {"link": "park.link_wrong"}),
        ({Field.LINK: "http://"}, {"link": "park.link_wrong"}),
        ({Field.NAME_ZH: "a" * 301}, {"name.zh": "park.text_wrong"}),
        ({Field.NAME_EN: "a\0b"}, {"name.en": "park.text_wrong"}),
        ({Field.NAME_EN: None}, {"name.en": "park.text_wrong"}),
        ({Field.ABOUT_EN: "\ud800"}, {"about.en": "park.text_wrong"}),
        (
            {Field.CAPACITY: -1, Field.STATUS: ""},
            {"capacity": "park.capacity_wrong", "status": "park.status_unknown"},
        ),
    ],
)
def test_an_edit_without_sense_names_its_faults(
    park: Db, told: dict[Field, FieldValue], faults: dict[str, str]
) -> None:
    with pytest.raises(EditWrong) as refused:
        edit(park, told)

    assert dict(refused.value.fields) == faults
    assert api.space(park, HALL) == BEFORE


def test_a_level_of_the_tree_stays_what_it_is(park: Db) -> None:
    with pytest.raises(EditWrong):
        edit(park, {Field.KIND: "hall"}, space=SpaceId("yq-tower"))


def test_a_guest_edits_nothing(park: Db) -> None:
    with pytest.raises(LoginNeeded):
        edit(park, {Field.CAPACITY: 1}, actor=GUEST)


def test_a_visitor_edits_nothing(park: Db) -> None:
    with pytest.raises(Refused):
        edit(park, {Field.CAPACITY: 1}, actor=VISITOR)


@pytest.mark.parametrize("space", ["nothing", "", "a\0b", "../yq", "x" * 500])
def test_what_is_not_there_is_not_edited(park: Db, space: str) -> None:
    with pytest.raises(SpaceUnknown):
        edit(park, {Field.CAPACITY: 1}, space=SpaceId(space))


def test_an_edit_is_taken_back(park: Db) -> None:
    edited = edit(park, {Field.CAPACITY: 10, Field.NAME_EN: "East"})
    bus = quiet_bus(park)

    after = revert(park, bus)

    assert after == BEFORE
    assert bus.published == [SpaceEdited(edited, BEFORE)]
    assert audited(park)[-1] == (
        "park.revert",
        HALL,
        {"capacity": 10, "name.en": "East"},
        {"capacity": 400, "name.en": BEFORE.name.en},
    )
    assert api.details(park, HALL, now=NOW).edited == ()


def test_what_is_taken_back_twice_is_there_again(park: Db) -> None:
    edited = edit(park, {Field.CAPACITY: 10})
    revert(park)

    assert revert(park) == edited


def test_only_the_last_edit_is_taken_back(park: Db) -> None:
    first = edit(park, {Field.CAPACITY: 10})
    edit(park, {Field.NAME_EN: "East"})

    assert revert(park) == first


def test_what_was_never_edited_is_not_taken_back(park: Db) -> None:
    with pytest.raises(NothingToRevert):
        revert(park)


def test_details_tell_what_an_operator_changed(park: Db) -> None:
    edit(park, {Field.CAPACITY: 10, Field.NAME_EN: "East"})

    details = api.details(park, HALL, now=NOW)

    assert details.edited == (Field.NAME_EN, Field.CAPACITY)
    assert (details.version, details.revertible) == (2, True)


def test_a_space_that_a_newer_file_drops_takes_its_edits_along(park: Db) -> None:
    edit(park, {Field.CAPACITY: 10})
    plan = small_park()
    left = replace(plan, spaces=plan.spaces[:5])

    imported(park, left)
    imported(park, plan)

    assert api.space(park, HALL) == BEFORE
