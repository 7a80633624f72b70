"""What a newer plan makes of a park: for any two plans, the changes lead from one to the other."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st
from tests.park.plans import HALL, PARK, box, in_plan, small_park, space, with_spaces

from shulian.kit.text import Text
from shulian.park.rules.changes import compare, differences, records
from shulian.park.rules.trees import in_order
from shulian.park.types import (
    Change,
    Changes,
    Field,
    FieldChange,
    ParkPlan,
    Place,
    Record,
    Scenery,
    SceneryId,
    SceneryKind,
    Space,
    SpaceId,
    SpaceKind,
    SpaceStatus,
)

names = st.builds(Text, st.text("园区ab ", max_size=3), st.text("AB c", max_size=3))
bodies = st.none() | st.builds(
    box, *(st.integers(-9, 9) for _ in range(2)), *(st.integers(1, 9) for _ in range(4))
)


@st.composite
def plans(draw: st.DrawFn) -> ParkPlan:
    """Any park: a tree of up to twelve spaces whose ids come from a few, and some scenery."""
    spaces = [space("", None, SpaceKind.PARK, name=draw(names))]
    for name in draw(st.lists(st.sampled_from("abcdefghijkl"), unique=True, max_size=11)):
        parent = draw(st.sampled_from(spaces)).id
        fresh = space(
            name,
            "",
            draw(st.sampled_from([SpaceKind.HALL, SpaceKind.BOOTH])),
            parent=parent,
            name=draw(names),
            order=draw(st.integers(-2, 2)),
            shape=draw(bodies),
            capacity=draw(st.none() | st.integers(0, 3)),
            status=draw(st.sampled_from(SpaceStatus)),
        )
        spaces.append(fresh)
    kinds = st.sampled_from([SceneryKind.GREEN, SceneryKind.WATER])
    pieces = draw(st.dictionaries(st.sampled_from("xyz"), st.tuples(kinds, names)))
    scenery = tuple(
        Scenery(SceneryId(key), PARK, kind, name) for key, (kind, name) in pieces.items()
    )
    place = Place(PARK, draw(st.sampled_from([121.5, 121.6])), 31.2)
    return ParkPlan(place, tuple(spaces), scenery)


def changes(old: ParkPlan | None, new: ParkPlan) -> Changes:
    """What importing `new` over `old` does."""
    held = records(old, {}) if old else {}
    return compare(
        new,
        records(new, held),
        held=held,
        scenery={one.id: one for one in old.scenery} if old else {},
        place=old.place if old else None,
    )


def applied(old: ParkPlan, done: Changes) -> ParkPlan:
    """`old` with `done` to it."""
    spaces = {one.id: one for one in old.spaces}
    pieces = {one.id: one for one in old.scenery}
    for gone in done.removed:
        del spaces[gone.id]
    for lost in done.scenery_removed:
        del pieces[lost.id]
    spaces |= {one.after.id: one.after for one in done.changed}
    spaces |= {one.id: one for one in done.added}
    pieces |= {one.after.id: one.after for one in done.scenery_changed}
    pieces |= {one.id: one for one in done.scenery_added}
    place = done.place.after if done.place and done.place.after else old.place
    return canonical(ParkPlan(place, tuple(spaces.values()), tuple(pieces.values())))


def canonical(plan: ParkPlan) -> ParkPlan:
    """`plan` in the one order that depends on nothing else."""
    scenery = tuple(sorted(plan.scenery, key=lambda one: one.id))
    return replace(plan, spaces=in_order(plan.spaces), scenery=scenery)


@given(plans(), plans())
def test_what_changes_leads_from_the_old_plan_to_the_new(old: ParkPlan, new: ParkPlan) -> None:
    assert applied(old, changes(old, new)) == canonical(new)


@given(plans(), plans())
def test_every_space_is_counted_once(old: ParkPlan, new: ParkPlan) -> None:
    done = changes(old, new)

    assert len(done.added) + len(done.changed) + done.unchanged == len(new.spaces)
    assert len(done.removed) + len(done.changed) + done.unchanged == len(old.spaces)


@given(plans())
def test_the_same_plan_changes_nothing(plan: ParkPlan) -> None:
    done = changes(plan, canonical(plan))

    assert done == Changes(unchanged=len(plan.spaces), scenery_unchanged=len(plan.scenery))
    assert not done


@given(plans())
def test_a_first_plan_adds_everything(plan: ParkPlan) -> None:
    assert changes(None, plan) == Changes(
        added=plan.spaces, scenery_added=plan.scenery, place=Change(None, plan.place)
    )


@given(plans(), plans(), st.text("xy园", max_size=3), st.none() | st.integers(0, 3))
def test_what_an_operator_says_outlives_every_plan(
    old: ParkPlan, new: ParkPlan, name: str, capacity: int | None
) -> None:
    edited: dict[SpaceId, Record] = {
        key: replace(
            one,
            space=replace(one.space, name=Text(name, one.space.name.en), capacity=capacity),
            origin={Field.NAME_ZH: one.space.name.zh, Field.CAPACITY: one.space.capacity},
        )
        for key, one in records(old, {}).items()
    }

    made = records(new, edited)

    assert [
        (one.space.name.zh, one.space.capacity) for key, one in made.items() if key in edited
    ] == [(name, capacity) for key in made if key in edited]
    assert records(new, made) == made


def test_a_changed_space_has_a_new_version_and_no_edit_to_take_back() -> None:
    plan = small_park()
    held = records(plan, {})
    held[HALL] = replace(held[HALL], version=5, undo={Field.CAPACITY: 1})
    hall = in_plan(plan, "hall")

    same = records(plan, held)[HALL]
    changed = records(with_spaces(plan, replace(hall, order=3)), held)[HALL]

    assert (same.version, same.undo) == (5, {Field.CAPACITY: 1})
    assert (changed.version, changed.undo) == (6, None)


def test_what_reaches_further_is_kept_without_being_a_change() -> None:
    plan = small_park()
    held = records(plan, {})
    wing = space("wing", "phase", SpaceKind.BUILDING, shape=box(-50, 0, 10, 10, 0, 50))

    made = records(replace(plan, spaces=(*plan.spaces, wing)), held)

    altered = [key for key, one in made.items() if held.get(key) != one]
    assert altered == ["yq", "yq-site", "yq-phase", "yq-wing"]
    assert changes(plan, replace(plan, spaces=(*plan.spaces, wing))).changed == ()


def test_differences_name_the_fields_by_language() -> None:
    before = in_plan(small_park(), "hall")
    after = replace(before, name=Text(before.name.zh, "East"), capacity=1, shape=None)

    assert differences(Change(before, after)) == (
        FieldChange("name.en", "Multi-function Hall 1 East", "East"),
        FieldChange("shape", before.shape, None),
        FieldChange("capacity", 400, 1),
    )


def test_a_kind_that_a_file_makes_a_level_is_the_files() -> None:
    plan = small_park()
    held = records(plan, {})
    held[HALL] = replace(
        held[HALL],
        space=replace(held[HALL].space, kind=SpaceKind.LAB),
        origin={Field.KIND: "hall"},
    )
    storey: Space = replace(in_plan(plan, "hall"), kind=SpaceKind.STOREY)

    made = records(with_spaces(plan, storey), held)[HALL]

    assert (made.space.kind, made.origin) == (SpaceKind.STOREY, {})
