"""Files of a park on disk, read and written."""

from collections.abc import Generator
from pathlib import Path

import pytest

from shulian.cli.files import (
    FileMissing,
    FilesTooLarge,
    FilesTooMany,
    FolderUnwritable,
    read,
    whole,
    write,
)


def put(folder: Path, *names: str) -> Path:
    """A folder with files that hold their own names."""
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name)
    return folder


def test_a_folder_stands_for_the_files_of_a_park_in_it(tmp_path: Path) -> None:
    names = ["park.yaml", "b.YML", "c.geojson.gz", "more/d.json", "more/e.glb"]
    folder = put(tmp_path / "mine", *names, "f.txt", ".g.yaml", ".git/park.yaml", "h.png")

    assert read([folder]) == {f"mine/{name}": name.encode() for name in names}


def test_a_definition_brings_its_folder_along(tmp_path: Path) -> None:
    folder = put(tmp_path / "mine", "park.yaml", "sites/a.yaml")

    assert read([folder / "park.yaml"]) == read([folder])


def test_a_file_of_another_kind_is_taken_when_it_is_named(tmp_path: Path) -> None:
    folder = put(tmp_path / "mine", "map", "other.geojson")

    assert read([folder / "map"]) == {"mine/map": b"map"}


def test_a_folder_that_was_entered_has_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(put(tmp_path / "mine", "park.yaml"))

    assert read([Path()]) == {"mine/park.yaml": b"park.yaml"}


def test_links_are_followed_to_files_and_not_to_folders(tmp_path: Path) -> None:
    put(tmp_path / "other", "a.yaml")
    folder = put(tmp_path / "mine", "park.yaml")
    (folder / "linked.yaml").symlink_to(tmp_path / "other" / "a.yaml")
    (folder / "round").symlink_to(folder)

    assert read([folder]) == {"mine/park.yaml": b"park.yaml", "mine/linked.yaml": b"a.yaml"}


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(FileMissing) as told:
        read([tmp_path / "none.yaml"])

    assert dict(told.value.params) == {"path": str(tmp_path / "none.yaml")}


def test_too_many_files_are_not_read(tmp_path: Path) -> None:
    folder = put(tmp_path / "mine", *(f"{number}.json" for number in range(501)))

    with pytest.raises(FilesTooMany):
        read([folder])


def test_too_much_is_not_read(tmp_path: Path) -> None:
    paths = [tmp_path / "a.geojson", tmp_path / "b.geojson"]
    for path in paths:
        with path.open("wb") as file:
            file.truncate(150 << 20)

    with pytest.raises(FilesTooLarge):
        read(paths)


def test_a_tileset_is_read_whole(tmp_path: Path) -> None:
    folder = put(tmp_path / "scene", "tileset.json", "exterior/0.glb", "trees.bin")

    assert whole(folder) == {
        name: name.encode() for name in ("tileset.json", "exterior/0.glb", "trees.bin")
    }


def test_files_are_written_below_a_folder_that_is_made(tmp_path: Path) -> None:
    folder = tmp_path / "new" / "out"

    count = write(folder, [("park.yaml", b"a"), ("more/b.geojson", b"b")])

    assert (count, whole(folder)) == (2, {"park.yaml": b"a", "more/b.geojson": b"b"})
    assert [path.name for path in folder.parent.iterdir()] == ["out"]


def test_files_that_are_there_are_replaced_and_others_stay(tmp_path: Path) -> None:
    folder = put(tmp_path / "out", "park.yaml", "README.md")

    write(folder, [("park.yaml", b"new")])

    assert whole(folder) == {"park.yaml": b"new", "README.md": b"README.md"}


def _then_the_disk_is_full(name: str) -> Generator[tuple[str, bytes]]:
    yield name, b"new"
    raise OSError(28, "No space left on device")


def test_what_fails_half_way_leaves_everything_as_it_was(tmp_path: Path) -> None:
    folder = put(tmp_path / "out", "park.yaml")

    with pytest.raises(FolderUnwritable) as told:
        write(folder, _then_the_disk_is_full("park.yaml"))

    assert dict(told.value.params) == {"path": str(folder), "reason": "No space left on device"}
    assert whole(folder) == {"park.yaml": b"park.yaml"}
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_a_folder_cannot_stand_where_a_file_is(tmp_path: Path) -> None:
    put(tmp_path, "out")

    with pytest.raises(FolderUnwritable):
        write(tmp_path / "out", [("park.yaml", b"")])

    assert [path.name for path in tmp_path.iterdir()] == ["out"]
