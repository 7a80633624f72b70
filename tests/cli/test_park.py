"""Parks in and out of files, by commands on a database that stands."""

import json
from pathlib import Path

import pytest
from tests.cli.conftest import Shulian
from tests.cli.parks import PARK, SPACES, TWO_TOWERS, definition, footprint, geojson
from tests.commands import CHINESE

from shulian.park.rules.definition.read import read

NONE = {"added": 0, "changed": 0, "removed": 0}


@pytest.fixture
def park(tmp_path: Path) -> Path:
    """The definition of the riverside park."""
    return definition(tmp_path / "riverside")


def counts(out: str) -> dict[str, int]:
    """How many spaces an import says that it added, changed and removed."""
    told = json.loads(out)
    return {name: told[name] for name in NONE}


def test_an_import_adds_every_space(shulian: Shulian, park: Path, own_database_url: str) -> None:
    said = shulian("park", "import", park, "--json", DATABASE_URL=own_database_url)

    told = json.loads(said.out)
    assert (said.code, said.err) == (0, "")
    assert (told["park"], told["added"], told["kept"], told["notices"]) == (
        "riverside",
        SPACES,
        0,
        [],
    )
    assert sorted(told["added_ids"]) == [
        "b07",
        "b07-f01",
        "b07-f02",
        "b08",
        "plaza",
        "riverside",
        "riverside-east",
        "riverside-one",
    ]


def test_the_same_files_twice_change_nothing(
    shulian: Shulian, park: Path, own_database_url: str
) -> None:
    shulian("park", "import", park, DATABASE_URL=own_database_url)

    said = shulian("park", "import", park / "park.yaml", "--json", DATABASE_URL=own_database_url)

    assert (counts(said.out), json.loads(said.out)["unchanged"]) == (NONE, SPACES)


def test_newer_files_update_by_id(shulian: Shulian, park: Path, own_database_url: str) -> None:
    shulian("park", "import", park, DATABASE_URL=own_database_url)
    newer = PARK.replace("Building 8", "Tower 8").replace("- {id: plaza", "- {id: square")
    definition(park, newer)

    said = shulian("park", "import", park, "--json", DATABASE_URL=own_database_url)

    told = json.loads(said.out)
    assert {name: told[f"{name}_ids"] for name in NONE} == {
        "added": ["square"],
        "changed": ["b08"],
        "removed": ["plaza"],
    }


def test_a_dry_run_says_what_would_change_and_changes_nothing(
    shulian: Shulian, park: Path, own_database_url: str
) -> None:
    here = {"DATABASE_URL": own_database_url}

    said = shulian("park", "import", park, "--dry-run", "--json", **here)

    assert counts(said.out) == {**NONE, "added": SPACES}
    assert json.loads(shulian("park", "list", "--json", **here).out) == []


def test_an_import_tells_people_in_a_table(
    shulian: Shulian, park: Path, own_database_url: str
) -> None:
    here = {"DATABASE_URL": own_database_url}

    told = shulian("park", "import", park, "--dry-run", **here)
    in_chinese = shulian("park", "import", park, "--dry-run", **here, **CHINESE)

    assert (told.code, told.err) == (0, "")
    assert "riverside" in told.out
    assert "unchanged" in told.out
    assert told.out.endswith("Nothing was changed: this was a dry run.\n")
    assert "未变" in in_chinese.out
    assert in_chinese.out.endswith("没有任何改动：这是一次试运行。\n")


def test_what_is_repaired_is_listed(
    shulian: Shulian, tmp_path: Path, own_database_url: str
) -> None:
    file = tmp_path / "towers.geojson"
    file.write_text(geojson(footprint(121.5, 31.24, id="t1", name="<b>塔</b>", height="9 km")))
    words = ["park", "import", file, "--park", "lujiazui", "--dry-run"]

    told = shulian(*words, DATABASE_URL=own_database_url)
    listed = shulian(*words, "--json", DATABASE_URL=own_database_url)
    in_chinese = shulian(*words, DATABASE_URL=own_database_url, **CHINESE)

    notices = json.loads(listed.out)["notices"]
    assert [set(one) for one in notices] == [{"feature", "code", "words"}] * len(notices)
    assert len(told.err.splitlines()) == len(notices) >= 2
    assert listed.err == ""
    assert "高度" in in_chinese.err


