"""`shulian park`: parks in and out of files, and their scenes."""

import json
from collections.abc import Callable, Generator, Iterable, Mapping
from contextlib import contextmanager
from pathlib import Path

import click
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from shulian.cli import files
from shulian.cli.words import tell
from shulian.cli.workplace import workplace
from shulian.kit.text import Text
from shulian.park import api
from shulian.park.rules import sources
from shulian.park.rules.construction import scene_files
from shulian.park.rules.definition.write import write as write_definition
from shulian.park.rules.summaries import counts
from shulian.park.rules.tiles.check import check as check_tileset
from shulian.park.tasks import build_tiles
from shulian.park.types import BuildTiles, Changes, Import, Notice, SpaceId

_FILES = click.argument(
    "paths", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE…"
)
_JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON for programs.")
_PARK = click.option("--park", metavar="ID", help="Id of the park, where the files name none.")
_ORIGIN = click.option(
    "--origin", type=(float, float), metavar="LON LAT", help="Origin, where the files name none."
)
_SHOWN = 40
"""So many changes or notices are printed one by one."""


@click.group("park")
def command() -> None:
    """Import, export and check parks, and build their scenes."""


@command.command("import")
@_FILES
@_PARK
@click.option("--zh", default="", help="Chinese name, where the files name none.")
@click.option("--en", default="", help="English name, where the files name none.")
@_ORIGIN
@click.option("--dry-run", is_flag=True, help="Say what would change, and change nothing.")
@_JSON
def import_(
    paths: tuple[Path, ...],
    park: str | None,
    zh: str,
    en: str,
    origin: tuple[float, float] | None,
    *,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Make a park what FILE… says: a definition (park.yaml) or GeoJSON, or a folder of either.

    The same files twice change nothing; newer ones update by id. Edits by operators stay.
    """
    told = _read(paths, park, Text(zh, en), origin)
    with workplace() as place, place.work.transaction() as (db, bus):
        now = place.work.clock()
        changes = api.import_park(db, bus, place.actor, told.plan, now=now, dry=dry_run)
    if as_json:
        listed = {"park": told.plan.place.park, **counts(changes), **_ids(changes)}
        click.echo(json.dumps({**listed, "notices": [_row(one) for one in told.notices]}))
        return
    _say_notices(told.notices)
    _say_changes(told.plan.place.park, changes, dry=dry_run)


@command.command("export")
@click.argument("park")
@click.argument("folder", type=click.Path(path_type=Path))
def export(park: str, folder: Path) -> None:
    """Write PARK as a definition into FOLDER, operators' edits included."""
    with workplace() as place, place.work.transaction() as (db, _bus):
        plan = api.export_park(db, SpaceId(park))
    count = files.write(folder, write_definition(plan).items())
    click.echo(f"{park}: {count} files in {folder}")


@command.command("tiles")
@click.argument("park")
@click.option(
    "--from",
    "paths",
    multiple=True,
    type=click.Path(path_type=Path),
    help="Build from these files, without a database; needs --out.",
)
@click.option("--out", type=click.Path(path_type=Path), help="Write the tileset into this folder.")
@_ORIGIN
def tiles(
    park: str, paths: tuple[Path, ...], out: Path | None, origin: tuple[float, float] | None
) -> None:
    """Build the scene of PARK now: in the installation, or into a folder with --out."""
    if paths and out is None:
        raise click.UsageError("--from needs --out")
    if out is None:
        with workplace() as place:
            build_tiles(place.work, BuildTiles(SpaceId(park)), blobs=place.blobs)
        click.echo(f"{park}: the scene is built")
        return
    if paths:
        plan = _read(paths, park, Text(), origin).plan
    else:
        with workplace() as place, place.work.transaction() as (db, _bus):
            plan = api.export_park(db, SpaceId(park))
    with _progress("tiles") as step:
        made, notices = scene_files(plan, step)
    _say_notices(notices)
    count = files.write(out, made)
    click.echo(f"{park}: {count} files in {out}")


@command.command("check")
@_FILES
@_JSON
def check(paths: tuple[Path, ...], *, as_json: bool) -> None:
    """Read FILE… as an import would, and say what is wrong; a tileset folder is checked whole."""
    if len(paths) == 1 and (paths[0] / "tileset.json").exists():
        folder = paths[0]
        content = {
            str(path.relative_to(folder)): path.read_bytes()
            for path in folder.rglob("*")
            if path.is_file()
        }
        problems = check_tileset(content)
        for problem in problems:
            click.echo(str(problem))
        click.echo(f"{len(content)} files, {len(problems)} problems")
        raise SystemExit(bool(problems))
    told = _read(paths, None, Text(), None)
    if as_json:
        rows = [_row(one) for one in told.notices]
        click.echo(json.dumps({"spaces": len(told.plan.spaces), "notices": rows}))
        return
    _say_notices(told.notices)
    click.echo(f"{told.plan.place.park}: {len(told.plan.spaces)} spaces can be imported")


@command.command("list")
@_JSON
def list_(*, as_json: bool) -> None:
    """List the parks of this installation."""
    with workplace() as place, place.work.transaction() as (db, _bus):
        found = api.parks(db)
    if as_json:
        rows = [
            {"id": one.id, "zh": one.name.zh, "en": one.name.en, "spaces": one.spaces}
            for one in found
        ]
        click.echo(json.dumps(rows, ensure_ascii=False))
        return
    table = Table("id", "name", "buildings", "spaces")
    for one in found:
        table.add_row(one.id, one.name.zh or one.name.en, str(one.buildings), str(one.spaces))
    Console().print(table if found else "there is no park yet: shulian park import FILE…")


def _read(
    paths: Iterable[Path], park: str | None, name: Text, origin: tuple[float, float] | None
) -> Import:
    given = files.read(paths)
    return sources.read(given, park=SpaceId(park) if park else None, name=name, origin=origin)


def _say_notices(notices: tuple[Notice, ...]) -> None:
    for notice in notices[:_SHOWN]:
        click.echo(f"  {tell(notice)}", err=True)
    if len(notices) > _SHOWN:
        click.echo(f"  … and {len(notices) - _SHOWN} more; --json lists all", err=True)


def _say_changes(park: SpaceId, changes: Changes, *, dry: bool) -> None:
    table = Table("", "added", "changed", "removed", "unchanged", title=str(park))
    told = counts(changes)
    for name, prefix in (("spaces", ""), ("scenery", "scenery_")):
        columns = ("added", "changed", "removed", "unchanged")
        table.add_row(name, *(str(told[prefix + column]) for column in columns))
    Console().print(table)
    for kept in changes.kept[:_SHOWN]:
        click.echo(f"  {kept.space}: {kept.field} stays as an operator set it: {kept.operator}")
    if dry:
        click.echo("nothing was changed: this was a dry run")


def _ids(changes: Changes) -> Mapping[str, list[str]]:
    return {
        "added_ids": [one.id for one in changes.added],
        "changed_ids": [one.after.id for one in changes.changed],
        "removed_ids": [one.id for one in changes.removed],
    }


def _row(notice: Notice) -> dict[str, str]:
    return {"feature": notice.feature, "code": notice.code, "words": notice.words}


@contextmanager
def _progress(what: str) -> Generator[Callable[[int, int], None]]:
    bar = Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        TimeElapsedColumn(),
        console=Console(stderr=True),
        transient=True,
    )
    with bar:
        task = bar.add_task(what, total=1)
        yield lambda done, total: bar.update(task, completed=done, total=total)
