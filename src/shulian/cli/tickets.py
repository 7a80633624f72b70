"""`shulian tickets`: the keys that sign the codes of tickets."""

import os

import click

from shulian.cli.installation import folder_of
from shulian.cli.words import say
from shulian.settings import read_settings


@click.group("tickets")
def command() -> None:
    """Sign the codes of tickets with a new key."""


@command.command("new-key")
def new_key() -> None:
    """Sign codes with a new key from the next start on; codes given out before stay good."""
    folder = folder_of(read_settings(os.environ))  # noqa: TID251  # the edge where settings are read
    from shulian.cli.ticket_keys import add_ticket_key  # noqa: PLC0415  # help loads little

    number = add_ticket_key(folder)
    click.echo(say("cli.tickets.new_key", number=number, path=str(folder / "ticket-keys")))
