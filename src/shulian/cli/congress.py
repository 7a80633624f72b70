"""`shulian congress`: programmes from one format into another, on files."""

from collections.abc import Mapping
from pathlib import Path

import click

from shulian.cli import congress_import
from shulian.cli.congress_files import FILE, NAME, TIMEZONE, content_of, taken, words_of
from shulian.cli.files import FolderUnwritable
from shulian.cli.reports import print_json
from shulian.cli.words import say
from shulian.congress.errors import ProgrammeFaulty
from shulian.congress.rules.exchange import formats
from shulian.congress.rules.exchange.drafts import Draft, Given, Remark
from shulian.congress.rules.exchange.formats import Form
from shulian.congress.rules.exchange.publicity import outward
from shulian.congress.rules.exchange.views import Telling
from shulian.congress.types import Programme
from shulian.kit.clock import system_clock
from shulian.kit.text import Language

_LANGUAGES = {"zh": Language.ZH, "en": Language.EN}


@click.group("congress")
def command() -> None:
    """Convert, check and import programmes of congresses."""


command.add_command(congress_import.command)


@command.command("convert")
@FILE
@click.option(
    "--to", "form", type=click.Choice([one.value for one in Form]), required=True, help="Format."
)
@click.option("--out", type=click.Path(path_type=Path), help="Write there, not to the terminal.")
@TIMEZONE
@NAME
@click.option(
    "--language",
    type=click.Choice(list(_LANGUAGES)),
    default="zh",
    show_default=True,
    help="That comes first, where a format has one.",
)
@click.option("--base", default="", metavar="URL", help="Where pages of the programme are.")
@click.option("--public", is_flag=True, help="Leave out what is not for everyone.")
def convert(
    path: Path,
    form: str,
    out: Path | None,
    timezone: str,
    name: str,
    language: str,
    base: str,
    *,
    public: bool,
) -> None:
    """Write the programme in FILE in another format.

    FILE is schedule.xml or schedule.json (frab, pretalx, c3voc), a calendar (.ics or xCal), or a
    table (CSV or XLSX); which of them is seen by what stands in it. It is read whole or not at
    all: each fault is named with its place.
    """
    draft = formats.read(content_of(path), Given(timezone=timezone, name=name or path.stem))
    programme = taken(draft)
    told = outward(programme) if public else programme
    telling = Telling(_LANGUAGES[language])
    content = formats.write(Form(form), told, system_clock(), telling, base=base)
    if out is None:
        click.echo(content, nl=False)
        return
    _write(out, content)
    click.echo(say("cli.congress.written", path=out, **_counts(programme)))


@command.command("check")
@FILE
@TIMEZONE
@NAME
@click.option("--json", "as_json", is_flag=True, help="Print JSON for programs.")
def check(path: Path, timezone: str, name: str, *, as_json: bool) -> None:
    """Read the programme in FILE as an import would, and say what is wrong with it.

    Halls are named that a park would have to know, or to make.
    """
    draft = formats.read(content_of(path), Given(timezone=timezone, name=name or path.stem))
    if as_json:
        print_json(_rows(draft))
        if draft.faults:
            raise ProgrammeFaulty(draft.faults)
        return
    programme = taken(draft)
    for hall in draft.halls:
        where = " ".join(filter(None, (hall.venue, hall.name.zh or hall.name.en)))
        click.echo(f"  {say('cli.congress.hall', hall=where)}")
    click.echo(say("cli.congress.readable", **_counts(programme)))


def _counts(programme: Programme) -> Mapping[str, int]:
    return {
        "sessions": len(programme.sessions),
        "forums": len(programme.forums),
        "halls": len(programme.halls),
    }


def _rows(draft: Draft) -> Mapping[str, object]:
    """A draft for programs."""
    return {
        **(_counts(draft.programme) if draft.programme else {}),
        "rows": draft.rows,
        "unknown_halls": [
            {"space": one.space, "name": one.name.zh or one.name.en, "venue": one.venue}
            for one in draft.halls
        ],
        "notices": [_remark(one) for one in draft.notices],
        "faults": [_remark(one) for one in draft.faults],
    }


def _remark(one: Remark) -> Mapping[str, object]:
    return {"code": one.code, "where": one.where, **one.params, "words": words_of(one)}


def _write(path: Path, content: bytes) -> None:
    """Write a file beside its place first, so that a full disk leaves what was there."""
    draft = path.with_name(f".{path.name}.new")
    try:
        draft.write_bytes(content)
        draft.replace(path)
    except OSError as error:
        draft.unlink(missing_ok=True)
        raise FolderUnwritable(path=str(path), reason=error.strerror or str(error)) from error
