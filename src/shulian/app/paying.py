"""The ways to pay of this installation."""

from shulian.settings import Settings
from shulian.ticketing.api import Free, Provider, Providers, TestTill, Transfer


def providers(settings: Settings, secret: str) -> Providers:
    """Free tickets and bank transfers everywhere; the test provider where settings allow it.

    secret  signs what the test provider says
    """
    always: tuple[Provider, ...] = (Free(), Transfer())
    return Providers((*always, TestTill(secret)) if settings.test_payments else always)
