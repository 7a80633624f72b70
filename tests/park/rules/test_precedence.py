"""Of what is said of a space, people see the strongest that counts."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st
from tests.park.plans import HALL, NOW

from shulian.kit.text import Text
from shulian.park.rules.precedence import strongest, strongest_of_each
from shulian.park.types import LiveStatus, LiveToken, SpaceId

hours = st.integers(-3, 3).map(lambda number: NOW + timedelta(hours=number))
statuses = st.builds(
    LiveStatus,
    space=st.sampled_from([HALL, SpaceId("yq-plaza")]),
    source=st.sampled_from("abc"),
    token=st.sampled_from(LiveToken),
    words=st.just(Text()),
    number=st.none(),
    until=st.none() | hours,
    since=hours,
)


def said(
    token: LiveToken,
    source: str = "a",
    *,
    since: int = 0,
    until: int | None = None,
    words: str = "",
) -> LiveStatus:
    end = None if until is None else NOW + timedelta(hours=until)
    return LiveStatus(HALL, source, token, Text(words), None, end, NOW + timedelta(hours=since))


def test_the_strongest_token_wins_however_old() -> None:
    old, new = said(LiveToken.ALERT, since=-9), said(LiveToken.FREE, "b")

    assert strongest([new, old], NOW) == old


def test_of_equal_tokens_the_newest_wins_then_the_first_by_source() -> None:
    old, new = said(LiveToken.BUSY, since=-1), said(LiveToken.BUSY, "c")
    twin = said(LiveToken.BUSY, "b")

    assert strongest([old, new], NOW) == new
    assert strongest([old, new, twin], NOW) == twin


def test_who_says_what_is_here_goes_before_who_says_that_something_is() -> None:
    full, event = said(LiveToken.FULL, since=1), said(LiveToken.EVENT, "b", words="论坛")
    busy = said(LiveToken.BUSY, "c", words="会议")

    assert strongest([full, event], NOW) == event
    assert strongest([full, event, busy], NOW) == busy
    assert strongest([event, said(LiveToken.CLOSED)], NOW) == said(LiveToken.CLOSED)
    assert strongest([event, said(LiveToken.ALERT)], NOW) == said(LiveToken.ALERT)
    assert strongest([event, said(LiveToken.FREE, words="空")], NOW) == event


def test_what_has_ended_does_not_count() -> None:
    ended, lasting = said(LiveToken.CLOSED, until=0), said(LiveToken.FREE, "b", until=1)

    assert strongest([ended, lasting], NOW) == lasting
    assert strongest([ended], NOW) is None


@given(st.lists(statuses))
def test_nothing_that_counts_is_stronger_than_the_strongest(told: list[LiveStatus]) -> None:
    counting = [one for one in told if one.until is None or one.until > NOW]
    order = list(LiveToken)

    seen = strongest(told, NOW)

    assert (seen is None) == (not counting)
    assert all(order.index(seen.token) <= order.index(one.token) for one in counting if seen)


@given(st.lists(statuses))
def test_each_space_has_its_own_strongest(told: list[LiveStatus]) -> None:
    spaces = sorted({one.space for one in told})
    alone = [strongest([one for one in told if one.space == space], NOW) for space in spaces]

    assert list(strongest_of_each(told, NOW)) == [one for one in alone if one]
