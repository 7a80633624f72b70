"""Failures as answers: problem+json (RFC 9457) for programs, a page for people."""

import re
from typing import Any

import msgspec
import psycopg
import structlog
from litestar import Response
from litestar.exceptions import HTTPException, ValidationException
from litestar.types import ExceptionHandlersMap
from sqlalchemy.exc import DataError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from shulian.kit.errors import (
    Failure,
    Invalid,
    LoginNeeded,
    NotFound,
    Refused,
    TooLarge,
    TooMany,
    Unavailable,
)
from shulian.kit.http.edge import AnyRequest, edge_of, language_of
from shulian.kit.http.pages import wants_page

log = structlog.stdlib.get_logger("shulian.http")


class MethodUnknown(Failure):
    """The address does not take that method."""

    code = "method_unknown"
    status = 405


class RequestBroken(Failure):
    """The request could not be read."""

    code = "request_broken"
    status = 400


class CrossSite(Refused):
    """A change that did not come from a page of ours."""

    code = "cross_site"


_BODY_FIELD = re.compile(r"at `\$\.data\.([^`]+)`")
_MISSING = re.compile(r"Missing required \w+ parameter '([^']+)'")

_BY_STATUS: dict[int, type[Failure]] = {
    400: RequestBroken,
    401: LoginNeeded,
    403: CrossSite,
    404: NotFound,
    405: MethodUnknown,
    413: TooLarge,
    429: TooMany,
}


def answer_failure(request: AnyRequest, failure: Failure) -> Response[Any]:
    """Say in the asker's language and form what stopped the call."""
    edge = edge_of(request)
    language = language_of(request)
    detail = edge.catalogue.explain(language, failure)
    headers = {"retry-after": str(failure.params["seconds"])} if "seconds" in failure.params else {}
    if wants_page(request):
        html = edge.pages.render(
            "kit/error.html", language, {"status": failure.status, "detail": detail}
        )
        return Response(html, status_code=failure.status, media_type="text/html", headers=headers)
    problem: dict[str, object] = {
        "type": f"urn:shulian:error:{failure.code}",
        "title": edge.catalogue.say(language, f"problem.{failure.status}"),
        "status": failure.status,
        "detail": detail,
        "code": failure.code,
        "params": dict(failure.params),
    }
    if isinstance(failure, Invalid):
        problem["fields"] = {
            field: edge.catalogue.say(language, f"error.{code}", **failure.params)
            for field, code in failure.fields.items()
        }
    return Response(
        problem,
        status_code=failure.status,
        media_type="application/problem+json",
        headers=headers,
    )


def answer_http_exception(request: AnyRequest, error: HTTPException) -> Response[Any]:
    """Say what the framework refused, in our own words."""
    if isinstance(error, ValidationException):
        return answer_failure(request, Invalid(fields=_wrong_fields(request, error)))
    if field := _mistaken_field(error):
        return answer_failure(request, Invalid(fields={field: "field_invalid"}))
    if error.status_code in _BY_STATUS:
        answer = answer_failure(request, _BY_STATUS[error.status_code]())
        allowed = {name.lower(): value for name, value in (error.headers or {}).items()}
        if "allow" in allowed:
            answer.headers["allow"] = allowed["allow"]
        return answer
    return answer_unexpected(request, error)


def answer_database(request: AnyRequest, error: Exception) -> Response[Any]:
    """Log that the database did not answer; tell the asker to try again soon."""
    cause = getattr(error, "orig", None) or error
    log.error("database", path=request.url.path, reason=" ".join(str(cause).split()))
    return answer_failure(request, Unavailable())


def answer_data(request: AnyRequest, error: Exception) -> Response[Any]:
    """What was asked with is nothing that a database can look for, such as the letter NUL."""
    cause = getattr(error, "orig", None) or error
    log.warning("data", path=request.url.path, reason=" ".join(str(cause).split()))
    return answer_failure(request, Invalid())


def answer_unexpected(request: AnyRequest, error: Exception) -> Response[Any]:
    """Log what nobody foresaw; tell the asker only that it is ours to mend."""
    log.error("unexpected", path=request.url.path, exc_info=error)
    return answer_failure(request, Failure())


def _wrong_fields(request: AnyRequest, error: ValidationException) -> dict[str, str]:
    """The wrong fields by the names under which they were sent."""
    extra: object = error.extra
    if not isinstance(extra, list):
        lacking = _MISSING.match(error.detail)
        return {lacking.group(1): "field_invalid"} if lacking else {}
    return {
        _sent_as(request, str(entry["key"])): "field_invalid"  # pyright: ignore[reportUnknownArgumentType]
        for entry in extra  # pyright: ignore[reportUnknownVariableType]
        if isinstance(entry, dict) and "key" in entry
    }


def _sent_as(request: AnyRequest, argument: str) -> str:
    """What a query calls the argument of a handler, which may have another name in the code."""
    told = request.route_handler.parsed_fn_signature.parameters.get(argument)
    name = getattr(told and told.kwarg_definition, "name", None)
    return name if isinstance(name, str) else argument


def _mistaken_field(error: HTTPException) -> str | None:
    """The wrong field of a body that the framework took for a fault of ours.

    It does so with fields that are named like a dependency, such as `language` (Litestar 2.25).
    """
    if not isinstance(error.__cause__, msgspec.ValidationError):
        return None
    found = _BODY_FIELD.search(str(error.__cause__))
    return found.group(1) if found else None


HANDLERS: ExceptionHandlersMap = {  # pyright: ignore[reportUnknownVariableType]
    Failure: answer_failure,
    HTTPException: answer_http_exception,
    DataError: answer_data,
    OperationalError: answer_database,
    psycopg.OperationalError: answer_database,
    PoolTimeout: answer_database,
    Exception: answer_unexpected,
}
"""Every way a request can fail, and who answers."""
