"""With curriculum-based course timetabling: its files, and what cannot be timetabled."""

from typing import ClassVar

from shulian.kit.errors import Conflict, Invalid, TooLarge


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
