"""The pages of a call for sessions: proposed, judged without names, accepted, told."""

import csv
import io
from collections.abc import Generator
from datetime import timedelta
from pathlib import Path

import pytest
from tests.congress.call_sites import CallSite, opened
from tests.congress.callers import OVER
from tests.congress.gatherings import AI, MODELS, NOW
from tests.park.routes.reading import Page

BASE = "/congresses/sample-2026"
FORM = {
    "title_zh": "光场",
    "title_en": "Light fields",
    "about_zh": "怎样拍摄光场。",
    "about_en": "How to film one.",
    "kind": "talk",
    "minutes": "40",
    "theme": str(AI),
    "speakers": "王示例，示例大学教授\r\nAnn Sample, Professor",
}


@pytest.fixture
def site(own_database_url: str, built: Path, tmp_path: Path) -> Generator[CallSite]:
    with opened(own_database_url, built, tmp_path) as one:
        yield one


def proposed(site: CallSite, **other: str) -> str:
    """The address of a proposal that vera has submitted, for those who judge."""
    answer = site.send("vera", f"{BASE}/call/new", **{**FORM, "do": "submit", **other})
    assert answer.headers["location"] == f"{BASE}/call/mine?done=submitted", answer.text
    (mine,) = [one for one in site.page("vera", f"{BASE}/call/mine").links() if "/mine/" in one]
    return mine.replace("/call/mine/", "/desk/proposals/")


def test_everybody_reads_what_is_looked_for(site: CallSite) -> None:
    page = site.page("", f"{BASE}/call")
    chinese = site.page("", f"{BASE}/call", "zh-CN")

    assert page.title == "Call for sessions"
    assert "Tell us what you would say." in page.words
    assert "Reviewers see neither" in page.words
    assert f"{BASE}/call/new" in page.links()
    assert (chinese.title, "说说你的想法。" in chinese.words) == ("场次征集", True)


def test_who_is_not_logged_in_is_asked_to(site: CallSite) -> None:
    for path in ("/call/new", "/call/mine", "/desk/proposals"):
        assert site.get("", BASE + path).url.path == "/login"


def test_from_a_proposal_to_a_session(site: CallSite) -> None:
    where = proposed(site)

    seen = site.page("rita", where)
    assert "Light fields" in seen.words
    assert "Ann Sample" not in seen.words
    assert "Vera" not in seen.words
    told = site.send("rita", where, score="4", words="好")
    assert told.headers["location"] == f"{BASE}/desk/proposals?done=reviewed"
    assert "4 · good" in site.page("rita", f"{BASE}/desk/proposals").words

    desk = site.page("pia", f"{BASE}/desk/proposals")
    assert "Vera" in desk.words
    assert "4.00" in desk.words
    which = where.rpartition("/")[2]
    done = site.send(
        "pia", f"{BASE}/desk/proposals", which=which, verdict="accepted", forum=str(MODELS)
    )
    assert done.headers["location"] == f"{BASE}/desk/proposals?done=accepted"
    assert "Accepted" in site.page("vera", f"{BASE}/call/mine").words
    assert site.send("rita", where, score="2", words="").status_code == 409


def test_what_is_wrong_is_said_beside_the_field_and_nothing_is_kept(site: CallSite) -> None:
    wrong = {**FORM, "minutes": "0", "speakers": "", "do": "submit"}
    answer = site.send("vera", f"{BASE}/call/new", **wrong)

    assert answer.status_code == 422
    assert Page(answer.text).faults() == ["error-minutes"]
    assert Page(answer.text).field("title_en")["value"] == "Light fields"
    again = site.send("vera", f"{BASE}/call/new", **{**wrong, "minutes": "40"})
    assert Page(again.text).faults() == ["error-speakers"]
    assert "You have proposed nothing yet." in site.page("vera", f"{BASE}/call/mine").words


