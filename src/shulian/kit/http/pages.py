"""A page as the answer to a request."""

from urllib.parse import urlencode

from litestar import Response
from litestar.enums import MediaType
from litestar.template.base import csrf_token
from markupsafe import Markup

from shulian.kit.http.edge import AnyConnection, AnyRequest, edge_of, language_of
from shulian.kit.text import Language


def show(
    request: AnyRequest, template: str, *, actor: object, status: int = 200, **values: object
) -> Response[str]:
    """Answer with `template` for `actor`, in the language of the request.

    `actor` is whatever the header's templates ask (`identity.types.Actor`).
    """
    html = render(request, template, actor=actor, **values)
    headers = {"content-language": language_of(request)}
    return Response(html, status_code=status, media_type=MediaType.HTML, headers=headers)


def render(request: AnyRequest, template: str, *, actor: object, **values: object) -> Markup:
    """A page, or a part of one, as `show` answers it."""
    edge = edge_of(request)
    html = edge.pages.render(
        template,
        language_of(request),
        {
            "actor": actor,
            "csrf": csrf_token({"request": request}),
            "demo": edge.demo,
            "path": request.url.path,
            "here": _here(request),
            "switch": {one: _here(request, one) for one in Language},
            **values,
        },
    )
    return Markup(html)  # noqa: S704  # templates have escaped what is in it


def _here(request: AnyRequest, language: Language | None = None) -> str:
    """The address of this page on this site, asking for `language` if one is given."""
    parts = [(name, value) for name, value in request.query_params.multi_items() if name != "lang"]
    if language:
        parts.append(("lang", language))
    query = urlencode(parts)
    return f"{request.url.path}?{query}" if query else request.url.path


def wants_page(request: AnyConnection) -> bool:
    """Whether the asker is a browser on its way to a page rather than a program."""
    return not request.url.path.startswith("/api/") and "text/html" in request.headers.get(
        "accept", ""
    )
