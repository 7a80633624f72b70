"""What can go wrong anywhere, as one tree; features hang their own errors below it.

Failure                 500  a fact that stops a call; knows its code and its HTTP status
├── Invalid             422  what was sent does not make sense; names the fields
├── LoginNeeded         401  nobody is logged in, and somebody must be
├── Refused             403  the actor lacks the permission
├── NotFound            404  there is no such thing
├── Conflict            409  it clashes with what is there now
├── TooLarge            413  more than we accept
├── TooMany             429  too often
└── Unavailable         503  a part we need does not answer

An error carries a code and parameters, no sentence: its words stand in the catalogues of both
languages under `error.<code>`, and the edge that tells a person picks the language.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import ClassVar

Value = str | int | float


class Failure(Exception):
    """A fact that stops a call."""

    code: ClassVar[str] = "internal"
    status: ClassVar[int] = 500

    def __init__(self, **params: Value) -> None:
        """Keep the parameters that the words of this failure name."""
        super().__init__(self.code, params)
        self.params: Mapping[str, Value] = MappingProxyType(params)

    def __str__(self) -> str:
        """For logs; people get the words of the catalogue."""
        told = ", ".join(f"{name}={value!r}" for name, value in self.params.items())
        return f"{self.code}({told})"

    def __reduce__(self) -> tuple[type["Failure"], tuple[()], dict[str, object]]:
        """Survive a trip through another process: what was said comes back as state."""
        state = {name: dict(said) for name, said in vars(self).items()}
        return (type(self), (), {**state, "args": self.args})

    def __setstate__(self, state: Mapping[str, object] | None) -> None:
        """Take the parameters back after such a trip."""
        for name, value in (state or {}).items():
            setattr(self, name, value)


class Invalid(Failure):
    """What was sent does not make sense.

    `fields` maps the name of each wrong field to the code of what is wrong with it.
    """

    code = "invalid"
    status = 422

    def __init__(self, *, fields: Mapping[str, str] | None = None, **params: Value) -> None:
        """Keep which fields are wrong, and why."""
        super().__init__(**params)
        self.fields: Mapping[str, str] = MappingProxyType(dict(fields or {}))


class LoginNeeded(Failure):
    """Nobody is logged in, and somebody must be."""

    code = "login_needed"
    status = 401


class Refused(Failure):
    """The actor lacks the permission `permission`."""

    code = "refused"
    status = 403


class NotFound(Failure):
    """There is no such thing."""

    code = "not_found"
    status = 404


class Conflict(Failure):
    """It clashes with what is there now."""

    code = "conflict"
    status = 409


class TooLarge(Failure):
    """More than we accept: `limit` says how much that is."""

    code = "too_large"
    status = 413


class TooMany(Failure):
    """Too often: try again after `seconds`."""

    code = "too_many"
    status = 429


class Unavailable(Failure):
    """A part we need does not answer."""

    code = "unavailable"
    status = 503
