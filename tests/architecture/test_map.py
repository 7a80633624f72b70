"""The map of the code: who may know whom, and by which door."""

from pathlib import Path

import grimp
import pytest

PACKAGE = Path(__file__).parents[2] / "src" / "shulian"
FEATURES = ("identity", "park", "booking", "ticketing", "congress", "world")
COMPOSITION = ("app", "cli")
DOORS = {"api", "types", "events", "errors"}
VAGUE = {"utils", "helpers", "common", "manager", "base", "misc", "tools", "core", "lib"}


@pytest.fixture(scope="module")
def graph() -> grimp.ImportGraph:
    return grimp.build_graph("shulian", cache_dir=None)


def test_features_meet_only_at_their_doors(graph: grimp.ImportGraph) -> None:
    trespasses = [
        f"{importer} → {imported}"
        for importer in sorted(graph.modules)
        for imported in sorted(graph.find_modules_directly_imported_by(importer))
        if _feature(imported) in FEATURES
        and _feature(importer) not in (_feature(imported), *COMPOSITION)
        and imported.split(".")[2:3] != []
        and imported.split(".")[2] not in DOORS
    ]

    assert trespasses == []


def test_kit_knows_no_feature(graph: grimp.ImportGraph) -> None:
    known = [
        f"{importer} → {imported}"
        for importer in sorted(graph.modules)
        if _feature(importer) == "kit"
        for imported in sorted(graph.find_modules_directly_imported_by(importer))
        if _feature(imported) != "kit"
    ]

    assert known == []


def test_module_names_are_not_vague() -> None:
    vague = [str(path) for path in PACKAGE.rglob("*.py") if path.stem in VAGUE]

    assert vague == []


def test_every_feature_has_a_readme() -> None:
    missing = [name for name in ("kit", *FEATURES) if not (PACKAGE / name / "README.md").exists()]

    assert missing == []


def test_the_tests_mirror_the_source() -> None:
    tests = PACKAGE.parents[1] / "tests"
    places = {path.parent.relative_to(PACKAGE) for path in PACKAGE.rglob("*.py")}
    strays = sorted(
        str(folder)
        for path in tests.rglob("test_*.py")
        if (folder := path.parent.relative_to(tests)).parts[:1]
        not in {("architecture",), ("contract",), ("e2e",)}
        and folder not in places
    )

    assert strays == []


def _feature(module: str) -> str:
    return ([*module.split("."), ""])[1]
