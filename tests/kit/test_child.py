import os
import signal
import subprocess
import sys
from pathlib import Path
from threading import Thread

import pytest
from tests.processes import DEADLINE, talking, wait_until_gone

from shulian.kit.child import Child

FOR_EVER = "import threading; threading.Event().wait()"
DEAF = """
import signal, threading
for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
    signal.signal(number, signal.SIG_IGN)
print("ready", flush=True)
threading.Event().wait()
"""
WITH_GRANDCHILD = f"""
import subprocess, sys
print(subprocess.Popen([sys.executable, "-c", {FOR_EVER!r}]).pid)
"""
PARENT = f"""
import sys, threading
from shulian.kit.child import Child
child = Child([sys.executable, "-c", {DEAF!r}], hear=lambda line: print(child.pid))
threading.Event().wait()
"""


def python(program: str) -> list[str]:
    return [sys.executable, "-u", "-c", program]


def ended(child: Child) -> int | None:
    """The exit code of a child that was left to run; it does not outlive the test."""
    try:
        return child.wait(DEADLINE)
    finally:
        child.kill()


def test_a_child_is_heard_line_by_line_on_both_streams() -> None:
    lines: list[str] = []
    program = "import sys; print('一\\n\\nthree'); print('four', file=sys.stderr, end='')"

    code = ended(Child(python(program), hear=lines.append))

    assert (code, lines) == (0, ["一", "", "three", "four"])


def test_bytes_that_are_no_text_are_heard_as_replacements() -> None:
    lines: list[str] = []

    ended(Child(python(r"import os; os.write(1, b'\xff\n')"), hear=lines.append))

    assert lines == ["\N{REPLACEMENT CHARACTER}"]


@pytest.mark.parametrize("code", [0, 3])
def test_an_exit_code_is_the_programs(code: int) -> None:
    child = Child(python(f"raise SystemExit({code})"), hear=print)

    assert ended(child) == code


def test_the_code_of_a_killed_child_names_the_signal() -> None:
    child = Child(python(FOR_EVER), hear=print)
    child.kill()

    assert child.code == -signal.SIGKILL


def test_a_child_still_running_has_no_code() -> None:
    child = Child(python(FOR_EVER), hear=print)
    try:
        assert child.wait(0) is None
    finally:
        child.kill()


def test_a_signal_to_a_child_that_has_ended_is_no_error() -> None:
    child = Child(python("pass"), hear=print)
    ended(child)

    child.send(signal.SIGTERM)

    assert child.code == 0


def test_a_program_that_is_not_there_says_so() -> None:
    lines: list[str] = []

    code = ended(Child(["/no/such/program"], hear=lines.append))

    assert (code, lines) == (127, ["cannot run /no/such/program: No such file or directory"])


def test_a_folder_that_is_not_there_is_an_error() -> None:
    with pytest.raises(FileNotFoundError):
        Child(python("pass"), hear=print, cwd=Path("/no/such/folder"))


def test_a_child_has_the_environment_folder_and_input_it_is_given(tmp_path: Path) -> None:
    lines: list[str] = []
    reads, writes = os.pipe()
    os.write(writes, b"said")
    os.close(writes)
    program = "import os; e = os.environ; print(e.get('A'), e.get('HOME'), os.getcwd(), input())"

    child = Child(python(program), hear=lines.append, env={"A": "b"}, cwd=tmp_path, stdin=reads)
    os.close(reads)
    ended(child)

    assert lines == [f"b None {tmp_path} said"]


def test_a_child_leads_a_session_of_its_own() -> None:
    lines: list[str] = []
    child = Child(python("import os; print(os.getsid(0), os.getpgid(0))"), hear=lines.append)
    ended(child)

    assert lines == [f"{child.pid} {child.pid}"]


def test_what_a_child_leaves_behind_in_its_group_is_killed() -> None:
    lines: list[str] = []
    ended(Child(python(WITH_GRANDCHILD), hear=lines.append))

    wait_until_gone(int(lines[0]))


def test_a_child_dies_with_a_parent_that_is_killed() -> None:
    with talking(PARENT) as parent:
        pid = int(parent.line())
        parent.send(signal.SIGKILL)

        wait_until_gone(pid)


def test_a_child_outlives_the_thread_that_made_it() -> None:
    children: list[Child] = []
    thread = Thread(target=lambda: children.append(Child(python(FOR_EVER), hear=print)))
    thread.start()
    thread.join()
    try:
        assert children[0].wait(0) is None
    finally:
        children[0].kill()


def test_the_end_of_a_child_is_told_once() -> None:
    ends: list[int] = []
    child = Child(python("pass"), hear=print, on_end=lambda: ends.append(1))
    ended(child)
    subprocess.run(python("pass"), check=True)

    assert ends == [1]


@pytest.mark.skipif(os.geteuid() != 0, reason="only root takes another account")
def test_root_runs_a_child_as_another_account_without_groups() -> None:
    lines: list[str] = []
    ended(Child(["/usr/bin/id"], hear=lines.append, account=65_530))

    assert lines == ["uid=65530 gid=65530 groups=65530"]
