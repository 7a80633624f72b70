"""The HTTP of identity: who asks, its pages, and its calls for programs."""

from shulian.identity.routes.actors import (
    PROBLEMS,
    RequestActor,
    find_who_asks,
    provide_actor,
    refuse_wrong_token,
)
from shulian.identity.routes.calls import account as account_calls
from shulian.identity.routes.calls import audit as audit_calls
from shulian.identity.routes.calls import organizations as organization_calls
from shulian.identity.routes.calls import people as people_calls
from shulian.identity.routes.pages import account as account_pages
from shulian.identity.routes.pages import audit as audit_pages
from shulian.identity.routes.pages import logins as login_pages
from shulian.identity.routes.pages import organizations as organization_pages
from shulian.identity.routes.pages import people as people_pages

ROUTES = (
    *login_pages.ROUTES,
    *account_pages.ROUTES,
    *organization_pages.ROUTES,
    *people_pages.ROUTES,
    *audit_pages.ROUTES,
    *account_calls.ROUTES,
    *organization_calls.ROUTES,
    *people_calls.ROUTES,
    *audit_calls.ROUTES,
)
"""Every handler of identity."""

__all__ = [
    "PROBLEMS",
    "ROUTES",
    "RequestActor",
    "find_who_asks",
    "provide_actor",
    "refuse_wrong_token",
]
