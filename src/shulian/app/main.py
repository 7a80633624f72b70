"""The web application: every feature behind one door."""

from asyncio import get_running_loop
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path
from secrets import token_bytes

from litestar import Litestar, Router
from litestar.config.compression import CompressionConfig
from litestar.config.csrf import CSRFConfig
from litestar.datastructures import CacheControlHeader, MutableScopeHeaders, State
from litestar.di import Provide
from litestar.middleware import DefineMiddleware
from litestar.plugins.prometheus import PrometheusConfig
from litestar.static_files import (
    create_static_files_router,  # pyright: ignore[reportUnknownVariableType]  # partly typed
)
from litestar.types import ASGIApp, Message, Scope

from shulian.app import features
from shulian.app.grants import GRANTS
from shulian.app.health import healthz, readyz
from shulian.app.metrics import Metrics
from shulian.app.openapi import OPENAPI
from shulian.app.paying import providers
from shulian.app.reactions import reactions
from shulian.app.words import words_of_the_client
from shulian.booking.routes import ROUTES as BOOKING_ROUTES
from shulian.booking.routes import space_panel as booking_panel
from shulian.congress.live import draft_channel, search_channel
from shulian.congress.routes import ROUTES as CONGRESS_ROUTES
from shulian.congress.routes import hall_panel as sessions_panel
from shulian.congress.routes import new_pace
from shulian.identity.routes import PROBLEMS, find_who_asks, provide_actor, refuse_wrong_token
from shulian.identity.routes import ROUTES as IDENTITY_ROUTES
from shulian.kit.blobs import FolderBlobs
from shulian.kit.clock import Clock, system_clock
from shulian.kit.db import Database
from shulian.kit.http.edge import DEPENDENCIES, LANGUAGE_COOKIE, Edge
from shulian.kit.http.guards import ForgeryGuard, with_headers
from shulian.kit.http.heads import with_heads
from shulian.kit.http.limits import CallGuard, Calls
from shulian.kit.http.problems import HANDLERS  # pyright: ignore[reportUnknownVariableType]
from shulian.kit.http.stopping import before_stopping
from shulian.kit.live import Hub
from shulian.kit.text import Language
from shulian.park.live import live_channel
from shulian.park.routes import ROUTES as PARK_ROUTES
from shulian.settings import Settings
from shulian.ticketing.live import seats_channel
from shulian.ticketing.routes import ROUTES as TICKETING_ROUTES
from shulian.ticketing.routes import SCANS_A_MINUTE, Checkpoint, new_counter
from shulian.ticketing.routes import hall_panel as occasions_panel
from shulian.ticketing.rules.ticket_codes import Keyring
from shulian.world.routes import ROUTES as WORLD_ROUTES
from shulian.world.routes import Gate

_LARGEST_BODY = 2 * 1024 * 1024
CALLS_A_MINUTE = 6000
"""From one address, behind which a whole congress may sit; logins have limits of their own."""
CHANNELS = 512
"""Live channels at once, where nobody says what the system allows."""
_FOR_ALL = ["/assets/", "/tiles/", "/messages/", "/healthz$", "/readyz$", "/metrics$"]
"""Addresses that answer everybody alike: not counted, and without a visitor's cookie, so that
caches between may keep and share what they answer."""
SPACE_PANELS = (sessions_panel, occasions_panel, booking_panel)
"""What features say on the page of a space, in this order."""
_UNPACKED = ["^/tiles/", "^/api/live"]
"""Addresses whose answers are packed already, or are streams that must not wait in a packer."""


