"""Keeping order: rules, mutes, bans, reports."""

from datetime import datetime, timedelta
from uuid import UUID

from shulian.identity.api import record as write_down
from shulian.identity.types import Actor, OrganizationId, Subject
from shulian.kit.bus import Bus
from shulian.kit.db import Db
from shulian.kit.ids import new_id
from shulian.park.types import SpaceId
from shulian.world.api.people import demand_key
from shulian.world.api.turns import tell
from shulian.world.api.zones import demand, zones
from shulian.world.errors import MeasureWrong, RuleWrong, WordsEmpty
from shulian.world.events import OrderKept, RuleChanged
from shulian.world.rules.texts import clean_line
from shulian.world.store import order as store
from shulian.world.store import talk
from shulian.world.types import (
    Audience,
    Measure,
    MessageNumber,
    Report,
    Right,
    Rule,
    Sanction,
    VisitorKey,
)
from shulian.world.wire.messages import LONGEST_TEXT

MOST_REPORTS = 200
"""On one page."""

BARRED = timedelta(minutes=10)
"""So long somebody who was removed stays out."""

_TO_ALL = {Measure.MUTE_ALL: True, Measure.UNMUTE_ALL: False}
_LASTING = {Measure.MUTE, Measure.BAN, Measure.REMOVE}
_EVERYWHERE = {Measure.MUTE, Measure.UNMUTE, Measure.BAN, Measure.UNBAN}
_BACK = {Measure.UNMUTE: Measure.MUTE, Measure.UNBAN: Measure.BAN}


def rules(db: Db, park: SpaceId) -> tuple[Rule, ...]:
    """Who may do what in which zones of `park`, where it is not the usual."""
    return store.rules(db, [one.space for one in zones(db, park)])


def put_rule(
    db: Db,
    bus: Bus,
    actor: Actor,
    park: SpaceId,
    zone: SpaceId,
    right: Right,
    audience: Audience | None,
    organization: OrganizationId | None = None,
    *,
    now: datetime,
) -> Rule | None:
    """Say who has `right` in `zone` and within; no audience: the usual again.

    Raises RightMissing, ZoneUnknown and RuleWrong.
    """
    demand(db, actor, park, zone, Right.MODERATE)
    if (audience is Audience.MEMBERS) != (organization is not None):
        raise RuleWrong(fields={"organization": "world.rule_members"})
    before = store.find_rule(db, zone, right)
    after = Rule(zone, right, audience, organization) if audience is not None else None
    if before == after:
        return after
    if after is None:
        store.remove_rule(db, zone, right)
    else:
        store.put_rule(db, after)
    write_down(db, actor, "world.put_rule", Subject("space", zone), before, after, now=now)
    bus.publish(RuleChanged(park, before, after))
    tell(db, park)
    return after


def sanctions(
    db: Db, park: SpaceId, visitor: VisitorKey | None = None, *, now: datetime
) -> tuple[Sanction, ...]:
    """The mutes, bans and removals in force in `park`, or of `visitor` there, the newest first."""
    return store.sanctions(db, park, visitor, now=now)


def silences(db: Db, park: SpaceId) -> frozenset[SpaceId]:
    """The zones of `park` in which all are muted but those who keep order."""
    return store.silences(db, [one.space for one in zones(db, park)])


def moderate(
    db: Db,
    bus: Bus,
    actor: Actor,
    park: SpaceId,
    zone: SpaceId,
    *,
    measure: Measure,
    visitor: VisitorKey | None = None,
    name: str = "",
    reason: str = "",
    until: datetime | None = None,
    now: datetime,
) -> None:
    """Take a measure in `zone`: against `visitor`, called `name`, or against all.

    until  of a mute or a ban; none: until it is taken back. Who is removed stays out of `zone`
           for `BARRED`. A mute or a ban holds in the whole park, and so needs the right there.
    Raises RightMissing, ZoneUnknown, MeasureWrong and PersonGone.
    """
    demand(db, actor, park, zone, Right.MODERATE)
    if measure in _EVERYWHERE:
        demand(db, actor, park, park, Right.MODERATE)
    name, reason = _line(name), _line(reason)
    if measure in _TO_ALL:
        store.put_silence(db, zone, on=_TO_ALL[measure], now=now)
        subject = Subject("space", zone)
    elif visitor is None:
        raise MeasureWrong(fields={"person": "world.measure_person"})
    else:
        demand_key(visitor)
        subject = Subject("visitor", visitor)
        until = now + BARRED if measure is Measure.REMOVE else until
        if measure in _LASTING:
            where = park if measure in _EVERYWHERE else zone
            told = Sanction(park, where, visitor, name, measure, now, until, actor.name, reason)
            store.put_sanction(db, told)
        elif measure in _BACK:
            store.remove_sanction(db, park, visitor, _BACK[measure])
    after = {"zone": zone, "name": name, "reason": reason, "until": until}
    write_down(db, actor, f"world.{measure.value}", subject, None, after, now=now)
    bus.publish(OrderKept(park, zone, measure, visitor))
    tell(db, park)


def _line(text: str) -> str:
    """A name or a reason as others may safely read it; empty where nothing is left of it."""
    try:
        return clean_line(text, longest=LONGEST_TEXT)
    except WordsEmpty:
        return ""


def complain(
    db: Db,
    park: SpaceId,
    zone: SpaceId,
    *,
    about: VisitorKey,
    about_name: str,
    by: VisitorKey,
    by_name: str,
    reason: str,
    message: MessageNumber | None = None,
    now: datetime,
) -> Report:
    """Report somebody to the moderators; of a message that is named, its words are kept.

    But none that was said to another alone. Raises PersonGone.
    """
    demand_key(about)
    said = talk.find(db, message) if message is not None else None
    if said is not None and (
        said.sender != about or said.park != park or said.to not in {None, by}
    ):
        said = None
    report = Report(
        new_id(now),
        now,
        park,
        zone,
        about,
        about_name,
        by,
        by_name,
        reason,
        said.number if said else None,
        said.text if said else None,
    )
    store.put_report(db, report)
    tell(db, park)
    return report


def reports(db: Db, actor: Actor, park: SpaceId, *, settled: bool = False) -> tuple[Report, ...]:
    """Complaints from `park`, the newest first; raises RightMissing."""
    demand(db, actor, park, park, Right.MODERATE)
    return store.reports(db, park, settled=settled, limit=MOST_REPORTS)


def open_reports(db: Db, park: SpaceId) -> int:
    """How many complaints from `park` wait for a moderator."""
    return store.open_reports(db, park)


def settle_report(db: Db, actor: Actor, park: SpaceId, report: UUID, *, now: datetime) -> None:
    """Lay a complaint aside; raises RightMissing and ReportUnknown."""
    demand(db, actor, park, park, Right.MODERATE)
    settled = store.settle(db, park, report, now=now)
    subject = Subject("visitor", settled.about)
    write_down(db, actor, "world.settle_report", subject, None, settled, now=now)
    tell(db, park)
