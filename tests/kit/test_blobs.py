"""Files in a folder: whole or not at all, and never outside it."""

from pathlib import Path

import pytest

from shulian.kit.blobs import BlobMissing, BlobsFull, FolderBlobs


def test_gives_back_what_was_put(tmp_path: Path) -> None:
    blobs = FolderBlobs(tmp_path / "blobs")

    blobs.put("tiles/park/v1/tileset.json", b"{}")

    assert blobs.get("tiles/park/v1/tileset.json") == b"{}"


def test_the_last_put_counts(tmp_path: Path) -> None:
    blobs = FolderBlobs(tmp_path)
    blobs.put("a.bin", b"old")

    blobs.put("a.bin", b"new")

    assert (blobs.get("a.bin"), list(tmp_path.iterdir())) == (b"new", [tmp_path / "a.bin"])


@pytest.mark.parametrize(
    "name",
    [
        "absent",
        "folder",
        "",
        "/etc/passwd",
        "../secret",
        "a/../../secret",
        ".hidden",
        "a/\0",
        "a" * 300,
    ],
)
def test_what_is_not_there_or_not_a_name_is_missing(tmp_path: Path, name: str) -> None:
    (tmp_path / "secret").write_bytes(b"x")
    blobs = FolderBlobs(tmp_path / "blobs")
    blobs.put("folder/file", b"")

    with pytest.raises(BlobMissing):
        blobs.get(name)


def test_a_name_that_leads_out_is_not_written(tmp_path: Path) -> None:
    with pytest.raises(BlobMissing):
        FolderBlobs(tmp_path / "blobs").put("../out", b"x")

    assert list(tmp_path.iterdir()) == []


def test_drops_all_below_a_prefix(tmp_path: Path) -> None:
    blobs = FolderBlobs(tmp_path)
    blobs.put("tiles/v1/a", b"1")
    blobs.put("tiles/v2/a", b"2")

    blobs.drop("tiles/v1")
    blobs.drop("tiles/never")

    with pytest.raises(BlobMissing):
        blobs.get("tiles/v1/a")
    assert blobs.get("tiles/v2/a") == b"2"


def test_says_where_it_cannot_write(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    blobs = FolderBlobs(tmp_path / "file")

    with pytest.raises(BlobsFull) as caught:
        blobs.put("a", b"x")

    assert dict(caught.value.params) == {
        "folder": str(tmp_path / "file"),
        "reason": "File exists",
    }
