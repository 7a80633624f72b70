"""The form by which one moves a booking: each claim its own time, by the clocks of its place."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from hashlib import blake2b
from zoneinfo import ZoneInfo

from shulian.booking.errors import SpanWrong, Taken, UnitsWrong
from shulian.booking.routes.forms import MoveForm, filled, span_of, units_of, written
from shulian.booking.routes.pages import Answer, answer_of
from shulian.booking.routes.parts import faults
from shulian.booking.rules import spans, terms
from shulian.booking.types import Booking, Claim, Span
from shulian.booking.wire import Setting, ShortageView
from shulian.identity.types import Actor
from shulian.kit.db import Db
from shulian.kit.errors import Failure
from shulian.kit.http.edge import AnyRequest, edge_of, language_of

NO_PLACE = "Asia/Shanghai"
"""By whose clocks bookings are told that are about no place."""


@dataclass(frozen=True, slots=True)
class Part:
    """One claim of a booking in the form."""

    claim: Claim
    """What it is now."""
    suffix: str
    """Of the names of its fields: empty for the first claim, `-1` for the second."""
    zone: str
    capacity: int
    form: MoveForm
    wanted: Claim | None = None
    """What it is to be, where that was typed and makes sense."""
    errors: Mapping[str, str] = field(default_factory=dict[str, str])
    answer: Answer = field(default_factory=Answer)
    """What is in the way of this claim."""

    @property
    def endless(self) -> bool:
        """Whether it has no end, which the form does not ask for then."""
        return self.claim.span.end is None


def parts_of(booking: Booking, setting: Setting) -> tuple[Part, ...]:
    """The form of a booking as it is."""
    return tuple(_part(number, one, setting) for number, one in enumerate(booking.claims))


def seen(booking: Booking) -> str:
    """Stands for what a booking holds: a form that was filled in for something else is stale."""
    return blake2b(repr(booking.claims).encode(), digest_size=8).hexdigest()


def typed(request: AnyRequest, parts: Iterable[Part], data: Mapping[str, object]) -> list[Part]:
    """The form as it was sent: each part with what is wanted, or what is wrong with it."""
    return [_typed(request, one, data) for one in parts]


def refused(
    request: AnyRequest,
    db: Db,
    actor: Actor,
    parts: Sequence[Part],
    failure: Failure,
    now: datetime,
) -> tuple[list[Part], Answer]:
    """The form with what stands against it beside each claim, and what is told above all."""
    told = answer_of(request, db, actor, failure, now)
    if isinstance(failure, Taken):
        places = [_place_of(one.claim, parts) for one in failure.shortages]
        shown = [
            _in_the_way(part, told, [place == number for place in places])
            for number, part in enumerate(parts)
        ]
        words, language = edge_of(request).catalogue, language_of(request)
        above = words.say(language, "booking.several_taken") if len(parts) > 1 else ""
        return shown, Answer(told.status, problem=above)
    if not told.errors:
        return list(parts), told
    wrong = _wrong(parts, failure, now)
    shown = [
        replace(part, errors={**part.errors, **told.errors}) if number == wrong else part
        for number, part in enumerate(parts)
    ]
    return shown, replace(told, errors=None)


def _part(number: int, claim: Claim, setting: Setting) -> Part:
    zone = setting.zone(claim.resource) or NO_PLACE
    form = MoveForm(**filled(MoveForm(units=str(claim.units)), claim.span, ZoneInfo(zone)))
    capacity = setting.resources[claim.resource].capacity
    return Part(claim, f"-{number}" if number else "", zone, capacity, form)


def _typed(request: AnyRequest, part: Part, data: Mapping[str, object]) -> Part:
    sent = {name: data.get(f"{name}{part.suffix}") for name in MoveForm.__struct_fields__}
    form = MoveForm(**{name: one for name, one in sent.items() if isinstance(one, str)})
    zone = ZoneInfo(part.zone)
    span: Span | None = None
    try:
        span = span_of(form, zone, endless=part.endless)
        wanted = Claim(part.claim.resource, span, units_of(form.units))
    except (SpanWrong, UnitsWrong) as failure:
        told = MoveForm(**(filled(form, span, zone) if span else written(form)))
        return replace(part, form=told, errors=faults(request, failure))
    return replace(part, form=MoveForm(**filled(form, span, zone)), wanted=wanted)


def _place_of(short: Claim, parts: Sequence[Part]) -> int:
    """To which part a claim belongs that cannot be had: several may have become one."""
    found = (
        number
        for number, one in enumerate(parts)
        if one.wanted
        and one.wanted.resource == short.resource
        and spans.meet(one.wanted.span, short.span)
    )
    return next(found, 0)


def _in_the_way(part: Part, told: Answer, mine: Sequence[bool]) -> Part:
    shortages: tuple[ShortageView, ...] = tuple(
        one for one, is_mine in zip(told.shortages, mine, strict=True) if is_mine
    )
    if not shortages:
        return part
    return replace(part, answer=Answer(told.status, problem=told.problem, shortages=shortages))


def _wrong(parts: Sequence[Part], failure: Failure, now: datetime) -> int:
    """Which part does not keep the terms; the first where that cannot be told."""
    codes = set(failure.fields.values()) if isinstance(failure, SpanWrong) else set[str]()
    for number, one in enumerate(parts):
        span = one.wanted.span if one.wanted else one.claim.span
        past = "booking.span_past" if terms.past(span, now) else None
        if {spans.fault(span), past, terms.fault(span, now)} & codes:
            return number
    return 0
