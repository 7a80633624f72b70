"""Write what is generated from code: wire types of the client, schemas, pages of docs/reference.

`--check` writes nothing and fails where a file is not what it would be.
"""

import sys
from pathlib import Path
from types import ModuleType
from typing import get_args

from msgspec import Struct

import contract
import definition
import frames
import reference
import typescript
from shulian.identity import wire as identity_wire
from shulian.kit import live, progress
from shulian.park import wire as park_wire
from shulian.world.wire import messages as world_wire
from shulian.world.wire import web as world_web

ROOT = Path(__file__).parents[1]
FORMAT = Path("docs/reference/park-definition.md")
WIRE = Path("docs/reference/world-wire.md")

CONTRACTS = {
    "park": park_wire,
    "identity": identity_wire,
    "progress": progress,
    "live": live,
    "world": world_wire,
    "world-web": world_web,
}
"""Modules whose types travel, by the name of their snapshot."""


def structs(module: ModuleType) -> list[type[Struct]]:
    """The wire types that `module` itself defines, in its order; of a package: its parts do."""
    inside = f"{module.__name__}."
    parts = [
        one
        for one in vars(module).values()
        if isinstance(one, ModuleType) and one.__name__.startswith(inside)
    ]
    return [
        one
        for part in (module, *parts)
        for one in vars(part).values()
        if isinstance(one, type) and issubclass(one, Struct) and one.__module__ == part.__name__
    ]


def outputs() -> dict[Path, str]:
    """Every generated file and what it holds."""
    wire = [*structs(park_wire), progress.Progress]
    return {
        Path("client/src/wire/park.ts"): typescript.declarations(
            wire,
            source="src/shulian/park/wire.py",
            aliases={"StoreyFiles": dict[str, tuple[park_wire.StoreyFile, ...]]},
        ),
        Path("client/src/wire/world.ts"): typescript.declarations(
            [world_web.TicketView, world_web.BlockView],
            source="src/shulian/world/wire",
            aliases={"Call": world_wire.Call, "News": world_wire.News},
        ),
        Path("client/src/wire/frames.ts"): frames.module(),
        Path("tests/contract/golden/world-frames.json"): frames.golden(),
        WIRE: frames.page(get_args(world_wire.Call), get_args(world_wire.News)),
        **{
            Path("tests/contract") / f"{name}.json": contract.snapshot(structs(module))
            for name, module in CONTRACTS.items()
        },
        **{Path("docs/reference") / name: text for name, text in reference.pages().items()},
        FORMAT: definition.page(ROOT / FORMAT),
    }


def main(arguments: list[str]) -> int:
    """Write, or check, every generated file."""
    stale = [
        (ROOT / path, text)
        for path, text in outputs().items()
        if not (ROOT / path).exists() or (ROOT / path).read_text() != text
    ]
    for path, text in stale:
        if "--check" in arguments:
            print(f"{path.relative_to(ROOT)} is not up to date: run make docs")
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
            print(f"wrote {path.relative_to(ROOT)}")
    return int(bool(stale) and "--check" in arguments)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
