"""The files of scenes: packed, known by their tag for ever, and no way to any other file."""

import gzip

import pytest
from tests.park.plans import PARK
from tests.park.routes.conftest import Site

from shulian.park.rules.shelves import kept_at
from shulian.park.types import SpaceId

VERSION = "0123456789abcdef"
CONTENT = b'{"asset": {"version": "1.1"}}' * 9
FOR_EVER = "public, max-age=31536000, immutable"


def keep(site: Site, path: str, content: bytes = CONTENT, *, packed: bool = True) -> str:
    """A file of a scene; answers its address."""
    name = kept_at(PARK, VERSION, path)
    site.blobs.put(name, content)
    if packed:
        site.blobs.put(f"{name}.gz", gzip.compress(content))
    return f"/tiles/{PARK}/{VERSION}/{path}"


@pytest.mark.parametrize(
    ("path", "media_type"),
    [
        ("tileset.json", "application/json"),
        ("exterior/0/1/3.glb", "model/gltf-binary"),
        ("storeys/yq-f1.glb", "model/gltf-binary"),
        ("trees.bin", "application/octet-stream"),
    ],
)
def test_a_file_is_sent_for_ever(still: Site, path: str, media_type: str) -> None:
    address = keep(still, path)

    answer = still.client.get(address, headers={"accept-encoding": "identity"})

    assert (answer.status_code, answer.content) == (200, CONTENT)
    told = {
        name: answer.headers.get(name)
        for name in ("content-type", "etag", "cache-control", "vary", "content-encoding")
    }
    assert told == {
        "content-type": media_type,
        "etag": f'"{VERSION}"',
        "cache-control": FOR_EVER,
        "vary": "accept-encoding",
        "content-encoding": None,
    }


@pytest.mark.parametrize("accepted", ["gzip", "br, gzip;q=0.5", "*", "GZIP"])
def test_a_file_is_sent_packed_where_that_is_taken(still: Site, accepted: str) -> None:
    address = keep(still, "tileset.json")

    answer = still.client.get(address, headers={"accept-encoding": accepted})

    assert (answer.content, answer.headers["content-encoding"]) == (CONTENT, "gzip")
    assert answer.headers["etag"] == f'"{VERSION}-gzip"'
    assert int(answer.headers["content-length"]) < len(CONTENT)


@pytest.mark.parametrize("accepted", ["", "br", "gzip;q=0", "gzip; q=0.00", "*, gzip;q=0"])
def test_a_file_is_sent_plain_where_packed_is_not_taken(still: Site, accepted: str) -> None:
    address = keep(still, "tileset.json")

    answer = still.client.get(address, headers={"accept-encoding": accepted})

    assert (answer.content, answer.headers.get("content-encoding")) == (CONTENT, None)


def test_a_file_without_a_packed_twin_is_sent_plain(still: Site) -> None:
    address = keep(still, "lone.bin", b"123", packed=False)

    answer = still.client.get(address, headers={"accept-encoding": "gzip"})

    assert (answer.content, answer.headers["etag"]) == (b"123", f'"{VERSION}"')


@pytest.mark.parametrize(
    "known", [f'"{VERSION}-gzip"', f'"other", "{VERSION}-gzip"', f'W/"{VERSION}-gzip"', "*"]
)
def test_a_file_that_is_known_is_not_sent_again(still: Site, known: str) -> None:
    address = keep(still, "tileset.json")

    answer = still.client.get(address, headers={"accept-encoding": "gzip", "if-none-match": known})

    assert (answer.status_code, answer.content) == (304, b"")
    assert (answer.headers["etag"], answer.headers["cache-control"]) == (
        f'"{VERSION}-gzip"',
        FOR_EVER,
    )


def test_another_form_of_a_file_is_sent(still: Site) -> None:
    address = keep(still, "tileset.json")
    headers = {"accept-encoding": "identity", "if-none-match": f'"{VERSION}-gzip"'}

    assert still.client.get(address, headers=headers).status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        f"{PARK}/{VERSION}/missing.json",
        f"{PARK}/{VERSION}/exterior",
        f"{PARK}/{VERSION}/tileset.json.gz",
        f"{PARK}/{VERSION}/secret.txt",
        f"{PARK}/fedcba9876543210/tileset.json",
        f"{PARK}/latest/tileset.json",
        f"zj/{VERSION}/tileset.json",
        f"{PARK}/{VERSION}/..%2f..%2f..%2f..%2fsecret.json",
        f"{PARK}/{VERSION}/%2e%2e/%2e%2e/%2e%2e/%2e%2e/secret.json",
        f"..%2f..%2f/{VERSION}/secret.json",
        f"%2e%2e/{VERSION}/secret.json",
        f"{PARK}/{VERSION}//etc/passwd.json",
        f"{PARK}/{VERSION}/a%00.json",
        f"{PARK}/{VERSION}/{'a' * 5000}.json",
        f"{PARK}/{VERSION}/.draft-1.json",
    ],
)
def test_nothing_else_is_sent(still: Site, path: str) -> None:
    keep(still, "tileset.json")
    (still.blobs.folder.parent / "secret.json").write_bytes(CONTENT)
    (still.blobs.folder / "secret.json").write_bytes(CONTENT)

    answer = still.client.get(f"/tiles/{path}")

    assert (answer.status_code, answer.headers["content-type"]) == (
        404,
        "application/problem+json",
    )


def test_a_file_that_is_not_there_is_a_problem_with_a_code(still: Site) -> None:
    answer = still.client.get(f"/tiles/{PARK}/{VERSION}/a/b.glb")

    problem = answer.json()
    assert (problem["code"], problem["params"]) == (
        "park.tiles_missing",
        {"park": PARK, "version": VERSION, "path": "a/b.glb"},
    )


def test_files_of_odd_names_are_found(still: Site) -> None:
    odd = SpaceId("_odd:park")
    name = kept_at(odd, VERSION, "storeys/_f:1.glb")
    still.blobs.put(name, CONTENT)

    answer = still.client.get(f"/tiles/_odd:park/{VERSION}/storeys/_f:1.glb")

    assert (answer.status_code, answer.content) == (200, CONTENT)
