"""What search engines read on public pages: schema.org/Event, that no words can break out of."""

import json
from dataclasses import replace
from typing import Any

import pytest
from tests.congress.gatherings import MODELS_1, NOW, PLENARY, SILICON_1
from tests.congress.visits import SLUG, Visit

from shulian.congress import api
from shulian.kit.text import Text

BASE = f"http://park.example{SLUG}/"
OPENS = '<script type="application/ld+json">'


def linked(visit: Visit, path: str, language: str = "en") -> Any:
    """What a page says to search engines."""
    html = visit.get(path, language=language).text
    assert html.count(OPENS) == 1
    return json.loads(html.partition(OPENS)[2].partition("</script>")[0])


def test_a_session_is_an_event_of_its_congress(still_visit: Visit) -> None:
    told = linked(still_visit, f"{SLUG}/sessions/{PLENARY}")

    assert told == {
        "@context": "https://schema.org",
        "@type": "Event",
        "@id": f"{BASE}sessions/{PLENARY}",
        "url": f"{BASE}sessions/{PLENARY}",
        "identifier": str(PLENARY),
        "name": "Plenary",
        "startDate": "2026-12-07T09:00:00+08:00",
        "endDate": "2026-12-07T10:00:00+08:00",
        "eventStatus": "https://schema.org/EventScheduled",
        "eventAttendanceMode": "https://schema.org/OfflineEventAttendanceMode",
        "location": {
            "@type": "Place",
            "name": "Multi-function Hall 1 East",
            "containedInPlace": {"@type": "Place", "name": "Shulian Tower"},
        },
        "maximumAttendeeCapacity": 400,
        "performer": [{"@type": "Person", "name": "Ann Sample", "jobTitle": "Professor"}],
        "superEvent": {
            "@type": "Event",
            "@id": BASE,
            "url": BASE,
            "name": "Sample Congress",
            "startDate": "2026-12-07",
            "endDate": "2026-12-08",
            "eventStatus": "https://schema.org/EventScheduled",
        },
    }


def test_it_is_in_the_language_of_the_page(still_visit: Visit) -> None:
    told = linked(still_visit, f"{SLUG}/sessions/{PLENARY}", "zh-CN")

    assert (told["name"], told["performer"][0]["name"]) == ("全体会议", "安示例")
    assert told["location"]["containedInPlace"]["name"] == "数链大厦"


def sessions(told: Any) -> list[str]:
    return [one["identifier"] for series in told["subEvent"] for one in series["subEvent"]]


def test_a_programme_is_its_congress_with_what_the_page_shows(still_visit: Visit) -> None:
    every = linked(still_visit, f"{SLUG}?day=all")
    found = linked(still_visit, f"{SLUG}?q=silicon")
    none = linked(still_visit, f"{SLUG}?q=nothing-of-that-kind")

    assert (every["@id"], every["name"]) == (BASE, "Sample Congress")
    assert sorted(sessions(every)) == [str(PLENARY), str(MODELS_1), str(SILICON_1)]
    assert sessions(found) == [str(SILICON_1)]
    assert sessions(none) == []


@pytest.mark.parametrize("path", [SLUG, f"{SLUG}/sessions/{PLENARY}"])
def test_of_an_older_release_nothing_is_said(still_visit: Visit, path: str) -> None:
    assert OPENS not in still_visit.get(f"{path}?release=1").text


def test_of_a_draft_nothing_is_said(still_draft: Visit) -> None:
    assert OPENS not in still_draft.get(SLUG, who="pia").text


def test_no_title_ends_the_script(visit: Visit) -> None:
    title = Text(en="</script><script>alert(1)</script><!--")
    with visit.behind() as made:
        one = made.session(PLENARY)
        by = (made.db, made.bus, made.planner)
        api.change_session(*by, replace(one, title=title), now=NOW)
    visit.release("v1")

    html = visit.get(f"{SLUG}/sessions/{PLENARY}").text

    assert "<script>alert" not in html
    assert linked(visit, f"{SLUG}/sessions/{PLENARY}")["name"] == title.en
