"""The features of this installation: their words, templates and links, in one list."""

from pathlib import Path

from shulian.kit.i18n import Catalogue
from shulian.kit.pages import Assets, Link, Pages

_PACKAGE = Path(__file__).parents[1]
_FEATURES = ("kit", "identity", "park", "booking", "ticketing", "congress", "world", "app")

MIGRATIONS = Path(__file__).parent / "migrations"

NAVIGATION = (
    Link("/organizations", "nav.organizations", "identity.read"),
    Link("/audit", "nav.audit", "audit.read"),
)

TABS = (
    Link("/parks/{park}/congresses", "congress.tab"),
    Link("/parks/{park}/occasions", "ticketing.tab"),
    Link("/parks/{park}/book", "booking.tab"),
    Link("/parks/{park}/bookings", "booking.ledger.tab", "booking.manage"),
    Link("/parks/{park}/together", "world.tab"),
    Link("/parks/{park}/order", "world.tab_order", "world.moderate"),
)
OWN = (
    Link("/me/tickets", "ticketing.own.title"),
    Link("/me/programme", "congress.mine.every"),
    Link("/me/bookings", "booking.mine.title"),
    Link("/me/avatar", "world.avatar.title"),
)


def catalogue() -> Catalogue:
    """The words of every feature."""
    return Catalogue.read(_PACKAGE / feature / "messages" for feature in _FEATURES)


def pages(words: Catalogue, client: Path) -> Pages:
    """The templates of every feature."""
    return Pages(
        {feature: _PACKAGE / feature / "templates" for feature in _FEATURES},
        catalogue=words,
        assets=Assets(client),
        navigation=NAVIGATION,
        tabs=TABS,
        own=OWN,
    )
