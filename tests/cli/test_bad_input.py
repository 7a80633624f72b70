"""Files that cannot become a park: one clear line each, and the park stays as it was."""

import gzip
import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.cli.conftest import Shulian
from tests.cli.parks import PARK, TWO_TOWERS, definition, footprint, geojson
from tests.commands import CHINESE

Make = Callable[[Path], Path]
"""Puts bad files into a folder; answers what is given to the command."""


def _file(name: str, content: bytes | str) -> Make:
    def make(folder: Path) -> Path:
        path = folder / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return make


def _empty(folder: Path) -> Path:
    return folder


def _no_park(folder: Path) -> Path:
    (folder / "notes.txt").write_text("hello")
    (folder / ".park.yaml").write_text(PARK)
    return folder


def _loop(folder: Path) -> Path:
    (folder / "a.geojson").symlink_to(folder / "a.geojson")
    return folder / "a.geojson"


def _pipe(folder: Path) -> Path:
    os.mkfifo(folder / "pipe.geojson")
    return folder / "pipe.geojson"


def _many(folder: Path) -> Path:
    for number in range(501):
        (folder / f"{number}.geojson").write_text("{}")
    return folder


def _huge(folder: Path) -> Path:
    with (folder / "huge.geojson").open("wb") as file:
        file.truncate(257 << 20)
    return folder / "huge.geojson"


def _changed(before: str, after: str) -> Make:
    def make(folder: Path) -> Path:
        assert before in PARK
        return definition(folder, PARK.replace(before, after))

    return make


def _damaged_gzip(folder: Path) -> Path:
    return _file("t.geojson.gz", gzip.compress(TWO_TOWERS.encode())[:-20])(folder)


def _bomb(folder: Path) -> Path:
    return _file("bomb.geojson.gz", gzip.compress(bytes(600 << 20), 1))(folder)


