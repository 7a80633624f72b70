"""What an operator can set, and what is said of what cannot be."""

from pathlib import Path

import pytest

from shulian.settings import (
    SETTINGS,
    NoLogForm,
    NoPort,
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
        "SHULIAN_LOG": "json",
        "SHULIAN_OTHER": "is ours to ignore",
    }

    assert read_settings(given) == Settings(
        "postgresql://a@b/c", "/data", "::1", 65535, "/client", demo=True, log="json"
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
    ],
)
def test_what_cannot_be_names_the_variable(
    name: str, value: str, wrong: type[SettingWrong]
) -> None:
    with pytest.raises(wrong) as told:
        read_settings({name: value})

    assert dict(told.value.params) == {"name": name, "value": value}


def test_the_client_is_beside_the_code_unless_it_is_set() -> None:
    assert read_settings({}).client_folder == ROOT / "client" / "dist"
    assert read_settings({"SHULIAN_CLIENT": "/elsewhere"}).client_folder == Path("/elsewhere")


def test_the_demo_is_beside_the_code() -> None:
    assert demo_folder() == ROOT / "demo"
