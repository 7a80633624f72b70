"""The words of Shulian in both languages: gettext catalogues with symbolic keys."""

from collections.abc import Iterable, Mapping
from pathlib import Path

from babel.messages.pofile import read_po

from shulian.kit.errors import Failure, Invalid
from shulian.kit.text import Language, Text

_FILES = {Language.ZH: "zh_CN.po", Language.EN: "en.po"}


class Catalogue:
    """Every word of every feature, by key and language."""

    def __init__(self, words: Mapping[Language, Mapping[str, str]]) -> None:
        """Hold `words`: language → key → template with `{name}` placeholders."""
        self.words = words

    @classmethod
    def read(cls, folders: Iterable[Path]) -> "Catalogue":
        """Read `zh_CN.po` and `en.po` of each folder."""
        places = tuple(folders)
        return cls(
            {
                language: {
                    key: text for folder in places for key, text in _read(folder / file).items()
                }
                for language, file in _FILES.items()
            }
        )

    def say(self, language: Language, key: str, /, **params: object) -> str:
        """The words for `key`, with `params` put in; a key nobody wrote answers itself."""
        template = self.words[language].get(key)
        if template is None:
            return key
        return template.format_map(_Kept(params)) if params or "{" in template else template

    def text(self, key: str, /, **params: object) -> Text:
        """The words for `key` in both languages."""
        return Text(self.say(Language.ZH, key, **params), self.say(Language.EN, key, **params))

    def explain(self, language: Language, failure: Failure) -> str:
        """What `failure` says to a person, wrong fields included."""
        words = self.say(language, f"error.{failure.code}", **failure.params)
        if isinstance(failure, Invalid) and failure.fields:
            faults = (
                f"{field}: {self.say(language, f'error.{code}', **failure.params)}"
                for field, code in failure.fields.items()
            )
            return " ".join([words, *faults])
        return words

    def below(self, language: Language, prefixes: tuple[str, ...]) -> dict[str, str]:
        """The words whose key starts with one of `prefixes`; the browser's share."""
        return {key: text for key, text in self.words[language].items() if key.startswith(prefixes)}


class _Kept(dict[str, object]):
    """Parameters of a template; a missing one stays visible as its placeholder."""

    def __missing__(self, key: str) -> str:
        return "{" + key + "}"


def _read(path: Path) -> dict[str, str]:
    if not path.exists():
        return {}
    with path.open("rb") as file:
        catalogue = read_po(file)
    return {
        message.id: message.string
        for message in catalogue
        if isinstance(message.id, str) and isinstance(message.string, str) and message.id
    }


def preferred(accepted: str) -> Language:
    """The language that an Accept-Language header asks for; Chinese when it names neither.

    Quality values decide (RFC 9110, §12.5.4); equal ones keep their order.
    """
    wishes: list[tuple[float, int, Language]] = []
    for place, part in enumerate(accepted.split(",")):
        tag, _, parameter = part.strip().partition(";")
        try:
            quality = float(parameter.strip().removeprefix("q=")) if parameter else 1.0
        except ValueError:
            continue
        language = {"zh": Language.ZH, "en": Language.EN}.get(tag.split("-")[0].lower())
        if language and quality > 0:
            wishes.append((-quality, place, language))
    return min(wishes)[2] if wishes else Language.ZH
