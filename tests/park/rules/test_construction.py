"""The files of a scene: the same park, the same bytes, under the same name."""

import gzip
from dataclasses import replace

import msgspec
from tests.park.plans import box, in_plan, small_park, space, with_spaces

from shulian.park.rules.construction import digest, packed, scene_files
from shulian.park.types import ParkPlan, SpaceKind, SpaceStatus


def files(plan: ParkPlan) -> dict[str, bytes]:
    made, _ = scene_files(plan, lambda _done, _total: None)
    return dict(made)


def test_a_scene_has_the_files_of_its_layers() -> None:
    made = files(small_park())

    assert sorted(path.rpartition("/")[0] or path for path in made) == [
        "exterior",
        "scenery",
        "storeys",
        "storeys.json",
        "tileset.json",
        "trees.bin",
    ]
    assert list(made)[-1] == "tileset.json"


def test_the_same_park_gives_the_same_bytes() -> None:
    assert files(small_park()) == files(small_park())


def test_what_stands_in_a_planned_phase_is_drawn_as_planned() -> None:
    phase = replace(in_plan(small_park(), "phase"), status=SpaceStatus.PLANNED)

    assert files(with_spaces(small_park(), phase)) != files(small_park())


def test_only_buildings_with_storeys_can_be_walked() -> None:
    shed = space("shed", "site", SpaceKind.BUILDING, shape=box(100, 0, 9, 9, 0, 4))
    plan = small_park()

    made = files(replace(plan, spaces=(*plan.spaces, shed)))

    assert list(msgspec.json.decode(made["storeys.json"])) == ["yq-tower"]


def test_a_park_of_nothing_has_a_scene() -> None:
    plan = small_park()

    made = files(replace(plan, spaces=plan.spaces[:1], scenery=()))

    assert sorted(made) == ["storeys.json", "tileset.json", "trees.bin"]


def test_the_progress_grows_to_its_end() -> None:
    told: list[tuple[int, int]] = []

    scene_files(small_park(), lambda done, total: told.append((done, total)))

    shares = [done / total for done, total in told]
    assert shares == sorted(shares)
    assert shares[-1] == 1


def test_a_digest_knows_names_and_contents_and_no_order() -> None:
    one = [("a", b"1"), ("b", b"2")]

    assert digest(one) == digest(reversed(one))
    assert len({digest(one), digest([("a", b"12")]), digest([("a", b"1"), ("c", b"2")])}) == 3


def test_what_does_not_shrink_is_not_packed() -> None:
    assert packed(b"a") is None
    assert gzip.decompress(packed(b"a" * 99) or b"") == b"a" * 99
    assert packed(b"a" * 99) == packed(b"a" * 99)
