"""A call is answered until its last second, judged without names, decided once."""

from dataclasses import replace
from datetime import timedelta

import pytest
from tests.congress.callers import OVER, WORDS, call, proposed, reviewer
from tests.congress.gatherings import AI, CHIPS, MODELS, NOW, THEMES, Gathering
from tests.park.plans import PARK, audited

from shulian.booking.types import Span
from shulian.congress import api
from shulian.congress.errors import (
    CallClosed,
    CongressUnknown,
    Decided,
    ForumUnknown,
    ProposalUnknown,
    ThemeUnknown,
)
from shulian.congress.rules.calls import Tally
from shulian.congress.types import (
    Call,
    ForumId,
    Proposal,
    ProposalState,
    Review,
    Session,
    SessionKind,
    Speaker,
    ThemeId,
)
from shulian.identity.types import GUEST
from shulian.kit.errors import Invalid, LoginNeeded, Refused
from shulian.kit.ids import new_id
from shulian.kit.text import Text

SLUG = "sample-2026"
LAST = OVER - timedelta(seconds=1)


def decided(
    made: Gathering, *which: Proposal, verdict: ProposalState = ProposalState.ACCEPTED
) -> tuple[Proposal, ...]:
    forum = MODELS if verdict is ProposalState.ACCEPTED else None
    return api.decide(
        made.db,
        made.bus,
        made.planner,
        made.congress,
        [one.id for one in which],
        verdict,
        forum=forum,
        now=LAST,
    )


def own(made: Gathering) -> list[ProposalState]:
    return [one.state for one in api.own_proposals(made.db, made.visitor, made.congress)]


def test_a_congress_that_calls_is_known_before_anything_of_it_is_public(
    gathering: Gathering,
) -> None:
    with pytest.raises(CongressUnknown):
        api.called(gathering.db, GUEST, SLUG, now=NOW)
    call(gathering)
    found = api.called(gathering.db, GUEST, SLUG, now=NOW)

    assert found.call == Call(gathering.congress, WORDS, Span(NOW, OVER))
    assert (found.open, found.public, found.themes) == (True, False, THEMES)
    assert not api.called(gathering.db, GUEST, SLUG, now=OVER).open


def test_only_who_makes_the_congress_calls(gathering: Gathering) -> None:
    for who, error in ((gathering.host, CongressUnknown), (GUEST, CongressUnknown)):
        with pytest.raises(error):
            api.put_call(
                gathering.db,
                who,
                gathering.congress,
                words=WORDS,
                span=Span(NOW, OVER),
                now=NOW,
            )


def test_a_call_without_words_or_end_makes_no_sense(gathering: Gathering) -> None:
    with pytest.raises(Invalid) as wrong:
        api.put_call(
            gathering.db,
            gathering.planner,
            gathering.congress,
            words=Text(" "),
            span=Span(OVER, NOW),
            now=NOW,
        )

    assert wrong.value.fields == {
        "words": "congress.title_missing",
        "span": "congress.hours_wrong",
    }


def test_a_proposal_comes_back_as_it_was_sent(gathering: Gathering) -> None:
    call(gathering)
    one = proposed(gathering)

    assert one == replace(
        one,
        title=Text("光场", "Light fields"),
        state=ProposalState.SUBMITTED,
        author=gathering.visitor.person,
        theme=AI,
        session=None,
    )
    assert api.own_proposals(gathering.db, gathering.visitor, gathering.congress) == (one,)
    assert api.own_proposals(gathering.db, gathering.host, gathering.congress) == ()
    assert api.submit(gathering.db, gathering.visitor, one.id, now=OVER) == one


