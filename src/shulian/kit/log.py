"""Structured logs: one JSON object a line for programs, aligned words for people at a terminal."""

import logging
import re
import sys
from collections.abc import MutableMapping
from typing import Any

import structlog

_CHATTY = ("alembic", "procrastinate", "uvicorn", "picows", "shulian.access", "shulian.world")
"""Who tells of every step: a program that reads logs gets it all, people hear what went wrong."""
_SECRET = re.compile(r"password|secret|token|cookie|authorization|csrf", re.IGNORECASE)


def mask_secrets(
    _logger: object, _method: str, entry: MutableMapping[str, Any]
) -> MutableMapping[str, Any]:
    """Replace the values of keys that name secrets."""
    for key in entry:
        if _SECRET.search(key):
            entry[key] = "***"
    return entry


def configure(*, process: str, for_people: bool, level: int = logging.INFO) -> None:
    """Send every log of this process, ours and the libraries', to standard error in one form."""
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        mask_secrets,
    ]
    form: Any = (
        structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty())
        if for_people
        else structlog.processors.JSONRenderer(ensure_ascii=False)
    )
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.make_filtering_bound_logger(level),
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.format_exc_info,
                form,
            ],
        )
    )
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(level)
    for name in _CHATTY:
        logging.getLogger(name).setLevel(logging.WARNING if for_people else logging.NOTSET)
    structlog.contextvars.bind_contextvars(process=process)
