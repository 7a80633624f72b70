"""An invented congress for the benchmark: forums, sessions, halls and speakers of a seed."""

import numpy as np

from shulian.congress.rules.timetable.problem import (
    DAY,
    Hall,
    Place,
    Problem,
    Session,
    Speaker,
    Stretch,
)

CAPACITIES = (1200, 600, 400, 300, 300, 200, 150, 120, 80)
THEMES = 10
FORUMS = 30
SESSIONS = 110
DAYS = 3
SPEAKERS = 3
"""Of a session."""
GUESTS = 0.05
"""The share of speakers who may speak in any forum."""
HOSTS = 40
LIMITED, EARLY, ON_A_DAY, ONLINE = range(4)
"""Kinds of speakers, of ten that are equally frequent."""
PARTNERS = 0.3
"""The share of forums that have two hosts."""
EXPECTED = (60, 100, 140, 180, 250, 350, 500, 800)
"""Persons in a forum."""
SHARES = (0.2, 0.2, 0.2, 0.15, 0.1, 0.08, 0.05, 0.02)


def congress(seed: int) -> Problem:
    """30 forums, 110 sessions, 9 halls, 3 days: with plenaries, wishes, absences and walks."""
    rng = np.random.default_rng(seed)
    days = tuple(Stretch(day * DAY, (day + 1) * DAY) for day in range(DAYS))
    hours = tuple(Stretch(day.start + 9 * 60, day.start + 18 * 60) for day in days)
    halls = tuple(
        Hall(f"hall-{number}", capacity, hours) for number, capacity in enumerate(CAPACITIES)
    )
    walks = {
        (one.id, other.id): 3 + 5 * abs(first % 3 - second % 3)
        for first, one in enumerate(halls)
        for second, other in enumerate(halls)
        if one is not other
    }
    counts = np.full(FORUMS, (SESSIONS - 2) // FORUMS)
    counts[rng.permutation(FORUMS)[: SESSIONS - 2 - int(counts.sum())]] += 1
    sessions: list[Session] = []
    for forum, count in enumerate(counts.tolist()):
        sessions += _forum(rng, forum, count, sum(counts.tolist()))
    opening, closing = Place("hall-0", hours[0].start), Place("hall-0", hours[-1].end - 60)
    sessions += [
        Session(name, 60, attendance=1100, plenary=True, placed=place, pinned=True)
        for name, place in (("opening", opening), ("closing", closing))
    ]
    names = sorted({name for session in sessions for name in session.speakers})
    speakers = tuple(_speaker(rng, name, hours) for name in names)
    return Problem(halls, tuple(sessions), speakers, days=days, buffer=15, walks=walks)


def _forum(rng: np.random.Generator, forum: int, count: int, guests: int) -> list[Session]:
    """A forum with speakers of its own, of whom some have been asked by another one too."""
    expected = int(rng.choice(EXPECTED, p=SHARES))
    organizers = {f"host-{rng.integers(HOSTS)}"}
    if rng.uniform() < PARTNERS:
        organizers.add(f"host-{rng.integers(HOSTS)}")
    return [
        Session(
            f"forum-{forum}-{number}",
            int(rng.choice([45, 60, 75, 90])),
            forum=f"forum-{forum}",
            theme=f"theme-{forum % THEMES}",
            attendance=int(expected * rng.uniform(0.7, 1.3)),
            speakers=tuple(
                _name(rng, f"{forum}-{number}-{one}", guests) for one in range(SPEAKERS)
            ),
            organizers=tuple(sorted(organizers)),
        )
        for number in range(count)
    ]


def _speaker(rng: np.random.Generator, name: str, hours: tuple[Stretch, ...]) -> Speaker:
    """One in ten can be there on two days only, one in five has a wish, one in ten is online."""
    kind = int(rng.integers(10))
    first, second = sorted(int(one) for one in rng.choice(len(hours), 2, replace=False))
    if kind == LIMITED:
        return Speaker(name, available=(hours[first], hours[second]))
    if kind == EARLY:
        return Speaker(name, wished=tuple(Stretch(one.start, one.start + 240) for one in hours))
    if kind == ON_A_DAY:
        return Speaker(name, wished=(hours[first],))
    return Speaker(name, online=kind == ONLINE)


def _name(rng: np.random.Generator, own: str, guests: int) -> str:
    """Of a speaker of a forum, or of one who may speak in several."""
    return f"guest-{rng.integers(guests)}" if rng.uniform() < GUESTS else f"speaker-{own}"
