"""The browser's share of the catalogues: the words that the client's own interface speaks."""

import msgspec
from litestar import Response, get
from litestar.params import FromPath

from shulian.kit.errors import NotFound
from shulian.kit.http.edge import AnyRequest, edge_of
from shulian.kit.http.etags import is_known, weak_tag
from shulian.kit.text import Language

_PREFIXES = ("scene.", "world.", "kind.", "status.", "live.", "common.", "gate.")


@get("/messages/{file:str}", include_in_schema=False)
async def words_of_the_client(request: AnyRequest, file: FromPath[str]) -> Response[bytes]:
    """The client's words in one language: `zh-CN.json` or `en.json`."""
    language = next((one for one in Language if file == f"{one}.json"), None)
    if language is None:
        raise NotFound
    words = edge_of(request).catalogue.below(language, _PREFIXES)
    body = msgspec.json.encode(words)
    tag = weak_tag(body)
    headers = {"etag": tag, "cache-control": "public, no-cache"}
    if is_known(request, tag):
        return Response(b"", status_code=304, headers=headers)
    return Response(body, media_type="application/json", headers=headers)
