"""Programmes for tests of exchange: any there may be, and a small one that reads like real."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from shulian.booking.types import Span
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
    Presence,
    Programme,
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
from shulian.identity.types import OrganizationId, PersonId
from shulian.kit.text import Text
from shulian.park.types import SpaceId

ZONES = ("Asia/Shanghai", "Europe/Berlin", "America/New_York", "Africa/Cairo", "Etc/GMT+8", "UTC")
AWKWARD = "数大会<>&\"'=+-@\r\n\t \x00\x85\u2028,;:\\?]/aA１é𠮷\x7f\ufffe；："
WORDS = st.text(AWKWARD, max_size=7)
"""What formats escape, fold, strip or take for something else."""
TEXTS = st.builds(Text, WORDS, WORDS)
MINUTES = st.integers(0, 24 * 60).map(Minutes)
INSTANTS = st.timedeltas(timedelta(), timedelta(days=5)).map(
    lambda after: datetime(2026, 3, 27, tzinfo=UTC) + after
)


def _span(start: datetime, hours: int) -> Span:
    return Span(start, start + timedelta(hours=hours))


def _spans(most: int = 2) -> st.SearchStrategy[tuple[Span, ...]]:
    span = st.builds(_span, INSTANTS, st.integers(1, 9))
    return st.lists(span, max_size=most).map(tuple)


@st.composite
def programmes(draw: st.DrawFn) -> Programme:
    """Any programme that hangs together; days on which clocks change are among its own."""
    themes = tuple(
        Theme(ThemeId(one), draw(TEXTS), draw(st.integers(0, 9))) for one in draw(_ids(2))
    )
    halls = tuple(
        Hall(SpaceId(one), draw(TEXTS), draw(st.integers(0, 900)), draw(_spans()))
        for one in draw(
            st.lists(st.from_regex("[a-z0-9]{1,8}", fullmatch=True), unique=True, max_size=3)
        )
    )
    speakers = tuple(draw(_speaker(one)) for one in draw(_ids(3)))
    forums = tuple(draw(_forum(one, themes)) for one in draw(_ids(2, least=1)))
    sessions = tuple(draw(_session(one, forums, halls, speakers)) for one in draw(_ids(4)))
    return Programme(draw(_congress()), themes, halls, forums, sessions, speakers)


def _ids(most: int, least: int = 0) -> st.SearchStrategy[list[UUID]]:
    return st.lists(st.uuids(), unique=True, min_size=least, max_size=most)


def _congress() -> st.SearchStrategy[Congress]:
    return st.builds(
        Congress,
        id=st.uuids().map(CongressId),
        organizer=st.uuids().map(OrganizationId),
        park=st.just(SpaceId("park")),
        title=TEXTS,
        about=TEXTS,
        first=st.just(date(2026, 3, 28)),
        last=st.just(date(2026, 3, 30)),
        timezone=st.sampled_from(ZONES),
        slug=st.from_regex("[a-zA-Z][a-zA-Z0-9-]{0,8}", fullmatch=True),
        version=st.integers(0, 2**40),
    )


def _speaker(one: UUID) -> st.SearchStrategy[Speaker]:
    return st.builds(
        Speaker,
        id=st.just(SpeakerId(one)),
        name=TEXTS,
        title=TEXTS,
        about=TEXTS,
        person=st.none() | st.uuids().map(PersonId),
        presence=st.sampled_from(Presence),
        available=_spans(),
        wished=_spans(1),
    )


def _forum(one: UUID, themes: tuple[Theme, ...]) -> st.SearchStrategy[Forum]:
    credit = st.builds(Credit, st.sampled_from(Part), TEXTS)
    return st.builds(
        Forum,
        id=st.just(ForumId(one)),
        title=TEXTS,
        about=TEXTS,
        theme=st.sampled_from([None, *(theme.id for theme in themes)]),
        code=WORDS,
        organization=st.none() | st.uuids().map(OrganizationId),
        credits=st.lists(credit, max_size=2).map(tuple),
    )


def _session(
    one: UUID, forums: tuple[Forum, ...], halls: tuple[Hall, ...], speakers: tuple[Speaker, ...]
) -> st.SearchStrategy[Session]:
    ids = [each.id for each in speakers]
    who = st.lists(st.sampled_from(ids), unique=True, max_size=2).map(tuple) if ids else st.just(())
    talk = st.builds(
        Talk, id=st.uuids().map(TalkId), title=TEXTS, about=TEXTS, minutes=MINUTES, speakers=who
    )
    placed = st.none()
    if halls:
        space = st.sampled_from([each.space for each in halls])
        placed |= st.builds(Placement, hall=space, start=INSTANTS)
    return st.builds(
        Session,
        id=st.just(SessionId(one)),
        forum=st.sampled_from([each.id for each in forums]),
        kind=st.sampled_from(SessionKind),
        title=st.builds(Text, WORDS, WORDS.map(lambda words: f"x{words}")),
        minutes=MINUTES,
        about=TEXTS,
        attendance=st.integers(0, 5000),
        language=st.sampled_from(["", "zh", "zh-CN,en"]),
        talks=st.lists(talk, max_size=2, unique_by=lambda each: each.id).map(tuple),
        speakers=who,
        placed=placed,
        pinned=st.booleans(),
        link=st.sampled_from(["", "https://live.example/1"]),
        version=st.integers(0, 9),
    )


SHANGHAI = ZoneInfo("Asia/Shanghai")
HALL_A, HALL_B = SpaceId("hall-a"), SpaceId("hall-b")
OPENING, TOWER, DINNER, LATER = (SessionId(UUID(int=one)) for one in range(1, 5))
ADA = Speaker(
    SpeakerId(UUID(int=21)),
    Text("示例·艾达", "Ada Sample"),
    Text("示例大学教授", "Professor, Sample University"),
    available=(Span(datetime(2026, 7, 17, 1, tzinfo=UTC), datetime(2026, 7, 17, 9, tzinfo=UTC)),),
)
BO = Speaker(SpeakerId(UUID(int=22)), Text("示例·博", "Bo Sample"), presence=Presence.ONLINE)
SMALL = Programme(
    Congress(
        id=CongressId(UUID(int=9)),
        organizer=OrganizationId(UUID(int=8)),
        park=SpaceId("demo"),
        title=Text("示例大会", "Sample Congress"),
        about=Text("关于数字孪生", "On digital twins"),
        first=date(2026, 7, 17),
        last=date(2026, 7, 18),
        timezone="Asia/Shanghai",
        slug="sample-2026",
        version=7,
    ),
    themes=(Theme(ThemeId(UUID(int=31)), Text("数字孪生", "Digital twins"), 0),),
    halls=(
        Hall(HALL_A, Text("大厅", "Great Hall"), 800, ()),
        Hall(HALL_B, Text("蓝厅", "Blue Hall"), 90, ()),
    ),
    forums=(
        Forum(
            ForumId(UUID(int=41)),
            Text("孪生论坛", "Twin Forum"),
            theme=ThemeId(UUID(int=31)),
            code="T1",
            credits=(Credit(Part.HOST, Text("示例公司", "Sample Ltd")),),
        ),
    ),
    sessions=(
        Session(
            OPENING,
            ForumId(UUID(int=41)),
            SessionKind.PLENARY,
            Text("开幕", "Opening"),
            Minutes(90),
            about=Text("欢迎", "Welcome"),
            attendance=700,
            language="zh,en",
            talks=(Talk(TalkId(UUID(int=51)), Text("城市", "Cities"), speakers=(ADA.id,)),),
            speakers=(BO.id,),
            placed=Placement(HALL_A, datetime(2026, 7, 17, 1, tzinfo=UTC)),
            link="https://live.example/opening",
            version=3,
        ),
        Session(
            TOWER,
            ForumId(UUID(int=41)),
            SessionKind.TALK,
            Text("塔的孪生"),
            Minutes(45),
            speakers=(ADA.id,),
            placed=Placement(HALL_B, datetime(2026, 7, 17, 3, tzinfo=UTC)),
        ),
        Session(
            DINNER,
            ForumId(UUID(int=41)),
            SessionKind.SIDE,
            Text("夜话", "Night talk"),
            Minutes(180),
            placed=Placement(HALL_B, datetime(2026, 7, 18, 14, 30, tzinfo=UTC)),
        ),
        Session(
            LATER, ForumId(UUID(int=41)), SessionKind.WORKSHOP, Text("待定", "To come"), Minutes(60)
        ),
    ),
    speakers=(ADA, BO),
)
"""示例 · sample."""
