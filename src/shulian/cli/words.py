"""What the command line says, in the language of the terminal."""

import os
from collections.abc import Sequence
from difflib import get_close_matches
from functools import cache

import click
from click.exceptions import MissingParameter, NoSuchCommand, NoSuchOption

from shulian.app import features
from shulian.kit.errors import Failure
from shulian.kit.i18n import Catalogue
from shulian.kit.text import Language
from shulian.park.types import Notice


@cache
def catalogue() -> Catalogue:
    """The words of every feature, read once a command."""
    return features.catalogue()


def terminal_language() -> Language:
    """Chinese where the terminal's locale is Chinese, else English."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if value := os.environ.get(name):  # noqa: TID251  # the terminal's locale is no setting
            return Language.ZH if value.startswith("zh") else Language.EN
    return Language.EN


def say(key: str, **params: object) -> str:
    """The words for `key`, with `params` put in."""
    return catalogue().say(terminal_language(), key, **params)


def explain(failure: Failure) -> str:
    """One line that says what happened and what to do."""
    words = catalogue().explain(terminal_language(), failure)
    return " ".join(words.split())


def explain_usage(error: click.UsageError) -> str:
    """One line that says what is wrong with a command as it was typed."""
    words = [_wrong(error)]
    if meant := _meant(error):
        words.append(say("cli.usage.perhaps", name=meant[0]))
    if error.ctx is not None:
        words.append(say("cli.usage.help", command=error.ctx.command_path))
    gap = " " if terminal_language() is Language.EN else ""
    return " ".join(gap.join(words).split())


def tell(notice: Notice) -> str:
    """One line about one feature; English says it with the measures, Chinese by its kind."""
    key = f"park.notice.{notice.code}"
    told = catalogue().words[Language.ZH].get(key)
    if terminal_language() is Language.EN or told is None:
        told = notice.words
    return told if told.startswith(notice.feature) else f"{notice.feature}: {told}"


def _wrong(error: click.UsageError) -> str:
    match error:
        case NoSuchCommand():
            return say("cli.usage.no_command", name=error.command_name)
        case NoSuchOption():
            return say("cli.usage.no_option", name=error.option_name)
        case MissingParameter():
            return say("cli.usage.missing", name=_parameter(error))
        case click.BadParameter():
            return say("cli.usage.wrong", name=_parameter(error), reason=error.message)
        case _:
            return say("cli.usage.other", reason=error.format_message())


def _meant(error: click.UsageError) -> Sequence[str]:
    """What may have been meant instead, the likeliest first."""
    if isinstance(error, NoSuchOption):
        return error.possibilities or ()
    if isinstance(error, NoSuchCommand) and error.ctx and isinstance(error.cmd, click.Group):
        return get_close_matches(error.command_name, error.cmd.list_commands(error.ctx))
    return ()


def _parameter(error: click.BadParameter) -> str:
    """The parameter as one types it: `--port`, `FILE…`."""
    if error.param is None:
        return ""
    if isinstance(error.param, click.Option):
        return max(error.param.opts, key=len)
    return error.param.make_metavar(error.ctx or click.get_current_context())
