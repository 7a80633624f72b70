"""Who follows a search is told whenever it is further."""

from pathlib import Path

from tests.channels import Event, Served, run
from tests.congress.gatherings import NOW, Gathering, gather

from shulian.congress import api
from shulian.congress.types import PLAN
from shulian.identity import api as identity
from shulian.kit.db import Db


def test_a_search_that_begins_is_told_to_those_who_follow(
    own_database_url: str, tmp_path: Path
) -> None:
    gatherings: list[Gathering] = []
    tokens: list[str] = []

    def prepare(db: Db) -> str:
        made = gather(db)
        gatherings.append(made)
        scopes = frozenset({PLAN})
        _, token = identity.create_token(
            db, made.planner, name="test", scopes=scopes, days=30, now=NOW
        )
        tokens.append(token)
        return f"/api/live/congresses/{made.congress}/search"

    async def story(served: Served) -> list[Event]:
        made = gatherings[0]
        channel = await served.open(authorization=f"Bearer {tokens[0]}")
        first = await channel.event()
        await served.do(
            lambda db: api.begin_solve(db, made.planner, made.congress, seconds=5, now=NOW)
        )
        return [first, await channel.event()]

    assert run(own_database_url, tmp_path, story, prepare, now=NOW) == [
        ("start", None),
        ("start", None),
    ]
