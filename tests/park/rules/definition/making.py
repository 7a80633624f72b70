"""Small definitions, and the questions tests ask of what is read from them."""

from collections.abc import Mapping
from textwrap import dedent

import pytest

from shulian.park.errors import DefinitionBroken
from shulian.park.rules.definition.read import read
from shulian.park.types import Import, Ring, Scenery, Space

HEAD = "id: p\norigin: [121.6, 31.2]\n"


def files(text: str, others: Mapping[str, str | bytes] | None = None) -> dict[str, bytes]:
    """A definition: the rest of its park.yaml, and other files."""
    rest = {
        name: said.encode() if isinstance(said, str) else said
        for name, said in (others or {}).items()
    }
    return {"park.yaml": (HEAD + dedent(text)).encode(), **rest}


def park(text: str, others: Mapping[str, str | bytes] | None = None) -> Import:
    """What is read from the rest of a park.yaml."""
    return read(files(text, others))


def spaces(text: str, others: Mapping[str, str | bytes] | None = None) -> dict[str, Space]:
    """The spaces of a definition by id, in order."""
    return {space.id: space for space in park(text, others).plan.spaces}


def scenery(text: str, others: Mapping[str, str | bytes] | None = None) -> dict[str, Scenery]:
    """The scenery of a definition by id, in order."""
    return {piece.id: piece for piece in park(text, others).plan.scenery}


def storey(layout: str, outline: str = "box: [60, 18]") -> dict[str, Space]:
    """The spaces of a building `b` with one storey laid out."""
    return spaces(
        f"buildings:\n  - {{id: b, {outline}, storeys: [{{storeys: 1, layout: {layout}}}]}}\n"
    )


def shell(space: Space) -> Ring:
    """The outer ring of a space that is one prism."""
    assert space.shape is not None
    (prism,) = space.shape.prisms
    return prism.rings[0]


def refused(text: str, others: Mapping[str, str | bytes] | None = None) -> dict[str, object]:
    """What the failure says of a definition that is refused, its code included."""
    with pytest.raises(DefinitionBroken) as caught:
        park(text, others)
    return {"code": caught.value.code.removeprefix("park.definition_"), **caught.value.params}
