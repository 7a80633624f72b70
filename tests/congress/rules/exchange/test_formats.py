"""Any file is known by its content; what goes out to everyone keeps what is confidential."""

from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.congress.rules.exchange.programmes import ADA, BO, SMALL

from shulian.congress.errors import ExchangeTooLarge, ExchangeUnknown
from shulian.congress.rules.exchange import formats, schedule_json
from shulian.congress.rules.exchange.drafts import LIMIT, Given
from shulian.congress.rules.exchange.formats import Form
from shulian.congress.rules.exchange.publicity import outward
from shulian.congress.types import Credit, Part
from shulian.identity.types import OrganizationId, PersonId
from shulian.kit.errors import Failure
from shulian.kit.text import Text

NOW = datetime(2026, 7, 1, tzinfo=UTC)
WHOLE = {Form.XML, Form.JSON, Form.ICS, Form.XCAL}


@pytest.mark.parametrize("form", list(Form))
def test_a_file_is_known_by_what_stands_in_it(form: Form) -> None:
    content = formats.write(form, SMALL, NOW)
    draft = formats.read(content, Given(timezone="Asia/Shanghai"))

    assert formats.form_of(content) is form
    assert draft.programme is not None
    assert {one.id for one in draft.programme.sessions} == {one.id for one in SMALL.sessions}
    assert (draft.programme == SMALL) == (form in WHOLE)


@pytest.mark.parametrize("form", sorted(WHOLE))
def test_a_programme_goes_from_format_to_format_without_loss(form: Form) -> None:
    told = SMALL
    for one in (form, *sorted(WHOLE)):
        told = formats.read(formats.write(one, told, NOW)).programme or told

    assert told == SMALL


@pytest.mark.parametrize("content", [b"", b"hello", b"\x89PNG\r\n", b"a,b,c\n1,2,3\n"])
def test_what_is_no_programme_is_of_no_format(content: bytes) -> None:
    with pytest.raises(ExchangeUnknown) as error:
        formats.read(content)

    assert error.value.params == {"formats": "xml, json, ics, xcal, csv, xlsx"}


def test_a_large_file_is_refused_before_anything_looks_into_it() -> None:
    with pytest.raises(ExchangeTooLarge):
        formats.read(b"title,date\n" * (LIMIT // 10))


@settings(deadline=None, max_examples=30)
@given(
    form=st.sampled_from(Form),
    at=st.integers(0, 30_000),
    noise=st.binary(min_size=1, max_size=40),
)
def test_a_spoilt_file_is_read_or_refused_but_never_breaks(
    form: Form, at: int, noise: bytes
) -> None:
    content = formats.write(form, SMALL, NOW)
    at %= len(content)
    spoilt = content[:at] + noise + content[at + len(noise) :]

    assert outcome(spoilt) in {"whole", "faulty", "refused"}


def outcome(content: bytes) -> str:
    """What becomes of a file."""
    try:
        draft = formats.read(content, Given(timezone="Asia/Shanghai"))
    except Failure as failure:
        return "refused" if failure.code.startswith("congress.exchange_") else failure.code
    if draft.programme is None:
        return "faulty" if draft.faults else "lost"
    return "half" if draft.faults else "whole"


def test_what_goes_out_to_everyone_keeps_what_is_confidential() -> None:
    inside = replace(
        SMALL,
        forums=(
            replace(
                SMALL.forums[0],
                organization=OrganizationId(UUID(int=61)),
                credits=(Credit(Part.HOST, Text("甲"), OrganizationId(UUID(int=62))),),
            ),
        ),
        speakers=(replace(ADA, person=PersonId(UUID(int=63))), BO),
    )

    told = outward(inside)

    assert told == replace(
        SMALL,
        congress=replace(SMALL.congress, version=0),
        forums=(replace(SMALL.forums[0], code="", credits=(Credit(Part.HOST, Text("甲")),)),),
        sessions=tuple(replace(one, attendance=0, version=0) for one in SMALL.sessions[:3]),
        speakers=(replace(ADA, available=()), BO),
    )
    content = schedule_json.write(told)
    assert [at for at in (61, 62, 63) if str(UUID(int=at)).encode() in content] == []