def create_app(
    settings: Settings,
    *,
    data: Path,
    secret: str,
    keys: Keyring | None = None,
    clock: Clock = system_clock,
    calls: int = CALLS_A_MINUTE,
    channels: int = CHANNELS,
) -> ASGIApp:
    """The application for `settings`, with its files below `data`.

    secret    signs forms, and tickets into the shared world
    keys      sign the codes of tickets; none: those of this process alone
    calls     from one address in a minute
    channels  that may be open to be told what happens
    """
    words = features.catalogue()
    database = Database(settings.database_url)
    edge = Edge(
        database=database,
        reactions=reactions(),
        clock=clock,
        catalogue=words,
        pages=features.pages(words, settings.client_folder),
        blobs=FolderBlobs(data / "blobs"),
        hub=Hub(database.dsn),
        demo=settings.demo,
        channels=channels,
        opening=find_who_asks,
    )
    guarded = [
        DefineMiddleware(CallGuard, calls=Calls(calls, clock), uncounted=_FOR_ALL),
        DefineMiddleware(ForgeryGuard, config=_forgery(secret)),
    ]
    gate = Gate(secret, settings.first_world_port, settings.worlds, settings.world_url)
    checkpoint = Checkpoint(keys or Keyring({1: token_bytes(32)}, 1), Calls(SCANS_A_MINUTE, clock))
    shared: dict[str, object] = {
        "edge": edge,
        "gate": gate,
        "checkpoint": checkpoint,
        "counter": new_counter(clock),
        "congress_pace": new_pace(clock),
        "grants": GRANTS,
        "providers": providers(settings, secret),
        "space_panels": SPACE_PANELS,
    }
    app = _litestar(edge, shared, settings.client_folder, guarded)
    return with_headers(with_heads(app), reaches=gate.origins)


def _forgery(secret: str) -> CSRFConfig:
    alike = [f"^{path}" for path in _FOR_ALL]
    return CSRFConfig(secret, cookie_httponly=True, cookie_name="csrf", exclude=alike)


def _litestar(
    edge: Edge, shared: dict[str, object], client: Path, guarded: list[DefineMiddleware]
) -> Litestar:
    @asynccontextmanager
    async def running(_app: Litestar) -> AsyncGenerator[None]:
        get_running_loop().set_default_executor(edge.threads())
        async with edge.hub.running():
            with before_stopping(edge.hub.close):
                yield
        edge.database.close()

    assets = client / "assets"
    return Litestar(
        route_handlers=[
            # One router: registered one by one, the handlers of an address that takes several
            # methods would be wrapped for their thread twice (Litestar 2.25, app.register).
            Router(
                "/",
                route_handlers=[
                    *IDENTITY_ROUTES,
                    *PARK_ROUTES,
                    *BOOKING_ROUTES,
                    *TICKETING_ROUTES,
                    *CONGRESS_ROUTES,
                    *WORLD_ROUTES,
                ],
            ),
            live_channel,
            seats_channel,
            draft_channel,
            search_channel,
            words_of_the_client,
            healthz,
            readyz,
            Metrics,
            *([_static(assets)] if assets.exists() else []),
        ],
        dependencies={**DEPENDENCIES, "actor": Provide(provide_actor)},
        exception_handlers={**HANDLERS, **PROBLEMS},
        guards=[refuse_wrong_token],
        middleware=[
            PrometheusConfig(app_name="shulian", prefix="shulian", group_path=True).middleware,
            *guarded,
        ],
        compression_config=CompressionConfig("gzip", gzip_compress_level=6, exclude=_UNPACKED),
        openapi_config=OPENAPI,
        before_send=[_keep_language],
        lifespan=[running],
        state=State(shared),
        request_max_body_size=_LARGEST_BODY,
        debug=False,
        logging_config=None,
    )


def _static(folder: Path) -> Router:
    return create_static_files_router(
        "/assets",
        [folder],
        cache_control=CacheControlHeader(max_age=31_536_000, immutable=True, public=True),
    )


async def _keep_language(message: Message, scope: Scope) -> None:
    """Remember the language that `?lang=` asked for."""
    if message["type"] != "http.response.start" or b"lang=" not in scope["query_string"]:
        return
    for part in scope["query_string"].decode("latin-1").split("&"):
        name, _, value = part.partition("=")
        if name == "lang" and value in set(Language):
            MutableScopeHeaders.from_message(message).add(
                "set-cookie",
                f"{LANGUAGE_COOKIE}={value}; Path=/; Max-Age=31536000; SameSite=Lax",
            )
