"""The browser's share of the words."""

import httpx
import pytest

from shulian.app.features import catalogue
from shulian.kit.text import Language

SHARE = ("scene.", "world.", "kind.", "status.", "live.", "common.", "gate.")


@pytest.mark.parametrize("language", list(Language))
def test_tells_the_words_of_the_client_and_no_others(
    guest: httpx.Client, language: Language
) -> None:
    answer = guest.get(f"/messages/{language}.json")

    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/json"
    assert answer.json() == {
        key: text for key, text in catalogue().words[language].items() if key.startswith(SHARE)
    }


def test_people_are_spoken_to_as_you_and_not_formally() -> None:
    chinese = catalogue().words[Language.ZH]

    assert [key for key, text in chinese.items() if "您" in text] == []


@pytest.mark.parametrize("how", ["{}", '"other", {}', "*"])
def test_words_that_the_client_has_are_not_sent_again(guest: httpx.Client, how: str) -> None:
    first = guest.get("/messages/en.json")
    second = guest.get(
        "/messages/en.json", headers={"if-none-match": how.format(first.headers["etag"])}
    )

    assert (second.status_code, second.content) == (304, b"")
    assert second.headers["etag"] == first.headers["etag"]


def test_other_words_have_another_tag(guest: httpx.Client) -> None:
    tags = {guest.get(f"/messages/{language}.json").headers["etag"] for language in Language}

    assert len(tags) == len(Language)


@pytest.mark.parametrize("file", ["fr.json", "en", "zh_CN.json", "en.json.gz", "..%2fen.json"])
def test_there_are_no_other_files(guest: httpx.Client, file: str) -> None:
    answer = guest.get(f"/messages/{file}")

    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")


def test_a_cache_may_share_them(guest: httpx.Client) -> None:
    answer = guest.get("/messages/en.json")

    assert answer.headers["cache-control"] == "public, no-cache"
    assert "set-cookie" not in answer.headers
