"""What is announced in a transaction reaches every follower of its topic after the commit."""

import asyncio

import msgspec
import pytest

from shulian.kit.db import Database
from shulian.kit.live import Announcement, Hub, Subscription, announce, announce_anew


class Said(msgspec.Struct, frozen=True):
    words: str


class Undone(Exception):
    pass


def said(topic: str, words: str) -> Announcement:
    return Announcement(topic, "said", msgspec.Raw(msgspec.json.encode(Said(words))))


async def heard(subscription: Subscription) -> Announcement | None:
    return await asyncio.wait_for(subscription.queue.get(), 10)


def tell(database: Database, topic: str, words: str, *, undo: bool = False) -> None:
    with database.transaction() as db:
        announce(db, topic, "said", Said(words))
        if undo:
            raise Undone


def test_a_follower_hears_its_topic_and_no_other(database: Database) -> None:
    async def run() -> Announcement | None:
        hub = Hub(database.dsn)
        async with hub.running(), hub.subscribed(["park/a"]) as subscription:
            await asyncio.to_thread(tell, database, "park/b", "other")
            await asyncio.to_thread(tell, database, "park/a", "我们的")
            return await heard(subscription)

    assert asyncio.run(run()) == said("park/a", "我们的")


def test_an_undone_transaction_is_never_heard(database: Database) -> None:
    async def run() -> Announcement | None:
        hub = Hub(database.dsn)
        async with hub.running(), hub.subscribed(["park/a"]) as subscription:
            with pytest.raises(Undone):
                await asyncio.to_thread(tell, database, "park/a", "never", undo=True)
            await asyncio.to_thread(tell, database, "park/a", "kept")
            return await heard(subscription)

    assert asyncio.run(run()) == said("park/a", "kept")


def test_a_lost_connection_is_mended_and_followers_are_told_to_read_anew(
    database: Database,
) -> None:
    async def run() -> tuple[Announcement | None, Announcement | None]:
        hub = Hub(database.dsn)
        async with hub.running(), hub.subscribed(["park/a"]) as subscription:
            await asyncio.to_thread(end_listeners, database)
            anew = await heard(subscription)
            await asyncio.to_thread(tell, database, "park/a", "again")
            return anew, await heard(subscription)

    assert asyncio.run(run()) == (None, said("park/a", "again"))


def test_followers_of_a_topic_alone_are_told_to_read_it_anew(database: Database) -> None:
    def tell_anew() -> None:
        with database.transaction() as db:
            announce_anew(db, "park/b")
            announce_anew(db, "park/a")
            announce(db, "park/a", "said", Said("then"))

    async def run() -> tuple[Announcement | None, Announcement | None]:
        hub = Hub(database.dsn)
        async with hub.running(), hub.subscribed(["park/a"]) as subscription:
            await asyncio.to_thread(tell_anew)
            return await heard(subscription), await heard(subscription)

    assert asyncio.run(run()) == (None, said("park/a", "then"))


def test_a_hub_knows_whose_its_followers_are(database: Database) -> None:
    async def run() -> list[tuple[int, int, int]]:
        hub = Hub(database.dsn)

        def told() -> tuple[int, int, int]:
            return hub.open, hub.open_of("a"), hub.open_of("b")

        async with hub.subscribed(["park/a"], owner="a"):
            async with (
                hub.subscribed(["park/a"], owner="a"),
                hub.subscribed(["park/a"], owner="b"),
            ):
                full = told()
            return [full, told()]

    assert asyncio.run(run()) == [(3, 2, 1), (1, 1, 0)]


def test_who_reads_too_slowly_must_read_anew() -> None:
    async def run() -> list[Announcement | None]:
        subscription = Subscription(["a"])
        for number in range(257):
            subscription.offer(said("a", str(number)))
        return [subscription.queue.get_nowait() for _ in range(subscription.queue.qsize())]

    assert asyncio.run(run()) == [None]


def test_what_is_too_long_for_the_channel_is_refused(database: Database) -> None:
    with pytest.raises(ValueError, match="too long for the channel"):
        tell(database, "park/a", "x" * 8000)


def end_listeners(database: Database) -> None:
    with database.transaction() as db:
        db.exec_driver_sql(
            "select pg_terminate_backend(pid) from pg_stat_activity"
            " where query = 'listen shulian_live' and datname = current_database()"
        )
