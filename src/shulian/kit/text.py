"""A text in both languages of the park: Chinese first, English second."""

from dataclasses import dataclass
from enum import StrEnum


class Language(StrEnum):
    """A language the whole of Shulian speaks; the value is its BCP 47 tag."""

    ZH = "zh-CN"
    EN = "en"


@dataclass(frozen=True, slots=True)
class Text:
    """The same words in Chinese and English; an empty side falls back to the other."""

    zh: str = ""
    en: str = ""

    def into(self, language: Language) -> str:
        """The words in `language`, or in the other one where it has none."""
        first, second = (self.zh, self.en) if language is Language.ZH else (self.en, self.zh)
        return first or second

    def __bool__(self) -> bool:
        return bool(self.zh or self.en)
