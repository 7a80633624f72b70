"""What spaces are now: said by operators, and by every feature above through a small door."""

from collections.abc import Iterable
from datetime import UTC, datetime

from shulian.identity.api import record as write_down
from shulian.identity.types import Actor, Subject
from shulian.kit.bus import Bus
from shulian.kit.db import Db
from shulian.kit.live import announce
from shulian.kit.text import Text
from shulian.park.api.ids import checked, checked_park
from shulian.park.errors import LiveWrong
from shulian.park.events import LiveChanged
from shulian.park.rules.precedence import same_words, strongest, strongest_of_each
from shulian.park.rules.sayings import live_faults
from shulian.park.store import live as store
from shulian.park.store import parks
from shulian.park.types import OPERATOR, STATUS, LiveStatus, LiveToken, SpaceId
from shulian.park.wire import live_view


def topic(park: SpaceId) -> str:
    """The topic of the live channel on which `park` is followed."""
    return f"park/{park}"


def statuses(db: Db, park: SpaceId, *, now: datetime) -> tuple[LiveStatus, ...]:
    """What the spaces of `park` are now: of each the strongest that is said of it."""
    parks.place(db, checked_park(park))
    return strongest_of_each(store.of_park(db, park), now)


def put_status(
    db: Db,
    bus: Bus,
    *,
    source: str,
    space: SpaceId,
    token: LiveToken,
    words: Text,
    number: float | None = None,
    until: datetime | None = None,
    now: datetime,
) -> LiveStatus | None:
    """Let `source` say what `space` is now, instead of what it said before; answers what shows.

    People see the strongest of what all sources say, of equals the newest, each until its
    `until`. Every open browser learns of it within the second if what it shows changes.
    Raises SpaceUnknown and LiveWrong.
    """
    if wrong := live_faults(words, number, until, now):
        raise LiveWrong(fields=wrong)
    park = store.lock(db, checked(space))
    said = {one.source: one for one in store.of_space(db, space)}
    end = until and until.astimezone(UTC)
    told = LiveStatus(space, source, token, words, number, end, since=now)
    if same_words(said.get(source), told):
        return strongest(said.values(), now)
    store.put(db, told)
    return _tell(db, bus, park, space, said.values(), {**said, source: told}.values(), now)


def clear_status(db: Db, bus: Bus, *, source: str, space: SpaceId, now: datetime) -> None:
    """Let `source` say nothing of `space` any more. Raises SpaceUnknown."""
    park = store.lock(db, checked(space))
    said = {one.source: one for one in store.of_space(db, space)}
    if source not in said:
        return
    store.remove(db, space, source)
    left = [one for one in said.values() if one.source != source]
    _tell(db, bus, park, space, said.values(), left, now)


def set_operator_status(
    db: Db,
    bus: Bus,
    actor: Actor,
    space: SpaceId,
    *,
    token: LiveToken,
    words: Text,
    number: float | None = None,
    until: datetime | None = None,
    now: datetime,
) -> LiveStatus | None:
    """Let the park's operator say what `space` is now; answers what people see."""
    actor.demand(STATUS)
    before = _of_operator(db, space)
    shown = put_status(
        db,
        bus,
        source=OPERATOR,
        space=space,
        token=token,
        words=words,
        number=number,
        until=until,
        now=now,
    )
    after = _of_operator(db, space)
    if after != before:
        subject = Subject("space", space)
        write_down(db, actor, "park.set_status", subject, before, after, now=now)
    return shown


def clear_operator_status(db: Db, bus: Bus, actor: Actor, space: SpaceId, *, now: datetime) -> None:
    """Take back what the park's operator said of `space`."""
    actor.demand(STATUS)
    before = _of_operator(db, space)
    clear_status(db, bus, source=OPERATOR, space=space, now=now)
    if before is not None:
        subject = Subject("space", space)
        write_down(db, actor, "park.clear_status", subject, before, now=now)


def _of_operator(db: Db, space: SpaceId) -> LiveStatus | None:
    store.lock(db, checked(space))
    return next((one for one in store.of_space(db, space) if one.source == OPERATOR), None)


def _tell(
    db: Db,
    bus: Bus,
    park: SpaceId,
    space: SpaceId,
    before: Iterable[LiveStatus],
    after: Iterable[LiveStatus],
    now: datetime,
) -> LiveStatus | None:
    """Announce what `space` is if people see a difference; answers what they see."""
    old, new = strongest(before, now), strongest(after, now)
    if not same_words(old, new):
        announce(db, topic(park), "status", live_view(space, new))
        bus.publish(LiveChanged(space, old, new))
    return new
