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
│   ├── ExchangeStopped          a file takes more time or memory to read than any programme
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
│   ├── AddressUnknown           no calendar is at that address
│   └── UploadGone               the file that one looked at is not kept any more
└── Conflict                 409
    ├── SlugTaken                another congress has that short name
    ├── CodeTaken                another forum of the congress has that code
    ├── NameTaken                another release of the congress has that name
    ├── GuidTaken                another forum, session, talk or speaker has that id
    ├── DraftMoved               somebody else changed it meanwhile; says what it is now
    ├── PreviewOld               the draft is not the one before which an import was looked at
    ├── NotReady                 conflicts that block; says which
    ├── NothingNew               the draft is what was released last
    ├── HallsTaken               something else holds halls now; says which sessions
    ├── InUse                    it is still needed: a hall by sessions, a theme by forums …
    ├── SolveRuns                a timetable is being searched already
    ├── SolveNotApplied          nothing of the search is in the draft
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

from shulian.congress.errors.conferences import (
    CellsMerged,
    CellWrong,
    ConferenceInfeasible,
    ConferenceTooLarge,
    ConferenceUnreadable,
    FormulaEmpty,
    NameMissing,
    NameTwice,
    NameUnknown,
    NumberWrong,
    SheetMissing,
    TimeWrong,
    TimeZoneWrong,
)
from shulian.congress.errors.congresses import (
    AddressUnknown,
    CallClosed,
    CodeTaken,
    CongressUnknown,
    Decided,
    DraftMoved,
    ForumUnknown,
    GuidTaken,
    HallsTaken,
    HallUnknown,
    InUse,
    NameTaken,
    NothingFound,
    NothingNew,
    NotReady,
    ProposalUnknown,
    ReleaseUnknown,
    SessionUnknown,
    SlugTaken,
    SolveNotApplied,
    SolveRuns,
    SolveUnknown,
    SpeakerUnknown,
    ThemeUnknown,
)
from shulian.congress.errors.curricula import (
    CourseOverfull,
    CttCountWrong,
    CttFieldsWrong,
    CttHeaderWrong,
    CttLineWrong,
    CttNameTwice,
    CttNameUnknown,
    CttNotText,
    CttNumberWrong,
    CttTooLarge,
    CurriculaInfeasible,
    CurriculumOverfull,
    RoomsOverfull,
    TeacherOverfull,
)
from shulian.congress.errors.exchange import (
    ExchangeStopped,
    ExchangeTooLarge,
    ExchangeTooMany,
    ExchangeUnknown,
    ExchangeUnreadable,
    ExchangeUnsafe,
    ImportRefused,
    PreviewOld,
    ProgrammeFaulty,
    UploadGone,
)
from shulian.congress.errors.timetables import (
    TimetableStranger,
    TimetableTwice,
    TimetableUnreadable,
    TimetableWrong,
)

__all__ = [
    "AddressUnknown",
    "CallClosed",
    "CellWrong",
    "CellsMerged",
    "CodeTaken",
    "ConferenceInfeasible",
    "ConferenceTooLarge",
    "ConferenceUnreadable",
    "CongressUnknown",
    "CourseOverfull",
    "CttCountWrong",
    "CttFieldsWrong",
    "CttHeaderWrong",
    "CttLineWrong",
    "CttNameTwice",
    "CttNameUnknown",
    "CttNotText",
    "CttNumberWrong",
    "CttTooLarge",
    "CurriculaInfeasible",
    "CurriculumOverfull",
    "Decided",
    "DraftMoved",
    "ExchangeStopped",
    "ExchangeTooLarge",
    "ExchangeTooMany",
    "ExchangeUnknown",
    "ExchangeUnreadable",
    "ExchangeUnsafe",
    "FormulaEmpty",
    "ForumUnknown",
    "GuidTaken",
    "HallUnknown",
    "HallsTaken",
    "ImportRefused",
    "InUse",
    "NameMissing",
    "NameTaken",
    "NameTwice",
    "NameUnknown",
    "NotReady",
    "NothingFound",
    "NothingNew",
    "NumberWrong",
    "PreviewOld",
    "ProgrammeFaulty",
    "ProposalUnknown",
    "ReleaseUnknown",
    "RoomsOverfull",
    "SessionUnknown",
    "SheetMissing",
    "SlugTaken",
    "SolveNotApplied",
    "SolveRuns",
    "SolveUnknown",
    "SpeakerUnknown",
    "TeacherOverfull",
    "ThemeUnknown",
    "TimeWrong",
    "TimeZoneWrong",
    "TimetableStranger",
    "TimetableTwice",
    "TimetableUnreadable",
    "TimetableWrong",
    "UploadGone",
]
