"""The parks of one process: laid out when it starts, and anew when they are changed."""

from collections.abc import Iterable
from pathlib import Path

import msgspec
import numpy as np
import structlog
from numpy.typing import NDArray

from shulian.park.types import SpaceId
from shulian.world.errors import ZoneUnknown
from shulian.world.live.house import walking
from shulian.world.live.house.book import Book
from shulian.world.live.house.going import hand_over
from shulian.world.live.house.ground import Ground
from shulian.world.live.house.order import dismiss
from shulian.world.live.house.presence import Presence
from shulian.world.live.house.records import Decisions, Plot
from shulian.world.rules.bands import MOST_PARKS, band_of
from shulian.world.rules.crowd import State

log = structlog.stdlib.get_logger("shulian.world")


class Strips:
    """Which strip of the arrays' plane each park has; a file keeps it, as long as the crowd's."""

    def __init__(self, path: Path) -> None:
        """Read the file `path`; one that is missing or broken begins anew."""
        self._path = path
        try:
            self._parks = msgspec.json.decode(path.read_bytes(), type=list[str])
        except (OSError, msgspec.DecodeError):
            self._parks = []

    def band(self, park: SpaceId, used: Iterable[SpaceId]) -> int | None:
        """The strip of `park`; one that no park in `used` has any more is given again."""
        if park not in self._parks:
            kept = set(used)
            free = next((n for n, one in enumerate(self._parks) if one not in kept), None)
            if free is not None:
                self._parks[free] = park
            elif len(self._parks) < MOST_PARKS:
                self._parks.append(park)
            else:
                return None
            self._path.write_bytes(msgspec.json.encode(self._parks))
        return band_of(self._parks.index(park))


def settle(book: Book, strips: Strips, found: Iterable[tuple[Plot, Decisions]]) -> None:
    """Have these parks and no others."""
    plots = {plot.park: (plot, decisions) for plot, decisions in found}
    for park in [one for one in book.grounds if one not in plots]:
        for presence in [one for one in book.presences.values() if one.park == park]:
            dismiss(book, presence, ZoneUnknown(zone=park))
        del book.grounds[park]
    for park, (plot, decisions) in plots.items():
        ground = book.grounds.get(park)
        if ground is None:
            _add(book, strips, plot, decisions, plots)
        elif (ground.plot.revision, ground.plot.day) != (plot.revision, plot.day):
            _renew(book, ground, plot)


def _add(
    book: Book, strips: Strips, plot: Plot, decisions: Decisions, parks: Iterable[SpaceId]
) -> None:
    band = strips.band(plot.park, parks)
    if band is None:
        log.warning("too many parks for one process", park=plot.park, most=MOST_PARKS)
        return
    terms = book.terms
    book.grounds[plot.park] = Ground(
        plot, decisions, band=band, shard=terms.shard, shards=terms.shards
    )


def _renew(book: Book, ground: Ground, plot: Plot) -> None:
    """Lay a park out anew; people stay where they stand, whichever zone that is now."""
    people = [one for one in book.presences.values() if one.park == plot.park and one.inside]
    before = {one.slot: ground.space(one.zone) for one in people}
    wanted = {one.slot: ground.space(one.wants) for one in people if one.wants >= 0}
    owners = ground.owners
    kept = {zone.space for zone in plot.zones}
    for slot, space in wanted.items():
        if space not in kept:
            walking.give_up(book, book.presences[slot])
    ground.lay_out(plot)
    book.leeway[:] = 0
    for slot, space in wanted.items():
        presence = book.presences[slot]
        if presence.wants >= 0:  # the queue goes on: zones have other places, the same names
            presence.wants = ground.zones.place[space]
            if ground.owners[space] != owners[space]:
                walking.give_up(book, presence)
    for presence in people:
        _find_again(book, ground, presence, before[presence.slot])
    for space in [one for one in ground.gates if one not in ground.zones.place]:
        del ground.gates[space], ground.members[space], ground.hands[space]
        for who in [one for one in ground.outsiders if one[0] == space]:
            del ground.outsiders[who]


def _find_again(book: Book, ground: Ground, presence: Presence, before: SpaceId) -> None:
    stand = book.stand(presence.slot)
    zone = ground.zones.locate_one(stand)
    space = ground.space(zone)
    presence.zone = zone
    book.assign(presence.slot, zone)
    if space == before and not ground.foreign[zone]:
        return
    ground.members[before].pop(presence.slot, None)
    ground.hands[before].pop(presence.slot, None)
    ground.gates[before].leave(presence.slot)
    if presence.wants == zone:
        walking.give_up(book, presence)
    if ground.foreign[zone]:  # another process has it now
        presence.inside, presence.bound = False, stand
        if presence.open:
            hand_over(book, presence, space, stand)
        return
    # nobody is sent away because a wall was drawn elsewhere: the cap counts for who comes next
    ground.gates[space].take(presence.slot)
    walking.join(ground, presence)
    if presence.welcomed:
        walking.tell_zone(book, presence)


def restore(book: Book) -> None:
    """Keep the places of those who were here before this process was, for a minute."""
    crowd = book.crowd
    here = (crowd.state == State.HERE) | (crowd.state == State.AWAY)
    crowd.state[:] = np.where(here, State.AWAY, State.FREE)
    crowd.moved[:] = 0
    crowd.focused[:] = 0
    now = book.terms.time()
    crowd.heard[:] = now
    for ground in book.grounds.values():
        slots: NDArray[np.intp] = np.flatnonzero(here & (crowd.band == ground.band))
        zones = ground.zones.locate(book.points(slots, ground.band))
        for slot, zone in zip(slots.tolist(), zones.tolist(), strict=True):
            book.assign(slot, zone)
            if not ground.foreign[zone]:
                ground.gates[ground.space(zone)].take(slot)
            book.shadows[slot] = ground
            book.absences.begin(slot, now)
    lost = np.flatnonzero(here)
    for slot in lost.tolist():
        if slot not in book.shadows:
            crowd.state[slot] = State.FREE
    book.seen[:] = crowd.place
    book.reserve(book.shadows)
