"""The programme of a congress as a problem, and solutions as placements."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from shulian.booking.types import Span
from shulian.congress.rules.timetable.problem import (
    Hall,
    Place,
    Session,
    Speaker,
    Stretch,
)
from shulian.congress.rules.timetable.programme import of_programme, placements
from shulian.congress.types import (
    Congress,
    CongressId,
    Credit,
    Forum,
    ForumId,
    Minutes,
    Part,
    Placement,
    Presence,
    Programme,
    SessionId,
    SessionKind,
    SpeakerId,
    Surroundings,
    ThemeId,
)
from shulian.congress.types import Hall as CongressHall
from shulian.congress.types import Session as CongressSession
from shulian.congress.types import Speaker as CongressSpeaker
from shulian.identity.types import OrganizationId
from shulian.kit.text import Text
from shulian.park.types import SpaceId

MIDNIGHT = datetime(2026, 3, 27, 23, tzinfo=UTC)
"""In Berlin, of the day before clocks are put forward."""
CONGRESS = Congress(
    id=CongressId(UUID(int=1)),
    organizer=OrganizationId(UUID(int=2)),
    park=SpaceId("park"),
    title=Text("示例大会", "Sample congress"),
    about=Text(),
    first=date(2026, 3, 28),
    last=date(2026, 3, 29),
    timezone="Europe/Berlin",
    slug="sample",
)
BIG, ROOM, ELSEWHERE = SpaceId("big"), SpaceId("room"), SpaceId("elsewhere")
THEME, FORUM = ThemeId(UUID(int=3)), ForumId(UUID(int=4))
TALK, DINNER = SessionId(UUID(int=5)), SessionId(UUID(int=6))
ANN, BO = SpeakerId(UUID(int=7)), SpeakerId(UUID(int=8))


def span(start: float, end: float) -> Span:
    """From so many to so many minutes after the first midnight."""
    return Span(MIDNIGHT + timedelta(minutes=start), MIDNIGHT + timedelta(minutes=end))


PROGRAMME = Programme(
    CONGRESS,
    halls=(CongressHall(BIG, Text("大厅"), 100, (span(540, 1080),)),),
    forums=(
        Forum(
            FORUM,
            Text(en="Forum"),
            theme=THEME,
            credits=(
                Credit(Part.HOST, Text("示例大学")),
                Credit(Part.SUPPORTER, Text("示例公司")),
            ),
        ),
    ),
    sessions=(
        CongressSession(
            TALK,
            FORUM,
            SessionKind.PLENARY,
            Text(en="Talk"),
            Minutes(60),
            attendance=30,
            speakers=(ANN, SpeakerId(UUID(int=99))),
            placed=Placement(BIG, MIDNIGHT + timedelta(minutes=600)),
            pinned=True,
        ),
        CongressSession(
            DINNER,
            FORUM,
            SessionKind.SIDE,
            Text("晚宴"),
            Minutes(120),
            placed=Placement(ELSEWHERE, MIDNIGHT),
            pinned=True,
        ),
    ),
    speakers=(
        CongressSpeaker(ANN, Text("安"), presence=Presence.ONLINE, available=(span(-60, 700.5),)),
        CongressSpeaker(BO, Text("波"), available=(span(9000, 9999),), wished=(span(0, 9999),)),
    ),
)


def test_a_programme_becomes_a_problem() -> None:
    around = Surroundings(
        taken={BIG: (span(660.5, 690.5), Span(MIDNIGHT + timedelta(minutes=690), None))},
        walks={(BIG, ROOM): 3.2, (BIG, BIG): 0.4},
    )

    problem = of_programme(PROGRAMME, around, step=5, buffer=10, rests=True)

    assert problem.days == (Stretch(0, 1440), Stretch(1440, 1440 + 23 * 60))
    assert problem.halls == (
        Hall("big", 100, (Stretch(540, 1080),), "大厅", (Stretch(660, 1440 + 23 * 60),)),
    )
    assert problem.speakers == (
        Speaker(str(ANN), "安", (Stretch(0, 700),), online=True),
        Speaker(str(BO), "波", (Stretch(0, 1),), (Stretch(0, 1440 + 23 * 60),)),
    )
    assert problem.sessions == (
        Session(
            str(TALK),
            60,
            "Talk",
            str(FORUM),
            str(THEME),
            30,
            (str(ANN),),
            ("示例大学",),
            plenary=True,
            placed=Place("big", 600),
            pinned=True,
        ),
        Session(str(DINNER), 120, "晚宴", str(FORUM), organizers=("示例大学",), aside=True),
    )
    assert (problem.title, problem.step, problem.buffer, problem.rests, problem.walks) == (
        "示例大会",
        5,
        10,
        True,
        {(BIG, BIG): 1},
    )


def test_a_session_before_the_congress_counts_as_not_placed() -> None:
    early = replace(PROGRAMME.sessions[0], placed=Placement(BIG, MIDNIGHT - timedelta(minutes=1)))

    problem = of_programme(replace(PROGRAMME, sessions=(early,)), Surroundings())

    assert (problem.sessions[0].placed, problem.sessions[0].pinned) == (None, False)


def test_a_solution_becomes_placements() -> None:
    found = placements(CONGRESS, {str(TALK): Place("big", 1500)})

    assert found == {TALK: Placement(BIG, MIDNIGHT + timedelta(minutes=1500))}
