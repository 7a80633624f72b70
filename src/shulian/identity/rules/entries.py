"""What people type into forms: brought into one form, and what is wrong with it as a code."""

import re
import unicodedata
from collections.abc import Mapping

from shulian.kit.errors import Invalid

_SIGN = r"[^\s@<>()\[\],;:\\\"/.]"
_EMAIL = re.compile(rf"(?=.{{1,64}}@){_SIGN}+(?:\.{_SIGN}+)*@(?:{_SIGN}{{1,63}}\.)+{_SIGN}{{2,63}}")
_LONGEST_EMAIL = 254
"""Characters (RFC 5321, §4.5.3.1.3, less the angle brackets)."""
_LONGEST_NAME = 100


def tidy_email(raw: str) -> str:
    """`raw` as the name of an account: composed, without blanks around it, in lower case."""
    return unicodedata.normalize("NFKC", raw).strip().lower()


def tidy_name(raw: str) -> str:
    """`raw` on one line, composed, with single blanks."""
    return " ".join(unicodedata.normalize("NFC", raw).split())


def email_fault(email: str) -> str | None:
    """What is wrong with a tidy e-mail address."""
    if not email:
        return "identity.email_missing"
    fits = len(email) <= _LONGEST_EMAIL and email.isprintable() and _EMAIL.fullmatch(email)
    return None if fits else "identity.email_invalid"


def name_fault(name: str) -> str | None:
    """What is wrong with a tidy name of a person, an organization or a token."""
    if not name:
        return "identity.name_missing"
    if len(name) > _LONGEST_NAME:
        return "identity.name_long"
    return None if all(_is_visible(sign) for sign in name) else "identity.name_invalid"


def demand(faults: Mapping[str, str | None]) -> None:
    """Go on only if no field has a fault; raises Invalid with the code of each that has one."""
    wrong = {field: code for field, code in faults.items() if code is not None}
    if wrong:
        raise Invalid(fields=wrong)


def _is_visible(sign: str) -> bool:
    """Whether `sign` cannot hide or turn the text around it (Unicode categories Cc, Cf, Co …)."""
    return sign == " " or unicodedata.category(sign)[0] not in "CZ"
