"""What tests of the command line stand on: commands in this process, checkouts to run."""

import shutil
import signal
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from tests.cli.parks import definition
from tests.commands import ENGLISH, Said
from tests.conftest import ROOT

from shulian.cli.main import main

Shulian = Callable[..., Said]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """The home folder of who gives a command."""
    folder = tmp_path / "home"
    folder.mkdir()
    return folder


@pytest.fixture
def shulian(
    home: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> Iterator[Shulian]:
    """Gives a command, in this process: `shulian("park", "list", DATABASE_URL=…)`."""

    def command(*words: object, **given: object) -> Said:
        with monkeypatch.context() as around:
            for name in ("DATABASE_URL", "LC_ALL", "LC_MESSAGES", "XDG_DATA_HOME"):
                around.delenv(name, raising=False)
            for name, value in {"HOME": home, **ENGLISH, **given}.items():
                around.setenv(name, str(value))
            around.setattr(sys, "argv", ["shulian", *map(str, words)])
            capfd.readouterr()
            try:
                main()
                code = 0
            except SystemExit as end:
                code = end.code if isinstance(end.code, int) else int(end.code is not None)
        said = capfd.readouterr()
        return Said(code, said.out, said.err)

    handler = signal.getsignal(signal.SIGTERM)
    yield command
    signal.signal(signal.SIGTERM, handler)


@dataclass(frozen=True)
class Checkout:
    """A checkout of the code with a small demo park of its own and a client that was built."""

    root: Path

    @property
    def path(self) -> str:
        """What PYTHONPATH must say for a command to run from here."""
        return str(self.root / "src")

    @property
    def demo(self) -> Path:
        """The folder of the demo park."""
        return self.root / "demo" / "riverside"

    def remove(self) -> None:
        """Take it away."""
        shutil.rmtree(self.root)


@pytest.fixture
def checkout(tmp_path: Path) -> Checkout:
    """Such a checkout."""
    return checked_out(tmp_path / "checkout")


def checked_out(root: Path) -> Checkout:
    """A checkout in `root`, which is made; its code is ours."""
    (root / "src").mkdir(parents=True)
    (root / "src" / "shulian").symlink_to(ROOT / "src" / "shulian")
    client = root / "client" / "dist"
    (client / ".vite").mkdir(parents=True)
    (client / "assets").mkdir()
    (client / ".vite" / "manifest.json").write_text("{}")
    made = Checkout(root)
    definition(made.demo)
    return made
