"""The presence server as a whole: real sockets, a real database, a process that dies."""

import asyncio
import signal
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from tests.commands import free_port
from tests.identity.accounts import join, organization, person
from tests.park.plans import imported, quiet_bus
from tests.world.live.worlds import connected, process, ticket, world_config
from tests.world.visitors import HALL, PARK, draft

from shulian.app.grants import GRANTS
from shulian.app.jobs import handlers
from shulian.app.reactions import reactions
from shulian.identity import api as identity
from shulian.identity.types import OrganizationKind, Role, Via
from shulian.kit.blobs import FolderBlobs
from shulian.kit.bus import Bus, Reactions
from shulian.kit.clock import system_clock
from shulian.kit.db import Database
from shulian.kit.jobs import Work, name_of
from shulian.ticketing.api import Providers
from shulian.world import api
from shulian.world.live.process import World, WorldConfig
from shulian.world.tables import message
from shulian.world.types import MODERATE, ForgetMessages, Measure, Right, Scope, VisitorKey
from shulian.world.wire.messages import Ended, Met, Order, Reports, Rights, Said, Say, Welcome


@pytest.fixture
def config(own_database_url: str, tmp_path: Path) -> WorldConfig:
    with closing(Database(own_database_url)) as database, database.transaction() as db:
        imported(db)
    return world_config(own_database_url, tmp_path)


def test_two_people_meet_and_talk(config: WorldConfig) -> None:
    async def talk() -> tuple[str, str]:
        async with (
            World(config).running() as world,
            connected(world.server.port, ticket=ticket("ann")) as ann,
            connected(world.server.port, ticket=ticket("ben")) as ben,
        ):
            await ann.hear(Welcome)
            await ben.hear(Welcome)
            (met,) = (await ben.hear(Met)).people
            await ann.ask(Say(key="1", scope=Scope.ZONE, text="你好"))
            return met.name, (await ben.hear(Said)).message.text

    assert asyncio.run(talk()) == ("Ann", "你好")


def test_a_moderator_hears_of_a_complaint_in_another_process(config: WorldConfig) -> None:
    with closing(Database(config.database_url)) as database, database.transaction() as db:
        chair = person(db, "chair@example.org")
        place = organization(db, "Park", OrganizationKind.OPERATOR)
        join(db, chair, place, Role.ADMINISTRATOR)

    def complain() -> None:
        with closing(Database(config.database_url)) as database, database.transaction() as db:
            api.complain(
                db,
                PARK,
                HALL,
                about=VisitorKey("g-bob"),
                about_name="Bob",
                by=VisitorKey("g-ann"),
                by_name="Ann",
                reason="rude",
                now=system_clock(),
            )

    async def told() -> Reports:
        key, rights = VisitorKey(f"p-{chair.id}"), frozenset({MODERATE})
        come = ticket("chair", key=key, person=chair.id, permissions=rights)
        async with (
            World(config).running() as world,
            connected(world.server.port, ticket=come) as one,
        ):
            await one.hear(Welcome)
            await asyncio.to_thread(complain)
            return await one.hear(Reports)

    assert asyncio.run(told()) == Reports(1)


def test_who_logs_out_or_gets_another_role_is_told_so_in_the_world(config: WorldConfig) -> None:
    with closing(Database(config.database_url)) as database, database.transaction() as db:
        chair = person(db, "chair@example.org")
        place = organization(db, "Park", OrganizationKind.OPERATOR)
        join(db, chair, place, Role.ADMINISTRATOR)
        join(db, person(db, "other@example.org"), place, Role.ADMINISTRATOR)

    def demote(database: Database) -> None:
        with database.transaction() as db:
            bus, role = Bus(db, reactions()), Role.MEMBER
            now, boss = system_clock(), identity.command_actor(GRANTS)
            identity.change_role(db, bus, boss, place.id, chair.id, role=role, now=now)

    def log_out(database: Database) -> None:
        with database.transaction() as db:
            actor = replace(identity.actor_of_person(db, GRANTS, chair.id), via=Via.LOGIN)
            identity.log_out_everywhere(db, Bus(db, reactions()), actor, now=system_clock())

    async def told() -> tuple[bool, str, bool]:
        rights = frozenset({MODERATE})
        key = VisitorKey(f"p-{chair.id}")
        come = ticket("chair", key=key, person=chair.id, permissions=rights)
        with closing(Database(config.database_url)) as database:
            async with (
                World(config).running() as world,
                connected(world.server.port, ticket=come) as one,
            ):
                await one.hear(Welcome)
                await asyncio.to_thread(demote, database)
                has = Right.MODERATE in (await one.hear(Rights)).rights
                await asyncio.to_thread(log_out, database)
                ended = await one.hear(Ended)
                return has, ended.code, ended.again

    assert asyncio.run(told()) == (False, "login_needed", True)


