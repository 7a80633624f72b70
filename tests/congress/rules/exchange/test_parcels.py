"""A file and what came of it, on their way to a process apart and back."""

from datetime import UTC, datetime

import pytest
from tests.congress.rules.exchange.programmes import SMALL

from shulian.congress.errors import ExchangeTooLarge, ExchangeUnknown, ExchangeUnreadable
from shulian.congress.rules.exchange import formats, parcels
from shulian.congress.rules.exchange.drafts import LIMIT, Given, Known
from shulian.congress.rules.exchange.formats import Form
from shulian.kit.errors import Failure
from shulian.kit.text import Text
from shulian.park.types import SpaceId

NOW = datetime(2026, 7, 1, 8, tzinfo=UTC)
GIVEN = Given(
    congress=SMALL.congress,
    spaces=(Known(SpaceId("hall-a"), Text("大厅", "Great Hall"), Text("科学会堂"), 800),),
    forums={"T1": SMALL.forums[0].id},
)
TABLE = "title_en,date,start,end,room\nSample,2026-07-17,{start},10:00,Great Hall\n"


def there_and_back(content: bytes, given: Given = GIVEN) -> parcels.Read:
    return parcels.opened(parcels.answered(parcels.asked(content, given)))


@pytest.mark.parametrize("form", list(Form))
def test_what_was_read_arrives_as_it_was_read(form: Form) -> None:
    content = formats.write(form, SMALL, NOW)

    told = there_and_back(content)

    assert (told.form, told.draft) == (form, formats.read(content, GIVEN))


def test_what_is_wrong_arrives_with_its_cell() -> None:
    content = TABLE.format(start="soon").encode()

    [fault] = there_and_back(content).draft.faults

    assert (fault.code, fault.where, dict(fault.params)) == (
        "time_unreadable",
        "C2",
        {"value": "soon"},
    )


@pytest.mark.parametrize(
    ("content", "refusal", "params"),
    [
        (b"", ExchangeUnknown, {"formats": "xml, json, ics, xcal, csv, xlsx"}),
        (b"<schedule>", ExchangeUnreadable, {"format": "schedule.xml", "where": "1:11"}),
        (b"{" + b" " * LIMIT, ExchangeTooLarge, {"limit": LIMIT >> 20}),
    ],
)
def test_why_a_file_was_not_read_is_raised_again(
    content: bytes, refusal: type[Failure], params: dict[str, object]
) -> None:
    with pytest.raises(refusal) as error:
        there_and_back(content)

    assert error.value.params == params
