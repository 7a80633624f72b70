"""The JSON Schema of everything that travels, so that a change of it is seen in review."""

import json
from collections.abc import Sequence

import msgspec
from msgspec import Struct


def snapshot(types: Sequence[type[Struct]]) -> str:
    """The schemas of `types` and of all that they name, by name."""
    _, named = msgspec.json.schema_components(types)
    return json.dumps(dict(sorted(named.items())), ensure_ascii=False, indent=2) + "\n"
