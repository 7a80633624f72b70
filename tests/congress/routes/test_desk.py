"""The organizers' desk: what is left to do, forms for everything, and who sees and changes what."""

import pytest
from tests.congress.desk_sites import DESK, DeskSite, told
from tests.congress.gatherings import AI, ANN, BIG, FAR, MODELS, MODELS_1, MODELS_2, SILICON
from tests.park.routes.reading import Page

NINE = "2026-12-07T09:00:00+08:00"
PARTS = ("", "/conflicts", "/timetable", "/speakers", "/halls", "/themes", "/rules", "/change")


def test_the_desk_says_what_is_left_to_do(desk: DeskSite) -> None:
    desk.put("pia", told(MODELS_2, 0, hall=BIG, start=NINE))

    english, chinese = desk.page(), desk.page(language="zh-CN")

    assert (english.title, chinese.title) == ("Organizers’ desk", "筹办台")
    assert "0 Not placed 1 conflicts block a release 1 warnings 0 lack a language" in english.words
    assert "“Plenary” and “Models II” are in Multi-function Hall 1 East" in english.words
    assert "“全体会议”和“大模型（下）”同时在多功能厅1东。" in chinese.words
    assert f"{DESK}/sessions/{MODELS_2}" in english.links()


def test_forums_are_found(desk: DeskSite) -> None:
    found = desk.page("?q=silicon").links()

    assert f"{DESK}/forums/{SILICON}" in found
    assert f"{DESK}/forums/{MODELS}" not in found
    assert "Nothing was found." in desk.page("?q=nowhere").words


def test_the_desk_is_for_those_who_have_part_in_it(desk: DeskSite) -> None:
    assert desk.get("vera", DESK).status_code == 404
    assert desk.get("", DESK).status_code == 404
    assert [desk.get("hans", f"{DESK}{part}").status_code for part in PARTS] == [200] * len(PARTS)
    assert desk.get("hans", f"{DESK}/release").status_code == 403
    assert desk.get("hans", f"{DESK}/forums/new").status_code == 403


def test_who_makes_a_forum_reads_those_of_others(desk: DeskSite) -> None:
    own, other = (desk.page(f"/forums/{one}", "hans") for one in (MODELS, SILICON))

    assert "Others edit this" not in own.words
    assert "Others edit this; you can read it." in other.words
    assert ("fieldset", True) in {(tag, "disabled" in one) for tag, one in other.elements}
    refused = desk.send(f"/forums/{SILICON}", "hans", title_zh="改名")
    assert "You may not do that" in refused.text or refused.status_code == 403


def test_a_forum_is_made_changed_and_dropped(desk: DeskSite) -> None:
    made = desk.after(
        "/forums/new",
        title_zh="机器人论坛（示例）",
        code="F3",
        credit__0__part="host",
        credit__0__name_en="Sample Lab",
    ).removesuffix("?done=added")
    path = made.removeprefix(DESK)
    assert desk.page(path).field("credit.0.name_en")["value"] == "Sample Lab"

    desk.after(path, version="0", title_zh="机器人论坛", title_en="Forum on robots", code="F3")

    assert desk.page(path).title == "Forum on robots"
    taken = desk.send(path, version="1", title_en="Robots", code="F1")
    assert (taken.status_code, "Another forum has the code “F1”" in taken.text) == (409, True)
    assert desk.after(f"{path}/drop") == f"{DESK}?done=dropped"
    kept = desk.send(f"/forums/{MODELS}/drop")
    assert (kept.status_code, "2 others still need it" in kept.text) == (409, True)


def test_what_is_wrong_is_said_beside_its_field_and_nothing_typed_is_lost(desk: DeskSite) -> None:
    wrong = desk.send("/forums/new", code="F9", about_en="Kept")
    page = Page(wrong.text)

    assert wrong.status_code == 422
    assert page.faults() == ["error-title_zh"]
    assert page.field("code")["value"] == "F9"
    assert "Kept" in page.words


def test_a_plain_form_places_a_session_tells_conflicts_and_undoes_it(desk: DeskSite) -> None:
    path = f"/sessions/{MODELS_2}"

    there = desk.after(f"{path}/place", version="0", hall=BIG, day="2026-12-07", time="09:00")

    page = desk.page(there.removeprefix(DESK))
    assert "“Plenary” and “Models II” are in Multi-function Hall 1 East" in page.words
    assert "Before: Not placed Undo" in page.words
    back = desk.after(f"{path}/place", version="1", hall="", day="", time="", do="undo")
    assert "done=undone" in back
    assert desk.session(MODELS_2)["hall"] is None


