"""Files too big for rows: an interface of a few methods, and a folder on this machine behind it."""

import os
import re
import shutil
import tempfile
from pathlib import Path, PurePosixPath
from typing import Protocol

from shulian.kit.errors import NotFound, Unavailable

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,199}")


class BlobMissing(NotFound):
    """No file has the name `name`."""

    code = "kit.blob_missing"


class BlobsFull(Unavailable):
    """There is no room or no right to write below `folder`; `reason` is the system's word."""

    code = "kit.blobs_full"


class Blobs(Protocol):
    """Named files; a name is a relative path of plain segments."""

    def put(self, name: str, content: bytes) -> None:
        """Keep `content` under `name`, whole or not at all."""
        ...

    def get(self, name: str) -> bytes:
        """The content under `name`; raises BlobMissing."""
        ...

    def drop(self, prefix: str) -> None:
        """Forget every file whose name starts with the segments of `prefix`."""
        ...


class FolderBlobs:
    """Blobs in a folder of this machine."""

    def __init__(self, folder: Path) -> None:
        """Keep files below `folder`, which is made when the first one is put."""
        self.folder = folder

    def put(self, name: str, content: bytes) -> None:
        """Keep `content` under `name`: a reader sees all of it or nothing."""
        path = self._path(name)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            handle, draft = tempfile.mkstemp(dir=path.parent, prefix=".draft-")
            try:
                with os.fdopen(handle, "wb") as file:
                    file.write(content)
                Path(draft).replace(path)
            except BaseException:
                Path(draft).unlink(missing_ok=True)
                raise
        except OSError as error:
            raise BlobsFull(folder=str(self.folder), reason=error.strerror or str(error)) from error

    def get(self, name: str) -> bytes:
        """The content under `name`; raises BlobMissing."""
        try:
            return self._path(name).read_bytes()
        except (FileNotFoundError, IsADirectoryError, NotADirectoryError) as error:
            raise BlobMissing(name=name) from error

    def drop(self, prefix: str) -> None:
        """Forget every file below `prefix`."""
        shutil.rmtree(self._path(prefix), ignore_errors=True)

    def _path(self, name: str) -> Path:
        segments = PurePosixPath(name).parts
        if not segments or not all(_NAME.fullmatch(segment) for segment in segments):
            raise BlobMissing(name=name)
        return self.folder.joinpath(*segments)
