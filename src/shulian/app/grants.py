"""Which role may do what in this installation: its policy, in one place for all features."""

from shulian.identity.types import GRANTS as IDENTITY_GRANTS
from shulian.identity.types import Grant, Grants, OrganizationKind, Permission, Role
from shulian.park.types import EDIT, IMPORT, STATUS
from shulian.world.types import MODERATE, PRESENT

_OPERATORS: dict[Role, tuple[Permission, ...]] = {
    Role.ADMINISTRATOR: (EDIT, IMPORT, STATUS, PRESENT, MODERATE),
    Role.OPERATOR: (EDIT, IMPORT, STATUS, PRESENT, MODERATE),
    Role.ORGANIZER: (STATUS, PRESENT, MODERATE),
    Role.STAFF: (STATUS, PRESENT),
}
"""What the people of the park's operator may do everywhere, beside what identity gives them."""

GRANTS = Grants(
    (
        *IDENTITY_GRANTS,
        *(
            Grant(OrganizationKind.OPERATOR, role, permission)
            for role, permissions in _OPERATORS.items()
            for permission in permissions
        ),
    )
)