def test_at_the_deadline_it_is_too_late_to_propose_submit_or_change(gathering: Gathering) -> None:
    made = gathering
    call(made)
    one = api.propose(made.db, made.visitor, made.congress, title=Text("晚"), now=LAST)
    full = replace(one, about=Text("内容"), speakers="王示例")
    api.change_proposal(made.db, made.visitor, full, now=LAST)

    for late in (
        lambda: api.submit(made.db, made.visitor, one.id, now=OVER),
        lambda: api.change_proposal(made.db, made.visitor, full, now=OVER),
        lambda: api.propose(made.db, made.visitor, made.congress, title=Text("晚"), now=OVER),
    ):
        with pytest.raises(CallClosed):
            late()
    assert api.submit(made.db, made.visitor, one.id, now=LAST).state is ProposalState.SUBMITTED
    assert own(made) == [ProposalState.SUBMITTED]


def test_who_proposes_has_an_account_and_sees_their_own_alone(gathering: Gathering) -> None:
    call(gathering)
    one = proposed(gathering)

    with pytest.raises(LoginNeeded):
        api.propose(gathering.db, GUEST, gathering.congress, title=Text("客"), now=NOW)
    with pytest.raises(LoginNeeded):
        api.own_proposals(gathering.db, GUEST, gathering.congress)
    for act in (api.submit, api.withdraw):
        with pytest.raises(ProposalUnknown):
            act(gathering.db, gathering.host, one.id, now=NOW)
    with pytest.raises(ProposalUnknown):
        api.own_proposal(gathering.db, gathering.host, one.id)
    assert api.own_proposal(gathering.db, gathering.visitor, one.id) == one


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"title": Text()}, {"title": "congress.title_missing"}),
        ({"about": Text()}, {"about": "congress.about_missing"}),
        ({"minutes": 0}, {"minutes": "congress.minutes_wrong"}),
        ({"kind": SessionKind.PLENARY}, {"kind": "congress.kind_wrong"}),
        ({"speakers": " \n"}, {"speakers": "congress.speakers_wrong"}),
        ({"speakers": "，教授"}, {"speakers": "congress.speakers_wrong"}),
        ({"speakers": "王\n" * 21}, {"speakers": "congress.speakers_wrong"}),
    ],
)
def test_what_is_submitted_stays_whole(
    gathering: Gathering, fields: dict[str, object], wrong: dict[str, str]
) -> None:
    call(gathering)
    one = proposed(gathering)

    with pytest.raises(Invalid) as told:
        api.change_proposal(
            gathering.db,
            gathering.visitor,
            replace(one, **fields),  # pyright: ignore[reportArgumentType]
            now=NOW,
        )

    assert told.value.fields == wrong


def test_a_draft_needs_no_more_than_a_title_until_it_is_submitted(gathering: Gathering) -> None:
    made = gathering
    call(made)
    one = api.propose(made.db, made.visitor, made.congress, title=Text("想法"), now=NOW)

    with pytest.raises(Invalid) as told:
        api.submit(made.db, made.visitor, one.id, now=NOW)

    assert set(told.value.fields) == {"about", "speakers"}
    assert own(made) == [ProposalState.DRAFT]
    assert api.proposals(made.db, made.planner, made.congress) == ()


def test_a_theme_of_another_congress_is_unknown(gathering: Gathering) -> None:
    call(gathering)
    elsewhere = ThemeId(new_id(NOW))

    with pytest.raises(ThemeUnknown):
        api.propose(
            gathering.db,
            gathering.visitor,
            gathering.congress,
            title=Text("题"),
            theme=elsewhere,
            now=NOW,
        )


def test_a_theme_that_goes_leaves_its_proposals_without(gathering: Gathering) -> None:
    made = gathering
    call(made)
    one = proposed(made)
    api.change_proposal(made.db, made.visitor, replace(one, theme=CHIPS), now=NOW)
    draft = made.draft().programme
    for forum in draft.forums:
        api.change_forum(made.db, made.bus, made.planner, replace(forum, theme=None), now=NOW)
    api.put_themes(made.db, made.bus, made.planner, made.congress, THEMES[:1], now=NOW)

    assert api.own_proposal(made.db, made.visitor, one.id).theme is None


