"""What reviews add up to, when a call is open, who would speak."""

from datetime import UTC, datetime, timedelta
from statistics import mean, stdev
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shulian.booking.types import Span
from shulian.congress.rules.calls import Tally, as_csv, is_open, speakers_of, tally
from shulian.congress.types import Call, CongressId, ProposalId, Review
from shulian.identity.types import PersonId
from shulian.kit.text import Text

START = datetime(2026, 12, 1, tzinfo=UTC)
END = datetime(2026, 12, 10, 15, 59, 59, tzinfo=UTC)
CALL = Call(CongressId(UUID(int=1)), Text("征集"), Span(START, END))


def reviews(*scores: int) -> list[Review]:
    return [
        Review(ProposalId(UUID(int=1)), PersonId(UUID(int=number)), score, "")
        for number, score in enumerate(scores)
    ]


@pytest.mark.parametrize(
    ("now", "open_"),
    [
        (START - timedelta(seconds=1), False),
        (START, True),
        (END - timedelta(seconds=1), True),
        (END, False),
    ],
)
def test_a_call_is_open_to_the_second(now: datetime, open_: bool) -> None:  # noqa: FBT001
    assert is_open(CALL, now) is open_


def test_who_is_too_near_counts_for_nothing() -> None:
    assert tally(reviews(0, 0)) == Tally(0, None, None, 2)
    assert tally(reviews(4, 0)) == Tally(1, 4.0, None, 1)


@given(st.lists(st.integers(1, 5), min_size=2))
def test_mean_and_spread_are_those_of_the_scores(scores: list[int]) -> None:
    found = tally(reviews(*scores))

    assert found.count == len(scores)
    assert found.mean == pytest.approx(mean(scores))
    assert found.spread == pytest.approx(stdev(scores))


def test_speakers_are_a_line_each_with_a_comma_behind_the_name() -> None:
    told = " 王示例，示例大学，教授\n\nAnn Sample, Professor\r\n李四"

    assert speakers_of(told) == (
        (Text("王示例"), Text("示例大学，教授")),
        (Text(en="Ann Sample"), Text(en="Professor")),
        (Text("李四"), Text()),
    )


def test_no_cell_of_a_table_is_a_formula() -> None:
    assert as_csv(["a"], [["=1+1"], ["fine"], ["　@x"]]) == "\ufeffa\r\n'=1+1\r\nfine\r\n'　@x\r\n"
