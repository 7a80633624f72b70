"""What the server says: the last lines in memory, more in a file of limited size."""

import os
from collections import deque
from pathlib import Path
from types import TracebackType
from typing import Self, TextIO

_REMEMBERED = 50
"""[lines]."""
_LARGEST = 1 << 20
"""[bytes] of a file before the next one begins; one older file is kept."""


class Journal:
    """The file `log` of a folder; on a full disk only the memory goes on."""

    def __init__(self, folder: Path) -> None:
        self.lines: deque[str] = deque(maxlen=_REMEMBERED)
        """The last lines."""
        self._path = folder / "log"
        self._file = self._open()

    def hear(self, line: str) -> None:
        """Keep `line`."""
        self.lines.append(line)
        try:
            if self._file.tell() > _LARGEST:
                self._file.close()
                self._path.replace(self._path.with_suffix(".old"))
                self._file = self._open()
            self._file.write(line + "\n")
        except (OSError, ValueError):
            return  # the disk is full, or the server speaks after we have closed

    def _open(self) -> TextIO:
        return open(self._path, "a", encoding="utf-8", buffering=1, opener=_private)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        try:
            self._file.close()
        except OSError:
            return  # the disk is full: the last line is lost


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)
