import errno
import os
from pathlib import Path

import pytest

from shulian.kit.launch import NO_ACCOUNT
from shulian.kit.postgres.diagnosis import of_error, of_output
from shulian.kit.postgres.errors import (
    AccountNameless,
    AccountRefused,
    DiskFull,
    NoRights,
    NotAFolder,
    PostgresFailure,
    StartFailed,
)

FOLDER = Path("/data")
WHEN = "2026-01-02 03:04:05.678 UTC [9] "


@pytest.mark.parametrize(
    ("number", "kind", "params"),
    [
        (errno.ENOSPC, DiskFull, {"folder": "/data"}),
        (errno.EDQUOT, DiskFull, {"folder": "/data"}),
        (errno.ENOTDIR, NotAFolder, {"folder": "/data"}),
        (errno.EEXIST, NotAFolder, {"folder": "/data"}),
        (errno.EACCES, NoRights, {"folder": "/data", "reason": "Permission denied"}),
        (errno.EROFS, NoRights, {"folder": "/data", "reason": "Read-only file system"}),
    ],
)
def test_an_error_of_the_system_is_a_failure_about_the_folder(
    number: int, kind: type[PostgresFailure], params: dict[str, str]
) -> None:
    failure = of_error(OSError(number, os.strerror(number)), FOLDER)

    assert (type(failure), dict(failure.params)) == (kind, params)


@pytest.mark.parametrize(
    ("code", "lines", "kind", "params"),
    [
        (
            1,
            [
                WHEN
                + 'FATAL:  could not write lock file "postmaster.pid": No space left on device',
                WHEN + "LOG:  database system is shut down",
            ],
            DiskFull,
            {"folder": "/data"},
        ),
        (
            1,
            [WHEN + "LOG:  starting", WHEN + 'FATAL:  could not open "x": Permission denied'],
            NoRights,
            {"folder": "/data", "reason": 'could not open "x": Permission denied'},
        ),
        (
            1,
            [WHEN + "PANIC:  no checkpoint", WHEN + "LOG:  aborting startup"],
            StartFailed,
            {"folder": "/data", "reason": "no checkpoint"},
        ),
        (
            1,
            ["initdb: error: could not look up effective user ID 7: user does not exist"],
            AccountNameless,
            {"account": "7"},
        ),
        (
            NO_ACCOUNT,
            ["cannot become account 65530: Invalid argument"],
            AccountRefused,
            {"account": "65530", "reason": "cannot become account 65530: Invalid argument"},
        ),
        (-9, [], StartFailed, {"folder": "/data", "reason": "exit code -9"}),
        (127, ["no such library"], StartFailed, {"folder": "/data", "reason": "no such library"}),
    ],
)
def test_last_words_are_a_failure(
    code: int, lines: list[str], kind: type[PostgresFailure], params: dict[str, str]
) -> None:
    failure = of_output(code, lines, folder=FOLDER, account=65_530)

    assert (type(failure), dict(failure.params)) == (kind, params)