def test_a_draft_is_changed_submitted_and_withdrawn(site: CallSite) -> None:
    site.send("vera", f"{BASE}/call/new", **{**FORM, "speakers": "", "do": "save"})
    (mine,) = [one for one in site.page("vera", f"{BASE}/call/mine").links() if "/mine/" in one]
    assert "Draft" in site.page("vera", mine).words

    for do, state in (("submit", "Submitted"), ("withdraw", "Withdrawn")):
        assert site.send("vera", mine, **{**FORM, "do": do}).status_code == 303
        assert state in site.page("vera", mine).words
    assert site.send("vera", mine, **{**FORM, "do": "save"}).status_code == 409


def test_after_the_deadline_the_form_is_gone_and_what_comes_is_refused(site: CallSite) -> None:
    where = proposed(site)
    site.clock.now = OVER

    assert "not now" in site.page("", f"{BASE}/call").words
    late = site.send("vera", f"{BASE}/call/new", **{**FORM, "do": "submit"})
    mine = site.page("vera", where.replace("/desk/proposals/", "/call/mine/"))
    assert late.status_code == 409
    assert [tag for tag, _ in mine.elements if tag == "textarea"] == []


def test_nobody_reads_the_proposal_of_another(site: CallSite) -> None:
    where = proposed(site)

    mine = where.replace("/desk/proposals/", "/call/mine/")
    assert site.get("pia", mine).status_code == 404
    assert site.get("vera", where).status_code == 403
    assert site.get("vera", f"{BASE}/desk/proposals").status_code == 403


def test_to_accept_without_a_forum_is_told_and_nothing_is_decided(site: CallSite) -> None:
    which = proposed(site).rpartition("/")[2]

    for form in (
        {"which": which, "verdict": "accepted"},
        {"which": which, "verdict": "draft"},
        {"which": "x", "verdict": "rejected"},
        {"verdict": "rejected"},
    ):
        assert site.send("pia", f"{BASE}/desk/proposals", **form).status_code == 422
    assert "Submitted" in site.page("vera", f"{BASE}/call/mine").words


def test_several_are_decided_at_once_and_the_second_time_is_told(site: CallSite) -> None:
    first = proposed(site).rpartition("/")[2]
    form: dict[str, str | list[str]] = {"which": [first, first], "verdict": "rejected"}

    assert site.send("pia", f"{BASE}/desk/proposals", **form).status_code == 303
    assert site.send("pia", f"{BASE}/desk/proposals", **form).status_code == 409
    assert "Not selected" in site.page("vera", f"{BASE}/call/mine").words


def test_proposals_are_filtered_and_ordered(site: CallSite) -> None:
    proposed(site)

    every = site.page("pia", f"{BASE}/desk/proposals?order=mean&theme={AI}&stands=submitted")
    none = site.page("pia", f"{BASE}/desk/proposals?stands=rejected")
    assert "Light fields" in every.words
    assert "Light fields" not in none.words
    assert "There is no such proposal." in none.words


def test_the_table_has_a_row_for_each(site: CallSite) -> None:
    where = proposed(site, title_en="=cmd()")
    site.send("rita", where, score="5", words="")

    answer = site.get("pia", f"{BASE}/desk/proposals.csv")
    rows = list(csv.DictReader(io.StringIO(answer.text.removeprefix("\ufeff"))))
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert [list(one.values()) for one in rows] == [
        [
            "光场",
            "'=cmd()",
            "Talk",
            "40",
            "AI",
            "Submitted",
            "Vera",
            "王示例，示例大学教授\nAnn Sample, Professor",
            "5.00",
            "",
            "1",
            "0",
        ]
    ]


