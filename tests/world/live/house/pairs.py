"""What tests of two processes of one world are built from: houses with a link that can break."""

from tests.world.live.house.houses import Build, House
from tests.world.live.worlds import EAST, WEST
from tests.world.visitors import PARK

from shulian.park.types import SpaceId
from shulian.world.live.borders import Wire, WireEnd
from shulian.world.live.house.across import Across

URLS = ("ws://one/world", "ws://two/world")


class BrokenWire(Wire):
    """A link on which nothing is heard while it is cut."""

    cut = False

    def say(self, sender: WireEnd, data: bytes) -> None:
        if not self.cut:
            super().say(sender, data)


class Two:
    """Two houses: of the western site, which has the open ground too, and of the eastern one."""

    def __init__(self, build: Build) -> None:
        self._build = build
        self.wire = BrokenWire(build.loop)
        self._ends: dict[int, WireEnd] = {}
        houses = [build(shard=shard, urls=URLS) for shard in (0, 1)]
        owners = houses[0].book.grounds[PARK].owners
        self.west, self.east = houses[owners[WEST]], houses[owners[EAST]]
        for house in houses:
            self._link(house)

    def _link(self, house: House) -> None:
        end = self.wire.end()
        across = Across(house.book, end)
        self._build.loop.run_until_complete(end.open(across.receive))
        house.book.abroad = across
        self._ends[house.book.terms.shard] = end

    def kill_east(self) -> None:
        """Have the eastern process die, and another one come up in its place."""
        old, shard = self.east, self.east.book.terms.shard
        self._build.loop.run_until_complete(self._ends[shard].close())
        self.east = self._build(crowd=old.crowd, shard=shard, urls=URLS)
        self.east.seconds = old.seconds
        self._link(self.east)

    def of(self, url: str) -> House:
        """The house at an address."""
        return self.west if URLS[self.west.book.terms.shard] == url else self.east

    def pass_(self, seconds: float = 0.15) -> None:
        """Let time pass for both, and each hear the other."""
        for house in (self.west, self.east, self.west, self.east):
            house.pass_(seconds)

    def at(self, house: House, name: str, site: SpaceId, east: float, north: float) -> int:
        """Somebody who stands there."""
        slot = house.come(name, space=site)
        house.walk(slot, east, north)
        assert house.zone(slot) == site
        return slot
