"""TypeScript declarations of the wire types, from their Python definitions."""

from collections.abc import Iterable, Mapping
from enum import Enum

import msgspec.inspect as mi
from msgspec import Struct

HEAD = "/** Generated from {source} by `make docs`; never edited. */\n"

_PLAIN: dict[type[mi.Type], str] = {
    mi.AnyType: "unknown",
    mi.NoneType: "null",
    mi.BoolType: "boolean",
    mi.IntType: "number",
    mi.FloatType: "number",
    mi.StrType: "string",
    mi.UUIDType: "string",
    mi.DateType: "string",
    mi.DateTimeType: "string",
    mi.TimeType: "string",
    mi.BytesType: "string",
    mi.RawType: "unknown",
}


def declarations(
    types: Iterable[type[Struct]], *, source: str, aliases: Mapping[str, object]
) -> str:
    """A TypeScript module with an interface for each of `types` and everything they name.

    aliases  further types by the name they are to have
    """
    writer = _Writer()
    for one in types:
        writer.say(mi.type_info(one))
    for name, alias in aliases.items():
        writer.written[name] = f"export type {name} = {writer.say(mi.type_info(alias))};\n"
    return HEAD.format(source=source) + "".join(f"\n{text}" for text in writer.written.values())


class _Writer:
    def __init__(self) -> None:
        self.written: dict[str, str] = {}

    def say(self, info: mi.Type) -> str:
        """The TypeScript for `info`; what it names is declared on the way."""
        if isinstance(info, mi.Metadata):
            return self.say(info.type)
        if plain := _PLAIN.get(type(info)):
            return plain
        if isinstance(info, (mi.StructType, mi.DataclassType)):
            return self._interface(info)
        if isinstance(info, mi.EnumType):
            return self._enum(info.cls)
        return self._choice(info) or self._container(info)

    def _choice(self, info: mi.Type) -> str:
        if isinstance(info, mi.LiteralType):
            return " | ".join(f'"{value}"' for value in info.values)
        if isinstance(info, mi.UnionType):
            said = [self.say(one) for one in info.types if not isinstance(one, mi.CustomType)]
            return " | ".join(said)
        return ""

    def _container(self, info: mi.Type) -> str:
        if isinstance(info, (mi.ListType, mi.VarTupleType, mi.SetType, mi.FrozenSetType)):
            item = self.say(info.item_type)
            plain = item.isidentifier()
            return f"readonly {item}[]" if plain else f"readonly ({item})[]"
        if isinstance(info, mi.TupleType):
            return f"readonly [{', '.join(self.say(one) for one in info.item_types)}]"
        if isinstance(info, mi.DictType):
            return f"Readonly<Record<{self.say(info.key_type)}, {self.say(info.value_type)}>>"
        raise TypeError(f"no TypeScript is known for {info!r}")

    def _interface(self, info: mi.StructType | mi.DataclassType) -> str:
        name = info.cls.__name__
        if name not in self.written:
            self.written[name] = ""  # holds its place, also against recursion
            doc = (info.cls.__doc__ or name).strip().splitlines()[0]
            if isinstance(info, mi.StructType) and info.array_like:
                items = ", ".join(f"{one.encode_name}: {self.say(one.type)}" for one in info.fields)
                self.written[name] = f"/** {doc} */\nexport type {name} = readonly [{items}];\n"
                return name
            asked = isinstance(info, mi.StructType) and info.forbid_unknown_fields
            lines = [
                f"  readonly {field.encode_name}{'?' if _may_lack(field, asked=asked) else ''}: "
                f"{self.say(field.type)};"
                for field in info.fields
            ]
            tag = getattr(info, "tag_field", None)
            if tag is not None and isinstance(info, mi.StructType):
                lines.insert(0, f'  readonly {tag}: "{info.tag}";')
            body = "\n".join(lines)
            self.written[name] = f"/** {doc} */\nexport interface {name} {{\n{body}\n}}\n"
        return name

    def _enum(self, cls: type[Enum]) -> str:
        name = cls.__name__
        if name not in self.written:
            values = " | ".join(f'"{one.value}"' for one in cls)
            doc = (cls.__doc__ or name).strip().splitlines()[0]
            self.written[name] = f"/** {doc} */\nexport type {name} = {values};\n"
        return name


def _may_lack(field: mi.Field, *, asked: bool) -> bool:
    """Whether a message may come without `field`: a request may lack what has a default."""
    return asked and not field.required
