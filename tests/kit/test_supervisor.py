import os
import signal
import socket
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from threading import Thread

import pytest
from tests.processes import talking, wait_until_gone

from shulian.kit.supervisor import (
    FAILED,
    HURRIED,
    Limits,
    Program,
    Supervisor,
    responds,
    to_stderr,
)

FOR_EVER = "import threading; threading.Event().wait()"
POLITE = """
import signal, sys, threading
def end(number, frame):
    print("ending")
    sys.exit(0)
signal.signal(signal.SIGTERM, end)
print("up")
threading.Event().wait()
"""
DEAF = """
import signal, threading
signal.signal(signal.SIGTERM, signal.SIG_IGN)
print("up")
threading.Event().wait()
"""
SUPERVISE = """
import os, sys, threading
from shulian.kit.supervisor import Limits, Program, Supervisor
heard, programs = set(), []
def up(name):
    return lambda: name in heard
def say(line):
    name, _, words = line.partition("|")
    if words.strip() == "up":
        heard.add(name.strip())
    os.write(1, (line.rstrip() + "\\n").encode())
for name, program in zip(sys.argv[2::2], sys.argv[3::2]):
    programs.append(Program(name, [sys.executable, "-u", "-c", program], ready=up(name)))
supervisor = Supervisor(programs, say=say, limits=Limits(grace=float(sys.argv[1]), pause=0.01))
sys.exit(supervisor.run(lambda: say("ready")))
"""
PATIENT = 60.0


def run(
    *programs: Program,
    limits: Limits | None = None,
    needs: dict[str, Callable[[], bool]] | None = None,
    when_ready: Callable[[], None] = lambda: None,
) -> tuple[int, list[str]]:
    """Exit code and log of a supervisor in this process."""
    lines: list[str] = []
    supervisor = Supervisor(programs, say=lines.append, limits=limits, needs=needs)
    return supervisor.run(when_ready), lines


def program(
    name: str, text: str, *arguments: object, ready: Callable[[], bool] | None = None
) -> Program:
    return Program(name, [sys.executable, "-u", "-c", text, *map(str, arguments)], ready=ready)


def stop() -> None:
    """Ask the supervisor of this process to stop."""
    os.kill(os.getpid(), signal.SIGTERM)


def answer(replies: Sequence[bytes]) -> str:
    """The address of a server that answers one request with each of `replies`, then is gone."""
    listener = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        with listener:
            for reply in replies:
                connection, _ = listener.accept()
                with connection:
                    connection.recv(1000)
                    connection.sendall(reply)

    Thread(target=serve, daemon=True).start()
    return f"http://127.0.0.1:{listener.getsockname()[1]}/readyz"


def test_a_log_line_is_prefixed_with_the_name_of_its_program() -> None:
    with talking(SUPERVISE, PATIENT, "a", POLITE, "longer", FOR_EVER) as supervisor:
        lines = supervisor.until("up")

    assert lines == ["a      | up"]


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_stops_everything_in_the_reverse_order(number: signal.Signals) -> None:
    with talking(SUPERVISE, PATIENT, "a", POLITE, "b", POLITE) as supervisor:
        supervisor.until("ready")
        supervisor.send(number)

        assert supervisor.rest() == [f"  | stopping on {number.name}", "b | ending", "a | ending"]
        assert supervisor.end() == 0


def test_a_program_that_does_not_end_in_time_is_killed() -> None:
    with talking(SUPERVISE, 0.1, "a", DEAF) as supervisor:
        supervisor.until("ready")
        supervisor.send(signal.SIGTERM)

        assert supervisor.rest() == [
            "  | stopping on SIGTERM",
            "  | a did not end in 0.1 s; killed",
        ]
        assert supervisor.end() == 0


def test_a_second_signal_kills_everything_at_once() -> None:
    with talking(SUPERVISE, PATIENT, "a", DEAF, "b", DEAF) as supervisor:
        supervisor.until("ready")
        supervisor.send(signal.SIGINT)
        supervisor.until("stopping")
        supervisor.send(signal.SIGINT)

        assert supervisor.rest() == ["  | killing everything"]
        assert supervisor.end() == HURRIED


def test_a_killed_supervisor_leaves_no_program_alive() -> None:
    tells = "import os; print(os.getpid()); " + DEAF
    with talking(SUPERVISE, PATIENT, "a", tells, "b", tells) as supervisor:
        lines = supervisor.until("ready")
        supervisor.send(signal.SIGKILL)

    for line in lines:
        words = line.partition("|")[2].strip()
        if words.isdigit():
            wait_until_gone(int(words))


def test_everything_is_ready_before_that_is_told() -> None:
    with talking(SUPERVISE, PATIENT, "a", POLITE, "b", POLITE) as supervisor:
        lines = supervisor.until("ready")

    assert sorted(lines[:-1]) == ["a | up", "b | up"]


def test_that_everything_is_ready_is_told_once() -> None:
    told: list[int] = []

    run(
        program("a", "pass"),
        limits=Limits(restarts=2, pause=0.01),
        when_ready=lambda: told.append(1),
    )

    assert told == [1]


