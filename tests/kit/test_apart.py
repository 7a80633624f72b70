"""A function in a process of its own: its answer, or that it took too much."""

import pytest

from shulian.kit import apart

HERE = "tests.kit.test_apart"
ROOM = 1 << 30


def reversed_(content: bytes) -> bytes:
    return content[::-1]


def greedy(_content: bytes) -> bytes:
    return b"x" * (4 << 30)


def endless(_content: bytes) -> bytes:
    while True:
        pass


def broken(content: bytes) -> bytes:
    raise ValueError(content)


def loud(content: bytes) -> bytes:
    print("said", "aloud " * 100_000)  # noqa: T201  # nobody has to hear it
    return content


def test_it_answers_what_the_function_makes() -> None:
    content = bytes(range(256)) * 4000

    assert apart.call(f"{HERE}:reversed_", content, memory=ROOM, seconds=10) == content[::-1]


def test_what_it_says_is_no_part_of_the_answer() -> None:
    assert apart.call(f"{HERE}:loud", b"1", memory=ROOM, seconds=10) == b"1"


@pytest.mark.parametrize("function", ["greedy", "broken", "no_such_function"])
def test_what_takes_too_much_memory_or_breaks_answers_nothing(function: str) -> None:
    with pytest.raises(apart.Exhausted):
        apart.call(f"{HERE}:{function}", b"", memory=ROOM, seconds=10)


def test_what_computes_for_ever_is_ended() -> None:
    with pytest.raises(apart.Exhausted):
        apart.call(f"{HERE}:endless", b"", memory=ROOM, seconds=1)
