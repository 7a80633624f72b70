"""The page of the format says all there is, and its examples are true."""

import re
from pathlib import Path
from textwrap import indent

import msgspec
import pytest
from tests.park.rules.definition.making import HEAD

from shulian.park.rules.definition import schema
from shulian.park.rules.definition.draft import SPACES
from shulian.park.rules.definition.meshes import TRIANGLES
from shulian.park.rules.definition.outlines import CORNERS
from shulian.park.rules.definition.read import read
from shulian.park.rules.definition.scenery import TREES
from shulian.park.rules.definition.sources import BYTES, DEPTH, VALUES
from shulian.park.types import Import

PAGE = Path(__file__).parents[4] / "docs" / "reference" / "park-definition.md"
EXAMPLES = re.findall(r"```yaml (\w+)\n(.*?)```", PAGE.read_text(), re.DOTALL)
STRUCTURES = [
    kind
    for kind in vars(schema).values()
    if isinstance(kind, type) and issubclass(kind, msgspec.Struct)
]


def example(key: str, text: str) -> Import:
    whole = text if key == "park" else f"{HEAD}{key}:\n{indent(text, '  ')}"
    return read({"park.yaml": whole.encode()})


@pytest.mark.parametrize("structure", STRUCTURES)
def test_every_key_is_documented(structure: type[msgspec.Struct]) -> None:
    table = PAGE.read_text().partition(f"<!-- fields: {structure.__name__} -->")[2]
    table = table.partition("<!-- end -->")[0]
    own = vars(structure)["__annotations__"]

    assert [key for key in own if f"| `{key}` |" not in table] == []


@pytest.mark.parametrize(("key", "text"), EXAMPLES)
def test_every_example_is_read_without_a_remark(key: str, text: str) -> None:
    found = example(key, text)

    assert found.notices == ()
    assert len(found.plan.spaces) + len(found.plan.scenery) > 1


def test_what_the_page_says_of_its_first_example_is_true() -> None:
    spaces = {str(space.id): space for space in example(*EXAMPLES[0]).plan.spaces}

    assert spaces["riverside-b07-f03-02"].name.en == "Office 302"
    assert len([space for space in spaces.values() if space.parent == "riverside-b07"]) == 6


def test_the_limits_are_those_of_the_code() -> None:
    told = (
        f"{BYTES // 1_000_000} MB together, {VALUES:,} values a file, {DEPTH} levels, "
        f"{SPACES:,} spaces, {TREES:,} planted trees, {CORNERS:,} corners an outline, "
        f"{TRIANGLES:,} triangles a mesh"
    )

    assert told in PAGE.read_text()
