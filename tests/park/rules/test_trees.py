"""Parents stand before their children, wherever they stood before."""

from hypothesis import given
from hypothesis import strategies as st
from tests.park.plans import ids, small_park, space

from shulian.park.rules.trees import ancestors, in_order
from shulian.park.types import Space, SpaceId, SpaceKind


def test_children_follow_their_parents_by_order_then_id() -> None:
    spaces = (
        space("c", "", SpaceKind.SITE, order=1),
        space("c2", "c", SpaceKind.HALL, order=2),
        space("b", "", SpaceKind.SITE, order=1),
        space("c1", "c", SpaceKind.HALL, order=-2),
        space("a", "", SpaceKind.SITE, order=2),
        space("", None, SpaceKind.PARK),
    )

    assert ids(in_order(spaces)) == ["yq", "yq-b", "yq-c", "yq-c1", "yq-c2", "yq-a"]


@given(st.permutations(small_park().spaces))
def test_the_order_depends_on_no_other(spaces: list[Space]) -> None:
    assert in_order(spaces) == small_park().spaces


def test_what_hangs_on_nothing_is_left_out() -> None:
    spaces = (space("", None, SpaceKind.PARK), space("a", "b", SpaceKind.HALL))

    assert ids(in_order(spaces)) == ["yq"]


def test_ancestors_lead_down_to_the_parent() -> None:
    above = ancestors(small_park().spaces)

    assert above[SpaceId("yq")] == ()
    assert above[SpaceId("yq-f1")] == ("yq", "yq-site", "yq-phase", "yq-tower")
