"""What tests of the shared world are built from: visitors and tickets."""

from datetime import UTC, datetime

from shulian.kit.text import Language
from shulian.park.types import SpaceId
from shulian.world.types import Draft, Look, Scope, Visitor, VisitorKey

NOW = datetime(2026, 11, 22, 4, 0, tzinfo=UTC)
PARK = SpaceId("yq")
HALL = SpaceId("yq-hall")
STOREY = SpaceId("yq-f1")


def visitor(name: str = "ann", **changes: object) -> Visitor:
    """A guest; `changes` are fields of theirs."""
    plain: dict[str, object] = {
        "key": VisitorKey(f"g-{name}"),
        "person": None,
        "name": name.title(),
        "look": Look(),
        "language": Language.EN,
    }
    return Visitor(**{**plain, **changes})  # pyright: ignore[reportArgumentType]


def draft(text: str, key: str, **changes: object) -> Draft:
    """Something that Ann says in the hall."""
    plain: dict[str, object] = {
        "key": key,
        "at": NOW,
        "park": PARK,
        "zone": HALL,
        "scope": Scope.ZONE,
        "sender": VisitorKey("g-ann"),
        "name": "Ann",
        "text": text,
    }
    return Draft(**{**plain, **changes})  # pyright: ignore[reportArgumentType]
