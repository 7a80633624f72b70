"""Data folders that hold a fresh cluster already: copying one is faster than making one."""

import shutil
from pathlib import Path

import pytest

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
