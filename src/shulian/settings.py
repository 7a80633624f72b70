"""Every setting: its name, its default, what it is for; read once and handed down."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from shulian.kit.errors import Failure

_DIGITS = re.compile(r"[0-9]{1,5}")
_MOST_PROCESSES = 64
_LAST_PORT = 65535
_MOST_BOTS = 1000


class SettingWrong(Failure):
    """The variable `name` holds `value`, which its setting cannot be."""

    code = "settings.wrong"


class NoSwitch(SettingWrong):
    """A switch is neither on nor off."""

    code = "settings.no_switch"


class NoPort(SettingWrong):
    """A port is no number from 1 to 65535."""

    code = "settings.no_port"


class NoLogForm(SettingWrong):
    """Logs are not written in such a form."""

    code = "settings.no_log_form"


class NoStage(SettingWrong):
    """The shared world has no such way to serve its sockets."""

    code = "settings.no_stage"


class NoCount(SettingWrong):
    """A number is none from `least` to `most`."""

    code = "settings.no_count"


Read = Callable[[str, str], Any]
"""The value of the setting `name` that was given as `text`; raises a SettingWrong."""


def _text(_name: str, text: str) -> str:
    return text


def _switch(name: str, text: str) -> bool:
    if text.lower() in {"1", "true", "yes", "on"}:
        return True
    if text.lower() in {"0", "false", "no", "off"}:
        return False
    raise NoSwitch(name=name, value=text)


def _port(name: str, text: str) -> int:
    if not (_DIGITS.fullmatch(text) and 0 < int(text) <= _LAST_PORT):
        raise NoPort(name=name, value=text)
    return int(text)


def _port_or_none(name: str, text: str) -> int:
    return _port(name, text) if text else 0


def _log_form(name: str, text: str) -> str:
    if text not in {"people", "json"}:
        raise NoLogForm(name=name, value=text)
    return text


def _stage(name: str, text: str) -> str:
    if text not in {"auto", "1", "2"}:
        raise NoStage(name=name, value=text)
    return text


def _count(least: int, most: int) -> Read:
    def read(name: str, text: str) -> int:
        if not (_DIGITS.fullmatch(text) and least <= int(text) <= most):
            raise NoCount(name=name, value=text, least=least, most=most)
        return int(text)

    return read


@dataclass(frozen=True, slots=True)
class Setting:
    """One thing an operator can set, by an environment variable."""

    name: str
    field: str
    default: str
    help: str
    read: Read = _text


SETTINGS = (
    Setting(
        "DATABASE_URL",
        "database_url",
        "",
        "A PostgreSQL of yours (15 or newer, with btree_gist, pg_trgm and vector); "
        "empty: one is run inside the data folder.",
    ),
    Setting(
        "SHULIAN_DATA",
        "data",
        "",
        "The folder for the database inside, tiles and secrets; "
        "empty: `shulian` in your user's data folder.",
    ),
    Setting("SHULIAN_HOST", "host", "127.0.0.1", "The address to listen on."),
    Setting("SHULIAN_PORT", "port", "8000", "The port to listen on.", _port),
    Setting(
        "SHULIAN_CLIENT",
        "client",
        "",
        "The folder with the built client; empty: the one that came with the code.",
    ),
    Setting(
        "SHULIAN_DEMO",
        "demo",
        "0",
        "1: show the sample accounts on the login page. `shulian demo` sets it.",
        _switch,
    ),
    Setting(
        "SHULIAN_TEST_PAYMENTS",
        "test_payments",
        "0",
        "1: let people pay with the test provider, which takes no money. `shulian demo` sets it.",
        _switch,
    ),
    Setting(
        "SHULIAN_WORLD_PORT",
        "world_port",
        "",
        "The port on which the shared world listens; empty: the one after SHULIAN_PORT. Further "
        "processes take the ports after it.",
        _port_or_none,
    ),
    Setting(
        "SHULIAN_WORLD_URL",
        "world_url",
        "",
        "Where browsers find the shared world, such as `wss://park.example/world/{shard}`; "
        "empty: the host of the page, at its port.",
    ),
    Setting(
        "SHULIAN_WORLDS",
        "worlds",
        "1",
        "How many processes share the world: the sites of a park are divided among them.",
        _count(1, _MOST_PROCESSES),
    ),
    Setting(
        "SHULIAN_BOTS",
        "bots",
        "0",
        "How many simulated visitors, marked as such, walk through the first park. "
        "`shulian demo` sets it.",
        _count(0, _MOST_BOTS),
    ),
    Setting(
        "SHULIAN_WORLD_STAGE",
        "world_stage",
        "auto",
        "How the world serves its sockets: `2` by the compiled loop, `1` without it, "
        "`auto`: the loop as soon as it is compiled.",
        _stage,
    ),
    Setting(
        "NATS_URL",
        "nats_url",
        "",
        "The NATS that links the processes of the world; needed where there are several.",
    ),
    Setting(
        "SHULIAN_LOG",
        "log",
        "people",
        "How logs are written: `people` or `json`.",
        _log_form,
    ),
)
"""In the order in which the documentation lists them."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What the operator set."""

    database_url: str
    data: str
    host: str
    port: int
    client: str
    demo: bool
    test_payments: bool
    world_port: int
    """0: none was set."""
    world_url: str
    worlds: int
    bots: int
    world_stage: str
    nats_url: str
    log: str

    @property
    def first_world_port(self) -> int:
        """The port of the first process of the shared world."""
        return self.world_port or self.port % _LAST_PORT + 1

    @property
    def compiles_first(self) -> bool:
        """Whether the shared world compiles its loop before it serves."""
        return self.world_stage == "2"

    @property
    def client_folder(self) -> Path:
        """Where the built client is: as set, or where the code is."""
        return Path(self.client) if self.client else _beside_the_code("client/dist")


def demo_folder() -> Path:
    """Where the demo park's files are."""
    return _beside_the_code("demo")


def _beside_the_code(folder: str) -> Path:
    """A folder of the repository, in an installed package or in a checkout."""
    package = Path(__file__).parent
    packed = package / "beside" / folder
    return packed if packed.exists() else package.parents[1] / folder


def read_settings(environment: Mapping[str, str]) -> Settings:
    """The settings in `environment`; raises a SettingWrong."""
    return Settings(
        **{
            setting.field: setting.read(
                setting.name, environment.get(setting.name, "").strip() or setting.default
            )
            for setting in SETTINGS
        }
    )
