"""A login leads to a page of this site, never to another one."""

from urllib.parse import urljoin, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shulian.identity.rules.destinations import safe_destination

HERE = "https://park.example/login"


@pytest.mark.parametrize(
    "wish",
    ["/", "/account", "/parks/shulian/scene?space=hall-1&mode=walk", "/spaces/a%2Fb#x", "/a//b"],
)
def test_a_page_of_this_site_is_gone_to(wish: str) -> None:
    assert safe_destination(wish) == wish


@pytest.mark.parametrize(
    "wish",
    [
        "",
        "account",
        "https://evil.example/",
        "//evil.example/",
        "/\\evil.example",
        "\\\\evil.example",
        "/\t/evil.example",
        "/ /evil.example",
        "javascript:alert(1)",
        "/a\r\nset-cookie: a=b",
        "/园区",
        "/login",
        "/login?next=/login",
        "/logout",
        "/signup#x",
    ],
)
def test_anything_else_leads_home(wish: str) -> None:
    assert safe_destination(wish) == "/"


def test_one_can_say_where_else() -> None:
    assert safe_destination("//evil.example", "/parks") == "/parks"


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=30).map(lambda text: "/" + text))
def test_whatever_is_wished_the_host_stays(wish: str) -> None:
    destination = urljoin(HERE, safe_destination(wish))

    assert urlsplit(destination)[:2] == ("https", "park.example")