def test_what_is_withdrawn_stays_so(gathering: Gathering) -> None:
    made = gathering
    call(made)
    one = proposed(made)
    for _ in range(2):
        assert api.withdraw(made.db, made.visitor, one.id, now=OVER).state is (
            ProposalState.WITHDRAWN
        )

    with pytest.raises(Decided):
        api.change_proposal(made.db, made.visitor, one, now=NOW)
    with pytest.raises(Decided):
        api.submit(made.db, made.visitor, one.id, now=NOW)
    with pytest.raises(Decided):
        decided(made, one)


def test_reviewers_see_no_names_where_the_call_is_anonymous(gathering: Gathering) -> None:
    made = gathering
    call(made)
    one = proposed(made)
    rita = reviewer(made)

    (seen,) = api.proposals(made.db, rita, made.congress)
    assert (seen.author, seen.proposal.speakers, seen.tally) == ("", "", None)
    assert seen.proposal.author != one.author
    call(made, anonymous=False)
    (seen,) = api.proposals(made.db, rita, made.congress)
    assert (seen.author, seen.proposal) == ("Vera", one)


def test_who_has_nothing_to_do_with_it_sees_nothing(gathering: Gathering) -> None:
    call(gathering)
    proposed(gathering)

    with pytest.raises(LoginNeeded):
        api.proposals(gathering.db, GUEST, gathering.congress)
    for who in (gathering.host, gathering.visitor):
        with pytest.raises(Refused):
            api.proposals(gathering.db, who, gathering.congress)


def test_organizers_see_what_all_say_and_reviewers_their_own(gathering: Gathering) -> None:
    made = gathering
    call(made)
    one = proposed(made)
    rita, rob, ron = (reviewer(made, name) for name in ("rita", "rob", "ron"))
    for who, score in ((rita, 5), (rob, 2), (ron, 0)):
        api.review(made.db, who, one.id, score=score, words=f"{score}", now=NOW)
    api.review(made.db, rita, one.id, score=4, words="好", now=NOW)

    (judged,) = api.proposals(made.db, made.planner, made.congress)
    (seen,) = api.proposals(made.db, rita, made.congress)
    assert judged.tally == Tally(2, 3.0, 2**0.5, 1)
    assert sorted(each.score for each in judged.reviews) == [0, 2, 4]
    assert rita.person is not None
    assert seen.reviews == (Review(one.id, rita.person, 4, "好"),)


def test_nobody_judges_their_own(gathering: Gathering) -> None:
    call(gathering)
    one = proposed(gathering, gathering.planner)

    with pytest.raises(Refused):
        api.review(gathering.db, gathering.planner, one.id, score=5, words="", now=NOW)


@pytest.mark.parametrize("score", [-1, 6])
def test_a_score_that_there_is_not_is_refused(gathering: Gathering, score: int) -> None:
    call(gathering)
    one = proposed(gathering)

    with pytest.raises(Invalid) as wrong:
        api.review(gathering.db, reviewer(gathering), one.id, score=score, words="", now=NOW)

    assert wrong.value.fields == {"score": "congress.score_wrong"}


def test_a_draft_is_not_judged_nor_decided(gathering: Gathering) -> None:
    made = gathering
    call(made)
    one = api.propose(made.db, made.visitor, made.congress, title=Text("想法"), now=NOW)

    with pytest.raises(ProposalUnknown):
        api.review(made.db, reviewer(made), one.id, score=3, words="", now=NOW)
    with pytest.raises(ProposalUnknown):
        decided(made, one)


def test_what_is_accepted_is_a_session_without_a_place_with_its_speakers(
    gathering: Gathering,
) -> None:
    made = gathering
    call(made)
    before = made.draft().programme
    one, other = proposed(made), proposed(made, title="全息")
    after = decided(made, one, other)
    programme = made.draft().programme

    assert programme.congress.version == before.congress.version + 1
    fresh = programme.speakers[len(before.speakers) :]
    assert {each.name: each.title for each in fresh} == {
        Text("王示例"): Text("示例大学教授"),
        Text(en="Ann Sample"): Text(en="Professor"),
    }
    assert len(fresh) == 2
    first = next(each.session for each in after if each.id == one.id)
    assert first is not None
    assert made.session(first) == Session(
        first,
        MODELS,
        SessionKind.TALK,
        Text("光场", "Light fields"),
        one.minutes,
        about=one.about,
        speakers=made.session(first).speakers,
    )
    assert {each.session for each in after} <= {each.id for each in programme.sessions}
    assert own(made) == [ProposalState.ACCEPTED] * 2
    assert audited(made.db)[-1][0] == "congress.decide"


