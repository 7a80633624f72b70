"""What commands about parks tell: to people in lines and tables, to programs as JSON."""

import json
from collections.abc import Callable, Generator, Mapping, Sequence
from contextlib import contextmanager

import click
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from shulian.cli.words import say, tell, terminal_language
from shulian.park.rules.summaries import counts
from shulian.park.rules.tiles.problems import Problem
from shulian.park.types import Changes, Import, Notice, ParkSummary, SpaceId

_SHOWN = 40
"""So many changes, notices or problems are printed one by one."""
_WIDEST = 1000
"""[characters] of a table that is not read on a terminal."""
_COLUMNS = ("added", "changed", "removed", "unchanged")


def print_json(value: object) -> None:
    """One JSON value on one line."""
    click.echo(json.dumps(value, ensure_ascii=False))


def say_notices(notices: Sequence[Notice]) -> None:
    """What was repaired or left out, a line each."""
    _say_some([tell(notice) for notice in notices])


def say_problems(problems: Sequence[Problem]) -> None:
    """What is wrong with a tileset, a line each."""
    _say_some([f"{one.file}: {one.words}" for one in problems])


def say_changes(told: Import, changes: Changes, *, dry: bool) -> None:
    """What an import changed, or would change."""
    table = Table("", *(say(f"cli.park.{column}") for column in _COLUMNS))
    table.title = str(told.plan.place.park)
    numbers = counts(changes)
    for kind, prefix in (("spaces", ""), ("scenery", "scenery_")):
        values = (str(numbers[prefix + column]) for column in _COLUMNS)
        table.add_row(say(f"cli.park.{kind}"), *values)
    _print(table)
    for kept in changes.kept[:_SHOWN]:
        line = say("cli.park.kept", space=kept.space, field=kept.field, value=kept.operator)
        click.echo(f"  {line}")
    if dry:
        click.echo(say("cli.park.dry"))


def change_rows(told: Import, changes: Changes) -> Mapping[str, object]:
    """The same for programs: numbers, ids and notices."""
    return {
        "park": told.plan.place.park,
        **counts(changes),
        "added_ids": [one.id for one in changes.added],
        "changed_ids": [one.after.id for one in changes.changed],
        "removed_ids": [one.id for one in changes.removed],
        "notices": notice_rows(told.notices),
    }


def say_removal(park: SpaceId, changes: Changes) -> None:
    """What went with a park; the park itself is not counted, as in the list of parks."""
    spaces, scenery = len(changes.removed) - 1, len(changes.scenery_removed)
    click.echo(say("cli.park.gone", park=park, spaces=spaces, scenery=scenery))


def removal_rows(park: SpaceId, changes: Changes) -> Mapping[str, object]:
    """The same for programs."""
    return {
        "park": park,
        "removed": len(changes.removed),
        "scenery_removed": len(changes.scenery_removed),
        "removed_ids": [one.id for one in changes.removed],
    }


def notice_rows(notices: Sequence[Notice]) -> list[dict[str, str]]:
    """Notices for programs."""
    return [{"feature": one.feature, "code": one.code, "words": one.words} for one in notices]


def problem_rows(problems: Sequence[Problem]) -> list[dict[str, str]]:
    """Problems for programs."""
    return [{"file": one.file, "code": one.code, "words": one.words} for one in problems]


def say_parks(parks: Sequence[ParkSummary]) -> None:
    """The parks of an installation."""
    if not parks:
        click.echo(say("cli.park.none"))
        return
    table = Table(*(say(f"cli.park.{column}") for column in ("id", "name", "buildings", "spaces")))
    for one in parks:
        name = one.name.into(terminal_language())
        table.add_row(one.id, name, str(one.buildings), str(one.spaces))
    _print(table)


def park_rows(parks: Sequence[ParkSummary]) -> list[dict[str, object]]:
    """The parks for programs."""
    return [
        {
            "id": one.id,
            "zh": one.name.zh,
            "en": one.name.en,
            "buildings": one.buildings,
            "spaces": one.spaces,
        }
        for one in parks
    ]


@contextmanager
def progress(what: str) -> Generator[Callable[[int, int], None]]:
    """A bar on a terminal, nothing elsewhere; call it with the steps done and all steps."""
    console = Console(stderr=True)
    bar = Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        TimeElapsedColumn(),
        console=console,
        transient=True,
        disable=not console.is_terminal,
    )
    with bar:
        task = bar.add_task(what, total=1)
        yield lambda done, total: bar.update(task, completed=done, total=total)


def _say_some(lines: Sequence[str]) -> None:
    for line in lines[:_SHOWN]:
        click.echo(f"  {line}", err=True)
    if len(lines) > _SHOWN:
        click.echo(f"  {say('cli.park.more', count=len(lines) - _SHOWN)}", err=True)


def _print(table: Table) -> None:
    """A table that fits the terminal; whoever reads it from a pipe gets it as wide as it is."""
    console = Console()
    if not console.is_terminal:
        wide = console.options.update(max_width=_WIDEST)
        console.width = console.measure(table, options=wide).maximum
    console.print(table)
