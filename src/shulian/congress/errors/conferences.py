"""With conferences that come as spreadsheets."""

from typing import ClassVar

from shulian.kit.errors import Conflict, Invalid, TooLarge


class ConferenceUnreadable(Invalid):
    """The file is no spreadsheet."""

    code: ClassVar[str] = "congress.conference_unreadable"


class SheetMissing(Invalid):
    """The sheet `sheet` is not there."""

    code: ClassVar[str] = "congress.sheet_missing"


class CellWrong(Invalid):
    """The cell `cell` of the sheet `sheet` says `said`, which makes no sense there."""

    code: ClassVar[str] = "congress.cell_wrong"


class NumberWrong(CellWrong):
    """It is no whole number from `least` to `most`."""

    code: ClassVar[str] = "congress.number_wrong"


class NameMissing(CellWrong):
    """There should be a name."""

    code: ClassVar[str] = "congress.name_missing"


class NameTwice(CellWrong):
    """Something else has that name."""

    code: ClassVar[str] = "congress.name_twice"


class NameUnknown(CellWrong):
    """Nothing has that name."""

    code: ClassVar[str] = "congress.name_unknown"


class TimeWrong(CellWrong):
    """It is no time of day."""

    code: ClassVar[str] = "congress.cell_time_wrong"


class TimeZoneWrong(CellWrong):
    """It is no time zone from GMT-12 to GMT+14."""

    code: ClassVar[str] = "congress.time_zone_wrong"


class CellsMerged(CellWrong):
    """The cells `cell` are merged."""

    code: ClassVar[str] = "congress.cells_merged"


class FormulaEmpty(CellWrong):
    """It is a formula whose value was not saved with it."""

    code: ClassVar[str] = "congress.formula_empty"


class ConferenceTooLarge(TooLarge):
    """A file of a conference is larger than `limit`."""

    code: ClassVar[str] = "congress.conference_too_large"


class ConferenceInfeasible(Conflict):
    """There is no way to put all talks, which need `needed` slots, into the `there` there are."""

    code: ClassVar[str] = "congress.conference_infeasible"