def test_an_author_who_speaks_has_their_account_with_it(gathering: Gathering) -> None:
    made = gathering
    call(made)
    one = proposed(made)
    api.change_proposal(made.db, made.visitor, replace(one, speakers="Vera, visitor"), now=NOW)
    decided(made, one)

    speakers = made.draft().programme.speakers
    vera = next(each for each in speakers if each.name == Text(en="Vera"))
    assert vera == Speaker(vera.id, Text(en="Vera"), Text(en="visitor"), person=one.author)


def test_of_two_who_decide_the_second_is_told(gathering: Gathering) -> None:
    made = gathering
    call(made)
    one, other = proposed(made), proposed(made, title="全息")
    decided(made, one, verdict=ProposalState.REJECTED)

    with pytest.raises(Decided):
        decided(made, other, one)

    assert sorted(own(made)) == [ProposalState.REJECTED, ProposalState.SUBMITTED]
    assert len(made.draft().programme.sessions) == 4


def test_who_waits_may_still_be_accepted_or_go(gathering: Gathering) -> None:
    made = gathering
    call(made)
    one, other = proposed(made), proposed(made, title="全息")
    decided(made, one, other, verdict=ProposalState.WAITLISTED)
    decided(made, one)
    api.withdraw(made.db, made.visitor, other.id, now=OVER)

    assert sorted(own(made)) == [ProposalState.ACCEPTED, ProposalState.WITHDRAWN]
    with pytest.raises(Decided):
        api.withdraw(made.db, made.visitor, one.id, now=OVER)
    with pytest.raises(Decided):
        api.review(made.db, made.planner, one.id, score=3, words="", now=OVER)


def test_to_accept_one_names_a_forum_of_the_congress(gathering: Gathering) -> None:
    made = gathering
    call(made)
    one = proposed(made)

    def accept(forum: ForumId | None) -> None:
        api.decide(
            made.db,
            made.bus,
            made.planner,
            made.congress,
            [one.id],
            ProposalState.ACCEPTED,
            forum=forum,
            now=NOW,
        )

    with pytest.raises(Invalid) as missing:
        accept(None)
    with pytest.raises(ForumUnknown):
        accept(ForumId(new_id(NOW)))
    assert missing.value.fields == {"forum": "congress.forum_missing"}
    assert own(made) == [ProposalState.SUBMITTED]


def test_reviewers_do_not_decide(gathering: Gathering) -> None:
    made = gathering
    call(made)
    one = proposed(made)
    rita = reviewer(made)

    with pytest.raises((Refused, CongressUnknown)):
        api.decide(
            made.db, made.bus, rita, made.congress, [one.id], ProposalState.REJECTED, now=NOW
        )
    assert (api.judges(rita, made.draft().programme.congress), own(made)) == (
        True,
        [ProposalState.SUBMITTED],
    )


@pytest.mark.parametrize("verdict", [ProposalState.DRAFT, ProposalState.WITHDRAWN])
def test_nothing_else_is_a_verdict(gathering: Gathering, verdict: ProposalState) -> None:
    call(gathering)
    one = proposed(gathering)

    with pytest.raises(Invalid):
        decided(gathering, one, verdict=verdict)