def test_a_plain_form_overwrites_nothing_that_somebody_else_did(desk: DeskSite) -> None:
    desk.put("hans", told(MODELS_2, 0, hall=BIG, start=NINE))
    form = {"hall": FAR, "day": "2026-12-08", "time": "10:00"}

    late = desk.send(f"/sessions/{MODELS_2}/place", version="0", **form)

    assert (late.status_code, "Somebody else has just changed" in late.text) == (409, True)
    assert desk.session(MODELS_2)["hall"] == BIG
    wrong = desk.send(f"/sessions/{MODELS_2}/place", version="1", hall=BIG, day="x", time="9")
    assert (wrong.status_code, Page(wrong.text).faults()) == (422, ["error-time"])


def test_a_session_is_changed_with_its_talks_and_speakers_by_name(desk: DeskSite) -> None:
    form = {
        "version": "0",
        "forum": str(MODELS),
        "kind": "panel",
        "title_zh": "圆桌",
        "title_en": "Panel",
        "minutes": "75",
        "speakers": "Ann Sample；柏示例",
        "talk__0__title_en": "First",
        "talk__0__minutes": "20",
        "talk__0__speakers": "Bo Sample",
        "talk__1__title_en": "",
    }

    desk.after(f"/sessions/{MODELS_2}", **form)

    page = desk.page(f"/sessions/{MODELS_2}")
    assert page.field("speakers")["value"] == "Ann Sample; Bo Sample"
    assert page.field("talk.0.speakers")["value"] == "Bo Sample"
    now = desk.session(MODELS_2)
    assert (now["minutes"], now["kind"], now["version"]) == (75, "panel", 1)
    unknown = desk.send(
        f"/sessions/{MODELS_2}", **{**form, "version": "1", "speakers": "Nobody Known"}
    )
    assert (unknown.status_code, Page(unknown.text).faults()) == (422, ["error-speakers"])


def test_a_session_is_made_and_dropped(desk: DeskSite) -> None:
    made = desk.after(
        "/sessions/new", "hans", forum=str(MODELS), kind="talk", title_en="New", minutes="30"
    ).removesuffix("?done=added")

    assert desk.page(made.removeprefix(DESK)).title == "New"
    dropped = desk.after(f"{made.removeprefix(DESK)}/drop", "hans")
    assert dropped == f"{DESK}/forums/{MODELS}?done=dropped"
    other = desk.send("/sessions/new", "hans", forum=str(SILICON), kind="talk", title_en="No")
    assert other.status_code == 403


@pytest.mark.parametrize(
    ("language", "told"),
    [
        (
            "en",
            "Name (English)Models, againThemeAIWho stands behind itOrganizer · Sample Lab",
        ),
        (
            "zh-CN",
            "名称（英文）Models, again主题人工智能主办与支持承办 · Sample Lab",
        ),
    ],
)
def test_the_second_to_change_a_forum_is_told_what_it_is_now(
    desk: DeskSite, language: str, told: str
) -> None:
    path, credit = f"/forums/{MODELS}", "credit__0__name_en"
    form = {"title_zh": "大模型论坛（示例）", "code": "F1", "organization": _whose(desk)}
    first = {**form, "theme": str(AI), "title_en": "Models, again", credit: "Sample Lab"}
    desk.after(path, "hans", version="0", credit__0__part="organizer", **first)

    second = desk.send(path, version="0", language=language, title_en="Mine", theme="", **form)

    page = Page(second.text)
    assert (second.status_code, told in page.words) == (409, True), page.words
    said = {"en": "Somebody else has just changed this.", "zh-CN": "别人刚刚改过这里的内容。"}
    assert said[language] in page.words
    assert page.field("title_en")["value"] == "Mine"
    assert page.field("version")["value"] == "1"
    desk.after(path, version="1", title_en="Mine", **form)
    assert desk.page(path).title == "Mine"


