from pathlib import Path

from shulian.kit.postgres.journal import Journal


def test_lines_are_kept_in_memory_and_in_a_file_of_its_own(tmp_path: Path) -> None:
    with Journal(tmp_path) as journal:
        journal.hear("ready")
        journal.hear("园区")

    assert list(journal.lines) == ["ready", "园区"]
    assert (tmp_path / "log").read_text() == "ready\n园区\n"
    assert (tmp_path / "log").stat().st_mode & 0o777 == 0o600


def test_a_later_run_goes_on_in_the_same_file(tmp_path: Path) -> None:
    for line in ("first", "second"):
        with Journal(tmp_path) as journal:
            journal.hear(line)

    assert (tmp_path / "log").read_text() == "first\nsecond\n"


def test_memory_keeps_the_last_lines_only(tmp_path: Path) -> None:
    with Journal(tmp_path) as journal:
        for number in range(60):
            journal.hear(str(number))

    assert list(journal.lines) == [str(number) for number in range(10, 60)]


def test_a_file_that_grew_large_is_put_aside(tmp_path: Path) -> None:
    with Journal(tmp_path) as journal:
        journal.hear("x" * (1 << 20))
        journal.hear("next")

    assert (tmp_path / "log").read_text() == "next\n"
    assert (tmp_path / "log.old").stat().st_size == (1 << 20) + 1


def test_a_line_after_the_end_is_kept_in_memory(tmp_path: Path) -> None:
    with Journal(tmp_path) as journal:
        pass
    journal.hear("late")

    assert list(journal.lines) == ["late"]


def test_a_full_disk_does_not_stop_the_memory(tmp_path: Path) -> None:
    (tmp_path / "log").symlink_to("/dev/full")
    with Journal(tmp_path) as journal:
        journal.hear("lost")

    assert list(journal.lines) == ["lost"]
