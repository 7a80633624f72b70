"""`shulian seats`: the seating engine on files."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import isfinite
from pathlib import Path

import click
import numpy as np
from rich.console import Console
from rich.table import Table

from shulian.cli import files
from shulian.cli.reports import print_json
from shulian.cli.words import say, terminal_language
from shulian.kit.errors import Conflict, Invalid, NotFound
from shulian.park.rules import sources
from shulian.park.types import Space, SpaceId, SpaceKind
from shulian.ticketing.rules.halls import seating_of
from shulian.ticketing.rules.seating import Party, Seating, arrange, choose

_MOST_SEATS = 200_000
_TAKEN = frozenset({"0", "no", "false", "taken", "sold", "否"})
_FREE = frozenset({"", "1", "yes", "true", "free", "是"})


class HallUnnamed(Invalid):
    """Seats stand in several halls, `halls`, and one must be named."""

    code = "cli.hall_unnamed"


class SeatsMissing(NotFound):
    """There are no seats in the hall, or in the file."""

    code = "cli.seats_missing"


class SeatsUnreadable(Invalid):
    """Line `line` of the file tells no seat."""

    code = "cli.seats_unreadable"


class SeatUnknown(NotFound):
    """There is no seat `seat`."""

    code = "cli.seat_unknown"


class SeatsTooFew(Conflict):
    """Of `count` seats that are wanted, `free` are free."""

    code = "cli.seats_too_few"


@dataclass(frozen=True, slots=True)
class Seats:
    """Seats from a file: their ids and names, how they stand, which are free."""

    ids: tuple[str, ...]
    names: tuple[str, ...]
    seating: Seating
    free: tuple[bool, ...]


@click.group("seats")
def command() -> None:
    """Choose seats in halls."""


@command.command("choose")
@click.argument("path", type=click.Path(path_type=Path), metavar="FILE")
@click.option("--count", type=click.IntRange(min=1), required=True, help="How many sit together.")
@click.option("--hall", metavar="ID", help="The hall, where a park has seats in several.")
@click.option("--taken", multiple=True, metavar="ID", help="A seat that is not free; repeatable.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON for programs.")
def choose_(
    path: Path, count: int, hall: str | None, taken: Sequence[str], *, as_json: bool
) -> None:
    """Choose the best seats for a party in FILE: together, with a good view, leaving none alone.

    FILE is a park (a definition or GeoJSON, or a folder of either) or a table of seats as CSV with
    the columns `id`, `east`, `north` [m] and `free`, those in front first.
    """
    told = _table(path) if path.suffix.lower() == ".csv" else _hall(path, hall)
    if lost := sorted(set(taken) - set(told.ids)):
        raise SeatUnknown(seat=lost[0])
    free = np.array(told.free, bool) & ~np.isin(told.ids, list(taken))
    party = choose(told.seating, free, count)
    if party is None:
        raise SeatsTooFew(count=count, free=int(free.sum()))
    if as_json:
        print_json(_row(told, party))
    else:
        _print(told, party)


def _row(told: Seats, party: Party) -> dict[str, object]:
    return {
        "seats": [told.ids[seat] for seat in party.seats],
        "parts": list(party.parts),
        "lonely": [told.ids[seat] for seat in party.lonely],
    }


def _print(told: Seats, party: Party) -> None:
    table = Table(*(say(f"cli.seats.{column}") for column in ("seat", "row", "name")))
    for seat in party.seats:
        row = int(told.seating.rows.row[seat]) + 1
        table.add_row(told.ids[seat], str(row), told.names[seat])
    Console().print(table)
    if len(party.parts) > 1:
        click.echo(say("cli.seats.parts", parts=" + ".join(map(str, party.parts))))
    for seat in party.lonely:
        click.echo(say("cli.seats.lonely", seat=told.ids[seat]))


def _hall(path: Path, hall: str | None) -> Seats:
    """The seats of a hall of a park."""
    spaces = sources.read(files.read([path])).plan.spaces
    seats = [one for one in spaces if one.kind is SpaceKind.SEAT]
    halls = sorted({one.parent for one in seats if one.parent is not None})
    if hall is None and len(halls) > 1:
        raise HallUnnamed(halls=", ".join(halls))
    if hall is None and halls:
        hall = halls[0]
    inside = _below(spaces, SpaceId(hall or ""))
    found = [one for one in seats if one.id in inside]
    if not found:
        raise SeatsMissing
    stages = [one for one in spaces if one.kind is SpaceKind.STAGE and one.id in inside]
    return Seats(
        tuple(one.id for one in found),
        tuple(one.name.into(terminal_language()) for one in found),
        seating_of(found, stages),
        (True,) * len(found),
    )


def _below(spaces: Iterable[Space], hall: SpaceId) -> set[SpaceId]:
    """What stands anywhere in a hall; parents come before their children."""
    found = {hall}
    for one in spaces:
        if one.parent in found:
            found.add(one.id)
    return found


def _table(path: Path) -> Seats:
    """The seats of a table."""
    content = b"".join(files.read([path]).values())
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise SeatsUnreadable(line=content[: error.start].count(b"\n") + 1) from error
    rows = list(_rows(text))
    if not rows:
        raise SeatsMissing
    ids = tuple(one[0] for one in rows)
    if len(rows) > _MOST_SEATS or len(set(ids)) < len(ids):
        raise SeatsUnreadable(line=len(rows) + 1)
    at = np.array([(east, north) for _, east, north, _ in rows])
    return Seats(ids, ids, arrange(at), tuple(one[3] for one in rows))


def _rows(text: str) -> Iterator[tuple[str, float, float, bool]]:
    reader = csv.DictReader(io.StringIO(text, newline=""), strict=True)
    try:
        for row in reader:
            east, north = float(row["east"]), float(row["north"])
            free = (row.get("free") or "").strip().lower()
            if not (row["id"] and isfinite(east) and isfinite(north) and free in _TAKEN | _FREE):
                raise SeatsUnreadable(line=reader.line_num)
            yield row["id"], east, north, free in _FREE
    except (csv.Error, KeyError, TypeError, ValueError) as error:
        raise SeatsUnreadable(line=max(reader.line_num, 1)) from error
