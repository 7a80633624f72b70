"""An avatar's look as it travels."""

from dataclasses import astuple

import msgspec

from shulian.world.types import Look
from shulian.world.wire.messages import LookView


def look_view(look: Look) -> LookView:
    """`look` without names."""
    return LookView(*astuple(look))


def look_of_view(view: LookView) -> Look:
    """The look that `view` tells; its numbers are not checked."""
    return Look(*msgspec.structs.astuple(view))
