"""Nobody stands in the air."""

from tests.world.live.house.houses import House
from tests.world.visitors import HALL, PARK

from shulian.world.types import Stand
from shulian.world.wire.messages import Go, Placed, Spot


def test_who_claims_to_be_in_the_air_is_put_back(house: House) -> None:
    ann = house.come("ann", space="yq-plaza")
    house.walk(ann, 71, 10)
    house.walk(ann, 72, 10, 4)
    assert house.told(ann, Placed) == []  # it may have been a fall

    for east in (73, 74, 75):
        house.walk(ann, east, 10, 4)
    (placed,) = house.told(ann, Placed)
    assert (placed.reason, placed.stand.east, placed.stand.height) == ("wall", 71, 0)
    assert (house.home.counters["strayed_floor"], house.zone(ann)) == (1, "yq-plaza")


def test_who_stays_in_the_air_is_put_back_as_well(house: House) -> None:
    ann = house.come("ann", space="yq-plaza")
    house.walk(ann, 72, 10, 4)
    for _ in range(3):
        house.pass_(0.3)

    assert [one.reason for one in house.told(ann, Placed)] == ["wall"]
    assert house.stand(ann).height == 0


def test_who_falls_is_let_fall(house: House) -> None:
    ann = house.come("ann", space="yq-plaza")
    for height in (12, 11, 9, 6, 2.5, 0):
        house.walk(ann, 72, 10, height)

    assert house.told(ann, Placed) == []
    assert house.book.afloat == {}


def test_who_never_stood_on_anything_comes_to_where_their_zone_begins(house: House) -> None:
    ann = house.come("ann", space="yq-plaza")
    house.book.put(ann, Stand(72, 10, 30, 0), 0, house.seconds)
    for east in (73, 74, 75, 76):
        house.walk(ann, east, 10, 30)

    assert (house.zone(ann), house.stand(ann).height) == (PARK, 0)


def test_one_lands_on_a_floor_and_not_above_it(house: House) -> None:
    ann = house.come("ann", space="yq-plaza")
    house.ask(ann, Go(key="1", spot=Spot(10, 10, 4, 0)))

    assert (house.zone(ann), house.stand(ann)) == (HALL, Stand(10, 10, 0, 0))
