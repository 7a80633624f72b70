"""A process may ask for as many open files as its system lets it."""

import resource
from collections.abc import Generator

import pytest

from shulian.kit.descriptors import raise_limit

LIMIT = resource.RLIMIT_NOFILE


@pytest.fixture
def hard() -> Generator[int]:
    """The hard limit; the soft one is lower during the test."""
    soft, hard = resource.getrlimit(LIMIT)
    resource.setrlimit(LIMIT, (hard - 1, hard))
    yield hard
    resource.setrlimit(LIMIT, (soft, hard))


def test_the_soft_limit_is_raised_to_the_hard_one(hard: int) -> None:
    assert (raise_limit(), resource.getrlimit(LIMIT)) == (hard, (hard, hard))


def test_what_is_raised_already_stays(hard: int) -> None:
    raise_limit()

    assert (raise_limit(), resource.getrlimit(LIMIT)) == (hard, (hard, hard))


def test_a_limit_that_cannot_be_raised_counts_as_it_is(
    hard: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_which: int, _limits: tuple[int, int]) -> None:
        raise ValueError("current limit exceeds maximum limit")

    with monkeypatch.context() as around:
        around.setattr(resource, "setrlimit", refuse)

        assert raise_limit() == hard - 1


def test_no_limit_counts_as_plenty(monkeypatch: pytest.MonkeyPatch) -> None:
    def unbounded(_which: int) -> tuple[int, int]:
        return (1024, resource.RLIM_INFINITY)

    def grant(_which: int, _limits: tuple[int, int]) -> None:
        pass

    with monkeypatch.context() as around:
        around.setattr(resource, "getrlimit", unbounded)
        around.setattr(resource, "setrlimit", grant)

        assert raise_limit() == 1 << 20
