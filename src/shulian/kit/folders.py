"""Where Shulian keeps what it must not lose, when nobody says otherwise."""

from collections.abc import Mapping
from pathlib import Path

from shulian.kit.errors import Unavailable


class NoHome(Unavailable):
    """The account that runs Shulian has no home folder."""

    code = "kit.no_home"


def data_folder(environ: Mapping[str, str]) -> Path:
    """`$XDG_DATA_HOME/shulian`, or `~/.local/share/shulian`; NoHome where there is neither.

    As the XDG Base Directory Specification asks, a path that is not absolute counts as unset.
    """
    chosen = Path(environ.get("XDG_DATA_HOME", ""))
    if chosen.is_absolute():
        return chosen / "shulian"
    try:
        home = Path(environ.get("HOME") or Path.home())
    except RuntimeError as error:
        raise NoHome from error
    return home / ".local" / "share" / "shulian"
