"""Password hashes: argon2id, and never more at a time than memory allows."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from argon2 import extract_parameters
from argon2.low_level import Type

from shulian.identity.api import hashing
from shulian.identity.errors import HashingBusy


def test_a_hash_is_argon2id_with_the_recommended_cost() -> None:
    told = extract_parameters(hashing.hashed("correct horse battery"))

    assert (told.type, told.memory_cost, told.time_cost, told.parallelism) == (
        Type.ID,
        19456,
        2,
        1,
    )


def test_equal_passwords_have_different_hashes() -> None:
    assert hashing.hashed("correct horse battery") != hashing.hashed("correct horse battery")


@pytest.mark.parametrize(
    ("typed", "right"),
    [("pass wörd fine", True), ("pass word fine", False), ("", False), ("x" * 10**6, False)],
)
def test_only_the_same_password_matches(typed: str, *, right: bool) -> None:
    known = hashing.hashed("pass wo\u0308rd ﬁne")

    assert hashing.matches(typed, known) is right


@pytest.mark.parametrize("typed", ["", "correct horse battery", "x" * 300])
def test_without_an_account_nothing_matches(typed: str) -> None:
    assert not hashing.matches(typed, None)


def test_what_is_checked_without_an_account_costs_as_much_as_a_real_hash() -> None:
    assert not hashing.is_outdated(hashing._NOBODY)  # pyright: ignore[reportPrivateUsage]


def test_more_at_a_time_wait_for_their_turn() -> None:
    known = hashing.hashed("correct horse battery")

    def check(_number: int) -> bool:
        return hashing.matches("correct horse battery", known)

    with ThreadPoolExecutor(16) as threads:
        answers = list(threads.map(check, range(16)))

    assert answers == [True] * 16


def test_who_waits_too_long_is_told_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hashing, "_PATIENCE", 0)
    turns = hashing._turns  # pyright: ignore[reportPrivateUsage]
    for _ in range(hashing._AT_ONCE):  # pyright: ignore[reportPrivateUsage]
        turns.acquire()
    try:
        with pytest.raises(HashingBusy):
            hashing.hashed("correct horse battery")
    finally:
        turns.release(4)
