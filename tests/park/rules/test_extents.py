"""How far spaces reach: by their bodies, or by what stands in them."""

from dataclasses import replace

from tests.park.plans import box, in_plan, small_park, space, with_spaces

from shulian.park.rules.extents import extents, of_shape
from shulian.park.types import Extent, Mesh, Shape, SpaceId, SpaceKind


def test_a_body_says_how_far_it_reaches() -> None:
    found = of_shape(box(1, 2, 3, 4, 5, 6))

    assert found == Extent((1, 2, 4, 6), 5, 6)
    assert found
    assert (found.center, found.height) == ((2.5, 4), 1)


def test_meshes_and_prisms_reach_together() -> None:
    mesh = Mesh(((-1.0, 0.0, 2.0), (0.0, 9.0, 3.0), (0.0, 0.0, 40.0)))
    both = replace(box(0, 0, 1, 1, 0, 3), mesh=mesh)

    assert of_shape(both) == Extent((-1, 0, 1, 9), 0, 40)


def test_a_body_without_corners_reaches_nowhere() -> None:
    assert of_shape(Shape(doors=((1.0, 1.0),))) is None


def test_what_has_no_body_reaches_as_far_as_what_stands_in_it() -> None:
    found = extents(small_park().spaces)

    assert found[SpaceId("yq")] == Extent((0, 0, 90, 30), 0, 12)
    assert found[SpaceId("yq-phase")] == Extent((0, 0, 40, 20), 0, 12)


def test_an_empty_body_does_not_hide_what_stands_in_it() -> None:
    plan = small_park()
    hollow = replace(in_plan(plan, "phase"), shape=Shape())

    assert extents(with_spaces(plan, hollow).spaces) == extents(plan.spaces)


def test_what_has_nothing_reaches_nowhere() -> None:
    assert extents((space("", None, SpaceKind.PARK),)) == {}
