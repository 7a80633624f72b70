"""With programmes on their way in and out."""

from collections.abc import Sequence
from typing import Any, ClassVar

from shulian.kit.errors import Conflict, Invalid, NotFound, TooLarge


class ImportRefused(Invalid):
    """A programme cannot be brought in: each fault by its place, such as `sessions.3.title`."""

    code: ClassVar[str] = "congress.import_refused"


class ExchangeUnreadable(Invalid):
    """The file is no `format`: it stops being one at `where`."""

    code: ClassVar[str] = "congress.exchange_unreadable"


class ExchangeUnsafe(Invalid):
    """The file, a `format`, declares entities, or lies deeper than any programme does."""

    code: ClassVar[str] = "congress.exchange_unsafe"


class ExchangeUnknown(Invalid):
    """The file is of no format that is read: `formats` are."""

    code: ClassVar[str] = "congress.exchange_unknown"


class ProgrammeFaulty(Invalid):
    """The file has `count` faults, `faults`, and nothing of it is taken."""

    code: ClassVar[str] = "congress.programme_faulty"

    def __init__(self, faults: Sequence[Any] = ()) -> None:
        """Keep which: of `rules.exchange.drafts.Remark`, which stand above the errors."""
        super().__init__(count=len(faults))
        self.faults = tuple(faults)


class ExchangeTooLarge(TooLarge):
    """The file has more than `limit` megabytes: of itself, or of what it unpacks to."""

    code: ClassVar[str] = "congress.exchange_too_large"


class ExchangeTooMany(TooLarge):
    """The file has more than `limit` sessions, rows or parts."""

    code: ClassVar[str] = "congress.exchange_too_many"


class ExchangeStopped(Invalid):
    """Reading the file took more than `seconds` or `megabytes`, or broke, and was stopped."""

    code: ClassVar[str] = "congress.exchange_stopped"


class UploadGone(NotFound):
    """The file is not kept any more: it was brought in, replaced, or left for `hours`."""

    code: ClassVar[str] = "congress.upload_gone"


class PreviewOld(Conflict):
    """The draft is another one since its import was looked at."""

    code: ClassVar[str] = "congress.preview_old"
