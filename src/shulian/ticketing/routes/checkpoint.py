"""What the web application needs where codes are written and read, and how a handler gets it."""

from dataclasses import dataclass

from litestar.di import NamedDependency

from shulian.identity.types import Actor
from shulian.kit.http.edge import AnyConnection
from shulian.kit.http.limits import Calls
from shulian.ticketing.rules.ticket_codes import Keyring

RequestActor = NamedDependency[Actor]

SCANS_A_MINUTE = 300
"""Calls of one person that tell scans: five a second are more than anyone can show tickets."""


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """The keys of this installation, and how often somebody may tell scans."""

    keys: Keyring
    calls: Calls


def checkpoint_of(connection: AnyConnection) -> Checkpoint:
    """The checkpoint of the process that serves `connection`."""
    found = connection.app.state["checkpoint"]
    assert isinstance(found, Checkpoint)  # noqa: S101  # put there by the composition
    return found
