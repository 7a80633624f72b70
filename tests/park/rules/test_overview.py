"""A park at a glance."""

from dataclasses import replace

from tests.park.plans import small_park

from shulian.park.rules.inheritance import settled
from shulian.park.rules.overview import Section, overview
from shulian.park.types import Space, SpaceId, SpaceKind

LEVELS = (SpaceKind.PARK, SpaceKind.SITE, SpaceKind.PHASE)


def levels() -> tuple[Space, ...]:
    return settled([space for space in small_park().spaces if space.kind in LEVELS])


def test_counts_what_is_built_in_each_phase_and_site() -> None:
    park, site, phase = levels()

    seen = overview((park, site, phase), {phase.id: (2, 90.0), site.id: (1, 10.0)})

    assert seen.park == park
    assert seen.sites == (Section(site, None, 3, 100.0),)
    assert seen.phases == (Section(phase, site, 2, 90.0),)


def test_a_phase_in_which_nothing_is_built_yet_counts_nothing() -> None:
    park, site, phase = levels()

    assert overview((park, site, phase), {}).phases == (Section(phase, site, 0, 0.0),)


def test_the_area_is_that_of_the_sites_where_the_park_states_none() -> None:
    park, site, phase = levels()
    large = replace(site, area=1780.0)

    assert overview((park, large, phase), {}).area == 1780.0
    assert overview((replace(park, area=5.0), large, phase), {}).area == 5.0
    assert overview((park, site, phase), {}).area is None


def test_sites_stand_in_their_order() -> None:
    park, site, _ = levels()
    first = replace(site, id=SpaceId("yq-zz"), order=-1)

    assert [one.space.id for one in overview((park, site, first), {}).sites] == ["yq-zz", "yq-site"]
