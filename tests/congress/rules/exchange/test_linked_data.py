"""Pages tell search engines what takes place: schema.org/Event, safe inside a script."""

import json
from dataclasses import replace

import pytest
from tests.congress.rules.exchange.programmes import DINNER, HALL_A, OPENING, SMALL

from shulian.congress.rules.exchange.linked_data import of_congress, of_session, script
from shulian.congress.rules.exchange.views import Telling
from shulian.congress.types import Programme
from shulian.kit.text import Language, Text

BASE = "https://park.example/congress/sample/"
ENGLISH = Telling(Language.EN, {HALL_A: Text("科学会堂", "Science Hall")})


def test_a_session_tells_where_when_and_who() -> None:
    told = of_session(SMALL, OPENING, BASE, ENGLISH)

    assert told == {
        "@context": "https://schema.org",
        "@type": "Event",
        "@id": f"{BASE}sessions/{OPENING}",
        "url": f"{BASE}sessions/{OPENING}",
        "identifier": str(OPENING),
        "name": "Opening",
        "description": "Welcome",
        "startDate": "2026-07-17T09:00:00+08:00",
        "endDate": "2026-07-17T10:30:00+08:00",
        "inLanguage": ["zh", "en"],
        "eventStatus": "https://schema.org/EventScheduled",
        "eventAttendanceMode": "https://schema.org/MixedEventAttendanceMode",
        "location": [
            {
                "@type": "Place",
                "name": "Great Hall",
                "containedInPlace": {"@type": "Place", "name": "Science Hall"},
            },
            {"@type": "VirtualLocation", "url": "https://live.example/opening"},
        ],
        "maximumAttendeeCapacity": 800,
        "organizer": [{"@type": "Organization", "name": "Sample Ltd"}],
        "performer": [
            {"@type": "Person", "name": "Bo Sample"},
            {
                "@type": "Person",
                "name": "Ada Sample",
                "jobTitle": "Professor, Sample University",
            },
        ],
        "superEvent": {
            "@type": "Event",
            "@id": BASE,
            "url": BASE,
            "name": "Sample Congress",
            "description": "On digital twins",
            "startDate": "2026-07-17",
            "endDate": "2026-07-18",
            "eventStatus": "https://schema.org/EventScheduled",
        },
    }


def test_a_session_on_site_is_in_its_hall_alone() -> None:
    told = of_session(SMALL, DINNER, BASE)

    assert told["location"] == {"@type": "Place", "name": "蓝厅"}
    assert told["eventAttendanceMode"] == "https://schema.org/OfflineEventAttendanceMode"
    assert told["endDate"] == "2026-07-19T01:30:00+08:00"


def test_a_congress_has_its_forums_as_series_of_what_has_a_place() -> None:
    told = of_congress(SMALL, BASE)

    [series] = told["subEvent"]
    assert (series["@type"], series["name"], series["keywords"]) == (
        "EventSeries",
        "孪生论坛",
        "数字孪生",
    )
    assert (series["startDate"], series["endDate"]) == (
        "2026-07-17T09:00:00+08:00",
        "2026-07-19T01:30:00+08:00",
    )
    assert [one["name"] for one in series["subEvent"]] == ["开幕", "塔的孪生", "夜话"]
    assert [one["name"] for one in told["location"]] == ["大厅", "蓝厅"]


def test_a_congress_without_sessions_is_somewhere_all_the_same() -> None:
    told = of_congress(Programme(SMALL.congress), BASE)

    assert told["location"] == {"@type": "Place", "name": "示例大会"}
    assert told["subEvent"] == []


@pytest.mark.parametrize("words", ["</script><script>alert(1)</script>", "<!-- & \u2028"])
def test_words_never_end_the_script_that_they_are_in(words: str) -> None:
    evil = replace(SMALL.sessions[0], title=Text(words))
    told = script(of_session(replace(SMALL, sessions=(evil,)), OPENING, BASE))

    assert not set("<>&\u2028\u2029") & set(told)
    assert json.loads(told)["name"] == " ".join(words.replace("\u2028", "").split())
