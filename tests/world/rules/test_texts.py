"""Words of people, safe to read."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shulian.world.errors import LinkWrong, WordsEmpty
from shulian.world.rules.texts import LONGEST_LINK, MOST_LINES, clean, clean_line, clean_link
from shulian.world.wire.messages import LONGEST_TEXT


@pytest.mark.parametrize(
    ("text", "clean_text"),
    [
        ("  你好，世界  ", "你好，世界"),
        ("a\u202eb\u2066c\u200fd", "abcd"),
        ("a\x00b\x1b[31mc\x7f", "ab[31mc"),
        ("one\r\ntwo\rthree", "one\ntwo\nthree"),
        ("one\n\n\n\n\ntwo", "one\n\ntwo"),
        ("tab\there\u3000and\u00a0there", "tab here and there"),
        ("e\u0301", "é"),
        ("👩\u200d🚀", "👩\u200d🚀"),
        ("Z" + "\u0351" * 9 + "!", "Z" + "\u0351" * 3 + "!"),
        ("<b>&amp;</b>", "<b>&amp;</b>"),
    ],
)
def test_a_text_is_cleaned(text: str, clean_text: str) -> None:
    assert clean(text) == clean_text


@pytest.mark.parametrize("text", ["", "  \n ", "\u200b\u200d", "\u202e", "\ud800", "\u0301"])
def test_nothing_to_see_is_nothing_said(text: str) -> None:
    with pytest.raises(WordsEmpty):
        clean(text)


@given(st.text(max_size=2000))
def test_a_clean_text_stays_as_it_is(text: str) -> None:
    try:
        once = clean(text)
    except WordsEmpty:
        return
    assert clean(once) == once
    assert len(once) <= LONGEST_TEXT
    assert once.count("\n") < MOST_LINES
    assert not [one for one in once if unicodedata.bidirectional(one) in {"RLO", "LRO", "RLI"}]


def test_a_title_is_one_line() -> None:
    assert clean_line("one\n\ntwo") == "one two"


@pytest.mark.parametrize(
    "link",
    [
        "https://example.org",
        "http://example.org:8080/a?b=c#d",
        "https://数链.中国/页",
        "https://[2001:db8::1]/",
        "HTTPS://EXAMPLE.ORG/",
    ],
)
def test_a_web_address_is_safe(link: str) -> None:
    assert clean_link(f" {link} ") == link


@pytest.mark.parametrize(
    "link",
    [
        "",
        "example.org",
        "//example.org",
        "javascript:alert(1)",
        "data:text/html,hi",
        "file:///etc/passwd",
        "https://",
        "https://user:password@example.org",
        "https://good.org\\@bad.org",
        "https://exa mple.org",
        "https://example.org:port",
        "https://\u202egro.elpmaxe",
        "https://example.org/" + "a" * LONGEST_LINK,
        "https://-.org-",
        "https://" + "a" * 64 + "é.org",
    ],
)
def test_anything_else_is_refused(link: str) -> None:
    with pytest.raises(LinkWrong):
        clean_link(link)
