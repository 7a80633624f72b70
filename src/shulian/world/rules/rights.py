"""Who may do what where: rules of the nearest zone that says something, else the usual."""

from collections.abc import Iterable, Mapping

from shulian.park.types import SpaceId
from shulian.world.types import MODERATE, PRESENT, Audience, Right, Rule, Visitor

USUAL = {
    Right.ENTER: Audience.EVERYONE,
    Right.SPEAK: Audience.EVERYONE,
    Right.PRESENT: Audience.STAFF,
    Right.MODERATE: Audience.STAFF,
}
"""Where no rule says otherwise."""


def rights_in(
    space: SpaceId,
    parents: Mapping[SpaceId, SpaceId | None],
    rules: Iterable[Rule],
    visitor: Visitor,
) -> frozenset[Right]:
    """What `visitor` may do in the zone `space`.

    parents  the zone above each zone; none above the park
    """
    told = {(rule.space, rule.right): rule for rule in rules}
    chain = _chain(space, parents)
    found = {
        right: next((told[one, right] for one in chain if (one, right) in told), None)
        for right in Right
    }
    return frozenset(right for right, rule in found.items() if _holds(right, rule, visitor))


def _chain(space: SpaceId, parents: Mapping[SpaceId, SpaceId | None]) -> list[SpaceId]:
    """The zone and all above it, the nearest first."""
    chain: list[SpaceId] = []
    at: SpaceId | None = space
    while at is not None and at not in chain:
        chain.append(at)
        at = parents.get(at)
    return chain


def _holds(right: Right, rule: Rule | None, visitor: Visitor) -> bool:
    """Whether the rule gives the right; who keeps order everywhere may do everything."""
    if MODERATE in visitor.permissions:
        return True
    audience = rule.audience if rule else USUAL[right]
    if audience is Audience.EVERYONE:
        return True
    if audience is Audience.ACCOUNTS:
        return visitor.person is not None
    if audience is Audience.MEMBERS:
        return rule is not None and rule.organization in visitor.organizations
    return right is Right.PRESENT and PRESENT in visitor.permissions
