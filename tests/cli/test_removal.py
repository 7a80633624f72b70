"""A park is removed by who means it."""

import json
import os
import pty
import subprocess
from pathlib import Path

import pytest
from tests.cli.conftest import Shulian
from tests.cli.parks import SPACES, definition
from tests.commands import CHINESE, ENGLISH, Said, command_line, surroundings
from tests.processes import DEADLINE

UNASKED = "Removing a park needs a terminal to ask on, or --yes."


@pytest.fixture
def there(shulian: Shulian, tmp_path: Path, own_database_url: str) -> dict[str, str]:
    """The environment of an installation with the riverside park in it."""
    here = {"DATABASE_URL": own_database_url}
    shulian("park", "import", definition(tmp_path / "riverside"), **here)
    return here


def parks(shulian: Shulian, there: dict[str, str]) -> list[str]:
    return [one["id"] for one in json.loads(shulian("park", "list", "--json", **there).out)]


def on_terminal(home: Path, typed: str, given: dict[str, str], *words: str) -> Said:
    """What a command says whose standard input is a terminal on which somebody types."""
    ours, theirs = pty.openpty()
    try:
        os.write(ours, typed.encode())
        done = subprocess.run(
            command_line(["park", "remove", *words]),
            env=surroundings(home, given),
            stdin=theirs,
            capture_output=True,
            text=True,
            check=False,
            timeout=DEADLINE,
        )
    finally:
        os.close(ours)
        os.close(theirs)
    return Said(done.returncode, done.stdout, done.stderr)


def test_a_park_is_removed(shulian: Shulian, there: dict[str, str]) -> None:
    said = shulian("park", "remove", "riverside", "--yes", **there)

    assert (said.code, said.err) == (0, "")
    assert said.out == (
        f"riverside: removed, with {SPACES - 1} spaces and 0 pieces of scenery;"
        " the files of its scene go within about an hour.\n"
    )
    assert parks(shulian, there) == []


def test_what_was_removed_is_told_to_programs(shulian: Shulian, there: dict[str, str]) -> None:
    said = shulian("park", "remove", "riverside", "--yes", "--json", **there)

    told = json.loads(said.out)
    assert (told["park"], told["removed"], told["scenery_removed"]) == ("riverside", SPACES, 0)
    assert told["removed_ids"][0] == "riverside"
    assert len(told["removed_ids"]) == SPACES


def test_a_second_time_there_is_no_such_park(shulian: Shulian, there: dict[str, str]) -> None:
    shulian("park", "remove", "riverside", "--yes", **there)

    said = shulian("park", "remove", "riverside", "--yes", **there)

    assert "riverside" in said.complaint


def test_without_a_terminal_nobody_can_be_asked(
    shulian: Shulian, there: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    with Path(os.devnull).open() as nothing:
        monkeypatch.setattr("sys.stdin", nothing)
        told = shulian("park", "remove", "riverside", **there)
        in_chinese = shulian("park", "remove", "riverside", **there, **CHINESE)

    assert (told.complaint, in_chinese.complaint) == (
        UNASKED,
        "删除园区需要在终端上确认，或使用 --yes。",
    )
    assert parks(shulian, there) == ["riverside"]


def test_on_a_terminal_the_id_of_the_park_is_typed(
    shulian: Shulian, home: Path, there: dict[str, str]
) -> None:
    said = on_terminal(home, "riverside\n", {**there, **ENGLISH}, "riverside", "--json")

    assert said.err.splitlines()[0] == (
        "Riverside Park and all that is in it will be removed for good:"
        f" {SPACES - 1} spaces, and what operators edited."
    )
    assert "Type riverside to remove it" in said.err
    assert (said.code, json.loads(said.out)["removed"]) == (0, SPACES)
    assert parks(shulian, there) == []


def test_another_word_removes_nothing(shulian: Shulian, home: Path, there: dict[str, str]) -> None:
    said = on_terminal(home, "yes\n", {**there, **ENGLISH}, "riverside")

    assert (said.code, said.out) == (1, "")
    assert said.err.splitlines()[-1].endswith("shulian: yes is not riverside: nothing was removed.")
    assert parks(shulian, there) == ["riverside"]


def test_who_breaks_off_removes_nothing(
    shulian: Shulian, home: Path, there: dict[str, str]
) -> None:
    said = on_terminal(home, "\x04", {**there, **ENGLISH}, "riverside")

    assert (said.code, said.out) == (130, "")
    assert parks(shulian, there) == ["riverside"]


def test_of_an_unknown_park_nothing_is_asked(home: Path, there: dict[str, str]) -> None:
    said = on_terminal(home, "", {**there, **ENGLISH}, "nowhere")

    assert "nowhere" in said.complaint
