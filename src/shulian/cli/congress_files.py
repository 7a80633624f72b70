"""Files of programmes as commands read them: what they hold, what is to be said of them."""

from pathlib import Path

import click

from shulian.cli.files import FileMissing, FileUnreadable
from shulian.cli.words import say
from shulian.congress.errors import ProgrammeFaulty
from shulian.congress.rules.exchange.drafts import LIMIT, Draft, Remark
from shulian.congress.types import Programme

_SHOWN = 40
"""So many remarks are printed one by one."""

FILE = click.argument("path", type=click.Path(path_type=Path), metavar="FILE")
TIMEZONE = click.option(
    "--timezone", default="", metavar="NAME", help="Of its clocks, where FILE does not say it."
)
NAME = click.option("--name", default="", help="Of the congress, where FILE does not say it.")


def content_of(path: Path) -> bytes:
    """What a file holds, as far as to see that it is too large."""
    try:
        with path.open("rb") as file:
            return file.read(LIMIT + 1)
    except FileNotFoundError as error:
        raise FileMissing(path=str(path)) from error
    except OSError as error:
        raise FileUnreadable(path=str(path), reason=error.strerror or str(error)) from error


def taken(draft: Draft, *, quiet: bool = False) -> Programme:
    """The programme of a draft; what there is to know of it is said aside.

    quiet  only what is wrong with it
    """
    _say(draft.faults if quiet else (*draft.faults, *draft.notices))
    if draft.programme is None:
        raise ProgrammeFaulty(draft.faults)
    return draft.programme


def words_of(one: Remark) -> str:
    """A remark in the words of the terminal."""
    return say(f"congress.exchange.{one.code}", **{"where": one.where, **one.params})


def _say(remarks: tuple[Remark, ...]) -> None:
    for one in remarks[:_SHOWN]:
        click.echo(f"  {words_of(one)}", err=True)
    if len(remarks) > _SHOWN:
        click.echo(f"  {say('cli.congress.more', count=len(remarks) - _SHOWN)}", err=True)
