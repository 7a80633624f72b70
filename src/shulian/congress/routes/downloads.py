"""Programmes as files: the releases for everybody, the draft for those who make the congress."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from litestar import Response, get
from litestar.params import FromPath, FromQuery
from litestar.status_codes import HTTP_304_NOT_MODIFIED

from shulian.congress import api
from shulian.congress.routes.desks import open_desk
from shulian.congress.routes.pace import pace_of
from shulian.congress.routes.parts import RequestActor
from shulian.congress.routes.viewing import venues_of
from shulian.congress.rules import history
from shulian.congress.rules.exchange import formats
from shulian.congress.rules.exchange.formats import Form
from shulian.congress.rules.exchange.publicity import outward
from shulian.congress.rules.exchange.views import Telling
from shulian.congress.types import Congress, Programme, Release, SessionId
from shulian.kit.http.edge import AnyRequest, RequestDb, RequestLanguage, RequestNow
from shulian.kit.http.etags import is_known, weak_tag

ENDINGS = {
    "xml": Form.XML,
    "json": Form.JSON,
    "ics": Form.ICS,
    "xcs": Form.XCAL,
    "csv": Form.CSV,
    "xlsx": Form.XLSX,
}
"""How the address of a file ends, and what is at it."""
_TYPES = {  # what is text gets its charset by itself
    Form.XML: "application/xml",
    Form.JSON: "application/json",
    Form.ICS: "text/calendar",
    Form.XCAL: "application/calendar+xml",
    Form.CSV: "text/csv; header=present",
    Form.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def released(
    request: AnyRequest,
    slug: FromPath[str],
    db: RequestDb,
    actor: RequestActor,
    language: RequestLanguage,
    release: FromQuery[int | None] = None,
) -> Response[bytes]:
    """What is public of a congress, or was as of a release; again only when it changed."""
    pace_of(request).files.count(request.client.host if request.client else "")
    congress = api.congress_by_slug(db, actor, slug)
    shown = api.shown(db, actor, congress.id, release)
    programme = outward(shown.programme)
    telling = Telling(language, venues_of(db, programme))
    base, form = f"{request.base_url}congresses/{slug}/", _form(request)
    # not of the content: a spreadsheet says when it was written
    tag = weak_tag(repr((shown.release.id, form, language, base, telling.venues)).encode())
    headers = {"etag": tag, "cache-control": "private, no-cache"}
    if is_known(request, tag):
        nothing: Any = None  # this status has no body
        return Response(nothing, status_code=HTTP_304_NOT_MODIFIED, headers=headers)
    content = formats.write(
        form,
        _current(programme, congress),
        shown.release.at,
        telling,
        base=base,
        version=shown.release.name,
        revisions=_revisions(api.releases(db, actor, congress.id), shown),
    )
    name = congress.slug if release is None else f"{congress.slug}-{release}"
    return _file(content, name, form, headers)


def drafted(
    request: AnyRequest,
    slug: FromPath[str],
    db: RequestDb,
    actor: RequestActor,
    now: RequestNow,
    language: RequestLanguage,
) -> Response[bytes]:
    """All of a draft, also what is said in confidence, for those who make the congress."""
    desk = open_desk(request, db, actor, slug, now)
    desk.demand_planner()
    pace_of(request).files.count(str(actor.demand_person()))
    telling = Telling(language, venues_of(db, desk.programme))
    form = _form(request)
    content = formats.write(form, desk.programme, now, telling)
    return _file(content, f"{slug}-draft", form, {"cache-control": "no-store"})


def _form(request: AnyRequest) -> Form:
    return ENDINGS[request.url.path.rpartition(".")[2]]


def _current(programme: Programme, congress: Congress) -> Programme:
    """Under the short name that the congress has now, at which its pages are."""
    return replace(programme, congress=replace(programme.congress, slug=congress.slug))


def _revisions(releases: tuple[Release, ...], shown: api.Shown) -> Mapping[SessionId, int]:
    """By the number of the release that changed each session last, as in all calendars."""
    until = [one for one in releases if one.number <= shown.release.number]
    steps = history.latest(until)
    first = until[-1].number
    return {
        one.id: steps[one.id].sequence if one.id in steps else first
        for one in shown.programme.sessions
    }


def _file(content: bytes, name: str, form: Form, headers: Mapping[str, str]) -> Response[bytes]:
    ending = next(each for each, one in ENDINGS.items() if one is form)
    told = {**headers, "content-disposition": f'attachment; filename="{name}.{ending}"'}
    return Response(content, media_type=_TYPES[form], headers=told)


ROUTES = tuple(
    get(
        f"/congresses/{{slug:str}}{below}/schedule.{ending}",
        include_in_schema=False,
        sync_to_thread=True,
    )(found)
    for below, found in (("", released), ("/desk", drafted))
    for ending in ENDINGS
)
