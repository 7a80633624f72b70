"""A park comes in as a plan: nothing twice, operators' words kept, all or nothing."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError
from tests.park.plans import (
    HALL,
    NOW,
    OPERATOR,
    PARK,
    VISITOR,
    audited,
    box,
    ids,
    imported,
    in_plan,
    queued,
    quiet_bus,
    small_park,
    space,
    with_spaces,
    without,
)

from shulian.identity.types import GUEST
from shulian.kit.bus import Bus, Reactions
from shulian.kit.db import Database, Db
from shulian.kit.errors import LoginNeeded, Refused
from shulian.kit.text import Text
from shulian.park import api
from shulian.park.errors import (
    NothingToRevert,
    ParkUnknown,
    PlanIdTaken,
    SpaceHeld,
    SpaceIdTaken,
)
from shulian.park.events import SpacesChanged, SpacesRemoved
from shulian.park.types import (
    Change,
    Changes,
    Entrance,
    Field,
    Kept,
    Mesh,
    ParkPlan,
    Place,
    SceneryKind,
    Shape,
    SpaceId,
    SpaceKind,
)


def blocked(db: Db) -> bool:
    """Whether another transaction waits for this one."""
    waits = sa.text(
        "select exists (select from pg_locks where not granted and"
        " pg_backend_pid() = any(pg_blocking_pids(pid)))"
    )
    return db.execute(waits).scalar_one()


def count(db: Db) -> int:
    return db.execute(sa.text("select count(*) from park_space")).scalar_one()


def test_a_first_import_adds_everything(db: Db, bus: Bus) -> None:
    plan = small_park()

    changes = api.import_park(db, bus, OPERATOR, plan, now=NOW)

    assert changes == Changes(
        added=plan.spaces,
        scenery_added=plan.scenery,
        place=Change(None, plan.place),
    )
    assert bus.published == [SpacesChanged(PARK, changes)]
    assert queued(db) == [("park.build_tiles", {"park": PARK})]


def test_what_is_exported_is_what_was_imported(park: Db) -> None:
    assert api.export_park(park, PARK) == small_park()


def test_an_import_is_written_down(park: Db) -> None:
    assert [(verb, subject) for verb, subject, _, _ in audited(park)] == [("park.import", PARK)]


def test_the_same_plan_again_changes_nothing(park: Db) -> None:
    bus = quiet_bus(park)
    park.execute(sa.text("delete from procrastinate_jobs"))

    changes = api.import_park(park, bus, OPERATOR, small_park(), now=NOW)

    assert changes == Changes(unchanged=10, scenery_unchanged=1)
    assert bool(changes) is False
    assert (bus.published, queued(park), len(audited(park))) == ([], [], 1)


def test_a_newer_plan_updates_by_id(park: Db) -> None:
    old = small_park()
    hall = in_plan(old, "hall")
    bigger = replace(hall, capacity=500)
    stage = space("stage", "hall", SpaceKind.STAGE)
    plan = without(with_spaces(old, bigger), "seat-2")
    plan = replace(plan, spaces=(*plan.spaces, stage))

    changes = api.import_park(park, quiet_bus(park), OPERATOR, plan, now=NOW)

    assert changes == Changes(
        added=(stage,),
        changed=(Change(hall, bigger),),
        removed=(in_plan(old, "seat-2"),),
        unchanged=8,
        scenery_unchanged=1,
    )
    assert set(api.export_park(park, PARK).spaces) == set(plan.spaces)


def test_a_change_is_written_down_with_its_fields(park: Db) -> None:
    hall = in_plan(small_park(), "hall")
    imported(park, with_spaces(small_park(), replace(hall, capacity=500)))

    _, _, before, after = audited(park)[-1]

    assert isinstance(before, dict)
    assert isinstance(after, dict)
    assert before["changed"] == {HALL: {"capacity": 400}}
    assert after["changed"] == {HALL: {"capacity": 500}}


def test_a_changed_body_is_written_down_by_its_size(park: Db) -> None:
    tower = in_plan(small_park(), "tower")
    mesh = Mesh(((0.0, 0.0, 0.0), (1.0, 0.0, 0.0), (0.0, 1.0, 9.0)))
    imported(park, with_spaces(small_park(), replace(tower, shape=Shape(mesh=mesh))))

    _, _, before, after = audited(park)[-1]

    assert isinstance(before, dict)
    assert isinstance(after, dict)
    assert (before["changed"], after["changed"]) == (
        {"yq-tower": {"shape": {"prisms": 1, "corners": 4, "triangles": 0}}},
        {"yq-tower": {"shape": {"prisms": 0, "corners": 0, "triangles": 1}}},
    )


def test_scenery_is_updated_by_id(park: Db) -> None:
    plan = small_park()
    lawn = plan.scenery[0]
    pond = replace(lawn, kind=SceneryKind.WATER)
    path = replace(lawn, id=lawn.id + "-2", kind=SceneryKind.PATH)

    changes = imported(park, replace(plan, scenery=(pond, path)))

    assert (changes.scenery_added, changes.scenery_changed) == ((path,), (Change(lawn, pond),))
    assert api.scenery(park, PARK) == (pond, path)


def test_scenery_can_go(park: Db) -> None:
    plan = small_park()

    changes = imported(park, replace(plan, scenery=()))

    assert (changes.scenery_removed, api.scenery(park, PARK)) == (plan.scenery, ())


def test_the_place_can_move(park: Db) -> None:
    plan = small_park()
    moved = Place(PARK, 121.6, 31.2, "Asia/Tokyo", Entrance(1.0, 2.0, 90.0))

    changes = imported(park, replace(plan, place=moved))

    assert (changes.place, api.place(park, PARK)) == (Change(plan.place, moved), moved)


def test_a_branch_can_move_to_another_parent(park: Db) -> None:
    plan = small_park()
    moved = replace(in_plan(plan, "tower"), parent=in_plan(plan, "site").id)
    spaces = [moved if one.id == moved.id else one for one in plan.spaces]

    imported(park, replace(plan, spaces=tuple(spaces)))

    assert [one.id for one in api.path(park, SpaceId("yq-seat-1"))] == [
        "yq",
        "yq-site",
        "yq-tower",
        "yq-f1",
        "yq-hall",
        "yq-seat-1",
    ]
    assert ids(api.spaces(park, kind=SpaceKind.SEAT, within=SpaceId("yq-phase"))) == []


def test_meshes_doors_and_odd_numbers_come_back_as_they_were(db: Db) -> None:
    body = Shape(
        prisms=box(0, 0, 40, 20, 0, 12).prisms,
        mesh=Mesh(((0.1, 1e-9, 3.0), (1e6, -0.1, 3.3333333333333335), (2.0, 5.5, 0.0))),
        doors=((0.30000000000000004, 2.0),),
    )
    plan = with_spaces(small_park(), replace(in_plan(small_park(), "tower"), shape=body))

    imported(db, plan)

    assert api.export_park(db, PARK) == plan
    assert imported(db, plan) == Changes(unchanged=10, scenery_unchanged=1)


def test_an_operators_words_outlive_a_newer_file(park: Db) -> None:
    hall = in_plan(small_park(), "hall")
    api.edit_space(park, quiet_bus(park), OPERATOR, HALL, {Field.NAME_EN: "East Hall"}, now=NOW)
    newer = replace(hall, name=Text("东厅", "Hall E"), capacity=450)

    changes = imported(park, with_spaces(small_park(), newer))

    shown = replace(newer, name=Text("东厅", "East Hall"))
    edited = replace(hall, name=Text(hall.name.zh, "East Hall"))
    assert changes.changed == (Change(edited, shown),)
    assert changes.kept == (Kept(HALL, Field.NAME_EN, "East Hall", "Hall E"),)
    assert api.space(park, HALL) == shown


def test_an_operators_words_are_kept_by_the_same_file_too(park: Db) -> None:
    api.edit_space(park, quiet_bus(park), OPERATOR, HALL, {Field.CAPACITY: 380}, now=NOW)

    changes = imported(park)

    assert changes == Changes(
        unchanged=10, scenery_unchanged=1, kept=(Kept(HALL, Field.CAPACITY, 380, 400),)
    )


def test_a_file_that_says_what_the_operator_said_takes_the_field_back(park: Db) -> None:
    api.edit_space(park, quiet_bus(park), OPERATOR, HALL, {Field.CAPACITY: 380}, now=NOW)

    changes = imported(park, api.export_park(park, PARK))

    assert changes == Changes(unchanged=10, scenery_unchanged=1)
    assert api.details(park, HALL, now=NOW).edited == ()
    assert imported(park).changed[0].after.capacity == 400


def test_a_file_that_changes_a_space_seals_its_last_edit(park: Db) -> None:
    api.edit_space(park, quiet_bus(park), OPERATOR, HALL, {Field.CAPACITY: 380}, now=NOW)
    hall = in_plan(small_park(), "hall")
    imported(park, with_spaces(small_park(), replace(hall, order=7)))

    with pytest.raises(NothingToRevert):
        api.revert_edit(park, quiet_bus(park), OPERATOR, HALL, now=NOW)


def test_a_dry_run_compares_and_keeps_nothing(db: Db, bus: Bus) -> None:
    plan = small_park()

    changes = api.import_park(db, bus, OPERATOR, plan, now=NOW, dry=True)

    assert changes.added == plan.spaces
    assert (count(db), bus.published, queued(db), audited(db)) == (0, [], [], [])


def test_a_broken_plan_leaves_the_park_as_it_was(park: Db) -> None:
    plan = small_park()

    with pytest.raises(PlanIdTaken, match="yq-hall"):
        imported(park, replace(plan, spaces=(*plan.spaces, in_plan(plan, "hall"))))

    assert api.export_park(park, PARK) == plan


def test_an_id_of_another_park_is_refused(park: Db) -> None:
    root = space("", None, SpaceKind.PARK, id=SpaceId("zj"))
    hall = space("hall", "", SpaceKind.HALL, parent=root.id)

    with pytest.raises(SpaceIdTaken) as refused:
        imported(park, ParkPlan(Place(root.id, 121.6, 31.2), (root, hall)))

    assert dict(refused.value.params) == {"space": HALL, "park": PARK}


def test_two_parks_live_side_by_side(park: Db) -> None:
    root = space("", None, SpaceKind.PARK, id=SpaceId("zj"))
    other = ParkPlan(Place(root.id, 121.6, 31.2), (root,))

    imported(park, other)

    assert api.export_park(park, root.id) == other
    assert api.export_park(park, PARK) == small_park()


def test_whoever_needs_a_removed_space_can_keep_it(park: Db) -> None:
    heard: list[SpacesRemoved] = []

    def refuse(_db: Db, _bus: Bus, event: SpacesRemoved) -> None:
        heard.append(event)
        raise SpaceHeld(detail="a lease")

    reactions = Reactions()
    reactions.on(SpacesRemoved, refuse)
    plan = without(small_park(), "f1", "hall", "seat-1", "seat-2", "seat-3")

    with pytest.raises(SpaceHeld), park.begin_nested():
        api.import_park(park, Bus(park, reactions), OPERATOR, plan, now=NOW)

    gone = [in_plan(small_park(), name) for name in ("seat-3", "seat-2", "seat-1", "hall", "f1")]
    assert heard == [SpacesRemoved(PARK, tuple(gone))]
    assert api.export_park(park, PARK) == small_park()


def test_a_row_of_another_feature_keeps_its_space(park: Db) -> None:
    park.execute(sa.text("create table lease (space text references park_space (id))"))
    park.execute(sa.text("insert into lease values ('yq-plaza')"))

    with pytest.raises(SpaceHeld, match=r"\(id\)=\(yq-plaza\)"):
        imported(park, without(small_park(), "plaza"))


def test_a_guest_imports_nothing(db: Db, bus: Bus) -> None:
    with pytest.raises(LoginNeeded):
        api.import_park(db, bus, GUEST, small_park(), now=NOW)


def test_a_visitor_imports_nothing(db: Db, bus: Bus) -> None:
    with pytest.raises(Refused):
        api.import_park(db, bus, VISITOR, small_park(), now=NOW)


def test_nobody_exports_what_is_not_there(db: Db) -> None:
    with pytest.raises(ParkUnknown):
        api.export_park(db, PARK)


@pytest.mark.parametrize(
    "statement",
    [
        "update park_space set parent = 'yq-seat-1' where id = 'yq-tower'",
        "update park_space set (parent, ancestors) = ('yq-hall', '{yq,yq-hall}') where id='yq-f1'",
        "update park_space set parent = id, ancestors = lineage where id = 'yq-tower'",
        "update park_space set parent = null, ancestors = '{}' where id = 'yq-plaza'",
        "update park_space set ancestors = '{}' where id = 'yq-plaza'",
        "update park_space set ancestors = array['zj', 'yq-site'] where id = 'yq-plaza'",
        "delete from park_space where id = 'yq-hall'",
    ],
)
def test_the_database_itself_keeps_the_tree_a_tree(park: Db, statement: str) -> None:
    park.execute(sa.text("set constraints all immediate"))

    with pytest.raises(IntegrityError):
        park.execute(sa.text(statement))


def test_a_large_park_is_written_as_one(db: Db) -> None:
    tower = in_plan(small_park(), "tower")
    many = tuple(
        space(f"room-{number}", "tower", SpaceKind.OFFICE, order=number) for number in range(1500)
    )
    plan = replace(small_park(), spaces=(*small_park().spaces, *many))

    imported(db, plan)
    changes = imported(db, with_spaces(plan, replace(tower, name=Text("楼", "T"))))

    assert (changes.unchanged, len(changes.changed)) == (1509, 1)
    assert set(api.export_park(db, PARK).spaces) == {
        *plan.spaces,
        replace(tower, name=Text("楼", "T")),
    } - {tower}


def test_two_imports_of_a_park_take_turns(own_database_url: str) -> None:
    database = Database(own_database_url)

    def again() -> Changes:
        with database.transaction() as db:
            return imported(db)

    with ThreadPoolExecutor() as threads:
        with database.transaction() as db:
            first = imported(db)
            waiting = threads.submit(again)
        second = waiting.result(30)
    database.close()

    assert (len(first.added), second) == (10, Changes(unchanged=10, scenery_unchanged=1))


def test_two_parks_that_claim_an_id_at_once_do_not_both_get_it(own_database_url: str) -> None:
    database = Database(own_database_url)
    root = space("", None, SpaceKind.PARK, id=SpaceId("zj"))
    other = ParkPlan(
        Place(root.id, 121.6, 31.2),
        (root, space("hall", "", SpaceKind.HALL, parent=root.id)),
    )

    def claim() -> Changes:
        with database.transaction() as db:
            return imported(db, other)

    with ThreadPoolExecutor() as threads:
        with database.transaction() as db:
            imported(db)
            waiting = threads.submit(claim)
            while not blocked(db):
                pass
        with pytest.raises(SpaceIdTaken):
            waiting.result(30)
    with database.transaction() as db:
        left = api.export_park(db, PARK)
    database.close()

    assert left == small_park()
