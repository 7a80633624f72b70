"""What the operating system or the server said, as the failure that it means."""

import errno
import re
from collections.abc import Sequence
from pathlib import Path

from shulian.kit.launch import NO_ACCOUNT
from shulian.kit.postgres.errors import (
    AccountNameless,
    AccountRefused,
    DiskFull,
    NoRights,
    NotAFolder,
    PostgresFailure,
    StartFailed,
)

_FULL = {errno.ENOSPC, errno.EDQUOT}
_NO_FOLDER = {errno.ENOTDIR, errno.EEXIST}
_FULL_WORDS = ("No space left on device", "Disk quota exceeded")
_NO_RIGHTS_WORDS = ("Permission denied", "Operation not permitted", "Read-only file system")
_NAMELESS = re.compile(r"could not look up effective user ID (\d+)")
_TOLD = re.compile(r"(?:FATAL|PANIC|ERROR|error): +(.*)")


def of_error(error: OSError, folder: Path) -> PostgresFailure:
    """The failure behind an error of the operating system about `folder`."""
    if error.errno in _FULL:
        return DiskFull(folder=str(folder))
    if error.errno in _NO_FOLDER:
        return NotAFolder(folder=str(folder))
    return NoRights(folder=str(folder), reason=error.strerror or str(error))


def of_output(
    code: int, lines: Sequence[str], *, folder: Path, account: int | None
) -> PostgresFailure:
    """The failure behind a program that ended with `code` after it said `lines`."""
    told = [found[1] for line in lines if (found := _TOLD.search(line))]
    reason = (told or [*lines[-1:], f"exit code {code}"])[-1 if told else 0]
    if code == NO_ACCOUNT:
        return AccountRefused(account=str(account), reason=reason)
    if nameless := _NAMELESS.search(reason):
        return AccountNameless(account=nameless[1])
    if any(word in line for word in _FULL_WORDS for line in lines):
        return DiskFull(folder=str(folder))
    if any(word in reason for word in _NO_RIGHTS_WORDS):
        return NoRights(folder=str(folder), reason=reason)
    return StartFailed(folder=str(folder), reason=reason)