def test_who_makes_the_congress_changes_the_call(site: CallSite) -> None:
    form = {
        "words_zh": "改了",
        "words_en": "Changed",
        "start": "2026-11-22T12:00:00",
        "end": "2026-11-30T23:59:59",
    }
    assert site.send("vera", f"{BASE}/call", **form).status_code == 403
    assert site.send("pia", f"{BASE}/call", **{**form, "end": "x"}).status_code == 422
    assert site.send("pia", f"{BASE}/call", **form).status_code == 303

    page = site.page("pia", f"{BASE}/call")
    assert "Changed" in page.words
    assert page.field("end")["value"] == "2026-11-30T23:59:59"


@pytest.mark.parametrize(
    ("language", "told", "said"),
    [
        (
            "en",
            ["There is news of what you proposed.", "The organizers say: 请讲得短些。", "New"],
            ["1 new answers", "Your proposals"],
        ),
        (
            "zh-CN",
            ["你的提案有新进展。", "主办方说：请讲得短些。", "新"],
            ["1 条新答复", "我的提案"],
        ),
    ],
)
def test_an_author_hears_of_the_outcome(
    site: CallSite, language: str, told: list[str], said: list[str]
) -> None:
    which = proposed(site).rpartition("/")[2]
    form = {"which": which, "verdict": "waitlisted", "words": "请讲得短些。"}
    assert site.send("pia", f"{BASE}/desk/proposals", **form).status_code == 303

    page, every = (
        site.page("vera", one, language) for one in (f"{BASE}/call/mine", "/me/programme")
    )
    assert [one for one in told if one not in page.words] == []
    assert [one for one in said if one not in every.words] == []
    assert f"{BASE}/call/mine" in every.links()
    until = page.field("until")["value"]
    assert site.send("vera", f"{BASE}/call/mine/seen", until="soon").status_code == 422
    assert site.send("vera", f"{BASE}/call/mine/seen", until=until).status_code == 303
    assert told[0] not in site.page("vera", f"{BASE}/call/mine", language).words


def test_organizers_speak_to_an_author_without_deciding(site: CallSite) -> None:
    where = proposed(site)

    empty = site.send("pia", f"{where}/tell", note=" ")
    assert (empty.status_code, Page(empty.text).faults()) == (422, ["error-note"])
    told = site.send("pia", f"{where}/tell", note="Shorter, please.\r\nThanks.")
    assert told.headers["location"] == f"{where}?done=told"
    assert "Told 22 Nov" in site.page("pia", where).words
    mine = site.page("vera", where.replace("/desk/proposals/", "/call/mine/"))
    assert "The organizers sayShorter, please.Thanks." in mine.words
    assert site.send("rita", f"{where}/tell", note="Hm").status_code in (403, 404)
    assert "Shorter" not in site.page("rita", where).words


def test_a_reviewer_finds_what_is_to_be_judged(site: CallSite) -> None:
    where = proposed(site)

    desk = site.page("rita", f"{BASE}/desk/proposals")
    assert "1 to judge" in desk.words
    assert f"{BASE}/desk/proposals?stands=awaiting" in desk.links()
    assert "Light fields" in site.page("rita", f"{BASE}/desk/proposals?stands=awaiting").words
    assert "For you to judge Sample Congress1 to judge" in site.page("rita", "/me/programme").words
    site.send("rita", where, score="4", words="")
    assert "to judge" not in site.page("rita", f"{BASE}/call").words
    assert "1 to judge" not in site.page("rita", f"{BASE}/desk/proposals").words
    assert where not in site.page("rita", f"{BASE}/desk/proposals?stands=awaiting").links()


def test_the_page_of_a_hall_says_what_is_on_and_what_comes(site: CallSite) -> None:
    site.clock.now = NOW + timedelta(days=14, hours=21, minutes=30)
    page = site.page("", "/spaces/yq-hall")

    assert "Sessions here" in page.words
    assert page.words.index("On now") < page.words.index("Next")
    assert {one for one in page.links() if one.startswith(f"{BASE}/sessions/")} == {
        f"{BASE}/sessions/00000000-0000-0000-0000-0000000000{one}" for one in (31, 32)
    }
