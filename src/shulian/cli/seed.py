"""`shulian seed`: the sample accounts and parks of the demo; `shulian demo` runs it at need."""

from pathlib import Path

import click

from shulian.cli import files
from shulian.cli.words import say
from shulian.cli.workplace import workplace
from shulian.identity.api import seed_demo
from shulian.park import api
from shulian.park.rules import sources
from shulian.park.rules.summaries import counts


@click.command("seed", hidden=True)
@click.argument("folder", type=click.Path(path_type=Path, exists=True, file_okay=False))
def command(folder: Path) -> None:
    """Import every park below FOLDER and make the sample accounts."""
    click.echo(say("cli.seed.begins"))
    with workplace() as place:
        for park in sorted(path.parent for path in folder.glob("*/park.yaml")):
            told = sources.read(files.read([park]))
            with place.work.transaction() as (db, bus):
                now = place.work.clock()
                changes = api.import_park(db, bus, place.actor, told.plan, now=now)
            park_id = told.plan.place.park
            click.echo("  " + say("cli.seed.park", park=park_id, **counts(changes)))
        with place.work.transaction() as (db, bus):
            seed_demo(db, bus, place.actor, now=place.work.clock())
