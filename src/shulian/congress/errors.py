"""What can go wrong with congresses, as one tree.

Failure
├── Invalid                  422  kit's own, with a code below `congress.` for each wrong field
│   ├── ConferenceUnreadable     a file of a conference is no spreadsheet
│   ├── SheetMissing             a sheet that it needs is not there
│   ├── CellWrong                a cell of it makes no sense; says which
│   │   ├── NumberWrong              no whole number, or none that can be
│   │   ├── NameMissing              something has no name
│   │   ├── NameTwice                two things have one name
│   │   ├── NameUnknown              nothing has that name
│   │   ├── TimeWrong                no time of day
│   │   ├── TimeZoneWrong            no time zone like GMT+8
│   │   ├── CellsMerged              cells are merged: it is unclear whose value that is
│   │   └── FormulaEmpty             a formula whose value was not saved with it
│   ├── ImportRefused            a programme cannot be brought in; says all that is in the way
│   ├── TimetableUnreadable      a file is no timetable of ours; says where
│   ├── TimetableTwice           two things of a timetable have one id
│   ├── TimetableStranger        a timetable names what it does not have
│   ├── TimetableWrong           a number or a span of a timetable cannot be
│   ├── ExchangeUnreadable       a file is not what its format says; says where it stops being it
│   ├── ExchangeUnsafe           a file declares entities, or lies deeper than any programme does
│   ├── ExchangeUnknown          a file of no format that is read
│   ├── ProgrammeFaulty          a file has faults; says which, by the place of each
│   └── CttLineWrong             a line of an instance of ITC-2007, or of its solution, is wrong
│       ├── CttNotText               it is not UTF-8, or holds characters that are not printed
│       ├── CttHeaderWrong           it should say something else
│       ├── CttCountWrong            its section has fewer lines than were announced
│       ├── CttFieldsWrong           it has too many words, or too few
│       ├── CttNumberWrong           no whole number, or none that can be
│       ├── CttNameTwice             two things have one name
│       └── CttNameUnknown           nothing has that name
├── TooLarge                 413
│   ├── ExchangeTooLarge         a file is larger than any programme
│   ├── ExchangeTooMany          a file has more sessions than any programme
│   ├── CttTooLarge              an instance of ITC-2007 has more bytes or lectures than we accept
│   └── ConferenceTooLarge       a file of more bytes or cells than any conference has
├── NotFound                 404
│   ├── CongressUnknown
│   ├── ThemeUnknown
│   ├── HallUnknown              the congress does not use that space
│   ├── ForumUnknown
│   ├── SessionUnknown
│   ├── SpeakerUnknown
│   ├── ReleaseUnknown
│   ├── ProposalUnknown
│   ├── SolveUnknown
│   └── AddressUnknown           no calendar is at that address
└── Conflict                 409
    ├── SlugTaken                another congress has that short name
    ├── CodeTaken                another forum of the congress has that code
    ├── NameTaken                another release of the congress has that name
    ├── GuidTaken                another forum, session, talk or speaker has that id
    ├── DraftMoved               somebody else changed it meanwhile; says what it is now
    ├── NotReady                 conflicts that block; says which
    ├── NothingNew               the draft is what was released last
    ├── HallsTaken               something else holds halls now; says which sessions
    ├── InUse                    it is still needed: a hall by sessions, a theme by forums …
    ├── SolveRuns                a timetable is being searched already
    ├── NothingFound             the search has no timetable yet
    ├── CallClosed               proposals are not taken now
    ├── Decided                  the proposal is accepted, rejected or withdrawn already
    ├── CurriculaInfeasible      no timetable can hold all lectures
    │   ├── CourseOverfull           a course has more lectures than periods in which it can be
    │   ├── TeacherOverfull          a teacher has more lectures than there are periods
    │   ├── CurriculumOverfull       a curriculum has more lectures than there are periods
    │   └── RoomsOverfull            there are more lectures than rooms and periods for them
    └── ConferenceInfeasible     there is no way to put all talks into the sessions
"""

from collections.abc import Sequence
from typing import Any, ClassVar

from shulian.kit.errors import Conflict, Invalid, NotFound, TooLarge


class ImportRefused(Invalid):
    """A programme cannot be brought in: each fault by its place, such as `sessions.3.title`."""

    code: ClassVar[str] = "congress.import_refused"


class CongressUnknown(NotFound):
    """There is no such congress, or one may not know of it."""

    code: ClassVar[str] = "congress.unknown"


class ThemeUnknown(NotFound):
    """The congress has no such theme."""

    code: ClassVar[str] = "congress.theme_unknown"


class HallUnknown(NotFound):
    """The congress does not use the space `space`."""

    code: ClassVar[str] = "congress.hall_unknown"


class ForumUnknown(NotFound):
    """The congress has no such forum."""

    code: ClassVar[str] = "congress.forum_unknown"


class SessionUnknown(NotFound):
    """The congress has no such session."""

    code: ClassVar[str] = "congress.session_unknown"


class SpeakerUnknown(NotFound):
    """The congress has no such speaker."""

    code: ClassVar[str] = "congress.speaker_unknown"


class ReleaseUnknown(NotFound):
    """There is no such release, or none yet."""

    code: ClassVar[str] = "congress.release_unknown"


class ProposalUnknown(NotFound):
    """There is no such proposal, or one may not know of it."""

    code: ClassVar[str] = "congress.proposal_unknown"


class SolveUnknown(NotFound):
    """There is no such search for a timetable."""

    code: ClassVar[str] = "congress.solve_unknown"


class AddressUnknown(NotFound):
    """No calendar is at that address, or not any more."""

    code: ClassVar[str] = "congress.address_unknown"


