"""`shulian park`: parks in and out of files, their scenes, their end."""

import sys
from collections.abc import Iterable
from pathlib import Path

import click

from shulian.cli import files, reports
from shulian.cli.words import say, terminal_language
from shulian.cli.workplace import Workplace, workplace
from shulian.kit.errors import Failure
from shulian.kit.text import Text
from shulian.park import api
from shulian.park.errors import ParkUnknown
from shulian.park.rules import sources
from shulian.park.rules.construction import scene_files, unreached
from shulian.park.rules.definition.write import write as write_definition
from shulian.park.rules.tiles.check import check as check_tileset
from shulian.park.tasks import build_tiles
from shulian.park.types import BuildTiles, Import, SpaceId

_FILES = click.argument(
    "paths", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE…"
)
_JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON for programs.")
_PARK = click.option("--park", metavar="ID", help="Id of the park, where the files name none.")
_ORIGIN = click.option(
    "--origin", type=(float, float), metavar="LON LAT", help="Origin, where the files name none."
)


class OutMissing(Failure):
    """A scene from files needs a folder to go to."""

    code = "cli.out_missing"


class RemovalUnasked(Failure):
    """Nobody is there to be asked whether the park may be removed."""

    code = "cli.removal_unasked"


class RemovalUnmeant(Failure):
    """What was typed, `typed`, is not the id `park`, so the park stays."""

    code = "cli.removal_unmeant"


@click.group("park")
def command() -> None:
    """Import, export, check and remove parks, and build their scenes."""


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
        reports.print_json(reports.change_rows(told, changes))
        return
    reports.say_notices(told.notices)
    reports.say_changes(told, changes, dry=dry_run)


@command.command("export")
@click.argument("park")
@click.argument("folder", type=click.Path(path_type=Path))
def export(park: str, folder: Path) -> None:
    """Write PARK as a definition into FOLDER, operators' edits included."""
    with workplace() as place, place.work.transaction() as (db, _bus):
        plan = api.export_park(db, SpaceId(park))
    count = files.write(folder, write_definition(plan).items())
    click.echo(say("cli.park.written", park=park, count=count, folder=folder))


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
    if out is None:
        if paths:
            raise OutMissing
        with workplace() as place:
            build_tiles(place.work, BuildTiles(SpaceId(park)), blobs=place.blobs)
        click.echo(say("cli.park.built", park=park))
        return
    if paths:
        plan = _read(paths, park, Text(), origin).plan
    else:
        with workplace() as place, place.work.transaction() as (db, _bus):
            plan = api.export_park(db, SpaceId(park))
    with reports.progress(say("cli.park.building")) as step:
        made, notices = scene_files(plan, step)
    reports.say_notices(notices)
    count = files.write(out, made)
    click.echo(say("cli.park.written", park=plan.place.park, count=count, folder=out))


@command.command("check")
@_FILES
@_JSON
def check(paths: tuple[Path, ...], *, as_json: bool) -> None:
    """Read FILE… as an import would, and say what is wrong; a tileset folder is checked whole.

    Spaces into which nobody comes on foot from outside are named too.
    """
    if len(paths) == 1 and (paths[0] / "tileset.json").exists():
        sys.exit(_check_tileset(paths[0], as_json=as_json))
    told = _read(paths, None, Text(), None)
    park, count = told.plan.place.park, len(told.plan.spaces)
    notices = (*told.notices, *unreached(told.plan))
    if as_json:
        rows = reports.notice_rows(notices)
        reports.print_json({"park": park, "spaces": count, "notices": rows})
        return
    reports.say_notices(notices)
    click.echo(say("cli.park.readable", park=park, count=count))


@command.command("remove")
@click.argument("park")
@click.option("--yes", is_flag=True, help="Do not ask.")
@_JSON
def remove(park: str, *, yes: bool, as_json: bool) -> None:
    """Remove PARK and all that is in it; asks for its id first.

    What operators edited goes too. The audit log stays.
    """
    if not yes and not sys.stdin.isatty():
        raise RemovalUnasked
    with workplace() as place:
        if not yes:
            _ask(place, SpaceId(park))
        with place.work.transaction() as (db, bus):
            now = place.work.clock()
            changes = api.remove_park(db, bus, place.actor, SpaceId(park), now=now)
    if as_json:
        reports.print_json(reports.removal_rows(SpaceId(park), changes))
    else:
        reports.say_removal(SpaceId(park), changes)


@command.command("list")
@_JSON
def list_(*, as_json: bool) -> None:
    """List the parks of this installation."""
    with workplace() as place, place.work.transaction() as (db, _bus):
        found = api.parks(db)
    if as_json:
        reports.print_json(reports.park_rows(found))
    else:
        reports.say_parks(found)


def _ask(place: Workplace, park: SpaceId) -> None:
    """Have the id of `park` typed by whoever wants it removed; no transaction waits for them."""
    with place.work.transaction() as (db, _bus):
        found = {one.id: one for one in api.parks(db)}
    if park not in found:
        raise ParkUnknown(park=park)
    name = found[park].name.into(terminal_language())
    click.echo(say("cli.park.removing", name=name, count=found[park].spaces), err=True)
    typed = str(click.prompt(say("cli.park.type_id", park=park), err=True))
    if typed.strip() != park:
        raise RemovalUnmeant(typed=typed, park=park)


def _check_tileset(folder: Path, *, as_json: bool) -> int:
    """Say what is wrong with the tileset in `folder`; an exit code."""
    content = files.whole(folder)
    problems = check_tileset(content)
    if as_json:
        reports.print_json({"files": len(content), "problems": reports.problem_rows(problems)})
    else:
        reports.say_problems(problems)
        click.echo(say("cli.park.checked", count=len(content), problems=len(problems)))
    return int(bool(problems))


def _read(
    paths: Iterable[Path], park: str | None, name: Text, origin: tuple[float, float] | None
) -> Import:
    given = files.read(paths)
    return sources.read(given, park=SpaceId(park) if park else None, name=name, origin=origin)
