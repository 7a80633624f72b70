"""Which role may do what in this installation: the grants of every feature together."""

from shulian.identity.types import GRANTS as IDENTITY_GRANTS
from shulian.identity.types import Grants
from shulian.park.types import GRANTS as PARK_GRANTS

GRANTS = Grants((*IDENTITY_GRANTS, *PARK_GRANTS))
