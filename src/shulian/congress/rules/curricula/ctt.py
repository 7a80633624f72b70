"""The files of the competition: an instance as `.ctt`, a solution as lines of four words.

The formats are those of "International timetabling competition 2007, track 3: the formats of
input and output". A repeated line that says nothing new (an absence, a course of a curriculum) is
taken once; anything else that is not as the format wants it is refused with its line.
"""

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from shulian.congress.errors import (
    CttCountWrong,
    CttFieldsWrong,
    CttHeaderWrong,
    CttNameTwice,
    CttNameUnknown,
    CttNotText,
    CttNumberWrong,
    CttTooLarge,
)
from shulian.congress.rules.curricula.instance import (
    Course,
    Curriculum,
    Instance,
    Lecture,
    Room,
    Solution,
)

LARGEST_FILE = 8_000_000
"""[B]; the largest instance of the competition has 20 000."""
MOST_COURSES = 3_000
MOST_LECTURES = 20_000
"""Of all courses together."""
MOST_ROOMS = 1_000
MOST_CURRICULA = 5_000
MOST_DAYS = 31
MOST_SLOTS = 60
"""Periods of a day: the search keeps a day in the bits of one number."""
MOST_PERSONS = 1_000_000
_COUNTS = (
    ("Courses", 0, MOST_COURSES),
    ("Rooms", 0, MOST_ROOMS),
    ("Days", 1, MOST_DAYS),
    ("Periods_per_day", 1, MOST_SLOTS),
    ("Curricula", 0, MOST_CURRICULA),
    ("Constraints", 0, MOST_COURSES * MOST_DAYS * MOST_SLOTS),
)
"""What the head of the file announces, with the least and the most of each."""
_DIGITS = 9
"""More than any limit has."""


@dataclass(frozen=True, slots=True)
class _Line:
    """A line that says something: where it stands, and its words."""

    number: int
    words: tuple[str, ...]

    def whole(self, place: int, *, least: int = 0, most: int) -> int:
        """The whole number at a place of the line."""
        said = self.words[place]
        if not (said.isascii() and said.isdigit() and len(said) <= _DIGITS):
            raise CttNumberWrong(line=self.number, said=said, least=least, most=most)
        value = int(said)
        if not least <= value <= most:
            raise CttNumberWrong(line=self.number, said=said, least=least, most=most)
        return value


def read(content: bytes) -> Instance:
    """An instance from the bytes of its file."""
    lines = _lines(content)
    name = " ".join(_header(lines, "Name").words[1:])
    counts = {
        title: _header(lines, title).whole(1, least=least, most=most)
        for title, least, most in _COUNTS
    }
    courses, places = _courses(_section(lines, "COURSES:", counts["Courses"], fields=5))
    rooms = _rooms(_section(lines, "ROOMS:", counts["Rooms"], fields=2))
    found = _section(lines, "CURRICULA:", counts["Curricula"])
    curricula = tuple(_curriculum(one, places) for one in found)
    days, slots = counts["Days"], counts["Periods_per_day"]
    away = _section(lines, "UNAVAILABILITY_CONSTRAINTS:", counts["Constraints"], fields=3)
    closed = frozenset(
        (
            _known(one, 0, places),
            one.whole(1, most=days - 1) * slots + one.whole(2, most=slots - 1),
        )
        for one in away
    )
    _only(lines, "END.")
    return Instance(name, days, slots, courses, rooms, curricula, closed)


def read_solution(instance: Instance, content: bytes) -> Solution:
    """A solution from the bytes of its file: course, room, day and period of a lecture a line."""
    courses = {one.name: place for place, one in enumerate(instance.courses)}
    rooms = {one.name: place for place, one in enumerate(instance.rooms)}
    found: list[Lecture] = []
    for one in _lines(content):
        if not one.words:
            break
        _fields(one, 4)
        day = one.whole(2, most=instance.days - 1)
        slot = one.whole(3, most=instance.slots - 1)
        period = day * instance.slots + slot
        found.append(Lecture(_known(one, 0, courses), period, _known(one, 1, rooms)))
    return tuple(found)


