"""One park in this process: its zones, what is decided about them, who is in which."""

import math
from dataclasses import dataclass
from datetime import datetime

import numpy as np

from shulian.park.types import SpaceId
from shulian.world.live.house.records import Decisions, Plot
from shulian.world.rules.admission import Gate, Who
from shulian.world.rules.rights import rights_in
from shulian.world.rules.shards import Border, shards_of
from shulian.world.rules.zones import Zones
from shulian.world.types import Exhibit, Measure, Right, Sanction, Visitor, VisitorKey
from shulian.world.wire.messages import Shown, ZoneView

Sanctioned = tuple[VisitorKey, Measure, SpaceId]
"""Against whom what is in force where."""


@dataclass(slots=True)
class Outsider:
    """Somebody of another process who wants into a zone of ours."""

    shard: int
    heard: float
    """[s] when their process last said so."""
    called: float = math.inf
    """[s] until when the place is kept that they were told of."""


class Ground:
    """A park and the people in it."""

    def __init__(
        self, plot: Plot, decisions: Decisions, *, band: int, shard: int, shards: int
    ) -> None:
        """Nobody is there."""
        self.band = band
        self._shard, self._shards = shard, shards
        self.gates: dict[SpaceId, Gate] = {}
        self.members: dict[SpaceId, dict[int, None]] = {}
        """Slots in each zone, the first who came first."""
        self.hands: dict[SpaceId, dict[int, None]] = {}
        """Slots whose hand is up, the first first."""
        self.turns: dict[SpaceId, int] = {}
        """How many have appeared in each zone."""
        self.crowded: set[SpaceId] = set()
        """Zones whose number of people, or cap, has changed since it was told."""
        self.waving: set[SpaceId] = set()
        """Zones where hands went up or down since it was told."""
        self.outsiders: dict[tuple[SpaceId, VisitorKey], Outsider] = {}
        """People of other processes who want into our zones."""
        self.counts: dict[SpaceId, int] = {}
        """How many are in zones of other processes, as those said last."""
        self.lay_out(plot)
        self.decide(decisions)

    def lay_out(self, plot: Plot) -> None:
        """Have the zones as they are in `plot`; people, gates and hands stay with their zones."""
        self.plot = plot
        self.park = plot.park
        self.zones = Zones(plot.zones, plot.entrance, plot.barriers)
        self.floors = plot.floors
        self.porch = self.zones.locate_one(plot.entrance)
        """The place of the zone in which the park's entrance lies."""
        self.owners = shards_of(plot.zones, self._shards)
        self.foreign = np.array(
            [self.owners[zone.space] != self._shard for zone in plot.zones], np.bool_
        )
        self.border = Border(plot.zones, self.owners, self._shard) if self._shards > 1 else None
        for zone in plot.zones:
            gate = self.gates.setdefault(zone.space, Gate(zone.cap))
            if gate.cap != zone.cap:
                gate.cap = zone.cap
                self.crowded.add(zone.space)
            self.members.setdefault(zone.space, {})
            self.hands.setdefault(zone.space, {})

    def decide(self, decisions: Decisions) -> None:
        """Let `decisions` hold."""
        self.decisions = decisions
        self.shown: dict[SpaceId, Exhibit] = dict(decisions.shown)
        self.sanctions: dict[Sanctioned, Sanction] = {
            (one.visitor, one.measure, one.zone): one for one in decisions.sanctions
        }

    def space(self, zone: int) -> SpaceId:
        """The id of the zone at that place."""
        return self.zones.zones[zone].space

    def positions(self, space: SpaceId) -> dict[Who, int]:
        """The place of everyone in the queue of a zone, the first is 1."""
        return {who: place for place, who in enumerate(self.gates[space].queue, 1)}

    def sanction(self, key: VisitorKey, measure: Measure, now: datetime) -> Sanction | None:
        """What is in force against a visitor in the whole park."""
        found = self.sanctions.get((key, measure, self.park))
        return found if found and (found.until is None or found.until > now) else None

    def barred(self, zone: int, key: VisitorKey, now: datetime) -> bool:
        """Whether a visitor was put out of that zone, or of one above it, and must stay out."""
        found = (
            self.sanctions.get((key, Measure.REMOVE, space)) for space in self.zones.chain(zone)
        )
        return any(one and (one.until is None or one.until > now) for one in found)

    def silent(self, zone: int) -> bool:
        """Whether all are muted there: in the zone, or in one above."""
        return any(space in self.decisions.silences for space in self.zones.chain(zone))

    def rights(self, zone: int, visitor: Visitor) -> frozenset[Right]:
        """What a visitor may do in a zone; a mute comes on top."""
        return rights_in(self.space(zone), self.zones.parents, self.decisions.rules, visitor)

    def zone_view(self, zone: int) -> ZoneView:
        """A zone and how many are in it now."""
        found = self.zones.zones[zone]
        return ZoneView(
            space=found.space,
            name=found.name,
            count=self.counts.get(found.space, 0)
            if self.foreign[zone]
            else len(self.members[found.space]),
            cap=found.cap,
            muted=self.silent(zone),
        )

    def shown_view(self, zone: int) -> Shown | None:
        """What is shown in a zone."""
        space = self.space(zone)
        exhibit = self.shown.get(space)
        return exhibit and Shown(space, exhibit.title, exhibit.link, exhibit.by)
