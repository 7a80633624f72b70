"""Facts about the shared world that features above may react to."""

from dataclasses import dataclass

from shulian.park.types import SpaceId
from shulian.world.types import Measure, Rule, VisitorKey


@dataclass(frozen=True, slots=True)
class OrderKept:
    """A moderator did something to somebody, or to all in a zone."""

    park: SpaceId
    zone: SpaceId
    measure: Measure
    visitor: VisitorKey | None


@dataclass(frozen=True, slots=True)
class RuleChanged:
    """Somebody said who may do something in a zone; no rule: the usual holds again."""

    park: SpaceId
    before: Rule | None
    after: Rule | None
