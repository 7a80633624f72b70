"""What the demo park shows."""

from pathlib import Path

from tests.identity.accounts import COMMAND
from tests.ticketing.houses import NOW, live_bus

from shulian.cli import files
from shulian.identity.api import seed_demo as seed_accounts
from shulian.identity.types import GUEST
from shulian.kit.db import Db
from shulian.park import api as park
from shulian.park.rules import sources
from shulian.park.types import SpaceId
from shulian.ticketing import api
from shulian.ticketing.api.demo import seed_demo

DEMO = Path(__file__).parents[3] / "demo" / "shulian"
PARK = SpaceId("shulian")


def test_four_evenings_are_on_sale_once_and_marked_as_samples(db: Db) -> None:
    bus = live_bus(db)
    seed_demo(db, bus, COMMAND, now=NOW)
    park.import_park(db, bus, COMMAND, sources.read(files.read([DEMO])).plan, now=NOW)
    seed_demo(db, bus, COMMAND, now=NOW)
    seed_accounts(db, bus, COMMAND, now=NOW)
    for _ in range(2):
        seed_demo(db, bus, COMMAND, now=NOW)
    found = api.occasions(db, GUEST, PARK, now=NOW)
    evenings = [one for one in found if one.space == "science-hall-e1"]

    assert len(evenings) == 4
    assert all("示例" in one.title.zh and "sample" in one.title.en for one in found)
    for one in evenings:
        left = api.left(db, one.id, now=NOW)
        sold = [(each.price, left[each.id]) for each in api.types(db, GUEST, one.id)]
        assert sold == [(38_000, 140), (28_000, 260), (0, 5_000)]