def test_a_program_that_ends_before_it_is_ready_stops_everything() -> None:
    code, lines = run(
        program("a", FOR_EVER), program("b", "raise SystemExit(3)", ready=lambda: False)
    )

    assert (code, lines) == (FAILED, ["  | b could not start: exit code 3"])


def test_a_program_that_is_not_there_stops_everything() -> None:
    code, lines = run(Program("a", ["/no/such/program"], ready=lambda: False))

    assert (code, lines) == (
        FAILED,
        [
            "a | cannot run /no/such/program: No such file or directory",
            "  | a could not start: exit code 127",
        ],
    )


def test_a_program_that_is_never_ready_stops_everything() -> None:
    code, lines = run(
        program("a", FOR_EVER),
        program("b", FOR_EVER, ready=lambda: False),
        limits=Limits(patience=0.1),
    )

    assert (code, lines) == (FAILED, ["  | not ready after 0.1 s: b"])


def test_a_program_that_asks_for_time_to_be_ready_is_given_it() -> None:
    asked = iter([False] * 8)  # 8 looks take longer than the others have
    slow = program("b", FOR_EVER, ready=lambda: next(asked, True))

    code, lines = run(
        program("a", FOR_EVER),
        replace(slow, patience=PATIENT),
        limits=Limits(patience=0.1),
        when_ready=stop,
    )

    assert (code, lines) == (0, ["  | stopping on SIGTERM"])


def test_a_program_that_asks_for_time_is_not_waited_for_for_ever() -> None:
    code, lines = run(
        replace(program("a", FOR_EVER, ready=lambda: False), patience=0.2),
        limits=Limits(patience=0.1),
    )

    assert (code, lines) == (FAILED, ["  | not ready after 0.2 s: a"])


def test_a_program_that_ends_is_started_again(tmp_path: Path) -> None:
    once = """
import os, sys
try:
    os.mkdir(sys.argv[1])
except FileExistsError:
    os.kill(os.getppid(), 15)
    import threading; threading.Event().wait()
"""
    code, lines = run(program("a", once, tmp_path / "mark"), limits=Limits(pause=0.01))

    assert (code, lines) == (
        0,
        ["  | a ended with exit code 0; again in 0.01 s", "  | stopping on SIGTERM"],
    )


def test_a_program_that_ends_too_often_stops_everything() -> None:
    code, lines = run(
        program("a", "import os; os.kill(os.getpid(), 9)"), limits=Limits(restarts=2, pause=0.01)
    )

    assert (code, lines) == (
        FAILED,
        [
            "  | a ended with SIGKILL; again in 0.01 s",
            "  | a ended with SIGKILL; again in 0.02 s",
            "  | a ended too often: SIGKILL",
        ],
    )


def test_everything_stops_when_what_it_needs_has_ended() -> None:
    code, lines = run(program("a", FOR_EVER), needs={"postgres": lambda: False})

    assert (code, lines) == (FAILED, ["  | postgres has ended"])


def test_the_handlers_of_signals_are_put_back() -> None:
    numbers = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    before = [signal.getsignal(number) for number in numbers]

    run(program("a", FOR_EVER), when_ready=stop)

    assert [signal.getsignal(number) for number in numbers] == before


def test_an_error_in_who_is_told_leaves_no_program_alive() -> None:
    pids: list[int] = []

    def fail() -> None:
        raise LookupError

    tells = "import os, threading; print(os.getpid()); threading.Event().wait()"
    supervisor = Supervisor(
        [program("a", tells, ready=lambda: bool(pids))],
        say=lambda line: pids.append(int(line.partition("|")[2])),
    )
    with pytest.raises(LookupError):
        supervisor.run(fail)

    wait_until_gone(pids[0])


@pytest.mark.parametrize(
    ("reply", "ready"),
    [
        (b"HTTP/1.1 200 OK\r\n\r\nyes", True),
        (b"HTTP/1.0 204 No Content\r\n\r\n", True),
        (b"HTTP/1.1 503 Service Unavailable\r\n\r\n", False),
        (b"nonsense", False),
        (b"", False),
    ],
)
def test_a_server_is_ready_when_it_answers_with_success(reply: bytes, *, ready: bool) -> None:
    assert responds(answer([reply]))() is ready


def test_a_server_that_is_not_there_is_not_ready() -> None:
    assert responds("http://127.0.0.1:1/")() is False


def test_the_log_goes_to_standard_error(capsys: pytest.CaptureFixture[str]) -> None:
    to_stderr("网 | up")

    assert capsys.readouterr().err == "网 | up\n"


def test_a_supervisor_imports_nothing_large() -> None:
    large = ("sqlalchemy", "numpy", "psycopg", "litestar", "structlog", "msgspec", "asyncio")
    text = f"""
import sys
import shulian.kit.supervisor, shulian.kit.postgres.server
print("large:", *sorted(set({large!r}) & set(sys.modules)))
"""
    with talking(text) as python:
        assert python.line() == "large:"