def test_geojson_takes_its_name_from_the_command(
    shulian: Shulian, tmp_path: Path, own_database_url: str
) -> None:
    here = {"DATABASE_URL": own_database_url}
    (tmp_path / "towers.geojson").write_text(TWO_TOWERS)
    name = ["--park", "lujiazui", "--zh", "陆家嘴", "--en", "Lujiazui"]

    shulian("park", "import", tmp_path / "towers.geojson", *name, **here)

    assert json.loads(shulian("park", "list", "--json", **here).out) == [
        {"id": "lujiazui", "zh": "陆家嘴", "en": "Lujiazui", "buildings": 2, "spaces": 3}
    ]


def test_parks_are_listed(shulian: Shulian, park: Path, own_database_url: str) -> None:
    here = {"DATABASE_URL": own_database_url}
    none = shulian("park", "list", **here)
    shulian("park", "import", park, **here)

    told, in_chinese = shulian("park", "list", **here), shulian("park", "list", **here, **CHINESE)

    assert none.out == "There is no park yet: shulian park import FILE…\n"
    assert [word in told.out for word in ("riverside", "Riverside Park", "buildings")] == [True] * 3
    assert [word in in_chinese.out for word in ("滨江园", "楼栋")] == [True] * 2


def test_long_names_are_not_cut_in_a_pipe(
    shulian: Shulian, park: Path, own_database_url: str
) -> None:
    long = "Riverside Park of All the Trades and Crafts That Ever Stood on Either Bank of It"
    definition(park, PARK.replace("Riverside Park", long))
    shulian("park", "import", park, DATABASE_URL=own_database_url)

    assert long in shulian("park", "list", DATABASE_URL=own_database_url).out


def test_what_is_exported_imports_as_the_same(
    shulian: Shulian, park: Path, tmp_path: Path, own_database_url: str
) -> None:
    here = {"DATABASE_URL": own_database_url}
    shulian("park", "import", park, **here)

    out = shulian("park", "export", "riverside", tmp_path / "out", **here)
    again = shulian("park", "import", tmp_path / "out", "--json", **here)

    count = len([path for path in (tmp_path / "out").rglob("*") if path.is_file()])
    assert out.out == f"riverside: {count} files in {tmp_path / 'out'}\n"
    assert counts(again.out) == NONE


def test_geojson_exports_as_a_definition(
    shulian: Shulian, tmp_path: Path, own_database_url: str
) -> None:
    here = {"DATABASE_URL": own_database_url}
    (tmp_path / "towers.geojson").write_text(TWO_TOWERS)
    shulian("park", "import", tmp_path / "towers.geojson", "--park", "lujiazui", **here)

    shulian("park", "export", "lujiazui", tmp_path / "out", **here)

    files = {path.name: path.read_bytes() for path in (tmp_path / "out").iterdir()}
    names = {space.name.zh for space in read(files).plan.spaces}
    assert {"上海一号塔", "上海二号塔"} <= names
    again = shulian("park", "import", tmp_path / "out", "--json", **here)
    assert counts(again.out) == NONE


def test_an_unknown_park_cannot_be_exported(
    shulian: Shulian, tmp_path: Path, own_database_url: str
) -> None:
    said = shulian("park", "export", "nowhere", tmp_path / "out", DATABASE_URL=own_database_url)

    assert "nowhere" in said.complaint
    assert not (tmp_path / "out").exists()


def test_a_check_reads_without_a_database(shulian: Shulian, park: Path) -> None:
    told = shulian("park", "check", park, DATABASE_URL="postgresql://nobody@/nothing")
    listed = shulian("park", "check", park, "--json", DATABASE_URL="postgresql://nobody@/nothing")

    assert (told.code, told.out) == (0, f"riverside: {SPACES} spaces can be imported\n")
    assert json.loads(listed.out) == {"park": "riverside", "spaces": SPACES, "notices": []}


