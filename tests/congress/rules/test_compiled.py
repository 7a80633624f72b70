"""Where compiled searches are kept, and that one can tell while they are compiled."""

import os
from pathlib import Path
from secrets import randbelow
from typing import Any

from numba.core import event

from shulian.congress.rules.compiled import digest_of, folder_in, kernel
from shulian.congress.rules.compiling import UNDER_WAY


class Watch(event.Listener):
    """Looks whether it is told that something is compiled, whenever something is."""

    def __init__(self) -> None:
        self.seen: list[bool] = []

    def on_start(self, event: Any) -> None:  # noqa: ARG002  # any of them
        self.seen.append(UNDER_WAY.is_set())

    def on_end(self, event: Any) -> None:
        """What it ends with is looked at afterwards."""


def test_it_is_told_that_a_search_is_compiled_until_it_is() -> None:
    new = randbelow(2**60)  # what was compiled in another run is kept

    @kernel
    def more(number: int) -> int:
        return number + new

    watch = Watch()
    with event.install_listener("numba:compile", watch):
        found = more(1)

    assert found == 1 + new
    assert watch.seen
    assert all(watch.seen)
    assert not UNDER_WAY.is_set()


def test_nothing_is_told_of_what_is_compiled_already() -> None:
    @kernel
    def thrice(number: int) -> int:
        return 3 * number

    watch = Watch()
    thrice(1)
    with event.install_listener("numba:compile", watch):
        thrice(2)

    assert watch.seen == []


def test_code_is_kept_in_the_first_place_that_can_be_written_in(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.touch()
    there = tmp_path / "there"

    assert folder_in((file, there, tmp_path), "search-", "1") == there / "search-1"
    assert (there / "search-1").stat().st_mode & 0o777 == 0o700


def test_nothing_is_kept_where_there_is_no_place(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.touch()

    assert folder_in((file,), "search-", "1") is None


def test_the_code_of_older_sources_is_thrown_away_after_a_while(tmp_path: Path) -> None:
    for state in ("1", "2"):
        folder_in((tmp_path,), "search-one-", state)
    folder_in((tmp_path,), "search-two-", "1")
    for name in ("search-one-1", "search-two-1"):
        os.utime(tmp_path / name, (0, 0))
    folder_in((tmp_path,), "search-one-", "3")

    assert sorted(one.name for one in tmp_path.iterdir()) == [
        "search-one-2",
        "search-one-3",
        "search-two-1",
    ]


def test_another_state_of_the_sources_is_told_from_this_one(tmp_path: Path) -> None:
    source = tmp_path / "moves.py"
    source.write_text("one")
    before = digest_of(tmp_path)
    source.write_text("two")
    after = digest_of(tmp_path)
    source.write_text("one")

    assert before != after
    assert before == digest_of(tmp_path)
