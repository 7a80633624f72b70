"""What a wheel carries beside the code: the built client and the demo park.

An editable install reads both where they are in the checkout, and must work before the client is
built; so they are named here and not among the package's files.
"""

from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class BesideTheCode(BuildHookInterface[Any]):
    """Adds both folders to a wheel that is not editable."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Name the folders and where they stand in the package."""
        if version == "standard":
            build_data["force_include"] |= {
                "client/dist": "shulian/beside/client/dist",
                "demo": "shulian/beside/demo",
            }
