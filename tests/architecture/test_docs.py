"""The documentation says what the code says."""

import inspect
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def test_generated_files_are_up_to_date() -> None:
    answer = subprocess.run(
        [sys.executable, "tools/generate.py", "--check"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )

    assert (answer.returncode, answer.stdout) == (0, "")


@pytest.mark.parametrize(
    "feature", ["identity", "park", "booking", "ticketing", "congress", "world"]
)
def test_every_noun_is_in_the_glossary(feature: str) -> None:
    glossary = (ROOT / "docs" / "glossary.md").read_text()
    types = import_module(f"shulian.{feature}.types")
    nouns = [
        name
        for name, one in vars(types).items()
        if inspect.isclass(one) and f"{one.__module__}.".startswith(f"{types.__name__}.")
    ]

    assert [noun for noun in nouns if f"`{noun}`" not in glossary] == []


def test_relative_links_lead_somewhere() -> None:
    pages = [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("src/shulian/*/README.md")]
    broken = [
        f"{page.relative_to(ROOT)}: {link}"
        for page in pages
        for link in _links(page.read_text())
        if not link.startswith(("http:", "https:", "#", "mailto:"))
        and not (page.parent / link.split("#")[0]).exists()
    ]

    assert broken == []


def test_decisions_are_numbered_without_gaps() -> None:
    numbers = sorted(int(path.name[:4]) for path in (ROOT / "docs/decisions").glob("[0-9]*.md"))

    assert numbers == list(range(1, len(numbers) + 1))


def _links(text: str) -> list[str]:
    return [part.split(")")[0] for part in text.split("](")[1:]]