NONSENSE: dict[str, Make] = {
    "missing": lambda folder: folder / "none.geojson",
    "name too long": lambda folder: folder / ("n" * 300),
    "device": lambda _folder: Path("/dev/zero"),
    "pipe": _pipe,
    "loop of links": _loop,
    "empty folder": _empty,
    "folder without a park": _no_park,
    "too many files": _many,
    "too large": _huge,
    "empty file": _file("a.geojson", ""),
    "no JSON": _file("a.geojson", "{] nonsense"),
    "binary": _file("a.geojson", bytes(range(256)) * 100),
    "no GeoJSON": _file("a.geojson", json.dumps({"type": "Pudding"})),
    "a number": _file("a.geojson", "3"),
    "nested": _file("a.geojson", "[" * 200_000),
    "no buildings": _file("a.geojson", geojson()),
    "GBK": _file("a.geojson", TWO_TOWERS.encode("gbk")),
    "UTF-16": _file("a.geojson", TWO_TOWERS.encode("utf-16")),
    "gzip that breaks off": _damaged_gzip,
    "zip": _file("a.geojson", b"PK\x03\x04" + bytes(100)),
    "zip bomb": _bomb,
    "YAML that is none": _changed("sites:", "sites: [}"),
    "YAML in GBK": _file("park.yaml", PARK.encode("gbk")),
    "YAML in UTF-16": _file("park.yaml", PARK.encode("utf-16")),
    "YAML of aliases": _file(
        "park.yaml",
        "a: &a [x, x, x, x, x, x, x, x, x]\n"
        + "".join(
            f"{chr(98 + n)}: &{chr(98 + n)} [{', '.join([f'*{chr(97 + n)}'] * 9)}]\n"
            for n in range(12)
        ),
    ),
    "unknown key": _changed("delivered:", "delivred:"),
    "id twice": _changed("id: plaza", "id: b07"),
    "unknown kind": _changed("kind: plaza", "kind: piazza"),
    "file that is not there": _changed("  - id: riverside-east", "  - other.yaml\n  - id: x"),
    "self-crossing outline": _changed(
        "box: [40, 30]", "footprint: [[0, 0], [10, 10], [10, 0], [0, 10]]"
    ),
    "markup in a name": _changed("zh: 广场", "zh: <script>广场"),
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder for the bad files."""
    made = tmp_path / "given"
    made.mkdir()
    return made


@pytest.mark.parametrize("make", NONSENSE.values(), ids=NONSENSE.keys())
def test_is_refused_in_one_line(
    shulian: Shulian, folder: Path, database_url: str, make: Make
) -> None:
    given = make(folder)

    told = shulian("park", "import", given, DATABASE_URL=database_url)
    in_chinese = shulian("park", "import", given, DATABASE_URL=database_url, **CHINESE)

    assert told.code == in_chinese.code == 1
    assert told.complaint.isprintable()
    assert len(told.complaint) < 600
    assert any("\u4e00" <= character <= "\u9fff" for character in in_chinese.complaint)
    assert "{" not in told.complaint + in_chinese.complaint
    assert json.loads(shulian("park", "list", "--json", DATABASE_URL=database_url).out) == []


@pytest.mark.parametrize("make", [NONSENSE["no JSON"], NONSENSE["unknown key"]])
def test_a_check_says_the_same(
    shulian: Shulian, folder: Path, database_url: str, make: Make
) -> None:
    given = make(folder)

    checked = shulian("park", "check", given)
    imported = shulian("park", "import", given, DATABASE_URL=database_url)

    assert checked.complaint == imported.complaint


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (NONSENSE["missing"], "none.geojson"),
        (NONSENSE["folder without a park"], "no YAML, no GeoJSON"),
        (NONSENSE["device"], "/dev/zero is neither a file nor a folder."),
        (NONSENSE["too large"], "256 MB"),
        (NONSENSE["GBK"], "GBK"),
        (NONSENSE["UTF-16"], "UTF-16"),
        (NONSENSE["unknown key"], "park.yaml, line 10"),
        (NONSENSE["id twice"], "b07"),
    ],
)
def test_the_line_names_what_is_wrong(
    shulian: Shulian, folder: Path, database_url: str, make: Make, words: str
) -> None:
    said = shulian("park", "import", make(folder), DATABASE_URL=database_url)

    assert words in said.complaint


def test_a_park_stays_as_it_was(shulian: Shulian, folder: Path, own_database_url: str) -> None:
    here = {"DATABASE_URL": own_database_url}
    shulian("park", "import", definition(folder), **here)
    definition(folder, PARK.replace("id: plaza", "id: b07"))

    refused = shulian("park", "import", folder, **here)

    definition(folder)
    again = json.loads(shulian("park", "import", folder, "--json", **here).out)
    assert refused.complaint
    assert [again[name] for name in ("added", "changed", "removed")] == [0, 0, 0]


def test_an_id_of_another_park_is_refused(
    shulian: Shulian, folder: Path, own_database_url: str
) -> None:
    here = {"DATABASE_URL": own_database_url}
    shulian("park", "import", definition(folder), **here)
    definition(folder, PARK.replace("id: riverside\n", "id: hillside\n"))

    said = shulian("park", "import", folder, **here)

    assert "riverside" in said.complaint
    assert len(json.loads(shulian("park", "list", "--json", **here).out)) == 1


def test_files_of_the_same_name_in_folders_of_the_same_name_are_two(
    shulian: Shulian, folder: Path, own_database_url: str
) -> None:
    for place, west in (("one", 121.5), ("two", 121.51)):
        (folder / place / "maps").mkdir(parents=True)
        text = geojson(footprint(west, 31.24, id=place, height="20"))
        (folder / place / "maps" / "a.geojson").write_text(text)
    files = [folder / place / "maps" / "a.geojson" for place in ("one", "two")]

    said = shulian("park", "import", *files, "--park", "p", "--json", DATABASE_URL=own_database_url)

    assert len(json.loads(said.out)["added_ids"]) == len(["park", "site", "one", "two"])


def test_what_lies_beside_a_definition_is_left_alone(
    shulian: Shulian, folder: Path, own_database_url: str
) -> None:
    definition(folder)
    with (folder / "film.mp4").open("wb") as file:
        file.truncate(300 << 20)
    (folder / ".git").mkdir()
    (folder / ".git" / "park.yaml").write_text("nonsense: [")

    said = shulian("park", "import", folder, "--json", DATABASE_URL=own_database_url)

    assert (said.code, said.err) == (0, "")


def test_nothing_is_half_written_on_export(
    shulian: Shulian, folder: Path, own_database_url: str
) -> None:
    here = {"DATABASE_URL": own_database_url}
    shulian("park", "import", definition(folder), **here)
    (folder / "a-file").write_text("mine")

    said = shulian("park", "export", "riverside", folder / "a-file" / "out", **here)

    assert "a-file" in said.complaint
    assert sorted(path.name for path in folder.iterdir()) == ["a-file", "park.yaml"]
