"""A park at a glance: its sites and the phases in which it is built, with what is built there."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from shulian.park.rules.scenes import phases
from shulian.park.types import Space, SpaceId, SpaceKind


@dataclass(frozen=True, slots=True)
class Section:
    """A site or a phase, and what is built in it."""

    space: Space
    """With the day and the status in force."""
    site: Space | None
    """The site that a phase belongs to."""
    buildings: int
    area: float
    """Of all its buildings [m²]; 0 where nobody says."""


@dataclass(frozen=True, slots=True)
class Overview:
    """A park and what it is made of."""

    park: Space
    sites: tuple[Section, ...]
    phases: tuple[Section, ...]
    """In order of delivery."""

    @property
    def area(self) -> float | None:
        """The area that the park states, or that its sites state together [m²]."""
        told = [one.space.area for one in self.sites if one.space.area]
        return self.park.area or sum(told) or None


def overview(settled: Sequence[Space], built: Mapping[SpaceId, tuple[int, float]]) -> Overview:
    """The park at the head of `settled` at a glance.

    settled  the park, its sites and phases, with their days in force; parents before children
    built    by the space they stand in: how many buildings, and their area [m²]
    """
    known = {space.id: space for space in settled}
    totals = dict.fromkeys(known, (0, 0.0)) | dict(built)
    for space in reversed(settled):
        if space.parent is not None:
            own, above = totals[space.id], totals[space.parent]
            totals[space.parent] = (own[0] + above[0], own[1] + above[1])

    def section(space: Space) -> Section:
        above = known.get(space.parent) if space.parent else None
        site = above if above is not None and above.kind is SpaceKind.SITE else None
        return Section(space, site, *totals[space.id])

    sites = sorted(
        (one for one in settled if one.kind is SpaceKind.SITE), key=lambda one: one.order
    )
    return Overview(settled[0], tuple(map(section, sites)), tuple(map(section, phases(settled))))
