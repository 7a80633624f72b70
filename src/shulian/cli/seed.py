"""`shulian seed`: the samples of the demo: accounts, parks, occasions; `shulian demo` runs it."""

from pathlib import Path

import click

from shulian.cli import files, samples
from shulian.cli.words import say
from shulian.cli.workplace import workplace
from shulian.congress.api import demo as congresses
from shulian.identity.api import seed_demo
from shulian.park import api
from shulian.park.rules import sources
from shulian.park.rules.summaries import counts
from shulian.ticketing.api.demo import seed_demo as seed_occasions


@click.command("seed", hidden=True)
@click.argument("folder", type=click.Path(path_type=Path, exists=True, file_okay=False))
def command(folder: Path) -> None:
    """Import every park below FOLDER, make the sample accounts, bookings and congress."""
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
            now = place.work.clock()
            seed_demo(db, bus, place.actor, now=now)
            seed_occasions(db, bus, place.actor, now=now)
        for path in sorted(folder.glob(f"*/{samples.FILE}")):
            with place.work.transaction() as (db, bus):
                samples.seed(db, bus, place.actor, samples.read(path), now=place.work.clock())
        for path in sorted(folder.glob(f"*/{congresses.FILE}")):
            with place.work.transaction() as (db, bus):
                sample = congresses.read(path.read_bytes())
                congresses.seed_demo(db, bus, place.actor, sample, now=place.work.clock())
