"""A draft comes back as it was made; those who have part in the congress see and change it."""

from dataclasses import replace
from uuid import UUID

import pytest
from tests.congress.gatherings import (
    AI,
    BIG,
    FORUMS,
    HALLS,
    MODELS,
    MODELS_1,
    MODELS_2,
    NOW,
    PLENARY,
    SESSIONS,
    SMALL,
    SPEAKERS,
    THEMES,
    Gathering,
    at,
)
from tests.park.plans import audited

from shulian.congress import api
from shulian.congress.errors import (
    CongressUnknown,
    DraftMoved,
    GuidTaken,
    HallUnknown,
    InUse,
    SpeakerUnknown,
)
from shulian.congress.types import Forum, ForumId, Level, Rule, Speaker, SpeakerId
from shulian.identity.types import Actor, Via
from shulian.kit.errors import Invalid, LoginNeeded, Refused
from shulian.kit.text import Text
from shulian.park.types import SpaceId

GUEST = Actor(None, "guest", Via.GUEST)


def test_a_draft_comes_back_as_it_was_made(gathering: Gathering) -> None:
    found = gathering.draft().programme

    assert (found.themes, found.halls, found.speakers, found.sessions) == (
        THEMES,
        HALLS,
        SPEAKERS,
        SESSIONS,
    )
    assert [replace(one, organization=None) for one in found.forums] == list(FORUMS)


def test_one_that_nothing_is_public_of_is_unknown_to_others(gathering: Gathering) -> None:
    for one in (GUEST, gathering.visitor):
        with pytest.raises(CongressUnknown):
            api.congress(gathering.db, one, gathering.congress)
        with pytest.raises(CongressUnknown):
            api.draft(gathering.db, one, gathering.congress, now=NOW)


def test_who_gives_a_forum_sees_the_draft(gathering: Gathering) -> None:
    found = api.draft(gathering.db, gathering.host, gathering.congress, now=NOW)

    assert found == gathering.draft()


def test_who_gives_a_forum_places_its_sessions_alone(gathering: Gathering) -> None:
    gathering.place(MODELS_2, at(25), by=gathering.host)

    with pytest.raises(Refused):
        gathering.place(PLENARY, at(26), by=gathering.host)
    assert gathering.session(MODELS_2).placed == at(25)
    assert gathering.session(PLENARY).placed == at(0)


def test_visitors_of_a_public_congress_do_not_see_its_draft(gathering: Gathering) -> None:
    made = gathering
    api.release(made.db, made.bus, made.planner, made.congress, name="v1", now=NOW)

    with pytest.raises(LoginNeeded):
        api.draft(made.db, GUEST, made.congress, now=NOW)
    with pytest.raises(Refused):
        api.draft(made.db, made.visitor, made.congress, now=NOW)


def test_placing_counts_as_a_change_and_is_audited(gathering: Gathering) -> None:
    before = gathering.draft().programme.congress.version

    version = gathering.place(MODELS_2, at(25))

    verb, subject, was, now = audited(gathering.db)[-1]
    assert version == before + 1
    assert gathering.session(MODELS_2).version == 1
    assert (verb, subject) == ("congress.place", str(gathering.congress))
    assert was == {str(MODELS_2): None}
    assert now == {str(MODELS_2): {"hall": BIG, "start": "2026-12-08T02:00:00Z"}}


def test_two_who_drag_the_same_session_are_told(gathering: Gathering) -> None:
    made = gathering
    seen = made.session(MODELS_2).version
    made.place(MODELS_2, at(25), by=made.host)

    with pytest.raises(DraftMoved) as moved:
        api.place_sessions(
            made.db,
            made.bus,
            made.planner,
            made.congress,
            {MODELS_1: at(26), MODELS_2: at(27)},
            versions={MODELS_1: 0, MODELS_2: seen},
            now=NOW,
        )

    assert moved.value.now == made.session(MODELS_2)
    assert made.session(MODELS_1).placed == at(1.5)


def test_placing_where_it_is_changes_nothing(gathering: Gathering) -> None:
    before = gathering.draft()

    assert gathering.place(MODELS_1, at(1.5)) == before.programme.congress.version
    assert gathering.draft() == before


def test_a_hall_that_the_congress_does_not_use_is_refused(gathering: Gathering) -> None:
    with pytest.raises(HallUnknown):
        gathering.place(MODELS_2, at(25, SpaceId("yq-f1")))


def test_a_session_is_changed_by_who_saw_it(gathering: Gathering) -> None:
    made = gathering
    before = made.session(MODELS_1)

    after = api.change_session(
        made.db, made.bus, made.host, replace(before, title=Text("新", "New")), now=NOW
    )

    assert made.session(MODELS_1) == after == replace(before, title=Text("新", "New"), version=1)
    with pytest.raises(DraftMoved):
        api.change_session(
            made.db, made.bus, made.host, replace(before, title=Text("旧", "Old")), now=NOW
        )


def test_a_forum_is_changed_by_who_saw_it(gathering: Gathering) -> None:
    made = gathering
    by = (made.db, made.bus, made.planner)
    before = next(one for one in made.draft().programme.forums if one.id == MODELS)

    after = api.change_forum(*by, replace(before, title=Text("新", "New")), now=NOW)

    assert after == replace(before, title=Text("新", "New"), version=1)
    with pytest.raises(DraftMoved) as moved:
        api.change_forum(*by, replace(before, title=Text("旧", "Old")), now=NOW)
    assert moved.value.now == after
    assert api.change_forum(*by, after, now=NOW) == after


