"""Venues come into a park as an import would bring them, and leave the rest as it is."""

from dataclasses import replace
from datetime import timedelta

import pytest
from tests.park.plans import HALL, NOW, OPERATOR, PARK, VISITOR, imported, small_park

from shulian.kit.bus import Bus, Reactions
from shulian.kit.db import Db
from shulian.kit.errors import Refused
from shulian.kit.text import Text
from shulian.park import api
from shulian.park.api import Room, Venue
from shulian.park.errors import ParkUnknown, SpaceIdTaken
from shulian.park.types import Field, ParkPlan, Space, SpaceId, SpaceKind

RED = Room(SpaceId("yq.red"), Text("红厅", "Red Hall"), 300)
OTHER = SpaceId("other")
CENTRE = Venue(SpaceId("yq.centre"), Text("示例会馆", "Sample Centre"), (RED,))


@pytest.fixture
def bus(db: Db) -> Bus:
    return Bus(db, Reactions())


def test_what_stands_stays_as_it_is_and_so_do_edits(db: Db, bus: Bus) -> None:
    imported(db, small_park())
    api.edit_space(db, bus, OPERATOR, HALL, {Field.NAME_EN: "Great Hall"}, now=NOW)

    changes = api.add_venues(db, bus, OPERATOR, PARK, [CENTRE], now=NOW)

    assert (changes.changed, changes.removed, changes.place) == ((), (), None)
    assert {one.kind for one in changes.added} >= {SpaceKind.BUILDING, SpaceKind.HALL}
    assert [(one.space, one.operator) for one in changes.kept] == [(HALL, "Great Hall")]
    assert api.space(db, RED.id).name == RED.name
    later = NOW + timedelta(hours=1)
    assert not api.add_venues(db, bus, OPERATOR, PARK, [CENTRE], now=later)
    api.import_park(db, bus, OPERATOR, api.export_park(db, PARK), now=later)
    assert api.space(db, HALL).name.en == "Great Hall"


def test_an_edit_can_be_taken_back_after_venues_came(db: Db, bus: Bus) -> None:
    imported(db, small_park())
    before = api.space(db, HALL)
    api.edit_space(db, bus, OPERATOR, HALL, {Field.NAME_EN: "Great Hall"}, now=NOW)
    api.add_venues(db, bus, OPERATOR, PARK, [CENTRE], now=NOW)

    assert api.revert_edit(db, bus, OPERATOR, HALL, now=NOW) == before


def test_a_file_without_them_takes_them_away(db: Db, bus: Bus) -> None:
    imported(db, small_park())
    api.add_venues(db, bus, OPERATOR, PARK, [CENTRE], now=NOW)

    changes = api.import_park(db, bus, OPERATOR, small_park(), now=NOW)

    assert {one.id for one in changes.removed} >= {CENTRE.id, RED.id}


def test_who_may_not_import_adds_nothing(db: Db, bus: Bus) -> None:
    imported(db, small_park())

    with pytest.raises(Refused):
        api.add_venues(db, bus, VISITOR, PARK, [CENTRE], now=NOW)


def test_a_park_has_to_be_there_and_ids_to_be_free(db: Db, bus: Bus) -> None:
    with pytest.raises(ParkUnknown):
        api.add_venues(db, bus, OPERATOR, OTHER, [CENTRE], now=NOW)
    imported(db, small_park())
    place = replace(small_park().place, park=OTHER)
    root = Space(OTHER, None, SpaceKind.PARK, Text("另一园", "Another Park"))
    api.import_park(db, bus, OPERATOR, ParkPlan(place, (root,)), now=NOW)
    with pytest.raises(SpaceIdTaken):
        api.add_venues(db, bus, OPERATOR, OTHER, [replace(CENTRE, id=HALL)], now=NOW)
