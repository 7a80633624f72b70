"""What an operator can set, and what is said of what cannot be."""

from pathlib import Path

import pytest

from shulian.settings import (
    SETTINGS,
    NoCount,
    NoLogForm,
    NoPort,
    NoStage,
    NoSwitch,
    Settings,
    SettingWrong,
    demo_folder,
    read_settings,
)

DEFAULTS = Settings(
    database_url="",
    data="",
    host="127.0.0.1",
    port=8000,
    client="",
    demo=False,
    test_payments=False,
    world_port=0,
    world_url="",
    worlds=1,
    bots=0,
    world_stage="auto",
    nats_url="",
    log="people",
)
ROOT = Path(__file__).parents[1]


def test_nothing_must_be_set() -> None:
    assert read_settings({}) == DEFAULTS


def test_what_is_empty_counts_as_unset() -> None:
    assert read_settings({one.name: "  " for one in SETTINGS}) == DEFAULTS


def test_everything_can_be_set() -> None:
    given = {
        "DATABASE_URL": "postgresql://a@b/c",
        "SHULIAN_DATA": "/data",
        "SHULIAN_HOST": "::1",
        "SHULIAN_PORT": " 65535 ",
        "SHULIAN_CLIENT": "/client",
        "SHULIAN_DEMO": "Yes",
        "SHULIAN_TEST_PAYMENTS": "on",
        "SHULIAN_WORLD_PORT": "9001",
        "SHULIAN_WORLD_URL": "wss://park.example/world",
        "SHULIAN_WORLDS": "4",
        "SHULIAN_BOTS": "12",
        "SHULIAN_WORLD_STAGE": "2",
        "NATS_URL": "nats://nats:4222",
        "SHULIAN_LOG": "json",
        "SHULIAN_OTHER": "is ours to ignore",
    }

    assert read_settings(given) == Settings(
        "postgresql://a@b/c",
        "/data",
        "::1",
        65535,
        "/client",
        demo=True,
        test_payments=True,
        world_port=9001,
        world_url="wss://park.example/world",
        worlds=4,
        bots=12,
        world_stage="2",
        nats_url="nats://nats:4222",
        log="json",
    )


@pytest.mark.parametrize(("text", "on"), [("1", True), ("on", True), ("0", False), ("No", False)])
def test_a_switch_is_on_or_off(text: str, on: bool) -> None:  # noqa: FBT001  # what is expected
    assert read_settings({"SHULIAN_DEMO": text}).demo is on


@pytest.mark.parametrize(
    ("name", "value", "wrong"),
    [
        ("SHULIAN_PORT", "http", NoPort),
        ("SHULIAN_PORT", "0", NoPort),
        ("SHULIAN_PORT", "65536", NoPort),
        ("SHULIAN_PORT", "-1", NoPort),
        ("SHULIAN_PORT", "8_000", NoPort),
        ("SHULIAN_PORT", "８０００", NoPort),
        ("SHULIAN_PORT", "1" * 5000, NoPort),
        ("SHULIAN_DEMO", "maybe", NoSwitch),
        ("SHULIAN_LOG", "xml", NoLogForm),
        ("SHULIAN_WORLD_PORT", "0", NoPort),
        ("SHULIAN_WORLD_STAGE", "3", NoStage),
    ],
)
def test_what_cannot_be_names_the_variable(
    name: str, value: str, wrong: type[SettingWrong]
) -> None:
    with pytest.raises(wrong) as told:
        read_settings({name: value})

    assert dict(told.value.params) == {"name": name, "value": value}


@pytest.mark.parametrize(
    ("name", "value", "least", "most"),
    [
        ("SHULIAN_WORLDS", "0", 1, 64),
        ("SHULIAN_WORLDS", "65", 1, 64),
        ("SHULIAN_WORLDS", "two", 1, 64),
        ("SHULIAN_BOTS", "-1", 0, 1000),
        ("SHULIAN_BOTS", "1001", 0, 1000),
    ],
)
def test_a_number_out_of_range_names_the_range(
    name: str, value: str, least: int, most: int
) -> None:
    with pytest.raises(NoCount) as told:
        read_settings({name: value})

    assert dict(told.value.params) == {"name": name, "value": value, "least": least, "most": most}


def test_the_world_listens_beside_the_web_unless_it_is_set() -> None:
    told = [{}, {"SHULIAN_PORT": "9000"}, {"SHULIAN_WORLD_PORT": "7"}, {"SHULIAN_PORT": "65535"}]

    assert [read_settings(one).first_world_port for one in told] == [8001, 9001, 7, 1]


def test_the_client_is_beside_the_code_unless_it_is_set() -> None:
    assert read_settings({}).client_folder == ROOT / "client" / "dist"
    assert read_settings({"SHULIAN_CLIENT": "/elsewhere"}).client_folder == Path("/elsewhere")


def test_the_demo_is_beside_the_code() -> None:
    assert demo_folder() == ROOT / "demo"
