from pathlib import Path

import pytest

from shulian.kit.folders import data_folder


@pytest.mark.parametrize(
    ("environ", "folder"),
    [
        ({"XDG_DATA_HOME": "/data", "HOME": "/home/a"}, "/data/shulian"),
        ({"HOME": "/home/a"}, "/home/a/.local/share/shulian"),
        ({"XDG_DATA_HOME": "", "HOME": "/home/a"}, "/home/a/.local/share/shulian"),
        ({"XDG_DATA_HOME": "not/absolute", "HOME": "/home/a"}, "/home/a/.local/share/shulian"),
    ],
)
def test_data_stands_where_the_xdg_specification_says(environ: dict[str, str], folder: str) -> None:
    assert data_folder(environ) == Path(folder)


def test_without_a_home_in_the_environment_the_accounts_home_counts() -> None:
    assert data_folder({}) == Path.home() / ".local" / "share" / "shulian"
