"""How processes of an installation are called, and where they are found."""

import pytest

from shulian.cli.processes import NatsNeeded, address, expect_room, world_program
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


@pytest.mark.parametrize(("stage", "minutes"), [("auto", 0), ("1", 0), ("2", 15)])
def test_a_world_that_compiles_before_it_serves_is_given_the_time(stage: str, minutes: int) -> None:
    program = world_program(read_settings({"SHULIAN_WORLD_STAGE": stage}), 0, {})

    assert program.patience == minutes * 60


def test_several_processes_of_the_world_need_something_between_them() -> None:
    with pytest.raises(NatsNeeded) as told:
        expect_room(read_settings({"SHULIAN_WORLDS": "3"}))

    assert dict(told.value.params) == {"count": 3}
