"""What Prometheus reads, told to this machine only: a scraper elsewhere comes through one here."""

from litestar.handlers import BaseRouteHandler
from litestar.plugins.prometheus import PrometheusController

from shulian.kit.errors import NotFound
from shulian.kit.http.edge import AnyConnection


def from_this_machine(connection: AnyConnection, _handler: BaseRouteHandler) -> None:
    """Let nobody but this machine in; to others there is nothing here."""
    client = connection.client
    if client is None or client.host not in {"127.0.0.1", "::1"}:
        raise NotFound


class Metrics(PrometheusController):
    """`/metrics`."""

    guards = [from_this_machine]  # noqa: RUF012  # the framework's own form
    include_in_schema = False
    opt = {"quiet": True}  # noqa: RUF012  # as above
