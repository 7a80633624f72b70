"""A programme into an installation by command, with the halls that its park lacks."""

import json
from pathlib import Path

import pytest
from tests.cli.conftest import Shulian
from tests.commands import CHINESE

TABLE = """id,title_zh,title_en,date,start,end,venue,room,organisers,attendance
f1,示例论坛,Sample Forum,2026-07-18,09:00,12:00,示例会馆,302会议室,1:示例主办,300
f2,示例夜场,Sample Night,2026-07-18,22:00,01:00,示例会馆,红厅,,
f3,示例沙龙,Sample Salon,2026-07-18,10:00,11:00,示例会馆,302会议室,,40
"""
PARK = ("--park", "sample-park", "--with-venues")


@pytest.fixture
def table(tmp_path: Path) -> Path:
    """Three forums in two rooms, of which one is taken twice."""
    path = tmp_path / "forums.csv"
    path.write_text(TABLE)
    return path


def test_in_an_empty_installation_park_congress_and_halls_are_made_and_released(
    shulian: Shulian, table: Path, own_database_url: str
) -> None:
    said = shulian(
        *("congress", "import", table, *PARK, "--congress", "sample-2026", "--release", "v1"),
        DATABASE_URL=own_database_url,
    )

    lines = [line.split(" (")[0].strip() for line in said.out.splitlines()]
    assert (said.code, lines) == (
        0,
        [
            "new in the park: 示例会馆",
            "new in the park: 红厅",
            "new in the park: 302会议室",
            "new in the park: 302会议室 · 2区",
            (
                "the file has two at a time in 302会议室: “Sample Salon” is in 302会议室 · 2区, "
                "beside “Sample Forum”"
            ),
            (
                "Imported into sample-2026: 3 sessions, 3 forums, 2 halls; new in the park: "
                "1 buildings, 3 halls. Rooms that the file gives twice at a time: 1. "
                "Conflicts that block a release: 0; warnings: 0."
            ),
            "Released as v1.",
        ],
    )
    assert "F3" in said.err


def test_again_it_changes_nothing_and_programs_are_told_the_same(
    shulian: Shulian, table: Path, own_database_url: str
) -> None:
    shulian("congress", "import", table, *PARK, DATABASE_URL=own_database_url)

    said = shulian("congress", "import", table, *PARK, "--json", DATABASE_URL=own_database_url)

    told = json.loads(said.out)
    assert (said.code, told["congress"], told["park"]) == (0, "forums", "sample-park")
    counts = ("sessions", "forums", "halls", "new_venues", "new_halls", "divided", "blocking")
    assert [told[one] for one in counts] == [3, 3, 2, 0, 0, 1, 0]
    assert (told["venues"], told["rooms"], told["conflicts"]) == ([], [], [])
    assert (len(told["parted"]), told["released"], told["dry"]) == (1, "", False)


def test_a_dry_run_says_the_same_and_leaves_nothing_behind(
    shulian: Shulian, table: Path, own_database_url: str
) -> None:
    said = shulian("congress", "import", table, *PARK, "--dry-run", DATABASE_URL=own_database_url)
    parks = shulian("park", "list", DATABASE_URL=own_database_url)

    assert (said.code, said.out.splitlines()[-1]) == (0, "Nothing was changed.")
    assert "1 buildings, 3 halls" in said.out
    assert "sample-park" not in parks.out


def test_without_its_venues_the_halls_are_named_that_are_missing(
    shulian: Shulian, table: Path, own_database_url: str
) -> None:
    url = {"DATABASE_URL": own_database_url}
    none = shulian("congress", "import", table, "--park", "sample-park", **url)
    shulian("congress", "import", table, *PARK, **url)
    table.write_text(TABLE.replace("红厅", "蓝厅"))

    said = shulian("congress", "import", table, "--park", "sample-park", **url)

    assert (none.code, none.out) == (1, "")
    assert "sample-park" in none.err
    assert (said.code, said.out) == (1, "")
    assert "  a hall that no park is known to have: 示例会馆 蓝厅" in said.err.splitlines()


def test_what_blocks_is_told_and_keeps_it_from_being_released(
    shulian: Shulian, table: Path, own_database_url: str
) -> None:
    url = {"DATABASE_URL": own_database_url}
    shulian("congress", "import", table, *PARK, "--congress", "short", **url)
    table.write_text(TABLE.replace("2026-07-18,10:00", "2026-07-25,10:00"))
    into = ("congress", "import", table, *PARK, "--congress", "short")

    kept = shulian(*into, **url, **CHINESE)
    refused = shulian(*into, "--release", "v1", **url)

    assert kept.code == 0
    assert "  妨碍发布：“示例沙龙”不在大会的日期之内。" in kept.out.splitlines()
    assert (refused.code, refused.out) == (1, "")
    assert refused.err.splitlines()[-1].startswith("shulian: 2 conflicts are left")


def test_what_it_names_has_to_be_there(
    shulian: Shulian, table: Path, tmp_path: Path, own_database_url: str
) -> None:
    url = {"DATABASE_URL": own_database_url}
    shulian("congress", "import", table, *PARK, "--congress", "sample", **url)

    elsewhere = shulian(
        *("congress", "import", table, "--park", "other", "--with-venues"),
        *("--congress", "sample"),
        **url,
    )
    nobody = shulian("congress", "import", table, *PARK, "--organizer", "Nobody", **url)
    missing = shulian("congress", "import", tmp_path / "none.csv", *PARK, **url)

    assert elsewhere.complaint.startswith("The congress sample takes place in the park sample-park")
    assert nobody.complaint.startswith("No organization is called Nobody.")
    assert str(tmp_path / "none.csv") in missing.complaint


def test_faults_are_listed_with_their_cells_and_nothing_is_made(
    shulian: Shulian, table: Path, own_database_url: str
) -> None:
    table.write_text(TABLE.replace("09:00", "soon"))

    said = shulian("congress", "import", table, *PARK, DATABASE_URL=own_database_url)

    assert (said.code, said.out) == (1, "")
    assert said.err.splitlines()[0].startswith("  E2: ")
    assert "sample-park" not in shulian("park", "list", DATABASE_URL=own_database_url).out
