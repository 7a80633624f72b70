"""Pages: the templates of every feature, rendered in one language with one set of helpers."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import Any, Literal
from zoneinfo import ZoneInfo

from babel import dates, numbers
from jinja2 import Environment, FileSystemLoader, PrefixLoader, StrictUndefined
from markupsafe import Markup

from shulian.kit.i18n import Catalogue
from shulian.kit.text import Language, Text

_LOCALE = {Language.ZH: "zh_CN", Language.EN: "en_GB"}


@dataclass(frozen=True, slots=True)
class Link:
    """An entry of a menu: where it leads, what it says, and the permission that shows it."""

    href: str
    key: str
    permission: str | None = None


class Assets:
    """The client's built files, found by the name of their source."""

    def __init__(self, folder: Path) -> None:
        """Read the manifest that the build left in `folder`."""
        manifest = folder / ".vite" / "manifest.json"
        self.folder = folder
        self._chunks: dict[str, dict[str, Any]] = (
            json.loads(manifest.read_text()) if manifest.exists() else {}
        )

    def file(self, source: str) -> Path | None:
        """The built script of the entry `source`; none: it is not built."""
        chunk = self._chunks.get(source)
        return self.folder / chunk["file"] if chunk else None

    def tags(self, source: str) -> Markup:
        """The link and script elements that load the entry `source`."""
        styles, scripts = self._files(source)
        if not scripts:
            return Markup("")
        parts = [Markup('<link rel="stylesheet" href="/{}">').format(s) for s in styles]
        parts += [Markup('<link rel="modulepreload" href="/{}">').format(s) for s in scripts[1:]]
        parts += [Markup('<script type="module" src="/{}"></script>').format(scripts[0])]
        return Markup("\n").join(parts)

    def _files(self, source: str) -> tuple[list[str], list[str]]:
        styles: list[str] = []
        scripts: list[str] = []
        waiting = [source]
        while waiting:
            chunk = self._chunks.get(waiting.pop())
            if chunk is None or chunk["file"] in scripts:
                continue
            scripts.append(chunk["file"])
            styles.extend(style for style in chunk.get("css", []) if style not in styles)
            waiting.extend(chunk.get("imports", []))
        return styles, scripts


class Pages:
    """Renders templates; a template is named `feature/file.html`."""

    def __init__(
        self,
        folders: Mapping[str, Path],
        *,
        catalogue: Catalogue,
        assets: Assets,
        navigation: Sequence[Link] = (),
        tabs: Sequence[Link] = (),
        own: Sequence[Link] = (),
    ) -> None:
        """Find the templates of each feature in its folder.

        navigation  entries of the header
        tabs        entries of the row below it on pages of a park, whose id replaces `{park}`
        own         what stands on the page of one's account
        """
        self.assets = assets
        self._catalogue = catalogue
        self._environment = Environment(
            loader=PrefixLoader({name: FileSystemLoader(path) for name, path in folders.items()}),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._shared: dict[str, object] = {
            "asset": assets.tags,
            "navigation": tuple(navigation),
            "tabs": tuple(tabs),
            "own_links": tuple(own),
            "languages": tuple(Language),
        }

    def render(self, template: str, language: Language, values: Mapping[str, object]) -> str:
        """The HTML of `template` in `language`."""
        helpers: dict[str, object] = {
            "language": language,
            "t": partial(self._catalogue.say, language),
            "words": partial(_words, language),
            "number": partial(_number, language),
            "day": partial(_day, language),
            "moment": partial(_moment, language),
            "hour": partial(_hour, language),
            "clock": partial(_clock, language),
            "weekday": partial(_weekday, language),
            "period": partial(_period, language),
        }
        return self._environment.get_template(template).render(
            {**self._shared, **helpers, **values}
        )


def _words(language: Language, text: Text) -> str:
    return text.into(language)


def _number(language: Language, value: float) -> str:
    return numbers.format_decimal(value, format="#,##0.##", locale=_LOCALE[language])


def _day(language: Language, value: date, form: Literal["long", "full"] = "long") -> str:
    """A date; in full with its day of the week."""
    return dates.format_date(value, format=form, locale=_LOCALE[language])


def _moment(language: Language, value: datetime, timezone: str = "Asia/Shanghai") -> str:
    return dates.format_datetime(
        value, format="medium", tzinfo=ZoneInfo(timezone), locale=_LOCALE[language]
    )


def _hour(language: Language, value: datetime, timezone: str, today: date | None) -> str:
    """The time of day by the clocks of `timezone`, with its date unless that is `today`."""
    zone, locale = ZoneInfo(timezone), _LOCALE[language]
    clock = dates.format_skeleton("Hm", value, tzinfo=zone, locale=locale)
    if value.astimezone(zone).date() == today:
        return clock
    return f"{dates.format_skeleton('MMMd', value, tzinfo=zone, locale=locale)} {clock}"


def _clock(language: Language, value: datetime, timezone: str) -> str:
    """The time of day by the clocks of `timezone`."""
    return dates.format_skeleton("Hm", value, tzinfo=ZoneInfo(timezone), locale=_LOCALE[language])


def _weekday(language: Language, value: date) -> str:
    """The day of the week, in short."""
    return dates.format_date(value, format="EEE", locale=_LOCALE[language])


def _period(language: Language, start: datetime, end: datetime | None, timezone: str) -> str:
    """From when to when by the clocks of `timezone`, the second date only if it is another."""
    zone = ZoneInfo(timezone)
    begin = f"{_date(language, start, zone)} {_clock(language, start, timezone)}"
    if end is None:
        return f"{begin} –"
    close = _clock(language, end, timezone)
    if start.astimezone(zone).date() == end.astimezone(zone).date():
        return f"{begin}–{close}"
    return f"{begin} – {_date(language, end, zone)} {close}"


def _date(language: Language, value: datetime, zone: ZoneInfo) -> str:
    return dates.format_skeleton("yMMMEd", value, tzinfo=zone, locale=_LOCALE[language])
