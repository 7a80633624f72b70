"""Commands find a database: one of the operator's, a running one to join, or one of their own."""

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Generator
from pathlib import Path

import pytest
from tests.cli.conftest import Shulian
from tests.cli.parks import definition, footprint, geojson
from tests.commands import CHINESE, command_line, run, surroundings

from shulian.cli.databases import DatabaseLost, opened
from shulian.cli.installation import reached
from shulian.kit.migrate import DatabaseNewer
from shulian.kit.postgres.databases import create_database
from shulian.kit.postgres.server import Server
from shulian.settings import read_settings

ADDRESS = "DATABASE_URL must be the address of a PostgreSQL"
FILL = """
import sys
from pathlib import Path
place = Path(sys.argv[1]) / "ballast"
with place.open("wb", buffering=0) as file:
    try:
        while True:
            file.write(bytes(1 << 16))
    except OSError:
        file.truncate(file.tell() - (int(sys.argv[2]) << 20))
"""
PRIVATELY = ["unshare", "--mount"]
private_mounts = pytest.mark.skipif(
    shutil.which(PRIVATELY[0]) is None
    or subprocess.call([*PRIVATELY, "mount", "-t", "tmpfs", "none", "/srv"]) != 0,
    reason="needs the right to mount: root with CAP_SYS_ADMIN",
)


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with a park in it, in which nothing runs."""
    folder = tmp_path_factory.mktemp("installed")
    park = definition(folder / "riverside")
    said = run("park", "import", park, home=folder, SHULIAN_DATA=folder / "data")
    assert (said.code, said.err) == (0, "")
    return folder / "data"


@pytest.fixture
def data(installed: Path, tmp_path: Path) -> Path:
    """A copy of such a folder."""
    return Path(shutil.copytree(installed, tmp_path / "data"))


@pytest.mark.parametrize("words", [["park", "list"], ["migrate"], ["web"], ["tasks"], ["serve"]])
@pytest.mark.parametrize(
    ("url", "english", "chinese"),
    [
        ("mysql://root@localhost/park", ADDRESS, "DATABASE_URL 应是 PostgreSQL 的地址"),
        ("localhost:5432", ADDRESS, "DATABASE_URL 应是 PostgreSQL 的地址"),
        ("postgresql://a@b/c?what=ever", ADDRESS, "DATABASE_URL 应是 PostgreSQL 的地址"),
        ("postgresql://nobody@/nothing?host=/nowhere", "Cannot use the database", "无法使用"),
        ("postgresql://a@127.0.0.1:1/b", "Cannot use the database", "无法使用"),
    ],
)
def test_a_database_that_cannot_be_is_one_line(
    shulian: Shulian, built: Path, words: list[str], url: str, english: str, chinese: str
) -> None:
    here = {"DATABASE_URL": url, "SHULIAN_CLIENT": built, "SHULIAN_PORT": 1}

    told, in_chinese = shulian(*words, **here), shulian(*words, **here, **CHINESE)

    assert told.code == in_chinese.code == 1
    assert told.complaint.startswith(english)
    assert in_chinese.complaint.startswith(chinese)


@pytest.mark.parametrize("words", [["web"], ["tasks"]])
def test_processes_of_their_own_need_a_database(
    shulian: Shulian, built: Path, words: list[str]
) -> None:
    said = shulian(*words, SHULIAN_CLIENT=built, SHULIAN_PORT=1)

    assert said.complaint == (
        "DATABASE_URL must name a database for this command; shulian serve brings one along."
    )


def test_a_password_is_not_told(shulian: Shulian) -> None:
    said = shulian("migrate", DATABASE_URL="postgresql://a:s3cr3t@127.0.0.1:1/b")

    assert "s3cr3t" not in said.complaint


def test_migrates_a_database_once(shulian: Shulian, postgres: Server) -> None:
    empty = create_database(postgres.url, "migrated_by_command")

    first = shulian("migrate", DATABASE_URL=empty)
    again = shulian("migrate", DATABASE_URL=empty, **CHINESE)

    assert (first.code, first.out, first.err) == (0, "The database is up to date.\n", "")
    assert (again.code, again.out) == (0, "数据库已是最新版本。\n")


def test_an_old_way_to_write_an_address_is_understood(
    shulian: Shulian, own_database_url: str
) -> None:
    url = own_database_url.replace("postgresql+psycopg://", "postgres://")

    assert shulian("migrate", DATABASE_URL=url).code == 0


def test_a_newer_database_is_left_alone(shulian: Shulian, own_database_url: str) -> None:
    with opened(own_database_url, pool=1) as database, database.transaction() as db:
        db.exec_driver_sql("update alembic_version set version_num = '9999'")

    said = shulian("park", "list", DATABASE_URL=own_database_url)

    assert "9999" in said.complaint


def test_a_database_that_breaks_off_is_one_failure(own_database_url: str) -> None:
    with (
        pytest.raises(DatabaseLost) as told,
        opened(own_database_url, pool=1) as database,
        database.transaction() as db,
    ):
        db.exec_driver_sql("select pg_terminate_backend(pg_backend_pid())")

    assert "terminat" in str(told.value.params["reason"])
    assert "\n" not in str(told.value.params["reason"])


def test_other_failures_pass(own_database_url: str) -> None:
    with pytest.raises(DatabaseNewer), opened(own_database_url, pool=1):
        raise DatabaseNewer(found="x")


def test_a_command_starts_and_stops_a_database_of_its_own(home: Path, data: Path) -> None:
    said = run("park", "list", "--json", home=home, SHULIAN_DATA=data)

    assert (said.code, [one["id"] for one in json.loads(said.out)]) == (0, ["riverside"])
    assert not (data / "cluster" / "postmaster.pid").exists()


def test_a_command_joins_a_database_that_runs(home: Path, data: Path) -> None:
    with Server.running(data):
        said = run("park", "list", "--json", home=home, SHULIAN_DATA=data)

        assert (said.code, [one["id"] for one in json.loads(said.out)]) == (0, ["riverside"])
        assert (data / "cluster" / "postmaster.pid").exists()


def test_whoever_is_joined_is_found_by_the_folder(data: Path) -> None:
    settings = read_settings({"SHULIAN_DATA": str(data)})
    with (
        Server.running(data) as server,
        reached(settings) as installation,
        opened(installation.database_url, pool=1) as database,
        database.transaction() as db,
    ):
        found = db.exec_driver_sql("select id from park_space where parent is null").scalar()

        assert server.is_alive()
    assert (installation.folder, installation.needs, found) == (data, {}, "riverside")


@pytest.mark.parametrize("words", [["serve"], ["demo"]])
def test_a_folder_in_use_is_refused(home: Path, data: Path, built: Path, words: list[str]) -> None:
    with Server.running(data):
        said = run(
            *words, home=home, SHULIAN_DATA=data, SHULIAN_CLIENT=built, SHULIAN_PORT=1, **CHINESE
        )

    assert re.fullmatch(rf"数据文件夹 {data} 正被另一个数链使用（进程 \d+）。.*", said.complaint)


@pytest.mark.parametrize("words", [["park", "list"], ["migrate"], ["serve"], ["demo"]])
@pytest.mark.parametrize("place", ["/proc/shulian", "{tmp}/file/data", "~nobody-of-that-name/x"])
def test_a_folder_that_cannot_be_is_refused(
    shulian: Shulian, built: Path, tmp_path: Path, words: list[str], place: str
) -> None:
    (tmp_path / "file").write_text("")
    data = place.format(tmp=tmp_path)

    said = shulian(*words, SHULIAN_DATA=data, SHULIAN_CLIENT=built, SHULIAN_PORT=1)

    assert "SHULIAN_DATA" in said.complaint


@pytest.fixture
def many(tmp_path: Path) -> Generator[Path]:
    """A map of more buildings than fit a small disk."""
    path = tmp_path / "many.geojson"
    towers = (
        footprint(121 + x * 0.0005, 31 + y * 0.0005, id=f"{x}-{y}", height="20", name="塔" * 60)
        for x in range(100)
        for y in range(100)
    )
    path.write_text(geojson(*towers))
    yield path
    path.unlink()


@private_mounts
def test_a_disk_that_becomes_full_undoes_an_import(home: Path, tmp_path: Path, many: Path) -> None:
    data = tmp_path / "data"
    data.mkdir()
    steps = """
    mount -t tmpfs -o size=256m none "$data"
    "$@" park import "$park" || exit 9
    "$python" -c "$fill" "$data" 14
    LANG=zh_CN.UTF-8 "$@" park import "$many" --park many; echo "code $?"
    rm "$data/ballast"
    "$@" park list --json
    """
    given = {
        "data": data,
        "SHULIAN_DATA": data,
        "park": definition(tmp_path / "riverside"),
        "many": many,
        "python": sys.executable,
        "fill": FILL,
    }

    done = subprocess.run(
        [*PRIVATELY, "sh", "-c", steps, "sh", *command_line([])],
        env=surroundings(home, given),
        capture_output=True,
        text=True,
        check=False,
    )

    lines = done.stdout.splitlines()
    assert lines[-2] == "code 1", done
    assert [one["id"] for one in json.loads(lines[-1])] == ["riverside"]
    assert len(done.stderr.splitlines()) == 1, done.stderr
    assert done.stderr.startswith("shulian: 数据库中断：")
