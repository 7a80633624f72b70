"""The features of this installation: their words, templates and header links, in one list."""

from pathlib import Path

from shulian.kit.i18n import Catalogue
from shulian.kit.pages import Assets, Link, Pages

_PACKAGE = Path(__file__).parents[1]
_FEATURES = ("kit", "identity", "park", "app")

MIGRATIONS = Path(__file__).parent / "migrations"

NAVIGATION = (
    Link("/organizations", "nav.organizations", "identity.read"),
    Link("/audit", "nav.audit", "audit.read"),
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
    )
