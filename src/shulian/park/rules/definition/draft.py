"""A plan while it is being read: what was found so far, and what every part of the reader needs."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import islice

from shulian.kit.geometry import Frame
from shulian.park.errors import DefinitionIdTaken, DefinitionTooLarge
from shulian.park.rules.definition.features import Features
from shulian.park.rules.definition.scenery import TREES, Crowded, Land
from shulian.park.rules.definition.sources import Where
from shulian.park.types import Notice, Point, SceneryId, Space, SpaceId

SPACES = 250_000
"""How many spaces a definition may make."""


@dataclass(slots=True, eq=False)
class Draft:
    """The spaces, scenery and notices of a park so far."""

    files: Mapping[str, bytes]
    frame: Frame
    land: Land
    features: Features
    spaces: list[Space] = field(default_factory=list[Space])
    notices: list[Notice] = field(default_factory=list[Notice])
    _taken: dict[str, Where] = field(default_factory=dict[str, Where])
    _scenery: dict[str, Where] = field(default_factory=dict[str, Where])
    _trees: int = 0

    def add(self, space: Space, where: Where) -> None:
        """Keep a space; its id must be new."""
        self.expect(1, where)
        self._claim(self._taken, space.id, where)
        self.spaces.append(space)

    def expect(self, count: int, where: Where) -> None:
        """Raise DefinitionTooLarge unless `count` more spaces stay within the limit."""
        if len(self.spaces) + count > SPACES:
            raise where.fault(DefinitionTooLarge, what="spaces", limit=SPACES)

    def claim(self, scenery: str, where: Where) -> SceneryId:
        """The id of a new piece of scenery; it must be new among the scenery."""
        self._claim(self._scenery, scenery, where)
        return SceneryId(scenery)

    def grow(self, trees: Iterable[Point], where: Where) -> list[Point]:
        """The trees that a rule plants; raise DefinitionTooLarge beyond the limit."""
        try:
            grown = list(islice(trees, TREES + 1 - self._trees))
        except Crowded as problem:
            raise where.fault(DefinitionTooLarge, what="trees", limit=TREES) from problem
        self._trees += len(grown)
        if self._trees > TREES:
            raise where.fault(DefinitionTooLarge, what="trees", limit=TREES)
        return grown

    def note(self, feature: SpaceId, code: str, words: str) -> None:
        """Say something about a space that does not stop the reading."""
        self.notices.append(Notice(feature, f"definition_{code}", words))

    def _claim(self, taken: dict[str, Where], name: str, where: Where) -> None:
        if first := taken.get(name):
            place = f"{first.document.name} {first.words}"
            raise where.fault(DefinitionIdTaken, id=name, first=place)
        taken[name] = where
