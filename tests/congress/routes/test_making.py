"""While a demo's congress finds its timetable, visitors read that it is coming."""

from datetime import timedelta

import pytest
from tests.congress.visits import Visit
from tests.identity.accounts import COMMAND

from shulian.congress import api

LIST = "/parks/yq/congresses"
WORDS = {
    "en": "The timetable of a congress is being worked out at this moment.",
    "zh": "一场大会的日程正在自动排定",
}


def begin(visit: Visit, *, by_command: bool = True) -> None:
    """A search, begun by the installation itself or by somebody."""
    made = visit.gathering
    with visit.database.transaction() as db:
        actor = COMMAND if by_command else made.planner
        api.begin_solve(db, actor, made.congress, seconds=10, now=visit.now)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_list_says_so_and_asks_anew(visit: Visit, language: str) -> None:
    begin(visit)

    page = visit.get(LIST, language=language).text

    assert WORDS[language] in page
    assert '<meta http-equiv="refresh" content="10">' in page
    assert "sample-2026" not in page


def test_a_search_that_somebody_began_is_their_own_matter(visit: Visit) -> None:
    begin(visit, by_command=False)

    page = visit.get(LIST).text

    assert WORDS["en"] not in page
    assert "http-equiv" not in page


def test_once_the_congress_is_public_it_is_listed_instead(visit: Visit) -> None:
    begin(visit)
    visit.release("v1")

    page = visit.get(LIST).text

    assert WORDS["en"] not in page
    assert "/congresses/sample-2026" in page


def test_of_a_search_that_ended_long_ago_nothing_is_said(visit: Visit) -> None:
    begin(visit)
    with visit.database.transaction() as db:
        found = api.newest_solve(db, COMMAND, visit.gathering.congress)
        assert found
        api.cancel_solve(db, COMMAND, found.id, now=visit.now)
    assert WORDS["en"] in visit.get(LIST).text

    visit.now += timedelta(minutes=2)

    assert WORDS["en"] not in visit.get(LIST).text
