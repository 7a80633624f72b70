"""The demo park as a newcomer starts, stops, kills and changes it: whole processes."""

import signal
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest
from tests.cli.conftest import Checkout, checked_out
from tests.cli.parks import PARK, SPACES, definition
from tests.commands import Running, free_port, run, running
from tests.processes import wait_until, wait_until_gone

from shulian.identity.api.demo import DEMO_PASSWORD

SEEDED = [
    "Making the demo park …",
    f"  riverside: {SPACES} spaces added, 0 changed, 0 removed, 0 unchanged",
]


@dataclass(frozen=True)
class Demo:
    """A demo park that runs."""

    command: Running
    url: str
    data: Path

    def get(self, path: str, **headers: str) -> httpx.Response:
        """What a guest is answered."""
        return httpx.get(self.url + path, headers={"accept": "application/json", **headers})

    def name(self, space: str) -> str:
        """What a space is called in English."""
        return self.get(f"/api/spaces/{space}").json()["name"]["en"]

    def scene(self) -> str | None:
        """The version of the scene that is shown."""
        return self.get("/api/parks/riverside/scene").json()["version"]


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "data"


@contextmanager
def started(checkout: Checkout, home: Path, data: Path, **given: object) -> Generator[Demo]:
    """The demo of a checkout, on `data`, when it has said where it is."""
    words = ["demo", "--port", free_port(), "--data", data]
    with running(*words, home=home, PYTHONPATH=checkout.path, **given) as command:
        found = command.until(r"^Shulian 数链: (http://127\.0\.0\.1:\d+)/$")
        yield Demo(command, found[1], data)


def family(pid: int) -> Iterator[int]:
    """A process and all that came of it."""
    yield pid
    for thread in Path(f"/proc/{pid}/task").iterdir():
        for child in (thread / "children").read_text().split():
            yield from family(int(child))


def rename(demo: Demo, space: str, name: str) -> None:
    """Give a space another name, as the demo's operator."""
    with httpx.Client(base_url=demo.url, follow_redirects=True) as browser:
        browser.get("/login")
        token = browser.cookies["csrf"]
        account = {"email": "operator@shulian.example", "password": DEMO_PASSWORD}
        browser.post("/login", data={"_csrf_token": token, **account}).raise_for_status()
        change = {"name": {"en": name}}
        answer = browser.patch(f"/api/spaces/{space}", json=change, headers={"x-csrftoken": token})
        answer.raise_for_status()


together = pytest.mark.xdist_group("demo")
"""Tests that share the running demo stay in one process."""


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Generator[Demo]:
    """One that runs for several tests, none of which stops it."""
    folder = tmp_path_factory.mktemp("demo")
    (folder / "home").mkdir()
    checkout = checked_out(folder / "checkout")
    with started(checkout, folder / "home", folder / "data") as running_demo:
        yield running_demo


@together
def test_says_where_it_is_and_nothing_more(demo: Demo) -> None:
    assert demo.get("/").status_code == 200
    assert demo.command.out == [f"Shulian 数链: {demo.url}/"]
    assert demo.command.err == SEEDED


@together
def test_shows_its_sample_accounts(demo: Demo) -> None:
    page = demo.get("/login", accept="text/html").text

    assert "operator@shulian.example" in page


@together
def test_builds_its_scene_and_serves_it_packed(demo: Demo) -> None:
    wait_until(lambda: demo.scene() is not None)
    tileset = demo.get("/api/parks/riverside/scene").json()["tileset"]

    packed = demo.get(tileset, **{"accept-encoding": "gzip"})
    plain = demo.get(tileset, **{"accept-encoding": "identity"})

    assert packed.headers["content-encoding"] == "gzip"
    assert "content-encoding" not in plain.headers
    assert packed.json() == plain.json()
    assert "set-cookie" not in plain.headers


@together
def test_the_live_channel_is_not_packed(demo: Demo) -> None:
    headers = {"accept-encoding": "gzip", "accept": "text/event-stream"}
    with httpx.stream("GET", f"{demo.url}/api/live?park=riverside", headers=headers) as answer:
        first = next(answer.iter_lines())

    assert "content-encoding" not in answer.headers
    assert first.startswith("retry:")


@together
def test_a_second_one_on_the_same_data_is_refused(demo: Demo, home: Path, built: Path) -> None:
    said = run("demo", "--port", free_port(), "--data", demo.data, home=home, SHULIAN_CLIENT=built)

    assert f"{demo.data} is in use by another Shulian" in said.complaint
    assert demo.get("/readyz").status_code == 200


