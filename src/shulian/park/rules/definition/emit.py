"""Plain values become YAML that people like to read: short things on one line, no aliases."""

from collections.abc import Mapping, Sequence

import yaml


class OneLine(dict[str, object]):
    """A mapping that stays on one line: `{zh: 一层, en: 1F}`."""


class Row(list[object]):
    """A list that stays on one line: `[12, 4.5]`."""


_BASE: type[yaml.SafeDumper] = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
_WIDTH = 100


class _Dumper(_BASE):
    def ignore_aliases(self, data: object) -> bool:
        """Equal values are written out every time."""
        del data
        return True


_Dumper.add_representer(
    OneLine, lambda dumper, value: dumper.represent_mapping(_MAP, value.items(), flow_style=True)
)
_Dumper.add_representer(
    Row, lambda dumper, value: dumper.represent_sequence(_SEQUENCE, value, flow_style=True)
)
_MAP, _SEQUENCE = "tag:yaml.org,2002:map", "tag:yaml.org,2002:seq"


def emit(value: Mapping[str, object] | Sequence[object]) -> bytes:
    """A YAML document in UTF-8, keys in the order they come."""
    text = yaml.dump(
        value,
        Dumper=_Dumper,
        allow_unicode=True,
        sort_keys=False,
        default_flow_style=False,
        width=_WIDTH,
    )
    return text.encode()


def number(value: float) -> int | float:
    """A number without decimals that say nothing."""
    return int(value) if value.is_integer() and abs(value) < 1e15 else value  # noqa: PLR2004
