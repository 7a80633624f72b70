"""Whose turn it is, beside a model that keeps everyone in line as a person."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shulian.ticketing.rules import line


@dataclass
class Crowd:
    """A line with tickets before it, moved by the rules; people are numbers, in order."""

    left: int
    gentle: bool
    arrived: int = 0
    waiting: list[int] = field(default_factory=list[int])
    called: list[int] = field(default_factory=list[int])
    refused: list[tuple[int, int, int]] = field(default_factory=list[tuple[int, int, int]])
    """Who, with how many before them and how many left."""
    ever_called: list[int] = field(default_factory=list[int])

    def arrive(self) -> None:
        """One more comes, and the line moves."""
        self.arrived += 1
        ahead = len(self.called) + len(self.waiting)
        if line.spoken_for(ahead=ahead, left=self.left):
            self.refused.append((self.arrived, ahead, self.left))
        else:
            self.waiting.append(self.arrived)
        self.move()

    def buy(self, number: int, count: int) -> None:
        """One of those called buys, as many as may be."""
        if not self.called or not self.left:
            return
        others = len(self.called) - 1
        count = min(count, self.left)
        while not line.may_buy(left=self.left - count, others=others):
            count -= 1
        assert count >= 1, "one was called, and nothing was kept for them"
        self.called.pop(number % len(self.called))
        self.left -= count
        self.move()

    def pass_over(self, number: int) -> None:
        """One of those called does not come."""
        if self.called:
            self.called.pop(number % len(self.called))
            self.move()

    def leave(self, number: int) -> None:
        """One of those who wait gives up."""
        if self.waiting:
            self.waiting.pop(number % len(self.waiting))
            self.move()

    def come_back(self, count: int) -> None:
        """Tickets come back."""
        self.left += count
        self.move()

    def move(self) -> None:
        """Do what the rules say, and hold them to what they promise."""
        step = line.step(
            left=self.left,
            called=len(self.called),
            waiting=len(self.waiting),
            gentle=self.gentle,
            on_sale=True,
        )
        now, stay = self.waiting[: step.call], self.waiting[step.call : step.call + step.stay]
        for place, one in enumerate(self.waiting[step.call + step.stay :]):
            ahead = len(self.called) + len(now) + len(stay) + place
            self.refused.append((one, ahead, self.left))
        self.called += now
        self.ever_called += now
        self.waiting = stay
        in_line = len(self.called) + len(self.waiting)
        assert step.spare == max(0, self.left - in_line)
        assert len(self.called) <= self.left
        assert in_line <= self.left
        assert not now or len(self.called) <= (line.GENTLY if self.gentle else line.AT_A_TIME)


Happening = Callable[[Crowd], None]


def _buy(number: int, count: int) -> Happening:
    return lambda crowd: crowd.buy(number, count)


def _pass(number: int) -> Happening:
    return lambda crowd: crowd.pass_over(number)


def _leave(number: int) -> Happening:
    return lambda crowd: crowd.leave(number)


def _come_back(count: int) -> Happening:
    return lambda crowd: crowd.come_back(count)


number = st.integers(0, 500)
happening = st.one_of(
    st.just(Crowd.arrive),
    st.just(Crowd.arrive),
    st.builds(_buy, number, st.integers(1, 10)),
    st.builds(_pass, number),
    st.builds(_leave, number),
    st.builds(_come_back, st.integers(1, 10)),
)
story = st.lists(happening, max_size=80)


@given(left=st.integers(0, 40), gentle=st.booleans(), story=story)
def test_who_came_first_is_called_first_and_finds_a_ticket(
    *, left: int, gentle: bool, story: list[Happening]
) -> None:
    crowd = Crowd(left, gentle)
    for one in story:
        one(crowd)

    assert crowd.ever_called == sorted(crowd.ever_called)
    assert all(ahead >= then for _, ahead, then in crowd.refused)


@given(left=st.integers(1, 60), gentle=st.booleans(), more=st.integers(0, 100))
def test_as_many_get_one_as_there_are_and_none_is_lost(
    *, left: int, gentle: bool, more: int
) -> None:
    crowd = Crowd(left, gentle)
    for _ in range(left + more):
        crowd.arrive()
    while crowd.called:
        crowd.buy(0, 1)

    assert crowd.ever_called == list(range(1, left + 1))
    assert [who for who, _, _ in crowd.refused] == list(range(left + 1, left + more + 1))
    assert (crowd.left, crowd.waiting) == (0, [])


@given(left=st.integers(1, 20), waiting=st.integers(1, 30), called=st.integers(0, 20))
def test_a_line_whose_called_ones_end_goes_on(left: int, waiting: int, called: int) -> None:
    crowd = Crowd(left, gentle=False, waiting=list(range(waiting)), called=[-1] * min(called, left))
    crowd.move()
    while crowd.called:
        crowd.pass_over(0)

    assert crowd.waiting == []


def test_no_more_are_called_at_a_time_than_there_is_room_for() -> None:
    many = line.step(left=5_000, called=0, waiting=9_000, gentle=False, on_sale=True)
    gently = line.step(left=5_000, called=5, waiting=9_000, gentle=True, on_sale=True)

    assert many == line.Step(call=line.AT_A_TIME, stay=5_000 - line.AT_A_TIME, spare=0)
    assert gently == line.Step(call=line.GENTLY - 5, stay=4_995 - line.GENTLY + 5, spare=0)


def test_before_the_sale_begins_one_waits() -> None:
    step = line.step(left=10, called=0, waiting=4, gentle=False, on_sale=False)

    assert step == line.Step(call=0, stay=4, spare=6)


@pytest.mark.parametrize(
    ("ahead", "left", "answer"),
    [(0, 1, False), (1, 1, True), (0, 0, True), (499, 500, False), (500, 500, True)],
)
def test_all_are_spoken_for_when_those_before_could_take_them(
    ahead: int, left: int, *, answer: bool
) -> None:
    assert line.spoken_for(ahead=ahead, left=left) is answer


def test_it_is_looked_at_alone_when_what_is_kept_could_be_touched() -> None:
    looks = [
        line.needs_look(left=left, others=others)
        for left, others in [(5, 0), (5, 5), (5 + line.PLENTY, 5), (4 + line.PLENTY, 5)]
    ]

    assert looks == [False, True, False, True]


def test_how_long_it_takes_is_told_from_how_fast_the_line_moves() -> None:
    minute = timedelta(minutes=1)
    waits = [line.wait(0, 30, minute), line.wait(9, 30, minute), line.wait(9, 0, minute)]

    assert waits == [2, 20, None]
    assert line.wait(9, 30, timedelta()) is None


def test_those_near_the_front_ask_more_often() -> None:
    assert [line.again(ahead) for ahead in (0, 60, 200, 5_000)] == [2, 3, 10, 60]
