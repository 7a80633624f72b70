"""The command line itself: light, and clear about what was typed wrong."""

import json
import signal
import subprocess
import sys

import pytest
from tests.cli.conftest import Shulian
from tests.commands import CHINESE

HEAVY = {"sqlalchemy", "numpy", "litestar", "psycopg", "msgspec", "rich", "jinja2", "uvicorn"}


@pytest.mark.parametrize(
    "program",
    [
        "import shulian.cli.main",
        "from shulian.cli.main import main; main()",
        "import shulian.cli.main, sys; sys.argv[1:] = ['demo', '--help']; shulian.cli.main.main()",
        "import shulian.cli.main, sys; sys.argv[1:] = ['serve', '--help']; shulian.cli.main.main()",
    ],
    ids=["import", "help", "demo", "serve"],
)
def test_help_loads_next_to_nothing(program: str) -> None:
    watched = f"""
import json, sys
sys.argv = ["shulian", "--help"]
try:
    {program}
finally:
    print("loaded:", json.dumps(sorted(sys.modules)))
"""

    done = subprocess.run([sys.executable, "-c", watched], capture_output=True, check=True)

    loaded = json.loads(done.stdout.decode().rpartition("loaded:")[2])
    assert HEAVY & {name.partition(".")[0] for name in loaded} == set()


def test_help_lists_the_commands(shulian: Shulian) -> None:
    said = shulian("--help")

    listed = said.out.partition("Commands:")[2].split("\n")
    names = [line.split()[0] for line in listed if line.strip()]
    assert (said.code, said.err) == (0, "")
    assert names == [
        "demo",
        "serve",
        "web",
        "world",
        "bots",
        "tasks",
        "migrate",
        "park",
        "congress",
        "seats",
        "timetable",
        "person",
        "tickets",
    ]


@pytest.mark.parametrize(
    "words", [["demo"], ["serve"], ["web"], ["tasks"], ["migrate"], ["park", "import"], ["person"]]
)
@pytest.mark.parametrize("option", ["--help", "-h"])
def test_every_command_explains_itself(shulian: Shulian, words: list[str], option: str) -> None:
    said = shulian(*words, option)

    assert (said.code, said.err) == (0, "")
    assert said.out.startswith(f"Usage: shulian {' '.join(words)}")


def test_tells_its_version(shulian: Shulian) -> None:
    said = shulian("--version")

    assert (said.code, said.out) == (0, "shulian, version 0.1.0\n")


def test_without_a_command_there_is_help(shulian: Shulian) -> None:
    said = shulian()

    assert (said.code, said.out) == (2, "")
    assert "Commands:" in said.err


@pytest.mark.parametrize(
    ("words", "english", "chinese"),
    [
        (
            ["dmeo"],
            "There is no command dmeo. Did you mean demo? See shulian --help.",
            "没有 dmeo 这个命令。是不是想用 demo？用法见 shulian --help。",
        ),
        (
            ["xyzzy"],
            "There is no command xyzzy. See shulian --help.",
            "没有 xyzzy 这个命令。用法见 shulian --help。",
        ),
        (
            ["park", "list", "--jsno"],
            "There is no option --jsno. Did you mean --json? See shulian park list --help.",
            "没有 --jsno 这个选项。是不是想用 --json？用法见 shulian park list --help。",
        ),
        (
            ["park", "import"],
            "FILE… is missing. See shulian park import --help.",
            "缺少 FILE…。用法见 shulian park import --help。",
        ),
        (
            ["person", "administrator", "a@b.example"],
            "--name is missing. See shulian person administrator --help.",
            "缺少 --name。用法见 shulian person administrator --help。",
        ),
        (
            ["demo", "--port", "0"],
            "--port cannot be that: 0 is not in the range 1<=x<=65535. See shulian demo --help.",
            "--port 的值不对：0 is not in the range 1<=x<=65535.用法见 shulian demo --help。",
        ),
        (
            ["park", "import", "a", "--origin", "1"],
            "Option '--origin' requires 2 arguments.",
            "命令写得不对：Option '--origin' requires 2 arguments.",
        ),
    ],
)
def test_what_was_typed_wrong_is_one_line(
    shulian: Shulian, words: list[str], english: str, chinese: str
) -> None:
    told, in_chinese = shulian(*words), shulian(*words, **CHINESE)

    assert (told.code, told.complaint) == (2, english)
    assert (in_chinese.code, in_chinese.complaint) == (2, chinese)


@pytest.mark.parametrize(
    ("name", "value", "english", "chinese"),
    [
        (
            "SHULIAN_PORT",
            "http",
            "SHULIAN_PORT is the number of a port, from 1 to 65535, not http.",
            "SHULIAN_PORT 是端口号，从 1 到 65535，不能是 http。",
        ),
        (
            "SHULIAN_DEMO",
            "x",
            "SHULIAN_DEMO is 1 or 0, not x.",
            "SHULIAN_DEMO 只能是 1 或 0，不能是 x。",
        ),
        (
            "SHULIAN_LOG",
            "xml",
            "SHULIAN_LOG is people or json, not xml.",
            "SHULIAN_LOG 只能是 people 或 json，不能是 xml。",
        ),
    ],
)
@pytest.mark.parametrize("words", [["demo"], ["park", "list"]])
def test_a_wrong_setting_names_its_variable(
    shulian: Shulian, words: list[str], name: str, value: str, english: str, chinese: str
) -> None:
    told = shulian(*words, **{name: value})
    in_chinese = shulian(*words, **{name: value}, **CHINESE)

    assert (told.code, told.complaint) == (1, english)
    assert (in_chinese.code, in_chinese.complaint) == (1, chinese)


@pytest.mark.parametrize(
    ("locale", "chinese"),
    [
        ({"LANG": "zh_CN.UTF-8"}, True),
        ({"LANG": "zh_TW.UTF-8"}, True),
        ({"LANG": "en_US.UTF-8", "LC_ALL": "zh_CN.UTF-8"}, True),
        ({"LANG": "zh_CN.UTF-8", "LC_MESSAGES": "en_US.UTF-8"}, False),
        ({"LANG": ""}, False),
        ({"LANG": "C.UTF-8"}, False),
    ],
)
def test_speaks_the_language_of_the_terminal(
    shulian: Shulian, locale: dict[str, str], *, chinese: bool
) -> None:
    said = shulian("park", "import", "/nowhere", **locale)

    assert ("找不到" in said.complaint) is chinese


def test_a_terminal_without_chinese_still_gets_its_line() -> None:
    program = "import sys; from shulian.cli.main import main; main()"
    done = subprocess.run(
        [sys.executable, "-c", program, "park", "import", "/没有"],
        env={"LANG": "zh_CN.UTF-8", "PYTHONIOENCODING": "latin-1", "PATH": "/usr/bin:/bin"},
        capture_output=True,
        check=False,
    )

    assert done.returncode == 1
    assert done.stderr.decode("latin-1").count("\n") == 1


def test_ends_in_good_order_when_it_is_told_to() -> None:
    program = """
import signal, sys
from shulian.cli import main
@main.cli.command()
def wait():
    try:
        signal.raise_signal(signal.SIGTERM)
    finally:
        print("put away")
main._COMMANDS["wait"] = ("__main__", "")
command = wait
sys.argv = ["shulian", "wait"]
main.main()
"""

    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=False)

    assert (done.returncode, done.stdout) == (128 + signal.SIGTERM, b"put away\n")
