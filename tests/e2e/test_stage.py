"""The world served by the compiled loop alone: two browsers meet there as anywhere."""

import subprocess
from collections.abc import Generator

import pytest
from playwright.sync_api import expect
from tests.commands import free_port, running, surroundings
from tests.e2e.conftest import Site, Visitors
from tests.e2e.test_together import PATIENCE, name_of, on_page, person, said, say

from shulian.world.live.sockets.compiling import command

COMPILING = 600
"""[s] for the compiler, on a machine that has other things to do."""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Generator[Site]:
    """The demo park on the second stage, which is compiled before it starts."""
    home = tmp_path_factory.mktemp("stage")
    compiler = command(home / "data" / "compiled")
    subprocess.run(compiler, env=surroundings(home, {}), check=True, timeout=COMPILING)
    words = ["demo", "--port", free_port(), "--data", home / "data", "--bots", 0]
    with running(*words, home=home, SHULIAN_WORLD_STAGE=2) as demo:
        yield Site(demo.until(r"(http://\S+?)/$")[1], home / "data")


def test_two_meet_on_the_compiled_loop(visit: Visitors) -> None:
    ann, bob = on_page(visit), on_page(visit)
    expect(person(ann, name_of(bob))).to_have_count(1, timeout=PATIENCE)
    expect(person(bob, name_of(ann))).to_have_count(1, timeout=PATIENCE)

    say(ann, "compiled")
    expect(said(bob, name_of(ann))).to_have_text("compiled")
    bob.get_by_role("button", name="Wave to all").click()

    expect(ann.get_by_role("log")).to_contain_text(f"{name_of(bob)} waves")


def test_who_loses_the_link_comes_back_to_their_place(visit: Visitors) -> None:
    ann, bob = on_page(visit), on_page(visit)
    ann.get_by_label("Go to another place").select_option("science-hall-w1")
    ann.get_by_role("button", name="Go", exact=True).click()
    here = ann.locator("[data-together-here]")
    expect(here).to_contain_text("Multi-function Hall 1 West")

    ann.reload()

    expect(here).to_contain_text("Multi-function Hall 1 West", timeout=PATIENCE)
    expect(person(bob, name_of(ann))).to_have_count(0, timeout=PATIENCE)
