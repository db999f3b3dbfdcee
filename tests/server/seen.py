"""What of a described document was seen in real answers, so that a sample of answers cannot silently grow poorer.

A point is one thing that a schema allows, in words: `Edit.kind is move`, `Edit.moved_from is null`, `Problem.reason absent`,
`History.passing[]` (an entry). Every point must be seen: what no answer shows is described wrongly or not tried.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .described import COMPONENT, PART

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .described import Described, Json

EVERYTHING = object()
"""In place of a value: the points that all values together can show."""


def points(described: Described, schema: Json, where: str, value: object = EVERYTHING) -> set[str]:
    """What a schema allows (of `EVERYTHING`), or what a value that fits it shows of that. `where` names the schema."""
    return set(_Walk(described).schema(schema, where, value))


def loopholes(described: Described, schema: Json, where: str) -> set[str]:
    """Where a schema takes anything: it says neither a type, nor values, nor what an object's members are."""
    return {point for point in points(described, schema, where) if point.endswith(" is anything")}


class _Walk:
    def __init__(self, described: Described) -> None:
        self._described = described
        self._met: set[str] = set()

    def schema(self, schema: Json, where: str, value: object) -> Iterator[str]:
        if "$ref" in schema:
            yield from self._component(schema["$ref"], value)
        for part in schema.get("allOf", ()):
            yield from self.schema(part, where, value)
        for key in {"anyOf", "oneOf"} & schema.keys():
            for n, alternative in enumerate(schema[key]):
                if value is EVERYTHING or not self._described.errors(alternative, value):
                    yield from self.schema(
                        alternative, f"{where} ({n})" if "properties" in alternative else where, value
                    )
        if not schema.keys() & {"$ref", "allOf", "anyOf", "oneOf", "type", "enum", "const"}:
            yield f"{where} is anything"
        yield from _values(schema, where, value)
        yield from self._members(schema, where, value)

    def _component(self, reference: str, value: object) -> Iterator[str]:
        name = reference.removeprefix(COMPONENT)
        if value is EVERYTHING and name in self._met:
            return
        self._met.add(name)
        target = self._described.document["components"]["schemas"][name]
        yield from self.schema(target, name.removesuffix(PART), value)

    def _members(self, schema: Json, where: str, value: object) -> Iterator[str]:
        """The members of objects and lists."""
        properties: dict[str, Json] = schema.get("properties", {})
        for name, inner in properties.items():
            place = f"{where}.{name}"
            has_it = isinstance(value, dict) and name in value
            if value is EVERYTHING or has_it:
                yield place
                yield from self.schema(inner, place, value[name] if isinstance(value, dict) else EVERYTHING)
            if name not in schema.get("required", ()) and not has_it:
                yield f"{place} absent"
        others = schema.get("additionalProperties")
        if isinstance(others, dict):
            named = value.items() if isinstance(value, dict) else [("", EVERYTHING)] if value is EVERYTHING else []
            for each in (each for name, each in named if name not in properties):
                yield f"{where}{{}}"
                yield from self.schema(others, f"{where}{{}}", each)
        types = _types(schema)
        if ("object" in types and not properties and others is None) or ("array" in types and "items" not in schema):
            yield f"{where} is anything"
        if "items" in schema:
            for each in value if isinstance(value, list) else [EVERYTHING] if value is EVERYTHING else []:
                yield f"{where}[]"
                yield from self.schema(schema["items"], f"{where}[]", each)


def _values(schema: Json, where: str, value: object) -> Iterator[str]:
    """The types, the values of an enumeration, and both truths of a boolean."""
    allowed: list[Any] = list(schema.get("enum", [schema["const"]] if "const" in schema else []))
    types = _types(schema)
    if "boolean" in types:
        allowed += [False, True]
    for each in allowed:
        if value is EVERYTHING or (type(each) is type(value) and each == value):
            yield f"{where} is {each}"
    for name in types if len(types) > 1 else ():
        if value is EVERYTHING or _TYPES[name](value):
            yield f"{where} is of type {name}"


def _types(schema: Json) -> list[str]:
    found = schema.get("type", [])
    return [found] if isinstance(found, str) else list(found)


_TYPES = {
    "null": lambda value: value is None,
    "boolean": lambda value: isinstance(value, bool),
    "integer": lambda value: isinstance(value, int) and not isinstance(value, bool),
    "number": lambda value: isinstance(value, int | float) and not isinstance(value, bool),
    "string": lambda value: isinstance(value, str),
    "array": lambda value: isinstance(value, list),
    "object": lambda value: isinstance(value, dict),
}
