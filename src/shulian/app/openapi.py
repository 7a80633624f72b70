"""What the HTTP API says of itself: `/api/openapi.json`."""

from typing import Any

from litestar import Request
from litestar.openapi import OpenAPIConfig
from litestar.openapi.plugins import JsonRenderPlugin
from litestar.openapi.spec import Components, SecurityScheme

_TEXT = {"type": "string"}
_PROBLEM = {
    "type": "object",
    "description": "What went wrong (RFC 9457); docs/reference/errors.md lists the codes.",
    "required": ["type", "title", "status", "detail", "code", "params"],
    "properties": {
        "type": {"type": "string", "format": "uri"},
        "title": _TEXT,
        "status": {"type": "integer"},
        "detail": _TEXT,
        "code": _TEXT,
        "params": {
            "type": "object",
            "additionalProperties": {"type": ["string", "number"]},
        },
        "fields": {"type": "object", "additionalProperties": _TEXT},
    },
}
_ANYTHING_ELSE = {
    "description": "What went wrong.",
    "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}},
}
_FRAMEWORKS = "400"
"""The one error the framework describes by itself, in a form that is not ours."""


class _WithProblems(JsonRenderPlugin):
    """The framework's description, and how each call fails."""

    def render(self, request: Request[Any, Any, Any], openapi_schema: dict[str, Any]) -> bytes:
        """The whole description as JSON."""
        return super().render(request, with_problems(openapi_schema))


def with_problems(schema: dict[str, Any]) -> dict[str, Any]:
    """`schema`, with the form of every answer that is no success."""
    components = schema["components"]
    schemas = {**components.get("schemas", {}), "Problem": _PROBLEM}
    paths = {
        path: {method: _failing(operation) for method, operation in operations.items()}
        for path, operations in schema["paths"].items()
    }
    return {**schema, "components": {**components, "schemas": schemas}, "paths": paths}


def _failing(operation: dict[str, Any]) -> dict[str, Any]:
    told = {
        status: answer for status, answer in operation["responses"].items() if status != _FRAMEWORKS
    }
    return {**operation, "responses": {**told, "default": _ANYTHING_ELSE}}


OPENAPI = OpenAPIConfig(
    title="Shulian",
    version="1",
    path="/api/openapi.json",
    render_plugins=[_WithProblems(path="/")],
    use_handler_docstrings=True,
    components=Components(
        security_schemes={
            "token": SecurityScheme(type="http", scheme="bearer", description="A personal token."),
        }
    ),
    security=[{}, {"token": []}],
)
"""Guests may read much; a personal token says who asks."""
