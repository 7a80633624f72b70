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
import ticket_codes
import typescript
from shulian.booking import wire as booking_wire
from shulian.congress import wire as congress_wire
from shulian.congress.wire import draft as draft_wire
from shulian.congress.wire import programme as programme_wire
from shulian.congress.wire import search as search_wire
from shulian.identity import wire as identity_wire
from shulian.kit import live, progress
from shulian.park import wire as park_wire
from shulian.ticketing import wire as ticketing_wire
from shulian.ticketing.wire import gate as gate_wire
from shulian.ticketing.wire import line, offers, orders, payments, tickets, waiting
from shulian.ticketing.wire import seats as seats_wire
from shulian.world.wire import messages as world_wire
from shulian.world.wire import web as world_web

ROOT = Path(__file__).parents[1]
FORMAT = Path("docs/reference/park-definition.md")
WIRE = Path("docs/reference/world-wire.md")

CONTRACTS = {
    "park": park_wire,
    "booking": booking_wire,
    "congress": congress_wire,
    "identity": identity_wire,
    "progress": progress,
    "live": live,
    "ticketing": ticketing_wire,
    "world": world_wire,
    "world-web": world_web,
}
"""Modules whose types travel, by the name of their snapshot."""


_PARTS = (
    *(gate_wire, line, offers, orders, payments, seats_wire, tickets, waiting),
    *(draft_wire, programme_wire, search_wire),
)
"""Of the wires of ticketing and congress: a package knows the parts that somebody has imported."""


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
        Path("client/src/wire/gate.ts"): typescript.declarations(
            structs(gate_wire), source="src/shulian/ticketing/wire/gate.py", aliases={}
        ),
        Path("client/src/wire/draft.ts"): typescript.declarations(
            structs(draft_wire), source="src/shulian/congress/wire/draft.py", aliases={}
        ),
        Path("client/src/wire/seats.ts"): typescript.declarations(
            structs(seats_wire), source="src/shulian/ticketing/wire/seats.py", aliases={}
        ),
        Path("client/src/wire/frames.ts"): frames.module(),
        Path("tests/contract/golden/ticket-codes.json"): ticket_codes.golden(),
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
