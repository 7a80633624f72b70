"""What takes long to make is kept for as many keys as there is room."""

import pytest

from shulian.kit.memo import Memo


def test_makes_a_value_once() -> None:
    made: list[str] = []
    memo: Memo[str, str] = Memo(2)

    def make() -> str:
        made.append("a")
        return "A"

    assert [memo.get("a", make), memo.get("a", make), made] == ["A", "A", ["a"]]


def test_forgets_what_was_not_asked_for_longest() -> None:
    memo: Memo[int, int] = Memo(2)
    for key in (1, 2, 1, 3):
        memo.get(key, lambda key=key: key)

    assert [memo.get(key, lambda: 0) for key in (1, 3, 2)] == [1, 3, 0]


def test_keeps_nothing_that_could_not_be_made() -> None:
    memo: Memo[int, int] = Memo(2)
    with pytest.raises(ZeroDivisionError):
        memo.get(1, lambda: 1 // 0)

    assert memo.get(1, lambda: 7) == 7