def test_an_author_is_told_what_became_of_a_proposal_until_they_have_seen_it(
    gathering: Gathering,
) -> None:
    call(gathering)
    one, two = (proposed(gathering, title=title) for title in ("光场", "声场"))
    assert news(gathering) == [0]

    (told,) = decided(gathering, one, verdict=ProposalState.WAITLISTED)
    assert (told.words, told.told, told.seen) == ("", LAST, None)
    assert news(gathering) == [1]
    api.mark_told(gathering.db, gathering.visitor, gathering.congress, LAST, now=OVER)
    assert news(gathering) == [0]
    decided(gathering, two, verdict=ProposalState.REJECTED)
    before = LAST - timedelta(seconds=1)
    api.mark_told(gathering.db, gathering.visitor, gathering.congress, before, now=OVER)
    assert news(gathering) == [1]


def test_words_for_the_author_stay_until_others_replace_them(gathering: Gathering) -> None:
    call(gathering)
    one = proposed(gathering)

    said = api.tell_author(gathering.db, gathering.planner, one.id, words=" 请缩短。\r\n", now=NOW)
    (waits,) = decided(gathering, one, verdict=ProposalState.WAITLISTED)
    rejected = api.decide(
        gathering.db,
        gathering.bus,
        gathering.planner,
        gathering.congress,
        [one.id],
        ProposalState.REJECTED,
        words="明年再来。",
        now=LAST,
    )

    assert (said.words, said.told, said.state) == ("请缩短。", NOW, ProposalState.SUBMITTED)
    assert [waits.words, *(each.words for each in rejected)] == ["请缩短。", "明年再来。"]
    assert api.own_proposal(gathering.db, gathering.visitor, one.id) == rejected[0]
    assert [verb for verb, *_ in audited(gathering.db)][-3:] == [
        "congress.tell_author",
        "congress.decide",
        "congress.decide",
    ]


def test_organizers_alone_speak_to_an_author_and_say_something(gathering: Gathering) -> None:
    call(gathering)
    one, rita = proposed(gathering), reviewer(gathering)

    for who in (rita, gathering.host, gathering.visitor):
        with pytest.raises((CongressUnknown, Refused)):
            api.tell_author(gathering.db, who, one.id, words="好", now=NOW)
    for words, fault in (
        (" \n", "congress.words_missing"),
        ("长" * 4001, "congress.words_long"),
        ("a\x00", "congress.words_long"),
    ):
        with pytest.raises(Invalid) as wrong:
            api.tell_author(gathering.db, gathering.planner, one.id, words=words, now=NOW)
        assert wrong.value.fields == {"words": fault}
    draft = api.propose(
        gathering.db, gathering.visitor, gathering.congress, title=Text("稿"), now=NOW
    )
    with pytest.raises(ProposalUnknown):
        api.tell_author(gathering.db, gathering.planner, draft.id, words="好", now=NOW)


def test_a_reviewer_hears_of_what_they_have_not_judged(gathering: Gathering) -> None:
    call(gathering)
    rita = reviewer(gathering)
    one, two, _ = proposed(gathering), proposed(gathering), proposed(gathering, rita)
    there = api.congress_by_slug(gathering.db, gathering.planner, SLUG)

    assert api.awaiting(gathering.db, rita) == ((there, 2),)
    api.review(gathering.db, rita, one.id, score=0, words="", now=NOW)
    assert api.awaiting(gathering.db, rita) == ((there, 1),)
    decided(gathering, two, verdict=ProposalState.REJECTED)
    assert api.awaiting(gathering.db, rita) == ()
    assert api.awaiting(gathering.db, gathering.visitor) == ()
    with pytest.raises(LoginNeeded):
        api.awaiting(gathering.db, GUEST)


def test_open_calls_of_a_park_are_known_to_anybody(gathering: Gathering) -> None:
    assert api.open_calls(gathering.db, PARK, now=NOW) == ()
    call(gathering)
    ((congress, found),) = api.open_calls(gathering.db, PARK, now=LAST)

    assert (congress.slug, found.span) == (SLUG, Span(NOW, OVER))
    assert api.open_calls(gathering.db, PARK, now=OVER) == ()


def news(made: Gathering) -> list[int]:
    """How much vera has not seen of what became of hers, in each congress."""
    return [count for _, count in api.own_calls(made.db, made.visitor)]
