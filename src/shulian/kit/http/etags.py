"""Entity tags: what a client has already is not sent again (RFC 9110, §8.8.3 and §13.1.2)."""

from hashlib import blake2b

from shulian.kit.http.edge import AnyRequest


def weak_tag(body: bytes) -> str:
    """A tag that says an answer means the same, however it is packed on its way."""
    return f'W/"{blake2b(body, digest_size=8).hexdigest()}"'


def is_known(request: AnyRequest, tag: str) -> bool:
    """Whether the client has the answer with `tag`."""
    told = request.headers.get("if-none-match", "")
    known = {one.strip().removeprefix("W/") for one in told.split(",")}
    return "*" in known or tag.removeprefix("W/") in known
