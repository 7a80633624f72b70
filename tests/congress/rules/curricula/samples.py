"""A small invented instance, its file, and a solution of it that is counted by hand."""

from shulian.congress.rules.curricula.instance import (
    Course,
    Curriculum,
    Instance,
    Lecture,
    Room,
    Solution,
)

SMALL = Instance(
    "Sample 2026",
    days=2,
    slots=3,
    courses=(
        Course("modelling", "ada", lectures=3, days=2, students=30),
        Course("rendering", "bo", lectures=2, days=2, students=40),
        Course("twins", "ada", lectures=1, days=1, students=20),
    ),
    rooms=(Room("large", 40), Room("small", 25)),
    curricula=(Curriculum("scenes", (0, 1)), Curriculum("places", (2, 1))),
    closed=frozenset({(2, 0), (1, 5)}),
)

FILE = """\
Name: Sample 2026
Courses: 3
Rooms: 2
Days: 2
Periods_per_day: 3
Curricula: 2
Constraints: 2

COURSES:
modelling ada 3 2 30
rendering bo 2 2 40
twins ada 1 1 20

ROOMS:
large 40
small\t25

CURRICULA:
scenes 2 modelling rendering
places 2 twins rendering

UNAVAILABILITY_CONSTRAINTS:
twins 0 0
rendering 1 2

END.
"""

SOLVED: Solution = (
    Lecture(0, 0, 0),
    Lecture(0, 1, 0),
    Lecture(0, 3, 1),
    Lecture(1, 2, 1),
    Lecture(1, 4, 0),
    Lecture(2, 5, 1),
)
"""modelling is on the first day's first two periods in the large room, and so on."""

SOLVED_FILE = """\
modelling large 0 0
modelling large 0 1
modelling small 1 0
rendering small 0 2
rendering large 1 1
twins small 1 2
"""
