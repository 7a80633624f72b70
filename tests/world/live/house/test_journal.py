"""What is said at the same time is kept at the same time."""

import threading

import msgspec
import sqlalchemy as sa
from tests.world.live.house.houses import House
from tests.world.visitors import HALL

from shulian.kit.db import Db
from shulian.kit.errors import Failure
from shulian.world.errors import MeasureWrong
from shulian.world.live.house.journal import MOST_WAITING
from shulian.world.types import Scope
from shulian.world.wire.messages import Accepted, Say


def transactions(house: House) -> set[int]:
    """The transactions that wrote the messages there are."""
    with house.database.transaction() as db:
        return set(db.scalars(sa.text("select distinct xmin::text::bigint from world_message")))


def test_many_messages_are_kept_in_one_transaction(house: House) -> None:
    slots = [house.come(f"v{number}", space=HALL) for number in range(20)]
    busy = threading.Event()
    house.journal.work(lambda _db, _bus: busy.wait(30), lambda _: None, lambda _: None)
    for slot in slots:
        house.home.heard(slot, msgspec.json.encode(Say(key="1", scope=Scope.ZONE, text="hi")))
    busy.set()
    house.settle()

    assert sum(len(house.told(slot, Accepted)) for slot in slots) == 20
    assert len(transactions(house)) == 1


def test_a_work_that_fails_undoes_and_harms_nothing_else(house: House) -> None:
    failures: list[Failure] = []
    answers: list[int] = []

    def fail(_db: Db) -> int:
        raise MeasureWrong

    def answer(db: Db) -> int:
        return db.scalars(sa.text("select 42")).one()

    busy = threading.Event()
    house.journal.work(lambda _db, _bus: busy.wait(30), lambda _: None, failures.append)
    for read in (fail, answer):
        house.journal.read(read, answers.append, failures.append)
    busy.set()
    house.settle()

    assert ([type(one) for one in failures], answers) == ([MeasureWrong], [42])


def test_more_than_can_wait_is_refused_at_once(house: House) -> None:
    failures: list[Failure] = []
    busy = threading.Event()
    house.journal.work(lambda _db, _bus: busy.wait(30), lambda _: None, failures.append)
    for _ in range(MOST_WAITING + 500):
        house.journal.read(lambda _db: None, lambda _: None, failures.append)
    busy.set()
    house.pass_(0)

    assert {one.code for one in failures} == {"world.unavailable"}
    assert 0 < len(failures) <= 501