@together
def test_a_second_one_on_the_same_port_is_refused(
    demo: Demo, home: Path, data: Path, built: Path
) -> None:
    port = demo.url.rpartition(":")[2]

    said = run("demo", "--port", port, "--data", data, home=home, SHULIAN_CLIENT=built)

    assert said.complaint == (
        f"Port {port} of 127.0.0.1 is in use. Stop what listens there, or set SHULIAN_PORT to "
        "another one."
    )
    assert not data.exists()


@together
def test_an_import_while_it_runs_builds_the_scene_anew(
    demo: Demo, home: Path, tmp_path: Path
) -> None:
    wait_until(lambda: demo.scene() is not None)
    before = demo.scene()
    newer = definition(tmp_path / "newer", PARK.replace("height: 24", "height: 36"))

    said = run("park", "import", newer, home=home, SHULIAN_DATA=demo.data)

    assert (said.code, said.err) == (0, "")
    wait_until(lambda: demo.scene() != before)
    assert demo.get("/api/spaces/b08").json()["height"] == 36


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_stops_in_good_order(
    checkout: Checkout, home: Path, data: Path, number: signal.Signals
) -> None:
    with started(checkout, home, data) as demo:
        members = list(family(demo.command.process.pid))

        code = demo.command.end(number)

    assert (code, demo.command.out) == (0, [f"Shulian 数链: {demo.url}/"])
    assert demo.command.err == [*SEEDED, f"      | stopping on {number.name}"]
    for member in members:
        wait_until_gone(member)


def test_loses_nothing_when_it_is_killed(checkout: Checkout, home: Path, data: Path) -> None:
    with started(checkout, home, data) as demo:
        rename(demo, "plaza", "Operators' Plaza")
        members = list(family(demo.command.process.pid))
        demo.command.process.kill()
        for member in members:
            wait_until_gone(member)

    with started(checkout, home, data) as again:
        assert again.name("plaza") == "Operators' Plaza"
        assert again.command.err == []


def test_a_changed_demo_is_imported_and_edits_stay(
    checkout: Checkout, home: Path, data: Path
) -> None:
    with started(checkout, home, data) as demo:
        rename(demo, "plaza", "Operators' Plaza")
        demo.command.end(signal.SIGTERM)
    newer = PARK.replace("Building 8", "Tower 8").replace("en: Plaza", "en: Square")
    definition(checkout.demo, newer)

    with started(checkout, home, data) as again:
        assert again.command.err == [
            SEEDED[0],
            f"  riverside: 0 spaces added, 1 changed, 0 removed, {SPACES - 1} unchanged",
        ]
        assert (again.name("b08"), again.name("plaza")) == ("Tower 8", "Operators' Plaza")


def test_can_be_stopped_while_it_is_being_made(checkout: Checkout, home: Path, data: Path) -> None:
    words = ["demo", "--port", free_port(), "--data", data]
    with running(*words, home=home, PYTHONPATH=checkout.path) as command:
        command.until("Making the demo park")
        members = list(family(command.process.pid))
        code = command.end(signal.SIGTERM)

    assert (code, command.out) == (128 + signal.SIGTERM, [])
    assert command.err == SEEDED[:1]
    for member in members:
        wait_until_gone(member)
    with started(checkout, home, data) as again:
        assert again.name("plaza") == "Plaza"


def test_a_broken_demo_is_one_line(checkout: Checkout, home: Path, data: Path) -> None:
    definition(checkout.demo, PARK.replace("id: plaza", "id: b07"))

    said = run("demo", "--port", free_port(), "--data", data, home=home, PYTHONPATH=checkout.path)

    assert (said.code, said.out) == (1, "")
    assert said.err.splitlines()[0] == SEEDED[0]
    assert [line[:18] for line in said.err.splitlines()[1:]] == ["shulian: park.yaml"]


@pytest.mark.parametrize("words", [["demo"], ["serve"], ["web"]])
def test_a_client_that_was_not_built_says_what_to_do(
    home: Path, data: Path, words: list[str]
) -> None:
    said = run(*words, home=home, SHULIAN_DATA=data, SHULIAN_CLIENT=home, SHULIAN_PORT=1)

    assert said.complaint == (
        f"The web client is not built in {home}. In a checkout make run builds it; elsewhere "
        "name its folder in SHULIAN_CLIENT."
    )
    assert not data.exists()