def test_the_second_to_change_a_speaker_is_told_who_they_are_now(desk: DeskSite) -> None:
    path, form = f"/speakers/{ANN}", {"name_zh": "安示例", "presence": "online"}
    desk.after(path, version="0", **form, name_en="Ann", available="2026-12-08")

    second = desk.send(
        path, version="0", **{**form, "presence": "on_site"}, name_en="Anne", available=""
    )

    page = Page(second.text)
    assert second.status_code == 409
    assert "What it is now Name (English)AnnTakes partOnlineCan be there2026-12-08" in page.words, (
        page.words
    )
    assert page.field("name_en")["value"] == "Anne"
    desk.after(path, version=page.field("version")["value"], **form, name_en="Anne")


def test_the_second_to_change_a_session_is_told_what_it_is_now(desk: DeskSite) -> None:
    path = f"/sessions/{MODELS_2}"
    form = {"forum": str(MODELS), "kind": "panel", "title_zh": "大模型（下）", "minutes": "90"}
    talk = {"talk__0__title_en": "First", "talk__0__minutes": "20"}
    desk.after(path, "hans", version="0", **form, **talk)

    second = desk.send(path, version="0", **{**form, "kind": "talk"})

    page = Page(second.text)
    assert second.status_code == 409
    assert "What it is now KindPanelTalksFirst · 20" in page.words, page.words


def test_who_corrects_a_fault_still_overwrites_nothing_of_others(desk: DeskSite) -> None:
    path, form = f"/speakers/{ANN}", {"presence": "online", "name_en": "Anne"}
    desk.after(path, version="0", **{**form, "name_en": "Ann"})

    wrong = desk.send(path, version="0", available="soon", **form)

    page = Page(wrong.text)
    assert (wrong.status_code, page.faults()) == (422, ["error-available"])
    assert desk.send(path, version=page.field("version")["value"], **form).status_code == 409
    assert desk.send(path, version="x", **form).status_code == 422


def test_hours_are_typed_per_day_and_copied_to_all(desk: DeskSite) -> None:
    form = {"capacity": "50", "hours.2026-12-07": "9:00-12:00，13:30—24:00", "hours.2026-12-08": ""}

    there = desk.after(f"/halls/{BIG}", copy="2026-12-07", **form)

    assert there == f"{DESK}/halls/{BIG}?done=copied"
    page = desk.page(f"/halls/{BIG}")
    assert [page.field(f"hours.2026-12-0{day}")["value"] for day in (7, 8)] == [
        "09:00–12:00, 13:30–24:00"
    ] * 2
    desk.after(f"/halls/{BIG}", **form)
    assert "09:00–12:00, 13:30–24:00Closed" in desk.page("/halls").words
    wrong = desk.send(f"/halls/{BIG}", **{**form, "hours.2026-12-07": "12:00-9:00"})
    assert (wrong.status_code, Page(wrong.text).faults()) == (
        422,
        ["error-hours.2026-12-07"],
    )


def test_a_hall_is_added_and_used_no_more(desk: DeskSite) -> None:
    kept = desk.send(f"/halls/{BIG}/drop")
    assert (kept.status_code, "2 others still need it" in kept.text) == (409, True)

    assert desk.after(f"/halls/{FAR}/drop") == f"{DESK}/halls?done=dropped"
    assert desk.after("/halls", space=FAR, capacity="", hours="10:00-11:00").endswith("done=added")

    assert "Cloud Plaza" in desk.page("/halls").words
    assert desk.send("/halls/nowhere/drop").status_code == 404


def test_rules_matter_as_much_as_is_said(desk: DeskSite) -> None:
    desk.put("pia", told(MODELS_2, 0, hall=BIG, start=NINE))

    desk.after("/rules", not_alone="ignore", too_small="block")

    assert [one["rule"] for one in desk.draft()["conflicts"]] == ["hall_taken"]
    fixed = desk.send("/rules", hall_taken="warn")
    assert fixed.status_code == 422
    assert desk.send("/rules", too_far="often").status_code == 422
    assert desk.send("/rules", "hans", too_far="block").status_code == 403


def test_themes_are_put_in_order(desk: DeskSite) -> None:
    ids = [one["id"] for one in desk.draft()["themes"]]
    form = {
        "theme__0__id": ids[1],
        "theme__0__name_en": "Silicon",
        "theme__0__colour": "3",
        "theme__1__id": ids[0],
        "theme__1__name_en": "AI",
        "theme__1__colour": "1",
    }

    desk.after("/themes", **form)

    assert [(one["name"]["en"], one["colour"]) for one in desk.draft()["themes"]] == [
        ("Silicon", 3),
        ("AI", 1),
    ]
    used = desk.send("/themes", **{**form, "theme__0__name_en": ""})
    assert (used.status_code, "others still need it" in used.text) == (409, True)


