"""A programme from elsewhere comes into a draft whole, or not at all; again it changes nothing."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest
from tests.congress.gatherings import (
    BIG,
    FAR,
    FIRST,
    MODELS,
    MODELS_1,
    NOW,
    SMALL,
    SPEAKERS,
    Gathering,
    at,
)
from tests.park.plans import PARK, audited

from shulian.congress import api
from shulian.congress.api.imports import Counts, Imported
from shulian.congress.errors import CongressUnknown, DraftMoved, ImportRefused
from shulian.congress.types import (
    CongressId,
    ForumId,
    Programme,
    SessionId,
    Speaker,
    SpeakerId,
    Theme,
    ThemeId,
)
from shulian.kit.errors import Refused
from shulian.kit.text import Text
from shulian.park.types import SpaceId

NOTHING = Imported(
    themes=Counts(same=2),
    halls=Counts(same=3),
    forums=Counts(same=3),
    speakers=Counts(same=2),
    sessions=Counts(same=4),
)


def another(made: Gathering) -> CongressId:
    """One more congress in the same park, empty."""
    return api.add_congress(
        made.db,
        made.bus,
        made.planner,
        organizer=made.organizer.id,
        park=PARK,
        slug="another",
        title=Text("另一个示例大会", "Another Sample"),
        first=FIRST,
        last=FIRST + timedelta(days=1),
        now=NOW,
    ).id


def bring(
    made: Gathering,
    programme: Programme,
    into: CongressId | None = None,
    halls: dict[SpaceId, SpaceId] | None = None,
    *,
    dry: bool = False,
) -> Imported:
    return api.import_programme(
        made.db,
        made.bus,
        made.planner,
        into or made.congress,
        programme,
        halls=halls,
        dry=dry,
        now=NOW,
    )


def draft(made: Gathering, which: CongressId | None = None) -> Programme:
    return api.draft(made.db, made.planner, which or made.congress, now=NOW).programme


def test_what_was_taken_out_comes_back_unchanged(gathering: Gathering) -> None:
    before = draft(gathering)
    entries = len(audited(gathering.db))

    assert bring(gathering, before) == NOTHING
    assert draft(gathering) == before
    assert len(audited(gathering.db)) == entries


def test_into_an_empty_congress_it_comes_whole(gathering: Gathering) -> None:
    """With ids of its own, since the first congress has those of the file."""
    empty = another(gathering)
    first = draft(gathering)

    told = bring(gathering, first, empty)

    found = draft(gathering, empty)
    assert told.sessions == Counts(new=4)
    assert found.halls == first.halls
    assert [one.title for one in found.forums] == [one.title for one in first.forums]
    assert [(one.title, one.placed) for one in found.sessions if one.placed] == [
        (one.title, one.placed) for one in first.sessions if one.placed
    ]
    assert not {one.id for one in found.sessions} & {one.id for one in first.sessions}
    assert draft(gathering) == first


def test_again_into_the_other_one_it_changes_nothing(gathering: Gathering) -> None:
    empty = another(gathering)
    bring(gathering, draft(gathering), empty)
    found = draft(gathering, empty)

    assert bring(gathering, draft(gathering), empty) == NOTHING
    assert draft(gathering, empty) == found


def test_looking_first_changes_nothing(gathering: Gathering) -> None:
    empty = another(gathering)

    told = bring(gathering, draft(gathering), empty, dry=True)

    assert (told.sessions, told.themes) == (Counts(new=4), Counts(new=2))
    assert draft(gathering, empty).sessions == ()


def test_what_is_known_becomes_what_the_file_says(gathering: Gathering) -> None:
    before = draft(gathering)
    moved = tuple(
        replace(one, placed=at(5), title=Text("改", "Changed")) if one.id == MODELS_1 else one
        for one in before.sessions
    )

    told = bring(gathering, replace(before, sessions=moved))

    assert told.sessions == Counts(changed=1, same=3)
    after = gathering.session(MODELS_1)
    assert (after.placed, after.title.en, after.version) == (at(5), "Changed", 1)


def test_who_saw_it_before_a_file_changed_it_is_told(gathering: Gathering) -> None:
    made, before = gathering, draft(gathering)
    title = Text("由文件改名", "Renamed by a file")
    forums = tuple(replace(one, title=title) for one in before.forums)
    speakers = tuple(replace(one, title=title) for one in before.speakers)
    bring(made, replace(before, forums=forums, speakers=speakers))

    by = (made.db, made.bus, made.planner)
    with pytest.raises(DraftMoved):
        api.change_forum(*by, before.forums[0], now=NOW)
    with pytest.raises(DraftMoved):
        api.change_speaker(*by, before.speakers[0], now=NOW)
    after = draft(made)
    assert {one.version for one in (*after.forums, *after.speakers)} == {1}


def test_what_the_file_does_not_name_stays(gathering: Gathering) -> None:
    before = draft(gathering)

    told = bring(gathering, replace(before, sessions=before.sessions[:1], themes=()))

    assert told.sessions == Counts(same=1)
    assert draft(gathering).sessions == before.sessions


def test_a_forum_is_known_by_its_code_a_theme_and_a_speaker_by_name(gathering: Gathering) -> None:
    before = draft(gathering)
    theme = Theme(ThemeId(UUID(int=0x99)), before.themes[0].name, 0)
    forum = next(one for one in before.forums if one.id == MODELS)
    forum = replace(forum, id=ForumId(UUID(int=0x98)), theme=theme.id, title=Text("新名"))
    ann = replace(SPEAKERS[0], id=SpeakerId(UUID(int=0x97)))
    session = replace(
        before.sessions[0], id=SessionId(UUID(int=0x96)), forum=forum.id, speakers=(ann.id,)
    )
    file = Programme(before.congress, (theme,), before.halls, (forum,), (session,), (ann,))

    told = bring(gathering, file)

    assert (told.themes, told.forums) == (Counts(same=1), Counts(changed=1))
    assert (told.speakers, told.sessions) == (Counts(same=1), Counts(new=1))
    new = gathering.session(SessionId(UUID(int=0x96)))
    assert (new.forum, new.speakers) == (MODELS, (SPEAKERS[0].id,))


def test_its_halls_are_the_spaces_that_one_says(gathering: Gathering) -> None:
    empty = another(gathering)
    before = draft(gathering)
    strange = SpaceId("somewhere")
    halls = tuple(
        replace(one, space=strange) if one.space == SMALL else one for one in before.halls
    )
    sessions = tuple(
        replace(one, placed=at(4, strange)) if one.placed and one.placed.hall == SMALL else one
        for one in before.sessions
    )
    file = replace(before, halls=halls, sessions=sessions)

    with pytest.raises(ImportRefused) as refused:
        bring(gathering, file, empty)
    bring(gathering, file, empty, {strange: SMALL})

    assert dict(refused.value.fields) == {"halls.somewhere": "congress.hall_not_in_park"}
    assert {one.space for one in draft(gathering, empty).halls} == {BIG, SMALL, FAR}


def test_all_that_is_wrong_is_told_and_nothing_changes(gathering: Gathering) -> None:
    before = draft(gathering)
    broken = (
        replace(before.sessions[0], title=Text()),
        replace(before.sessions[1], forum=ForumId(UUID(int=1)), speakers=(SpeakerId(UUID(int=2)),)),
        replace(before.sessions[2], placed=at(1, SpaceId("nowhere"))),
    )
    nameless = Speaker(SpeakerId(UUID(int=3)), Text())

    with pytest.raises(ImportRefused) as refused:
        bring(gathering, replace(before, sessions=broken, speakers=(*SPEAKERS, nameless)))

    assert dict(refused.value.fields) == {
        "speakers.2.name": "congress.title_missing",
        "sessions.0.title": "congress.title_missing",
        "sessions.1.speakers": "congress.speaker_not_named",
        "sessions.1.forum": "congress.forum_not_named",
        "sessions.2.hall": "congress.hall_not_named",
    }
    assert draft(gathering) == before


def test_ids_and_codes_twice_are_refused(gathering: Gathering) -> None:
    before = draft(gathering)
    twice = (*before.sessions, before.sessions[0])
    forums = (*before.forums, replace(before.forums[1], id=ForumId(UUID(int=9))))

    with pytest.raises(ImportRefused) as refused:
        bring(gathering, replace(before, sessions=twice, forums=forums))

    assert dict(refused.value.fields) == {
        "forums": "congress.twice",
        "sessions": "congress.twice",
    }


def test_who_gives_a_forum_brings_nothing_in(gathering: Gathering) -> None:
    made = gathering
    before = draft(made)

    with pytest.raises(CongressUnknown):
        api.import_programme(made.db, made.bus, made.host, made.congress, before, now=NOW)
    api.release(made.db, made.bus, made.planner, made.congress, name="v1", now=NOW)
    with pytest.raises(Refused):
        api.import_programme(made.db, made.bus, made.host, made.congress, before, now=NOW)
