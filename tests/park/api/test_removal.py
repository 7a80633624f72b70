"""A park goes as a whole, or stays as it was."""

import pytest
import sqlalchemy as sa
from tests.park.plans import (
    HALL,
    LATER,
    NOW,
    OPERATOR,
    PARK,
    VISITOR,
    audited,
    ids,
    imported,
    queued,
    quiet_bus,
    small_park,
    space,
)

from shulian.identity.types import GUEST
from shulian.kit.bus import Bus, Reactions
from shulian.kit.db import Db
from shulian.kit.errors import LoginNeeded, Refused
from shulian.kit.text import Text
from shulian.park import api
from shulian.park.errors import ParkUnknown, SpaceHeld
from shulian.park.events import ParkRemoved, SpacesRemoved
from shulian.park.types import (
    Change,
    Changes,
    Field,
    LiveToken,
    ParkPlan,
    Place,
    SpaceId,
    SpaceKind,
    Tileset,
)

VERSION = "0123456789abcdef"


def removed(db: Db, bus: Bus | None = None, park: SpaceId = PARK) -> Changes:
    return api.remove_park(db, bus or quiet_bus(db), OPERATOR, park, now=LATER)


def rows(db: Db) -> dict[str, int]:
    """How many rows each table of the park holds, if any."""
    names = ("space", "place", "scenery", "live", "tileset")
    counts = {
        name: db.execute(sa.text(f"select count(*) from park_{name}")).scalar_one()  # noqa: S608
        for name in names
    }
    return {name: count for name, count in counts.items() if count}


def test_everything_of_a_park_goes(park: Db) -> None:
    bus = quiet_bus(park)
    api.edit_space(park, quiet_bus(park), OPERATOR, HALL, {Field.NAME_EN: "East"}, now=NOW)
    api.revert_edit(park, quiet_bus(park), OPERATOR, HALL, now=NOW)
    api.set_operator_status(
        park,
        quiet_bus(park),
        OPERATOR,
        HALL,
        token=LiveToken.BUSY,
        words=Text("使用中", "In use"),
        now=NOW,
    )

    changes = removed(park, bus)

    assert changes == Changes(
        place=Change(small_park().place, None),
        removed=changes.removed,
        scenery_removed=small_park().scenery,
    )
    assert (changes.removed[0], set(changes.removed)) == (
        small_park().spaces[0],
        set(small_park().spaces),
    )
    assert bus.published == [
        SpacesRemoved(PARK, tuple(reversed(changes.removed))),
        ParkRemoved(PARK, changes),
    ]
    assert rows(park) == {}
    assert api.parks(park) == ()


def test_what_operators_edited_does_not_come_back(park: Db) -> None:
    api.edit_space(park, quiet_bus(park), OPERATOR, HALL, {Field.NAME_EN: "East"}, now=NOW)
    removed(park)

    imported(park)

    assert api.export_park(park, PARK) == small_park()


def test_other_parks_stay(park: Db) -> None:
    root = space("", None, SpaceKind.PARK, id=SpaceId("zj"))
    other = ParkPlan(Place(root.id, 121.6, 31.2), (root,))
    imported(park, other)

    removed(park)

    assert [one.id for one in api.parks(park)] == ["zj"]
    assert api.export_park(park, root.id) == other


def test_a_removal_is_written_down(park: Db) -> None:
    changes = removed(park)

    verb, subject, before, after = audited(park)[-1]
    assert (verb, subject) == ("park.remove", PARK)
    assert isinstance(before, dict)
    assert isinstance(after, dict)
    assert before["removed"] == ids(changes.removed)
    assert isinstance(before["place"], dict)
    assert (before["place"]["longitude"], after["place"]) == (121.58, None)
    assert isinstance(after["counts"], dict)
    assert (after["counts"]["removed"], after["counts"]["scenery_removed"]) == (10, 1)


def test_a_second_removal_finds_no_park(park: Db) -> None:
    removed(park)
    before = audited(park)

    with pytest.raises(ParkUnknown):
        removed(park)

    assert audited(park) == before