def test_speakers_say_when_they_can_be_there(desk: DeskSite) -> None:
    form = {"name_en": "Ann Sample", "presence": "online"}

    desk.after(f"/speakers/{ANN}", available="2026-12-07 14:00-16:00\n2026-12-08", **form)

    page = desk.page(f"/speakers/{ANN}")
    assert "2026-12-07 14:00–16:00\n2026-12-08" in desk.get("pia", f"{DESK}/speakers/{ANN}").text
    assert "Plenary" in page.words
    assert "Ann Sample cannot be there at the time of “Plenary”." in desk.page("/conflicts").words
    wrong = desk.send(f"/speakers/{ANN}", available="soon", **form)
    assert (wrong.status_code, Page(wrong.text).faults()) == (422, ["error-available"])
    assert desk.send(f"/speakers/{ANN}", "hans", **form).status_code == 403
    assert desk.send(f"/speakers/{ANN}/drop").status_code == 409
    assert desk.after("/speakers/new", "hans", **{**form, "name_en": "Cy Sample"}).endswith("added")
    assert "Cy Sample" in desk.page("/speakers?q=cy").words


def test_a_release_says_what_it_changes_what_blocks_it_and_who_is_told(desk: DeskSite) -> None:
    desk.put("pia", told(MODELS_2, 0, hall=BIG, start=NINE))
    blocked = desk.page("/release")
    assert "1 conflicts keep it from being released" in blocked.words
    refused = desk.send("/release", name="First")
    assert (refused.status_code, "1 conflicts are left" in refused.text) == (409, True)

    desk.put("pia", told(MODELS_2, 1))
    assert "Nothing was released yet" in desk.page("/release").words
    desk.after("/release", name="First", note_en="Hello")
    released = desk.page("/release?done=released").words
    assert "are told, and its speakers who have an account" in released
    assert "1 · First" in released
    moved = told(MODELS_1, 0, hall=FAR, start="2026-12-07T12:00:00+08:00")
    assert desk.put("pia", moved).status_code == 200

    assert "MovedModels I" in desk.page("/release").words


def test_a_congress_is_called_otherwise(desk: DeskSite) -> None:
    form = {"title_en": "Renamed", "first": "2026-12-07", "last": "2026-12-09"}

    there = desk.send("/change", slug="other", **form)

    assert there.headers["location"] == "/congresses/other/desk?done=saved"
    assert "Renamed" in desk.get("pia", "/congresses/other/desk").text


@pytest.mark.parametrize(("who", "status"), [("pia", 200), ("vera", 403), ("", 303)])
def test_who_may_plan_begins_a_congress(desk: DeskSite, who: str, status: int) -> None:
    assert desk.get(who, f"/parks/{desk.park}/congresses/new").status_code == status


def test_a_new_congress_is_a_draft_of_its_maker(desk: DeskSite) -> None:
    form = {
        "organizer": str(desk.gathering.organizer.id),
        "title_en": "Second",
        "slug": "second",
        "first": "2027-01-01",
        "last": "2027-01-02",
    }
    told_ = {"accept": "text/html", "accept-language": "en", **desk.headers["pia"]}
    path = f"/parks/{desk.park}/congresses/new"

    wrong = desk.client.post(path, data={**form, "slug": "Not This"}, headers=told_)
    made = desk.client.post(path, data=form, headers=told_, follow_redirects=False)

    assert (wrong.status_code, Page(wrong.text).faults()) == (422, ["error-slug"])
    assert made.headers["location"] == "/congresses/second/desk?done=made"
    assert "There are no halls yet" in desk.get("pia", "/congresses/second/desk").text
    assert desk.get("vera", "/congresses/second/desk").status_code == 404


def _whose(desk: DeskSite) -> str:
    """Whose members edit the forum on models."""
    elements = desk.page(f"/forums/{MODELS}").elements
    start = next(n for n, (_, one) in enumerate(elements) if one.get("name") == "organization")
    return next(one["value"] for _, one in elements[start:] if "selected" in one)
