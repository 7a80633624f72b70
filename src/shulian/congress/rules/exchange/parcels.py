"""A file on its way to a process that reads it apart, and what came of it on the way back."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import cast

import msgspec

from shulian.congress.errors import (
    ExchangeTooLarge,
    ExchangeTooMany,
    ExchangeUnknown,
    ExchangeUnreadable,
    ExchangeUnsafe,
)
from shulian.congress.rules.exchange import formats
from shulian.congress.rules.exchange.drafts import Draft, Given
from shulian.congress.rules.exchange.formats import Form
from shulian.kit.errors import Failure

_REFUSALS: Mapping[str, type[Failure]] = {
    one.code: one
    for one in (
        ExchangeTooLarge,
        ExchangeTooMany,
        ExchangeUnknown,
        ExchangeUnreadable,
        ExchangeUnsafe,
    )
}


class _Asked(msgspec.Struct, frozen=True):
    """A file, and what one knows before it is read."""

    given: Given
    content: bytes


class Read(msgspec.Struct, frozen=True):
    """What a file is, and what it would make of a congress."""

    form: Form
    draft: Draft


class _Refused(msgspec.Struct, frozen=True):
    """Why a file was not read."""

    code: str
    params: dict[str, str | int]


class _Answer(msgspec.Struct, frozen=True):
    read: Read | None = None
    refused: _Refused | None = None


def asked(content: bytes, given: Given) -> bytes:
    """A file to be read."""
    return _encoded(_Asked(given, content))


def answered(parcel: bytes) -> bytes:
    """What comes of such a file; what is wrong with it is told, too."""
    told = msgspec.msgpack.decode(parcel, type=_Asked)
    try:
        form = formats.form_of(told.content)
        draft = formats.read(told.content, told.given)
    except Failure as failure:
        if failure.code not in _REFUSALS:
            raise
        params = {
            key: one if isinstance(one, int) else str(one) for key, one in failure.params.items()
        }
        refused = _Refused(failure.code, params)
        return _encoded(_Answer(refused=refused))
    return _encoded(_Answer(Read(form, draft)))


def opened(parcel: bytes) -> Read:
    """What came of a file; raises why it was not read, such as ExchangeUnknown."""
    told = msgspec.msgpack.decode(parcel, type=_Answer)
    if told.refused is not None:
        raise _REFUSALS[told.refused.code](**told.refused.params)
    if told.read is None:
        raise ValueError("an answer says nothing")
    return told.read


def _encoded(what: object) -> bytes:
    return msgspec.msgpack.encode(what, enc_hook=_plain)


def _plain(what: object) -> object:
    """What msgspec has no way to write."""
    if isinstance(what, MappingProxyType):
        return dict(cast("Mapping[str, object]", what))
    raise NotImplementedError
