"""The file of avatars: its size, its parts, and that it is always the same."""

import json
import zlib
from pathlib import Path
from types import ModuleType

from shulian.world.rules.avatars.build import build
from shulian.world.rules.avatars.model import Model
from shulian.world.rules.avatars.pack import MAGIC, VERSION, packed
from shulian.world.rules.avatars.source import Source

ROOT = Path(__file__).parents[4]


def test_the_file_is_small(model: Model) -> None:
    assert len(packed(model)) < 600_000


def test_the_same_source_gives_the_same_file(source: Source, model: Model) -> None:
    assert packed(build(source)) == packed(model)


def test_the_file_describes_all_that_is_in_it(model: Model) -> None:
    file = zlib.decompress(packed(model))
    length = int.from_bytes(file[4:8], "little")
    description = json.loads(file[8 : 8 + length])
    sizes = {"i2": 2, "u2": 2, "u1": 1, "i1": 1}
    bodies = [-(-one["length"] * sizes[one["type"]] // 4) * 4 for one in description["arrays"]]

    assert (file[:4], description["version"], 8 + length + sum(bodies)) == (
        MAGIC,
        VERSION,
        len(file),
    )


def test_the_catalogue_of_the_client_is_up_to_date(tool: ModuleType) -> None:
    written = Path(ROOT / "client/src/world/avatar/catalogue.ts").read_text(encoding="utf-8")

    assert written == tool.catalogue()
