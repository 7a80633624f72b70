"""The forms of the park's pages: what browsers send, as fields and statuses."""

from datetime import datetime
from zoneinfo import ZoneInfo

from msgspec import Struct

from shulian.kit.text import Text
from shulian.park.errors import LiveWrong
from shulian.park.types import Field, FieldValue, LiveStatus, LiveToken, Space


class EditForm(Struct, frozen=True):
    """An edit of a space; every field stands in the form, as text."""

    version: int
    name_zh: str = ""
    name_en: str = ""
    about_zh: str = ""
    about_en: str = ""
    kind: str = ""
    status: str = ""
    capacity: str = ""
    link: str = ""


class RevertForm(Struct, frozen=True):
    """The wish to take the last edit back."""

    version: int


class LiveForm(Struct, frozen=True):
    """What the operator says a space is now, or that they say nothing any more."""

    token: str = LiveToken.FREE
    words_zh: str = ""
    words_en: str = ""
    number: str = ""
    until: str = ""
    do: str = "set"


def form_of(space: Space, version: int) -> EditForm:
    """The form as it stands before anything is typed."""
    return EditForm(
        version=version,
        name_zh=space.name.zh,
        name_en=space.name.en,
        about_zh=space.about.zh,
        about_en=space.about.en,
        kind=space.kind,
        status=space.status,
        capacity="" if space.capacity is None else str(space.capacity),
        link=space.link or "",
    )


def told(form: EditForm) -> dict[Field, FieldValue]:
    """The fields that a form tells; what should be a number and is none stays as it was typed."""
    return {
        Field.NAME_ZH: form.name_zh,
        Field.NAME_EN: form.name_en,
        Field.ABOUT_ZH: form.about_zh,
        Field.ABOUT_EN: form.about_en,
        Field.KIND: form.kind,
        Field.STATUS: form.status,
        Field.CAPACITY: _whole(form.capacity.strip()),
        Field.LINK: form.link or None,
    }


def live_form(said: LiveStatus | None, timezone: str) -> LiveForm:
    """The form as it stands before anything is typed: what the operator said last."""
    if said is None:
        return LiveForm()
    until = said.until.astimezone(ZoneInfo(timezone)) if said.until else None
    return LiveForm(
        token=said.token,
        words_zh=said.words.zh,
        words_en=said.words.en,
        number="" if said.number is None else f"{said.number:g}",
        until=until.strftime("%Y-%m-%dT%H:%M") if until else "",
    )


def number_of(form: LiveForm) -> float | None:
    """The number that a form tells; raises LiveWrong where it is none."""
    try:
        return float(form.number) if form.number.strip() else None
    except ValueError as error:
        raise LiveWrong(fields={"number": "field_invalid"}) from error


def until_of(form: LiveForm, timezone: str) -> datetime | None:
    """The instant until which a form says so, typed by the clock of the park."""
    try:
        typed = datetime.fromisoformat(form.until) if form.until.strip() else None
    except ValueError as error:
        raise LiveWrong(fields={"until": "field_invalid"}) from error
    return typed and typed.replace(tzinfo=ZoneInfo(timezone))


def token_of(form: LiveForm) -> LiveToken:
    """The status that a form chose; raises LiveWrong where there is none of that name."""
    try:
        return LiveToken(form.token)
    except ValueError as error:
        raise LiveWrong(fields={"token": "field_invalid"}) from error


def words_of(form: LiveForm) -> Text:
    """The words that a form says."""
    return Text(form.words_zh.strip(), form.words_en.strip())


def _whole(typed: str) -> int | str | None:
    try:
        return int(typed) if typed else None
    except ValueError:
        return typed