class SlugTaken(Conflict):
    """Another congress has the short name `slug`."""

    code: ClassVar[str] = "congress.slug_taken"


class CodeTaken(Conflict):
    """Another forum of the congress has the code `name`."""

    code: ClassVar[str] = "congress.code_taken"


class NameTaken(Conflict):
    """Another release of the congress has the name `name`."""

    code: ClassVar[str] = "congress.name_taken"


class GuidTaken(Conflict):
    """Something else has the id `guid`."""

    code: ClassVar[str] = "congress.guid_taken"


class DraftMoved(Conflict):
    """Somebody else changed the session meanwhile; `session` is what it is now."""

    code: ClassVar[str] = "congress.draft_moved"

    def __init__(self, session: Any = None) -> None:
        """Keep what it is now: a `types.Session`, which stands above the errors."""
        super().__init__()
        self.session = session


class NotReady(Conflict):
    """The draft has `count` conflicts that a release may not have: `conflicts`."""

    code: ClassVar[str] = "congress.not_ready"

    def __init__(self, conflicts: Sequence[Any] = ()) -> None:
        """Keep which: of `types.Conflict`, which stand above the errors."""
        super().__init__(count=len(conflicts))
        self.conflicts = tuple(conflicts)


class NothingNew(Conflict):
    """The draft is what was released last."""

    code: ClassVar[str] = "congress.nothing_new"


class HallsTaken(Conflict):
    """Something else has taken the halls of `count` sessions meanwhile: `sessions`."""

    code: ClassVar[str] = "congress.halls_taken"

    def __init__(self, sessions: Sequence[Any] = ()) -> None:
        """Keep their ids."""
        super().__init__(count=len(sessions))
        self.sessions = tuple(sessions)


class InUse(Conflict):
    """It is needed by `count` others: a hall or forum by sessions, a theme by forums."""

    code: ClassVar[str] = "congress.in_use"


class SolveRuns(Conflict):
    """A timetable is being searched for the congress already."""

    code: ClassVar[str] = "congress.solve_runs"


class NothingFound(Conflict):
    """The search has found no timetable that could become the draft."""

    code: ClassVar[str] = "congress.nothing_found"


class CallClosed(Conflict):
    """Proposals are not taken now."""

    code: ClassVar[str] = "congress.call_closed"


class Decided(Conflict):
    """The proposal is decided or withdrawn already."""

    code: ClassVar[str] = "congress.decided"


# conferences as spreadsheets


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


class TimetableUnreadable(Invalid):
    """What stands at `where` of the file cannot be read, for `reason`."""

    code: ClassVar[str] = "congress.timetable_unreadable"


class TimetableTwice(Invalid):
    """At `where` of the file stands the id `name`, which another one has."""

    code: ClassVar[str] = "congress.timetable_twice"


class TimetableStranger(Invalid):
    """At `where` of the file `name` is named, which is not in it."""

    code: ClassVar[str] = "congress.timetable_stranger"


class TimetableWrong(Invalid):
    """At `where` of the file stands `value`, which cannot be; `allowed` says what can."""

    code: ClassVar[str] = "congress.timetable_wrong"


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


# curriculum-based course timetabling


class CttLineWrong(Invalid):
    """Line `line` of the file is wrong."""

    code: ClassVar[str] = "congress.ctt_line_wrong"


class CttNotText(CttLineWrong):
    """It is not UTF-8, or holds characters that are not printed."""

    code: ClassVar[str] = "congress.ctt_not_text"


class CttHeaderWrong(CttLineWrong):
    """It should say `wanted`."""

    code: ClassVar[str] = "congress.ctt_header_wrong"


class CttCountWrong(CttLineWrong):
    """`section` ends there with `there` lines, and `wanted` were announced."""

    code: ClassVar[str] = "congress.ctt_count_wrong"


class CttFieldsWrong(CttLineWrong):
    """It has `there` words, and `wanted` are needed."""

    code: ClassVar[str] = "congress.ctt_fields_wrong"


class CttNumberWrong(CttLineWrong):
    """`said` is no whole number from `least` to `most`."""

    code: ClassVar[str] = "congress.ctt_number_wrong"


class CttNameTwice(CttLineWrong):
    """Something else is called `said`."""

    code: ClassVar[str] = "congress.ctt_name_twice"


class CttNameUnknown(CttLineWrong):
    """Nothing is called `said`."""

    code: ClassVar[str] = "congress.ctt_name_unknown"


class CttTooLarge(TooLarge):
    """An instance has more bytes or lectures than `limit`."""

    code: ClassVar[str] = "congress.ctt_too_large"


class CurriculaInfeasible(Conflict):
    """No timetable can hold all lectures without breaking a hard rule."""

    code: ClassVar[str] = "congress.curricula_infeasible"


class CourseOverfull(CurriculaInfeasible):
    """`name` has `needed` lectures and `there` periods in which it can be."""

    code: ClassVar[str] = "congress.course_overfull"


class TeacherOverfull(CurriculaInfeasible):
    """`name` gives `needed` lectures in `there` periods."""

    code: ClassVar[str] = "congress.teacher_overfull"


class CurriculumOverfull(CurriculaInfeasible):
    """`name` has `needed` lectures in `there` periods."""

    code: ClassVar[str] = "congress.curriculum_overfull"


class RoomsOverfull(CurriculaInfeasible):
    """`needed` lectures want a room, and all rooms hold `there` in all periods."""

    code: ClassVar[str] = "congress.rooms_overfull"


class SolveNotApplied(Conflict):
    """Nothing of this search is in the draft, so there is nothing to undo."""

    code: ClassVar[str] = "congress.solve_not_applied"
