"""What tests of congresses are built from: two days in a small park, three halls, four sessions."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from tests.identity.accounts import actor, join, organization, person
from tests.park.plans import PARK, box, imported, small_park, space

from shulian.app.reactions import reactions
from shulian.booking.types import Span
from shulian.congress import api
from shulian.congress.types import (
    Congress,
    CongressId,
    Credit,
    Forum,
    ForumId,
    Hall,
    Minutes,
    Part,
    Placement,
    Session,
    SessionId,
    SessionKind,
    Speaker,
    SpeakerId,
    Talk,
    TalkId,
    Theme,
    ThemeId,
)
from shulian.identity.types import Actor, Organization, OrganizationKind, Role
from shulian.kit.bus import Bus
from shulian.kit.db import Db
from shulian.kit.text import Text
from shulian.park.types import ParkPlan, SpaceId, SpaceKind

NOW = datetime(2026, 11, 22, 4, 0, tzinfo=UTC)
FIRST = date(2026, 12, 7)
MORNING = datetime(2026, 12, 7, 1, 0, tzinfo=UTC)
"""Nine o'clock in Shanghai."""
BIG, SMALL, FAR = SpaceId("yq-hall"), SpaceId("yq-room"), SpaceId("yq-plaza")
AI, CHIPS = (ThemeId(UUID(int=one)) for one in (0x11, 0x12))
OPENING, MODELS, SILICON = (ForumId(UUID(int=one)) for one in (0x21, 0x22, 0x23))
PLENARY, MODELS_1, MODELS_2, SILICON_1 = (SessionId(UUID(int=one)) for one in range(0x31, 0x35))
ANN, BO = (SpeakerId(UUID(int=one)) for one in (0x41, 0x42))


def at(hours: float, hall: SpaceId = BIG) -> Placement:
    """So many hours after nine o'clock of the first day."""
    return Placement(hall, MORNING + timedelta(hours=hours))


def hours(start: float, end: float) -> Span:
    """From `start` to `end` hours after nine o'clock of the first day."""
    return Span(MORNING + timedelta(hours=start), MORNING + timedelta(hours=end))


DAYS = (hours(0, 9), hours(24, 33))
HALLS = (
    Hall(BIG, Text("多功能厅1东", "Multi-function Hall 1 East"), 400, DAYS),
    Hall(SMALL, Text(en="room"), 40, DAYS),
    Hall(FAR, Text("云广场", "Cloud Plaza"), 1000, (hours(0, 9),)),
)
THEMES = (
    Theme(AI, Text("人工智能", "AI"), 0),
    Theme(CHIPS, Text("芯片", "Chips"), 1),
)
FORUMS = (
    Forum(OPENING, Text("开幕", "Opening")),
    Forum(
        MODELS,
        Text("大模型论坛（示例）", "Forum on models (sample)"),
        theme=AI,
        code="F1",
        credits=(Credit(Part.HOST, Text("示例大学", "Sample University")),),
    ),
    Forum(
        SILICON,
        Text("芯片论坛（示例）", "Forum on silicon (sample)"),
        theme=CHIPS,
        code="F2",
        credits=(Credit(Part.ORGANIZER, Text("示例大学", "Sample University")),),
    ),
)
SPEAKERS = (
    Speaker(ANN, Text("安示例", "Ann Sample"), Text("教授", "Professor")),
    Speaker(BO, Text("柏示例", "Bo Sample")),
)
SESSIONS = (
    Session(
        PLENARY,
        OPENING,
        SessionKind.PLENARY,
        Text("全体会议", "Plenary"),
        Minutes(60),
        attendance=300,
        speakers=(ANN,),
        placed=at(0),
    ),
    Session(
        MODELS_1,
        MODELS,
        SessionKind.FORUM,
        Text("大模型（上）", "Models I"),
        Minutes(120),
        attendance=200,
        talks=(
            Talk(TalkId(UUID(int=0x51)), Text("演讲", "Talk"), minutes=Minutes(30), speakers=(BO,)),
        ),
        placed=at(1.5),
    ),
    Session(
        SILICON_1,
        SILICON,
        SessionKind.FORUM,
        Text("硅", "Silicon"),
        Minutes(60),
        attendance=30,
        speakers=(ANN,),
        placed=at(4, SMALL),
    ),
    Session(MODELS_2, MODELS, SessionKind.PANEL, Text("大模型（下）", "Models II"), Minutes(90)),
)


def grounds() -> ParkPlan:
    """The small park, with a room beside its hall."""
    plan = small_park()
    room = space("room", "f1", SpaceKind.MEETING_ROOM, shape=box(24, 1, 10, 10, 0, 3), capacity=40)
    return replace(plan, spaces=(*plan.spaces, room))


@dataclass(frozen=True, slots=True)
class Gathering:
    """A congress with a draft, and people around it."""

    db: Db
    bus: Bus
    congress: CongressId
    organizer: Organization
    planner: Actor
    """Of the park's operator: makes the congress."""
    host: Actor
    """Edits the forum on models for a university."""
    visitor: Actor

    def draft(self) -> api.Draft:
        """As its makers see it."""
        return api.draft(self.db, self.planner, self.congress, now=NOW)

    def session(self, which: SessionId) -> Session:
        """A session as it is in the draft."""
        return next(one for one in self.draft().programme.sessions if one.id == which)

    def place(self, which: SessionId, where: Placement | None, *, by: Actor | None = None) -> int:
        """Place a session that nobody else has changed."""
        return api.place_sessions(
            self.db,
            self.bus,
            by or self.planner,
            self.congress,
            {which: where},
            versions={which: self.session(which).version},
            now=NOW,
        )


def gather(db: Db) -> Gathering:
    """The congress, in its park."""
    imported(db, grounds())
    operator = organization(db, "Sample Operations", OrganizationKind.OPERATOR)
    university = organization(db, "Sample University", OrganizationKind.UNIVERSITY)
    people = [person(db, f"{name}@park.example") for name in ("pia", "hans", "vera")]
    join(db, people[0], operator, Role.ORGANIZER)
    join(db, people[1], university, Role.ORGANIZER)
    planner, host, visitor = (actor(db, one) for one in people)
    bus = Bus(db, reactions())
    made = api.add_congress(
        db,
        bus,
        planner,
        organizer=operator.id,
        park=PARK,
        slug="sample-2026",
        title=Text("示例大会", "Sample Congress"),
        first=FIRST,
        last=FIRST + timedelta(days=1),
        now=NOW,
    )
    gathering = Gathering(db, bus, made.id, operator, planner, host, visitor)
    _fill(gathering, university)
    return gathering


def _fill(made: Gathering, university: Organization) -> None:
    by = (made.db, made.bus, made.planner, made.congress)
    api.put_themes(*by, THEMES, now=NOW)
    for hall in HALLS:
        api.put_hall(*by, hall, now=NOW)
    for forum in FORUMS:
        whose = university.id if forum.id == MODELS else None
        api.add_forum(*by, replace(forum, organization=whose), now=NOW)
    for speaker in SPEAKERS:
        api.add_speaker(*by, speaker, now=NOW)
    for session in SESSIONS:
        api.add_session(*by, session, now=NOW)


def congress_of(made: Gathering) -> Congress:
    """The congress itself."""
    return made.draft().programme.congress