def test_a_speaker_is_changed_by_who_saw_them(gathering: Gathering) -> None:
    made = gathering
    by = (made.db, made.bus, made.planner)

    after = api.change_speaker(*by, replace(SPEAKERS[1], name=Text("新", "New")), now=NOW)

    assert after == replace(SPEAKERS[1], name=Text("新", "New"), version=1)
    with pytest.raises(DraftMoved) as moved:
        api.change_speaker(*by, replace(SPEAKERS[1], name=Text("旧", "Old")), now=NOW)
    assert moved.value.now == after
    assert made.draft().programme.speakers[1] == after


def test_what_is_new_is_of_no_version_that_it_brings(gathering: Gathering) -> None:
    made = gathering
    by = (made.db, made.bus, made.planner, made.congress)

    forum = api.add_forum(*by, Forum(ForumId(UUID(int=9)), Text("新"), version=7), now=NOW)
    speaker = api.add_speaker(*by, Speaker(SpeakerId(UUID(int=9)), Text("新"), version=7), now=NOW)

    assert (forum.version, speaker.version) == (0, 0)


@pytest.mark.parametrize(
    ("change", "fields"),
    [
        ({"title": Text(" ")}, {"title": "congress.title_missing"}),
        ({"minutes": 0}, {"minutes": "congress.minutes_wrong"}),
        ({"minutes": 1441}, {"minutes": "congress.minutes_wrong"}),
        ({"minutes": 20}, {"length": "congress.talks_long"}),
        ({"attendance": -1}, {"attendance": "congress.attendance_wrong"}),
        ({"language": "中文"}, {"language": "congress.language_wrong"}),
        ({"link": "javascript:alert(1)"}, {"link": "congress.link_wrong"}),
        ({"title": Text("a\x00b")}, {"title": "congress.words_wrong"}),
        ({"about": Text("长" * 20_001)}, {"about": "congress.words_long"}),
    ],
)
def test_a_session_that_makes_no_sense_is_refused(
    gathering: Gathering, change: dict[str, object], fields: dict[str, str]
) -> None:
    made = gathering
    wrong = replace(made.session(MODELS_1), **change)  # pyright: ignore[reportArgumentType]

    with pytest.raises(Invalid) as refused:
        api.change_session(made.db, made.bus, made.planner, wrong, now=NOW)

    assert dict(refused.value.fields) == fields


def test_nobody_speaks_who_is_no_speaker(gathering: Gathering) -> None:
    made = gathering
    nobody = replace(made.session(MODELS_1), speakers=(SpeakerId(MODELS),))

    with pytest.raises(SpeakerUnknown):
        api.change_session(made.db, made.bus, made.planner, nobody, now=NOW)


def test_an_id_is_given_once(gathering: Gathering) -> None:
    made = gathering
    by = (made.db, made.bus, made.planner, made.congress)

    with pytest.raises(GuidTaken):
        api.add_session(*by, made.session(MODELS_1), now=NOW)
    with pytest.raises(GuidTaken):
        api.add_forum(*by, replace(FORUMS[1], code="F9"), now=NOW)
    with pytest.raises(GuidTaken):
        api.add_speaker(*by, SPEAKERS[0], now=NOW)


def test_what_is_needed_stays(gathering: Gathering) -> None:
    made = gathering
    by = (made.db, made.bus, made.planner)

    with pytest.raises(InUse):
        api.put_themes(*by, made.congress, THEMES[1:], now=NOW)
    with pytest.raises(InUse):
        api.drop_hall(*by, made.congress, BIG, now=NOW)
    with pytest.raises(InUse):
        api.drop_forum(*by, MODELS, now=NOW)
    with pytest.raises(InUse):
        api.drop_speaker(*by, SPEAKERS[0].id, now=NOW)
    assert made.draft().programme.themes[0].id == AI


def test_what_is_not_needed_goes(gathering: Gathering) -> None:
    made = gathering
    by = (made.db, made.bus, made.planner)
    for session in (MODELS_1, MODELS_2):
        api.drop_session(*by, session, now=NOW)
    api.drop_forum(*by, MODELS, now=NOW)
    api.put_themes(*by, made.congress, THEMES[1:], now=NOW)
    api.drop_speaker(*by, SPEAKERS[1].id, now=NOW)

    found = made.draft().programme

    assert MODELS not in {one.id for one in found.forums}
    assert (found.themes, found.speakers) == (THEMES[1:], SPEAKERS[:1])


def test_who_gives_a_forum_changes_neither_its_code_nor_whose_it_is(gathering: Gathering) -> None:
    made = gathering
    before = next(one for one in made.draft().programme.forums if one.id == MODELS)
    wanted = replace(before, title=Text("新论坛"), code="X", organization=None)

    after = api.change_forum(made.db, made.bus, made.host, wanted, now=NOW)

    assert after == replace(before, title=Text("新论坛"), version=1)
    with pytest.raises(Refused):
        api.change_forum(made.db, made.bus, made.host, FORUMS[2], now=NOW)


def test_a_rule_matters_as_the_congress_says(gathering: Gathering) -> None:
    made = gathering
    by = (made.db, made.bus, made.planner, made.congress)
    made.place(MODELS_2, at(4, SMALL))
    api.put_level(*by, Rule.HALL_CLOSED, Level.IGNORE, now=NOW)

    with pytest.raises(Invalid):
        api.put_level(*by, Rule.HALL_TAKEN, Level.WARN, now=NOW)

    found = made.draft()
    assert found.levels[Rule.HALL_CLOSED] is Level.IGNORE
    assert [one.rule for one in found.conflicts] == [Rule.HALL_TAKEN, Rule.ORGANIZER_TWICE]
