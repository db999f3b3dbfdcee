"""The checks of answers can fail. Rows of `cases/closing.json`: a schema, what fits it closed, and what does not."""

from __future__ import annotations

from typing import Any

import pytest

from .cases import cases
from .described import Described, closed
from .seen import loopholes, points

ROWS: list[dict[str, Any]] = cases("closing")
A_LIST_OF_ITSELF = {"type": "array", "items": {"$ref": "#/components/schemas/Tree"}}
COMPONENTS = {
    "A": {"type": "object", "properties": {"a": {"type": "integer"}}},
    "B": {"type": "object", "properties": {"b": {"type": "integer"}}},
    "Outer": {"type": "object", "properties": {"inner": {"$ref": "#/components/schemas/A"}}},
    "Tree": {"type": "object", "properties": {"under": A_LIST_OF_ITSELF}},
}
JSON = "application/json"


def _document(schema: object) -> Described:
    """A document with one answer."""
    response = {"200": {"content": {JSON: {"schema": schema}}}}
    return Described(
        closed({"paths": {"/a": {"get": {"responses": response}}}, "components": {"schemas": dict(COMPONENTS)}})
    )


@pytest.mark.parametrize("row", ROWS, ids=[row["why"] for row in ROWS])
def test_a_closed_document_takes_what_it_says_and_nothing_more(row: dict[str, Any]) -> None:
    described = _document(row["schema"])
    schema = described.schema("get", "/a", 200, JSON)
    assert schema is not None
    assert [value for value in row["fits"] if described.errors(schema, value)] == []
    assert [value for value in row["fails"] if not described.errors(schema, value)] == []


@pytest.mark.parametrize(
    ("schema", "value", "unseen"),
    [
        ({"type": "object", "properties": {"a": {"type": "integer"}}}, {"a": 1}, {"X.a absent"}),
        ({"type": "object", "properties": {"a": {"type": "integer"}}, "required": ["a"]}, {"a": 1}, set()),
        ({"type": ["integer", "null"]}, None, {"X is of type integer"}),
        ({"enum": ["a", "b", None]}, "a", {"X is b", "X is None"}),
        ({"type": "boolean"}, True, {"X is False"}),
        ({"type": "boolean"}, 1, {"X is False", "X is True"}),
        ({"type": "array", "items": {"type": "boolean"}}, [], {"X[]", "X[] is True", "X[] is False"}),
        ({"type": "object", "additionalProperties": {"enum": ["a"]}}, {}, {"X{}", "X{} is a"}),
        ({"oneOf": [{"type": "null"}, {"$ref": "#/components/schemas/A"}]}, None, {"A.a", "A.a absent"}),
        ({"allOf": [{"$ref": "#/components/schemas/A"}, {"enum": [{}]}]}, {}, {"A.a"}),
    ],
)
def test_what_an_answer_does_not_show_is_missed(schema: dict[str, Any], value: object, unseen: set[str]) -> None:
    described = _document(schema)
    assert points(described, schema, "X") - points(described, schema, "X", value) == unseen


@pytest.mark.parametrize(
    "schema",
    [{}, {"description": "Whatever."}, {"type": "object"}, {"type": ["object", "null"]}, {"type": "array"}],
)
def test_a_schema_that_takes_anything_is_told(schema: dict[str, Any]) -> None:
    described = _document(schema)
    within = {"type": "array", "items": {"type": "object", "properties": {"a": schema}}}
    assert loopholes(described, within, "X") == {"X[].a is anything"}
