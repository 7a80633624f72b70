"""Ways to pay, behind one small interface; the composition says which there are."""

from shulian.ticketing.api.providers.free import Free
from shulian.ticketing.api.providers.provider import Provider, Providers
from shulian.ticketing.api.providers.till import Manner, TestTill
from shulian.ticketing.api.providers.transfer import Transfer

__all__ = ["Free", "Manner", "Provider", "Providers", "TestTill", "Transfer"]
