"""Instances of all kinds, drawn by hypothesis."""

from hypothesis import strategies as st

from shulian.congress.rules.curricula.instance import Course, Curriculum, Instance, Room


@st.composite
def instances(draw: st.DrawFn) -> Instance:
    """With a place for each lecture, whether or not they get along."""
    days, slots = draw(st.integers(1, 4)), draw(st.integers(1, 5))
    periods = days * slots
    number = draw(st.integers(1, 6))
    rooms = draw(st.integers(1, 4))
    most = max(1, min(periods, periods * rooms // number))
    courses = tuple(
        Course(
            f"c{place}",
            f"t{draw(st.integers(0, number))}",
            lectures=draw(st.integers(0 if place else 1, most)),
            days=draw(st.integers(0, 5)),
            students=draw(st.integers(0, 60)),
        )
        for place in range(number)
    )
    if sum(one.lectures for one in courses) > periods * rooms:
        courses = courses[:1]
    some = st.lists(st.integers(0, len(courses) - 1), unique=True, max_size=4).map(tuple)
    curricula = draw(st.lists(some, max_size=5))
    return Instance(
        "drawn",
        days,
        slots,
        courses,
        tuple(Room(f"r{place}", draw(st.integers(0, 60))) for place in range(rooms)),
        tuple(Curriculum(f"q{place}", one) for place, one in enumerate(curricula)),
        frozenset(),
    )