def test_old_messages_are_deleted_once_a_day(config: WorldConfig) -> None:
    old, new = (draft("a", "1", at=system_clock() - timedelta(days=31)), draft("b", "2"))
    with closing(Database(config.database_url)) as database:
        with database.transaction() as db:
            api.say(db, [old, replace(new, at=system_clock())])

        async def serve() -> None:
            for _ in range(2):
                async with World(config).running():
                    pass

        asyncio.run(serve())
        work = Work(database, Reactions(), system_clock)
        with database.transaction() as db:
            waiting = db.execute(
                sa.text("select count(*) from procrastinate_jobs where task_name = :name"),
                {"name": name_of(ForgetMessages)},
            ).scalar_one()
        made = handlers(FolderBlobs(config.folder), Providers(()))
        made.by_type[ForgetMessages](work, ForgetMessages())
        with database.transaction() as db:
            kept = [row.text for row in db.execute(sa.select(message.c.text))]

    assert (waiting, kept) == (1, ["b"])


def test_a_ban_from_the_pages_takes_effect_at_once(config: WorldConfig) -> None:
    async def banned() -> tuple[Measure, str]:
        async with (
            World(config).running() as world,
            connected(world.server.port, ticket=ticket("ann")) as ann,
        ):
            await ann.hear(Welcome)
            await asyncio.to_thread(_ban, config.database_url)
            return (await ann.hear(Order)).measure, (await ann.hear(Ended)).code

    assert asyncio.run(banned()) == (Measure.BAN, "world.banned")


def test_what_was_decided_before_anybody_listened_holds(config: WorldConfig) -> None:
    class Late(World):
        async def _follow(self) -> None:
            async with self._hub.subscribed({api.topic(PARK)}) as other:
                await asyncio.to_thread(_ban, config.database_url)
                await other.queue.get()
            await super()._follow()

    async def banned() -> bool:
        async with Late(config).running() as world:
            await world.book.journal.ask(lambda _db, _bus: None)
            ground = world.book.grounds[PARK]
            return ground.sanction(VisitorKey("g-ann"), Measure.BAN, system_clock()) is not None

    assert asyncio.run(banned())


def test_a_world_that_stops_says_so_and_keeps_places(config: WorldConfig) -> None:
    async def stopped() -> tuple[str, bool, bool]:
        first = World(config).running()
        world = await first.__aenter__()
        async with connected(world.server.port, ticket=ticket("ann")) as ann:
            session = (await ann.hear(Welcome)).session
            _, ended = await asyncio.gather(first.__aexit__(None, None, None), ann.hear(Ended))
        async with (
            World(config).running() as world,
            connected(world.server.port, resume=session, last="0") as ann,
        ):
            return ended.code, ended.again, (await ann.hear(Welcome)).resumed

    assert asyncio.run(stopped()) == ("world.stopping", True, True)


def test_people_outlive_a_killed_process_and_what_was_kept_is_there(config: WorldConfig) -> None:
    config = replace(config, port=int(free_port()))

    async def before() -> Welcome:
        async with connected(config.port, ticket=ticket("ann")) as ann:
            welcome = await ann.hear(Welcome)
            await ann.ask(Say(key="1", scope=Scope.ZONE, text="kept"))
            await ann.hear(Said)
            running.send(signal.SIGKILL)
            running.end()
            return welcome

    async def after(session: str) -> Welcome:
        async with connected(config.port, resume=session, last="0") as ann:
            return await ann.hear(Welcome)

    with process(config) as running:
        first = asyncio.run(before())
    with process(config):
        second = asyncio.run(after(first.session))
    assert [one.text for one in second.messages] == ["kept"]
    assert (second.resumed, second.you, second.stand) == (True, first.you, first.stand)


def test_a_process_ends_at_a_signal(config: WorldConfig) -> None:
    with process(config) as running:
        running.send(signal.SIGTERM)

        assert running.end() == 0


def _ban(url: str) -> None:
    with closing(Database(url)) as database, database.transaction() as db:
        api.moderate(
            db,
            quiet_bus(db),
            identity.command_actor(GRANTS),
            PARK,
            HALL,
            measure=Measure.BAN,
            visitor=VisitorKey("g-ann"),
            now=system_clock(),
        )
