"""Files are kept under names that every store takes, each under its own."""

import re

from hypothesis import given
from hypothesis import strategies as st

from shulian.park.rules.shelves import folder, kept_at
from shulian.park.types import SpaceId

VERSION = "0123456789abcdef"


def test_plain_names_stay() -> None:
    assert (
        kept_at(SpaceId("yq"), VERSION, "storeys/a-1.glb") == f"tiles/yq/{VERSION}/storeys/a-1.glb"
    )


def test_a_file_is_kept_in_its_versions_folder() -> None:
    odd = SpaceId("a:b")

    assert kept_at(odd, VERSION, "x").startswith(f"{folder(odd, VERSION)}/")


@given(st.text(st.characters(codec="utf-8")), st.text(st.characters(codec="utf-8")))
def test_every_name_becomes_a_plain_one(park: str, path: str) -> None:
    name = kept_at(SpaceId(park), VERSION, path)

    assert all(re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._-]{0,199}", one) for one in name.split("/"))


@given(st.lists(st.text("a.:_/-", max_size=4), unique=True))
def test_different_names_stay_different(paths: list[str]) -> None:
    names = {kept_at(SpaceId("yq"), VERSION, path) for path in paths}

    assert len(names) == len(paths)
