"""The files of scenes: each version is for ever, so a client asks for a file once."""

import re
from pathlib import Path, PurePosixPath

from litestar import Response, get
from litestar.concurrency import sync_to_thread
from litestar.params import FromPath
from litestar.status_codes import HTTP_304_NOT_MODIFIED

from shulian.kit.blobs import BlobMissing, Blobs
from shulian.kit.http.edge import AnyRequest, edge_of
from shulian.kit.http.etags import is_known
from shulian.park.errors import TilesMissing
from shulian.park.rules.shelves import PACKED, kept_at
from shulian.park.types import SpaceId

_MEDIA_TYPES = {
    ".json": "application/json",
    ".glb": "model/gltf-binary",
    ".bin": "application/octet-stream",
}
_VERSION = re.compile(r"[0-9a-f]{16}")
_REFUSED = re.compile(r"q\s*=\s*0(?:\.0*)?")
_FOR_EVER = "public, max-age=31536000, immutable"


@get("/tiles/{park:str}/{version:str}/{path:path}", include_in_schema=False)
async def read_tile(
    request: AnyRequest, park: FromPath[str], version: FromPath[str], path: FromPath[Path]
) -> Response[bytes]:
    """A file of a scene, packed if the client takes that."""
    inner = str(path).lstrip("/")
    media_type = _MEDIA_TYPES.get(PurePosixPath(inner).suffix)
    found = None
    if media_type is not None and _VERSION.fullmatch(version):
        name = kept_at(SpaceId(park), version, inner)
        blobs = edge_of(request).blobs
        found = await sync_to_thread(_read, blobs, name, packed=_takes_gzip(request))
    if found is None:
        raise TilesMissing(park=park, version=version, path=inner)
    content, packed = found
    tag = f'"{version}-gzip"' if packed else f'"{version}"'
    headers = {"etag": tag, "cache-control": _FOR_EVER, "vary": "accept-encoding"}
    if packed:
        headers["content-encoding"] = "gzip"
    if is_known(request, tag):
        return Response(b"", status_code=HTTP_304_NOT_MODIFIED, headers=headers)
    return Response(content, media_type=media_type, headers=headers)


def _read(blobs: Blobs, name: str, *, packed: bool) -> tuple[bytes, bool] | None:
    """The content under `name`, or of its packed twin, and whether it is packed."""
    for twin in (True, False) if packed else (False,):
        try:
            return blobs.get(name + PACKED if twin else name), twin
        except BlobMissing:
            continue
    return None


def _takes_gzip(request: AnyRequest) -> bool:
    """Whether the client names gzip, or anything, without refusing it (RFC 9110, §12.5.3)."""
    told = request.headers.get("accept-encoding", "").lower().split(",")
    wishes = {
        name.strip(): weight.strip() for name, _, weight in (one.partition(";") for one in told)
    }
    weight = wishes.get("gzip", wishes.get("*"))
    return weight is not None and not _REFUSED.fullmatch(weight)


ROUTES = (read_tile,)
