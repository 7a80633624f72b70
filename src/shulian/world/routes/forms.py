"""The forms of the world's pages: what browsers send, as values."""

from msgspec import Struct

from shulian.world.errors import LookWrong, MeasureWrong, RuleWrong
from shulian.world.types import Audience, Look, Measure, Right, VisitorKey

USUAL = "usual"
"""What stands in a form for no rule."""


class LookForm(Struct, frozen=True):
    """What one's avatar is to look like; every part stands in the form, as text."""

    sex: str = ""
    age: str = ""
    weight: str = ""
    stature: str = ""
    skin: str = ""
    hair: str = ""
    hair_color: str = ""
    outfit: str = ""
    primary: str = ""
    secondary: str = ""


class RuleForm(Struct, frozen=True):
    """Who is to have which right where."""

    zone: str
    right: Right
    audience: str


class MeasureForm(Struct, frozen=True):
    """A measure against somebody, or against all in a zone."""

    zone: str
    measure: Measure
    person: VisitorKey = VisitorKey("")
    name: str = ""
    reason: str = ""
    minutes: str = ""


def look_of(form: LookForm) -> Look:
    """The look that a form tells; raises LookWrong where a part is no number."""
    parts = {name: getattr(form, name) for name in LookForm.__struct_fields__}
    wrong = {name: "world.look_part" for name, typed in parts.items() if not typed.isdecimal()}
    if wrong:
        raise LookWrong(fields=wrong)
    return Look(**{name: int(typed[:9]) for name, typed in parts.items()})


def audience_of(form: RuleForm) -> Audience | None:
    """Whom a form gives the right to; none: the usual; raises RuleWrong where it is nobody."""
    if form.audience == USUAL:
        return None
    try:
        return Audience(form.audience)
    except ValueError as error:
        raise RuleWrong(fields={"audience": "field_invalid"}) from error


def minutes_of(form: MeasureForm) -> int | None:
    """How long a measure is to last; none: until it is taken back."""
    typed = form.minutes.strip()
    if not typed:
        return None
    if not (typed.isdecimal() and typed.isascii() and 0 < int(typed[:7]) <= _YEAR):
        raise MeasureWrong(fields={"minutes": "field_invalid"})
    return int(typed)


_YEAR = 525_600
"""[min]"""
