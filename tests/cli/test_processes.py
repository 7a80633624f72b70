"""How processes of an installation are called, and where they are found."""

import pytest

from shulian.cli.processes import NatsNeeded, address, expect_room
from shulian.settings import read_settings


@pytest.mark.parametrize(
    ("host", "told"),
    [
        ("127.0.0.1", "http://127.0.0.1:8000/"),
        ("park.example", "http://park.example:8000/"),
        ("::1", "http://[::1]:8000/"),
        ("0.0.0.0", "http://127.0.0.1:8000/"),  # noqa: S104  # what is set, not what is bound
        ("::", "http://[::1]:8000/"),
    ],
)
def test_the_address_is_one_that_a_browser_here_can_open(host: str, told: str) -> None:
    assert address(read_settings({"SHULIAN_HOST": host})) == told


def test_several_processes_of_the_world_need_something_between_them() -> None:
    with pytest.raises(NatsNeeded) as told:
        expect_room(read_settings({"SHULIAN_WORLDS": "3"}))

    assert dict(told.value.params) == {"count": 3}
