"""The OpenAPI document as tests read it: closed, so that an answer may say nothing that the document does not say.

JSON Schema lets objects have members that no schema names. Programs must bear them; a test must not, or a field that was
renamed, or never described, passes. `tests/extension/described.js` closes the same document in the same way.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from jsonschema_rs import Draft202012Validator

if TYPE_CHECKING:
    from collections.abc import Iterator

Json = dict[str, Any]
COMPONENT = "#/components/schemas/"
PART = ".part"  # the end of the name under which a component stands that is a part of a larger object
PROBLEM = "application/problem+json"
METHODS = ("get", "put", "post", "delete", "patch")
_ALTERNATIVES = ("anyOf", "oneOf")
_MANY = ("properties", "patternProperties")
_ONE = ("items", "additionalProperties", "if", "then", "else")


def openapi() -> Json:
    """The document as it is written."""
    found: Json = json.loads((files("rowback.web.api") / "openapi.json").read_text(encoding="utf-8"))
    return found


def closed(document: Json) -> Json:
    """The document with every object of its answers closed. What only requests hold stays open."""
    closing = _Closing(document["components"]["schemas"])
    made: Json = json.loads(json.dumps(document))
    for response in _responses(made):
        for content in response.get("content", {}).values():
            content["schema"] = closing.schema(content["schema"])
    made["components"]["schemas"].update(closing.made)
    return made


def _responses(document: Json) -> Iterator[Json]:
    for methods in document["paths"].values():
        for method in METHODS:
            yield from methods.get(method, {}).get("responses", {}).values()
    yield from document["components"].get("responses", {}).values()


class _Closing:
    """Closes schemas, and the components they lead to as they are met."""

    def __init__(self, components: Json) -> None:
        self._components = components
        self.made: Json = {}

    def schema(self, found: Any, *, is_whole: bool = True) -> Any:
        """A schema, closed. One that is not the whole object (a part of `allOf`) is closed by the schema around it."""
        if not isinstance(found, dict):
            return found
        is_composed = "allOf" in found or ("properties" in found and bool({"$ref", *_ALTERNATIVES} & found.keys()))
        is_inner_whole = is_whole and not is_composed
        made = dict(found)
        if "$ref" in found:
            made["$ref"] = self._component(found["$ref"], is_whole=is_inner_whole)
        for key in {"allOf", *_ALTERNATIVES} & found.keys():
            made[key] = [self.schema(each, is_whole=is_inner_whole) for each in found[key]]
        for key in set(_MANY) & found.keys():
            made[key] = {name: self.schema(each) for name, each in found[key].items()}
        for key in set(_ONE) & found.keys():
            made[key] = self.schema(found[key])
        if is_whole and is_composed:
            made["unevaluatedProperties"] = False
        elif is_whole and "properties" in found and not isinstance(found.get("additionalProperties"), dict):
            made["additionalProperties"] = False
        return made

    def _component(self, reference: str, *, is_whole: bool) -> str:
        if not reference.startswith(COMPONENT):
            return reference
        name = reference.removeprefix(COMPONENT)
        kept = name if is_whole else name + PART
        if kept not in self.made:
            self.made[kept] = {}  # before it is closed: it may lead to itself
            self.made[kept] = self.schema(self._components[name], is_whole=is_whole)
        return COMPONENT + kept


@dataclass(frozen=True)
class Described:
    """A document, asked for what it says of an answer."""

    document: Json

    def operations(self) -> list[tuple[str, str]]:
        """Every method (lower case) and path."""
        paths = self.document["paths"]
        return [(method, path) for path, methods in paths.items() for method in methods if method in METHODS]

    def response(self, method: str, path: str, status: int) -> Json:
        """What the document says of an answer's status; of `default` where it does not name the status."""
        responses = self.document["paths"][path][method]["responses"]
        found: Json = responses.get(str(status)) or responses["default"]
        return self.target(found)

    def target(self, found: Json) -> Json:
        """What a reference leads to; anything else itself."""
        while "$ref" in found and len(found) == 1:
            place: Any = self.document
            for step in found["$ref"].removeprefix("#/").split("/"):
                place = place[step]
            found = place
        return found

    def schema(self, method: str, path: str, status: int, media_type: str) -> Json | None:
        """The schema of an answer's body; None where there is to be none."""
        content = self.response(method, path, status).get("content", {})
        if not content:
            return None
        assert media_type in content, f"{method} {path} {status}: {media_type} is not described"
        found: Json = content[media_type]["schema"]
        return found

    def request(self, method: str, path: str) -> Json | None:
        """The schema of a request's body, where it has one."""
        body = self.document["paths"][path][method].get("requestBody")
        return None if body is None else body["content"]["application/json"]["schema"]

    def errors(self, schema: Json, value: object) -> list[str]:
        """What in a value is not as a schema says."""
        whole = {**schema, "components": self.document["components"]}
        found = Draft202012Validator(whole, validate_formats=True).iter_errors(value)
        return [f"/{'/'.join(map(str, error.instance_path))}: {error.message}" for error in found]
