"""With the files of timetables."""

from typing import ClassVar

from shulian.kit.errors import Invalid


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
