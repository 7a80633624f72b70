"""How a conflict is told: the key of its sentence, and the names and numbers that fill it."""

from collections.abc import Mapping

from shulian.congress.types import Conflict, Programme, Rule
from shulian.kit.text import Text

_NOTHING = Text()


def key_of(conflict: Conflict) -> str:
    """The key of the sentence in the catalogues of words."""
    if conflict.rule is Rule.HALL_TAKEN and len(conflict.sessions) == 1:
        return "congress.conflict.hall_taken_by_others"
    return f"congress.conflict.{conflict.rule}"


def params_of(programme: Programme, conflict: Conflict) -> Mapping[str, Text | int]:
    """What the sentence names: texts in both languages, and numbers."""
    titles = {one.id: one.title for one in programme.sessions}
    forums = {one.id: one.forum for one in programme.sessions}
    themes = {one.id: one.theme for one in programme.forums}
    names = {one.id: one.name for one in programme.themes}
    halls = {one.space: one.name for one in programme.halls}
    speakers = {one.id: one.name for one in programme.speakers}
    theme = themes.get(forums[conflict.sessions[0]])
    return {
        "session": titles[conflict.sessions[0]],
        "other": titles[conflict.sessions[-1]],
        "hall": halls.get(conflict.hall, Text(conflict.hall)) if conflict.hall else _NOTHING,
        "speaker": speakers.get(conflict.speaker, _NOTHING) if conflict.speaker else _NOTHING,
        "organization": conflict.name or _NOTHING,
        "theme": names.get(theme, _NOTHING) if theme else _NOTHING,
        "needed": conflict.needed or 0,
        "there": conflict.there or 0,
    }
