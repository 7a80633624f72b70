"""One's own programme: stars, clashes, notices, and what a calendar is told."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from tests.congress.gatherings import (
    ANN,
    BIG,
    FAR,
    MODELS_1,
    MODELS_2,
    NOW,
    PLENARY,
    SILICON_1,
    SMALL,
    SPEAKERS,
    Gathering,
    at,
)
from tests.identity.accounts import NOWHERE, actor, person

from shulian.app.grants import GRANTS
from shulian.congress import api
from shulian.congress.errors import AddressUnknown, CongressUnknown, SessionUnknown
from shulian.congress.rules.clashes import Clash
from shulian.congress.types import Change, ChangeKind, Level, Placement, Release, Rule, SessionId
from shulian.identity.errors import LoginOnly
from shulian.identity.store import people
from shulian.identity.types import Actor, Via
from shulian.kit.errors import LoginNeeded
from shulian.kit.text import Language, Text

GUEST = Actor(None, "guest", Via.GUEST)


def release(made: Gathering, name: str, now: datetime = NOW) -> Release:
    return api.release(made.db, made.bus, made.planner, made.congress, name=name, now=now)


def star(made: Gathering, *sessions: SessionId) -> None:
    """Vera wants to see them."""
    for one in sessions:
        api.star(made.db, made.visitor, made.congress, one, now=NOW)


def own(made: Gathering, who: Actor | None = None) -> api.Own:
    return api.own(made.db, who or made.visitor, made.congress, now=NOW)


def told(mine: api.Own) -> list[tuple[int, ChangeKind, SessionId, bool]]:
    """By which release what happened to which session, and whether that was seen."""
    return [
        (one.release.number, one.change.kind, one.change.session, one.seen is not None)
        for one in mine.notices
    ]


@pytest.fixture
def public(gathering: Gathering) -> Gathering:
    """A congress that is public."""
    release(gathering, "v1")
    return gathering


def test_one_has_nothing_before_one_stars_something(public: Gathering) -> None:
    mine = own(public)

    assert mine.shown is not None
    assert mine == api.Own(mine.shown, (), frozenset(), (), (), (), None)
    assert api.own_congresses(public.db, public.visitor) == ()


def test_what_is_starred_stands_in_the_order_of_the_programme(public: Gathering) -> None:
    star(public, SILICON_1, PLENARY, PLENARY)

    assert [one.id for one in own(public).sessions] == [PLENARY, SILICON_1]
    assert api.starred(public.db, public.visitor, public.congress) == {PLENARY, SILICON_1}
    assert api.starred(public.db, public.planner, public.congress) == frozenset()
    assert api.starred(public.db, GUEST, public.congress) == frozenset()
    found = api.own_congresses(public.db, public.visitor)
    assert [(one.slug, unseen) for one, unseen in found] == [("sample-2026", 0)]


def test_a_star_is_taken_back(public: Gathering) -> None:
    star(public, PLENARY)

    for _ in range(2):
        api.unstar(public.db, public.visitor, public.congress, PLENARY)

    assert own(public).sessions == ()


@pytest.mark.parametrize("session", [MODELS_2, SessionId(NOWHERE)])
def test_only_what_is_public_is_starred(public: Gathering, session: SessionId) -> None:
    with pytest.raises(SessionUnknown):
        star(public, session)


def test_nothing_of_a_draft_is_starred_or_told(gathering: Gathering) -> None:
    made = gathering
    with pytest.raises(CongressUnknown):
        star(made, PLENARY)
    with pytest.raises(CongressUnknown):
        own(made)
    with pytest.raises(SessionUnknown):
        api.star(made.db, made.planner, made.congress, PLENARY, now=NOW)
    assert own(made, made.planner) == api.Own(None, (), frozenset(), (), (), (), None)
    assert api.own_dates(made.db, made.planner, made.congress, now=NOW) == ()


def test_guests_have_no_programme(public: Gathering) -> None:
    db, wanted = public.db, public.congress
    with pytest.raises(LoginNeeded):
        api.star(db, GUEST, wanted, PLENARY, now=NOW)
    with pytest.raises(LoginNeeded):
        api.unstar(db, GUEST, wanted, PLENARY)
    with pytest.raises(LoginNeeded):
        own(public, GUEST)
    with pytest.raises(LoginNeeded):
        api.own_congresses(db, GUEST)
    with pytest.raises(LoginNeeded):
        api.mark_seen(db, GUEST, wanted, 1, now=NOW)
    with pytest.raises(LoginNeeded):
        api.make_link(db, GUEST, wanted, now=NOW)
    with pytest.raises(LoginNeeded):
        api.revoke_link(db, GUEST, wanted, now=NOW)


def test_two_starred_at_a_time_clash(public: Gathering) -> None:
    public.place(SILICON_1, at(0.5, SMALL))
    public.place(MODELS_1, at(5))
    by = (public.db, public.bus, public.planner, public.congress)
    api.put_level(*by, Rule.SPEAKER_TWICE, Level.WARN, now=NOW)
    release(public, "v2")
    star(public, PLENARY, SILICON_1, MODELS_1)

    assert own(public).clashes == (Clash(PLENARY, SILICON_1, there=30),)


def test_those_are_told_who_wanted_to_see_what_moves(public: Gathering) -> None:
    star(public, PLENARY, MODELS_1, SILICON_1)
    public.place(PLENARY, at(6))
    public.place(MODELS_1, at(1.5, FAR))
    public.place(SILICON_1, None)
    release(public, "v2")

    assert told(own(public)) == [
        (2, ChangeKind.MOVED, PLENARY, False),
        (2, ChangeKind.HALL, MODELS_1, False),
        (2, ChangeKind.GONE, SILICON_1, False),
    ]
    assert own(public).unseen == 3
    assert told(own(public, public.planner)) == []


def test_of_words_and_of_what_is_new_nobody_is_told(public: Gathering) -> None:
    star(public, PLENARY)
    plenary = replace(public.session(PLENARY), title=Text("开幕", "Opening"))
    by = (public.db, public.bus, public.planner)
    api.change_session(*by, plenary, now=NOW)
    public.place(MODELS_2, at(6))
    made = release(public, "v2")

    assert {one.kind for one in made.changes} == {ChangeKind.WORDS, ChangeKind.NEW}
    assert told(own(public)) == []


def test_what_one_has_seen_is_not_new_any_more(public: Gathering) -> None:
    star(public, PLENARY)
    public.place(PLENARY, at(6))
    release(public, "v2")
    public.place(PLENARY, at(7))
    release(public, "v3")

    api.mark_seen(public.db, public.visitor, public.congress, 2, now=NOW)

    assert told(own(public)) == [
        (3, ChangeKind.MOVED, PLENARY, False),
        (2, ChangeKind.MOVED, PLENARY, True),
    ]
    found = api.own_congresses(public.db, public.visitor)
    assert [unseen for _, unseen in found] == [1]


def test_speakers_with_an_account_are_told_and_have_their_sessions(gathering: Gathering) -> None:
    made = gathering
    ann = person(made.db, "ann@park.example")
    by = (made.db, made.bus, made.planner)
    speaker = next(one for one in SPEAKERS if one.id == ANN)
    api.change_speaker(*by, replace(speaker, person=ann.id), now=NOW)
    release(made, "v1")
    made.place(PLENARY, at(6))
    made.place(SILICON_1, None)
    release(made, "v2")
    mine = own(made, actor(made.db, ann))

    assert told(mine) == [
        (2, ChangeKind.MOVED, PLENARY, False),
        (2, ChangeKind.GONE, SILICON_1, False),
    ]
    assert ([one.id for one in mine.sessions], mine.speaking) == ([PLENARY], {PLENARY})
    assert mine.gone == ()


def test_what_was_dropped_is_told_until_one_wants_it_no_more(public: Gathering) -> None:
    star(public, SILICON_1)
    public.place(SILICON_1, None)
    release(public, "v2")
    gone = Change(ChangeKind.GONE, SILICON_1, Text("硅", "Silicon"), at(4, SMALL), None)

    assert (own(public).sessions, own(public).gone) == ((), (gone,))

    api.unstar(public.db, public.visitor, public.congress, SILICON_1)
    assert own(public).gone == ()


def test_what_comes_back_is_there_again(public: Gathering) -> None:
    star(public, SILICON_1)
    public.place(SILICON_1, None)
    release(public, "v2")
    public.place(SILICON_1, at(4, SMALL))
    release(public, "v3")
    mine = own(public)

    assert ([one.id for one in mine.sessions], mine.gone) == ([SILICON_1], ())


def followed(made: Gathering, secret: str, now: datetime = NOW) -> api.Followed:
    return api.follow(made.db, GRANTS, secret, now=now)


def dates(found: api.Followed) -> list[tuple[SessionId, Placement | None, int, bool]]:
    return [(one.session.id, one.session.placed, one.sequence, one.gone) for one in found.entries]


def test_a_calendar_follows_what_the_newest_release_says(public: Gathering) -> None:
    star(public, PLENARY, MODELS_1)
    secret = api.make_link(public.db, public.visitor, public.congress, now=NOW)
    first = followed(public, secret)
    public.place(MODELS_1, at(1.5, FAR))
    later = NOW + timedelta(days=1)
    release(public, "v2", later)
    second = followed(public, secret)

    assert (first.congress.slug, first.language) == ("sample-2026", Language.EN)
    assert dates(first) == [(PLENARY, at(0), 1, False), (MODELS_1, at(1.5, BIG), 1, False)]
    assert dates(second) == [(PLENARY, at(0), 1, False), (MODELS_1, at(1.5, FAR), 2, False)]
    assert [one.revised for one in second.entries] == [NOW, later]


def test_a_calendar_is_told_for_a_while_that_something_was_dropped(public: Gathering) -> None:
    star(public, SILICON_1)
    secret = api.make_link(public.db, public.visitor, public.congress, now=NOW)
    public.place(SILICON_1, None)
    release(public, "v2")

    assert dates(followed(public, secret)) == [(SILICON_1, at(4, SMALL), 2, True)]
    assert dates(followed(public, secret, NOW + timedelta(days=30))) != []
    assert dates(followed(public, secret, NOW + timedelta(days=31))) == []


def test_a_new_address_ends_the_one_before(public: Gathering) -> None:
    old, new = (
        api.make_link(public.db, public.visitor, public.congress, now=NOW) for _ in range(2)
    )

    assert followed(public, new).entries == ()
    assert own(public).link == NOW
    with pytest.raises(AddressUnknown):
        followed(public, old)


def test_a_revoked_address_is_none(public: Gathering) -> None:
    secret = api.make_link(public.db, public.visitor, public.congress, now=NOW)
    api.revoke_link(public.db, public.visitor, public.congress, now=NOW)

    assert own(public).link is None
    with pytest.raises(AddressUnknown):
        followed(public, secret)
    with pytest.raises(AddressUnknown):
        api.revoke_link(public.db, public.visitor, public.congress, now=NOW)


def test_who_has_no_account_any_more_is_not_followed(gathering: Gathering) -> None:
    release(gathering, "v1")
    shut = person(gathering.db, "shut@park.example")
    who = actor(gathering.db, shut)
    secret = api.make_link(gathering.db, who, gathering.congress, now=NOW)
    people.put(gathering.db, replace(shut, disabled=NOW))

    with pytest.raises(AddressUnknown):
        followed(gathering, secret)


def test_no_token_makes_an_address(public: Gathering) -> None:
    with pytest.raises(LoginOnly):
        api.make_link(public.db, replace(public.visitor, via=Via.TOKEN), public.congress, now=NOW)


def test_one_session_for_a_calendar(public: Gathering) -> None:
    found = api.session_date(public.db, GUEST, public.congress, SILICON_1)

    assert (found.session.id, found.revised, found.sequence) == (SILICON_1, NOW, 1)
    with pytest.raises(SessionUnknown):
        api.session_date(public.db, GUEST, public.congress, MODELS_2)
