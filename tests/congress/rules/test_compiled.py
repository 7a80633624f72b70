"""Where compiled searches are kept, and that one can tell while they are compiled."""

from pathlib import Path
from typing import Any

from numba.core import event

from shulian.congress.rules import compiled
from shulian.congress.rules.compiled import folder_in, kernel, name_of
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
    @kernel
    def twice(number: int) -> int:
        return 2 * number

    watch = Watch()
    with event.install_listener("numba:compile", watch):
        found = twice(21)

    assert found == 42
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


def test_searches_are_kept_in_the_first_place_that_can_be_written_in(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.touch()
    there = tmp_path / "there"

    assert folder_in((file, there, tmp_path), "searches-1") == there / "searches-1"
    assert (there / "searches-1").stat().st_mode & 0o777 == 0o700


def test_nothing_is_kept_where_there_is_no_place(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.touch()

    assert folder_in((file,), "searches-1") is None


def test_searches_of_older_sources_are_thrown_away(tmp_path: Path) -> None:
    folder_in((tmp_path,), "searches-1")
    (tmp_path / "other").touch()
    folder_in((tmp_path,), "searches-2")

    assert sorted(one.name for one in tmp_path.iterdir()) == ["other", "searches-2"]


def test_another_state_of_the_sources_has_a_name_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "curricula").mkdir()
    source = tmp_path / "curricula" / "moves.py"
    source.write_text("one")
    before = name_of(tmp_path)
    source.write_text("two")

    assert name_of(tmp_path) != before
    assert name_of(Path(compiled.__file__).parent) == name_of(Path(compiled.__file__).parent)
