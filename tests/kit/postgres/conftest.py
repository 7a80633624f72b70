"""Fresh clusters to copy, which is faster than making them, and programs out of others' reach."""

import shutil
from pathlib import Path

import pytest

from shulian.kit.postgres.binaries import find
from shulian.kit.postgres.server import Server


@pytest.fixture(scope="session")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder to copy."""
    folder = tmp_path_factory.mktemp("made-once")
    with Server.running(folder):
        pass
    return folder


@pytest.fixture
def folder(tmp_path: Path, made_once: Path) -> Path:
    """A data folder whose server was stopped in good order."""
    return Path(shutil.copytree(made_once, tmp_path / "data"))


@pytest.fixture(scope="session")
def hidden_wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the wheel's programs that only its owner may enter."""
    place = tmp_path_factory.mktemp("hidden")
    place.chmod(0o700)
    wheel = find().folder.parent
    for folder in (wheel, wheel.with_name(f"{wheel.name}.libs")):
        shutil.copytree(folder, place / folder.name, ignore=shutil.ignore_patterns("include"))
    return place