@pytest.mark.parametrize("name", ["zj", HALL, "", "no id"])
def test_only_a_park_can_be_removed(park: Db, name: str) -> None:
    with pytest.raises(ParkUnknown):
        removed(park, park=SpaceId(name))

    assert api.export_park(park, PARK) == small_park()


def test_a_guest_removes_nothing(park: Db, bus: Bus) -> None:
    with pytest.raises(LoginNeeded):
        api.remove_park(park, bus, GUEST, PARK, now=NOW)


def test_a_visitor_removes_nothing(park: Db, bus: Bus) -> None:
    with pytest.raises(Refused):
        api.remove_park(park, bus, VISITOR, PARK, now=NOW)

    assert api.export_park(park, PARK) == small_park()


def test_whoever_needs_a_space_can_keep_the_park(park: Db) -> None:
    def refuse(_db: Db, _bus: Bus, _event: SpacesRemoved) -> None:
        raise SpaceHeld(detail="a lease")

    reactions = Reactions()
    reactions.on(SpacesRemoved, refuse)

    with pytest.raises(SpaceHeld), park.begin_nested():
        removed(park, Bus(park, reactions))

    assert api.export_park(park, PARK) == small_park()


def test_a_row_of_another_feature_keeps_the_park(park: Db) -> None:
    park.execute(sa.text("create table lease (space text references park_space (id))"))
    park.execute(sa.text("insert into lease values ('yq-plaza')"))

    with pytest.raises(SpaceHeld, match=r"\(id\)=\(yq-plaza\)"), park.begin_nested():
        removed(park)

    assert api.export_park(park, PARK) == small_park()


def test_what_breaks_off_at_the_end_removes_nothing(park: Db) -> None:
    def fail(_db: Db, _bus: Bus, _event: ParkRemoved) -> None:
        raise ZeroDivisionError

    reactions = Reactions()
    reactions.on(ParkRemoved, fail)
    before = (rows(park), queued(park), audited(park))

    with pytest.raises(ZeroDivisionError), park.begin_nested():
        removed(park, Bus(park, reactions))

    assert (rows(park), queued(park), audited(park)) == before
    assert api.export_park(park, PARK) == small_park()


def test_a_scene_is_shown_no_more_and_its_files_go_later(park: Db) -> None:
    api.begin_tileset(park, PARK, VERSION, now=NOW)
    api.show_tileset(park, PARK, VERSION, now=NOW)

    removed(park)

    assert api.tileset(park, PARK) is None
    assert queued(park) == [("park.drop_tiles", {"park": PARK})]
    assert api.forget_tilesets(park, PARK, now=LATER + api.GRACE) == ()
    assert api.forget_tilesets(park, PARK, now=LATER + 2 * api.GRACE) == (VERSION,)
    assert rows(park) == {}


def test_a_build_that_waits_is_taken_back(park: Db) -> None:
    before = queued(park)

    removed(park)

    assert (before, queued(park)) == ([("park.build_tiles", {"park": PARK})], [])


def test_a_scene_that_is_being_built_is_not_shown(park: Db) -> None:
    api.begin_tileset(park, PARK, VERSION, now=NOW)
    removed(park)

    with pytest.raises(ParkUnknown):
        api.show_tileset(park, PARK, VERSION, now=LATER)
    with pytest.raises(ParkUnknown):
        api.begin_tileset(park, PARK, VERSION, now=LATER)

    assert api.tileset(park, PARK) is None


def test_the_scene_of_a_park_that_comes_back_is_kept(park: Db) -> None:
    api.begin_tileset(park, PARK, VERSION, now=NOW)
    api.show_tileset(park, PARK, VERSION, now=NOW)
    removed(park)
    imported(park)

    api.begin_tileset(park, PARK, VERSION, now=LATER)
    api.show_tileset(park, PARK, VERSION, now=LATER)

    assert api.forget_tilesets(park, PARK, now=LATER + 2 * api.GRACE) == ()
    assert api.tileset(park, PARK) == Tileset(PARK, VERSION, LATER)