def write(instance: Instance, solution: Sequence[Lecture]) -> str:
    """The file of a solution: a line a lecture, in the order of courses, then of time."""
    return "".join(
        f"{instance.courses[one.course].name} {instance.rooms[one.room].name}"
        f" {one.period // instance.slots} {one.period % instance.slots}\n"
        for one in sorted(solution)
    )


def _lines(content: bytes) -> Iterator[_Line]:
    """The lines that say something, and one without words where the file ends."""
    if len(content) > LARGEST_FILE:
        raise CttTooLarge(limit=LARGEST_FILE)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise CttNotText(line=content[: error.start].count(b"\n") + 1) from error
    number = 0
    for number, line in enumerate(text.split("\n"), start=1):
        words = tuple(line.split())
        if any(not word.isprintable() for word in words):
            raise CttNotText(line=number)
        if words:
            yield _Line(number, words)
    yield _Line(number, ())


def _header(lines: Iterator[_Line], title: str) -> _Line:
    line = next(lines)
    if line.words[:1] != (f"{title}:",):
        raise CttHeaderWrong(line=line.number, wanted=f"{title}:")
    if title != "Name":
        _fields(line, 2)
    return line


def _only(lines: Iterator[_Line], title: str) -> None:
    """The next line says this and nothing else."""
    line = next(lines)
    if line.words != (title,):
        raise CttHeaderWrong(line=line.number, wanted=title)


def _section(
    lines: Iterator[_Line], title: str, count: int, *, fields: int | None = None
) -> list[_Line]:
    """The lines below a title, as many as the head of the file has announced."""
    _only(lines, title)
    found: list[_Line] = []
    for place in range(count):
        line = next(lines)
        if not line.words or len(line.words) == 1:
            raise CttCountWrong(line=line.number, section=title, wanted=count, there=place)
        if fields is not None:
            _fields(line, fields)
        found.append(line)
    return found


def _fields(line: _Line, wanted: int) -> None:
    if len(line.words) != wanted:
        raise CttFieldsWrong(line=line.number, wanted=wanted, there=len(line.words))


def _courses(lines: Iterable[_Line]) -> tuple[tuple[Course, ...], dict[str, int]]:
    """All courses, and which place has which name."""
    found: list[Course] = []
    places: dict[str, int] = {}
    lectures = 0
    for one in lines:
        name, teacher = one.words[:2]
        _new(one, name, places)
        course = Course(
            name,
            teacher,
            lectures=one.whole(2, most=MOST_LECTURES),
            days=one.whole(3, most=MOST_LECTURES),
            students=one.whole(4, most=MOST_PERSONS),
        )
        lectures += course.lectures
        if lectures > MOST_LECTURES:
            raise CttTooLarge(limit=MOST_LECTURES)
        places[name] = len(found)
        found.append(course)
    return tuple(found), places


def _rooms(lines: Iterable[_Line]) -> tuple[Room, ...]:
    found: dict[str, Room] = {}
    for one in lines:
        _new(one, one.words[0], found)
        found[one.words[0]] = Room(one.words[0], one.whole(1, most=MOST_PERSONS))
    return tuple(found.values())


def _curriculum(line: _Line, places: Mapping[str, int]) -> Curriculum:
    wanted = line.whole(1, most=MOST_COURSES)
    _fields(line, wanted + 2)
    courses = tuple(_known(line, place, places) for place in range(2, wanted + 2))
    return Curriculum(line.words[0], tuple(dict.fromkeys(courses)))


def _new(line: _Line, name: str, known: Container[str]) -> None:
    if name in known:
        raise CttNameTwice(line=line.number, said=name)


def _known(line: _Line, place: int, places: Mapping[str, int]) -> int:
    name = line.words[place]
    if name not in places:
        raise CttNameUnknown(line=line.number, said=name)
    return places[name]
