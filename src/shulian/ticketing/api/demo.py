"""What one may come to in the demo park: four evenings of a musical, and a walk free of charge."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from shulian.booking.types import Span
from shulian.identity.api import organizations
from shulian.identity.types import Actor, OrganizationId, OrganizationKind
from shulian.kit.bus import Bus
from shulian.kit.db import Db
from shulian.kit.text import Text
from shulian.park import api as park_api
from shulian.park.types import SpaceId
from shulian.ticketing.api.halls import layout
from shulian.ticketing.api.occasions import add_occasion, open_occasion
from shulian.ticketing.api.payees import put_payee
from shulian.ticketing.api.sales import add_type, put_seats
from shulian.ticketing.store import occasions
from shulian.ticketing.types import Fen, Occasion, Payee

_PARK = SpaceId("shulian")
_HALL = SpaceId("science-hall-e1")
_PLAZA = SpaceId("science-plaza")
_SHOW = Text("再见，ECHO；你好，未来（示例场次）", "Goodbye, ECHO; Hello, Future (sample)")
_SHOW_ABOUT = Text(
    "融合元宇宙与超写实数字人的音乐剧，2022年8月31日至9月3日在此演出四场：现实、科幻与虚拟交织。"
    "这里的日期、票价与余票均为示例。",
    "A musical that blends the metaverse with a hyper-realistic digital human: reality, science"
    " fiction and the virtual mixed. It played here four times, 31 August to 3 September 2022."
    " Dates, prices and what is sold are samples here.",
)
_WALK = Text("园区导览（示例）", "A walk through the park (sample)")
_WALK_ABOUT = Text(
    "跟着讲解走一圈，一小时，免费。", "An hour through the park with a guide; free of charge."
)
_PRICES = (
    (Text("甲票", "Stalls, best"), Fen(38_000), range(4, 11)),
    (Text("乙票", "Stalls"), Fen(28_000), (*range(4), *range(11, 20))),
)
"""What its seats are sold as, and which rows, the first is 0."""
_PAYEE = Payee("数联园区运营（示例 · sample）", "示例银行川沙支行 · sample", "6222000000000000000")
_EVENINGS = range(14, 18)
"""Days after the one on which the demo is made."""


def seed_demo(db: Db, bus: Bus, actor: Actor, *, now: datetime) -> None:
    """Plan and open what the demo park shows, where its park is there and nothing is planned."""
    if not any(one.id == _PARK for one in park_api.parks(db)) or occasions.list_(
        db, _PARK, since=now
    ):
        return
    found = organizations(db, actor)
    host = next((one.id for one in found if one.kind is OrganizationKind.OPERATOR), None)
    if host is None:
        return
    put_payee(db, actor, host, _PAYEE, now=now)
    for days in _EVENINGS:
        _show(db, bus, actor, host, days, now)
    _walk(db, bus, actor, host, now)


def _show(db: Db, bus: Bus, actor: Actor, host: OrganizationId, days: int, now: datetime) -> None:
    span = _evening(now, days, time(19, 30), timedelta(hours=2))
    made = _add(db, bus, actor, host, _HALL, _SHOW, _SHOW_ABOUT, span, now=now)
    rows = layout(db, made).rows
    for name, price, places in _PRICES:
        sale = Span(now, span.start)
        sold = add_type(
            db, bus, actor, made.id, name=name, price=price, sale=sale, seated=True, now=now
        )
        seats = [mark.id for place in places if place < len(rows) for mark in rows[place].marks]
        put_seats(db, bus, actor, sold.id, seats, now=now)
    add_type(
        db,
        bus,
        actor,
        made.id,
        name=Text("线上观演", "Online"),
        price=Fen(0),
        capacity=5_000,
        sale=Span(now, span.start),
        on_site=False,
        now=now,
    )
    open_occasion(db, bus, actor, made.id, now=now)


def _walk(db: Db, bus: Bus, actor: Actor, host: OrganizationId, now: datetime) -> None:
    span = _evening(now, 3, time(10, 0), timedelta(hours=1))
    made = _add(db, bus, actor, host, _PLAZA, _WALK, _WALK_ABOUT, span, now=now)
    add_type(
        db,
        bus,
        actor,
        made.id,
        name=Text("免费名额", "Free place"),
        price=Fen(0),
        capacity=40,
        sale=Span(now, span.start),
        online=False,
        most=4,
        now=now,
    )
    open_occasion(db, bus, actor, made.id, now=now)


def _add(
    db: Db,
    bus: Bus,
    actor: Actor,
    host: OrganizationId,
    space: SpaceId,
    title: Text,
    about: Text,
    span: Span,
    *,
    now: datetime,
) -> Occasion:
    return add_occasion(
        db, bus, actor, organizer=host, title=title, about=about, space=space, span=span, now=now
    )


def _evening(now: datetime, days: int, at: time, length: timedelta) -> Span:
    """So many days from now, at that time of day in Shanghai."""
    zone = ZoneInfo("Asia/Shanghai")
    start = datetime.combine(now.astimezone(zone).date() + timedelta(days=days), at, zone)
    return Span(start, start + length)
