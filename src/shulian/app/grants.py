"""Which role in which kind of organization may do what: the policy of the installation."""

from shulian.identity.types import (
    ADMINISTER,
    AUDIT_READ,
    READ,
    Grant,
    Grants,
    OrganizationKind,
    Permission,
    Role,
)

PARK_EDIT = Permission("park.edit")
PARK_IMPORT = Permission("park.import")
PARK_STATUS = Permission("park.status")

_OPERATORS: dict[Role, tuple[Permission, ...]] = {
    Role.ADMINISTRATOR: (ADMINISTER, READ, AUDIT_READ, PARK_EDIT, PARK_IMPORT, PARK_STATUS),
    Role.OPERATOR: (READ, PARK_EDIT, PARK_IMPORT, PARK_STATUS),
    Role.ORGANIZER: (PARK_STATUS,),
    Role.STAFF: (PARK_STATUS,),
    Role.MEMBER: (),
}
"""What the people of the park's operator may do everywhere."""

_OWN: dict[Role, tuple[Permission, ...]] = {Role.ADMINISTRATOR: (ADMINISTER,)}
"""What the people of any organization may do in their own."""

GRANTS = Grants(
    (
        *(
            Grant(OrganizationKind.OPERATOR, role, permission)
            for role, permissions in _OPERATORS.items()
            for permission in permissions
        ),
        *(
            Grant(kind, role, permission, within=True)
            for kind in OrganizationKind
            for role, permissions in _OWN.items()
            for permission in permissions
        ),
    )
)