def test_a_check_names_the_rooms_into_which_nobody_comes(shulian: Shulian, tmp_path: Path) -> None:
    upper = "- {storeys: 2, height: 5, layout: {offices: 4}}"
    park = definition(tmp_path, PARK.replace("- {storeys: 1-2, height: 5}", upper))

    told, listed = shulian("park", "check", park), shulian("park", "check", park, "--json")
    in_chinese = shulian("park", "check", park, **CHINESE)

    found = [one["feature"] for one in json.loads(listed.out)["notices"]]
    assert {one["code"] for one in json.loads(listed.out)["notices"]} == {"space_out_of_reach"}
    assert [f"b07-f02-0{number}" for number in range(1, 5)] == [
        one for one in found if one[-3:] in {"-01", "-02", "-03", "-04"}
    ]
    assert told.err.splitlines()[0] == (
        f"  {found[0]}: no way on foot leads from outside into the space"
    )
    assert in_chinese.err.splitlines()[0] == f"  {found[0]}: 从楼外步行无法到达。"


def test_tiles_need_no_database(shulian: Shulian, park: Path, tmp_path: Path) -> None:
    out = tmp_path / "scene"
    nowhere = {"DATABASE_URL": "postgresql://nobody@/nothing"}

    built = shulian("park", "tiles", "riverside", "--from", park, "--out", out, **nowhere)
    checked = shulian("park", "check", out, **nowhere)

    assert (built.code, built.err) == (0, "")
    assert (out / "tileset.json").exists()
    count = len([path for path in out.rglob("*") if path.is_file()])
    assert (checked.code, checked.out) == (0, f"{count} files, 0 problems\n")


def test_tiles_of_an_imported_park_go_to_a_folder(
    shulian: Shulian, park: Path, tmp_path: Path, own_database_url: str
) -> None:
    out = tmp_path / "scene"
    shulian("park", "import", park, DATABASE_URL=own_database_url)

    said = shulian("park", "tiles", "riverside", "--out", out, DATABASE_URL=own_database_url)

    assert said.code == 0
    assert shulian("park", "check", out).code == 0


def test_tiles_are_built_in_the_installation(
    shulian: Shulian, park: Path, home: Path, own_database_url: str
) -> None:
    here = {"DATABASE_URL": own_database_url, "SHULIAN_DATA": home / "data"}
    shulian("park", "import", park, **here)

    said = shulian("park", "tiles", "riverside", **here)

    assert (said.code, said.out) == (0, "riverside: the scene is built.\n")
    assert list((home / "data" / "blobs").rglob("tileset.json"))


def test_tiles_from_files_need_a_folder(shulian: Shulian, park: Path) -> None:
    said = shulian("park", "tiles", "riverside", "--from", park)

    assert said.complaint == "Building from files needs a folder to write to: --out FOLDER."


@pytest.mark.parametrize(
    ("file", "damage"),
    [
        ("tileset.json", b"{"),
        ("tileset.json", b'{"asset": {"version": "1.0"}}'),
        ("storeys.json", b"[]"),
        ("trees.bin", b"odd"),
    ],
)
def test_a_broken_tileset_is_found(
    shulian: Shulian, park: Path, tmp_path: Path, file: str, damage: bytes
) -> None:
    out = tmp_path / "scene"
    shulian("park", "tiles", "riverside", "--from", park, "--out", out)
    (out / file).write_bytes(damage)

    told, listed = shulian("park", "check", out), shulian("park", "check", out, "--json")

    problems = json.loads(listed.out)["problems"]
    assert (told.code, listed.code) == (1, 1)
    assert {one["file"] for one in problems} >= {file}
    assert [f"  {one['file']}: {one['words']}" for one in problems] == told.err.splitlines()


def test_broken_content_of_a_tileset_is_found(shulian: Shulian, park: Path, tmp_path: Path) -> None:
    out = tmp_path / "scene"
    shulian("park", "tiles", "riverside", "--from", park, "--out", out)
    for path in out.rglob("*.glb"):
        path.write_bytes(path.read_bytes()[:-8])

    said = shulian("park", "check", out)

    assert said.code == 1
    assert "Traceback" not in said.err
