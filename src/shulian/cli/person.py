"""`shulian person`: the first administrator, made on the machine itself."""

import click

from shulian.cli.words import say, terminal_language
from shulian.cli.workplace import workplace
from shulian.identity.api import appoint_administrator
from shulian.kit.text import Text


@click.group("person")
def command() -> None:
    """Make an administrator, or give one a new password."""


@command.command("administrator")
@click.argument("email")
@click.option("--name", required=True, help="Their name.")
@click.option("--operator", default="园区运营", help="Name of the operator, if there is none yet.")
@click.password_option(help="Asked for when it is not given; do not type it into a shared shell.")
def administrator(email: str, name: str, operator: str, password: str) -> None:
    """Let the person with EMAIL administer this installation."""
    with workplace() as place, place.work.transaction() as (db, bus):
        person = appoint_administrator(
            db,
            bus,
            place.actor,
            email=email,
            name=name,
            password=password,
            operator=Text(operator, operator),
            language=terminal_language(),
            now=place.work.clock(),
        )
    click.echo(say("cli.person.done", email=person.email))
