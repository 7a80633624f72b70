"""Which role may do what in this installation: its policy, in one place for all features."""

from shulian.booking.types import MANAGE
from shulian.congress.types import EDIT as EDIT_FORUMS
from shulian.congress.types import PLAN, REVIEW
from shulian.identity.types import GRANTS as IDENTITY_GRANTS
from shulian.identity.types import Grant, Grants, OrganizationKind, Permission, Role
from shulian.park.types import EDIT, IMPORT, STATUS
from shulian.ticketing.types import CHECK, SELL
from shulian.world.types import MODERATE, PRESENT

_OPERATORS: dict[Role, tuple[Permission, ...]] = {
    Role.ADMINISTRATOR: (
        *(EDIT, IMPORT, STATUS, MANAGE, SELL, CHECK, PRESENT, MODERATE),
        *(PLAN, EDIT_FORUMS, REVIEW),
    ),
    Role.OPERATOR: (
        *(EDIT, IMPORT, STATUS, MANAGE, SELL, CHECK, PRESENT, MODERATE),
        *(PLAN, EDIT_FORUMS, REVIEW),
    ),
    Role.ORGANIZER: (STATUS, SELL, CHECK, PRESENT, MODERATE, PLAN, EDIT_FORUMS, REVIEW),
    Role.STAFF: (STATUS, CHECK, PRESENT, REVIEW),
}
"""What the people of the park's operator may do everywhere, beside what identity gives them."""

_FORUMS = (Role.ADMINISTRATOR, Role.ORGANIZER)
"""Who changes the forums that their organization gives, in any kind of organization."""

GRANTS = Grants(
    (
        *IDENTITY_GRANTS,
        *(
            Grant(kind, role, EDIT_FORUMS, within=True)
            for kind in OrganizationKind
            for role in _FORUMS
        ),
        *(
            Grant(OrganizationKind.OPERATOR, role, permission)
            for role, permissions in _OPERATORS.items()
            for permission in permissions
        ),
    )
)
