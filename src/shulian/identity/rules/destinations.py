"""Where a login may lead: to a page of this site, never to another one."""

import re

_PATH = re.compile(r"/(?![/\\])[!#-\[\]_a-z~]*")
"""A slash, then printable ASCII without blank, quote, backslash, caret, grave and braces."""
_NOT_AGAIN = ("/login", "/logout", "/signup")


def safe_destination(wish: str, otherwise: str = "/") -> str:
    """`wish` if it is the address of a page of this site, else `otherwise`."""
    if not _PATH.fullmatch(wish) or re.split(r"[?#]", wish)[0] in _NOT_AGAIN:
        return otherwise
    return wish
