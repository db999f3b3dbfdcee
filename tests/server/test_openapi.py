"""The OpenAPI document is true: every route is in it, every answer is as it says, and all that it says is to be seen.

The document is closed for this (`described`): an answer with a field more than it says is wrong, as is one with a field less.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from rowback.diff.labels.lexicon import LEXICONS
from rowback.diff.labels.rules import LABELS
from rowback.diff.telling.returns import FLAPPING, RESTORED
from rowback.model import BLOCK_KINDS, CLIENT_ORIGINS, Origin, Reason, Scope, Status
from rowback.store import Store
from rowback.store.asides import Aside
from rowback.store.checks_wanted import CheckState
from rowback.store.feeds import FeedKind
from rowback.store.pasts_wanted import BackfillState
from rowback.store.work import JobKind
from rowback.told import EditKind
from rowback.web.app import create_app
from rowback.web.guard.guard import HEADERS

from . import stories
from .asks import BASE
from .described import PROBLEM, Described, closed, openapi
from .every_answer import COMMAND, KEPT, answers, kept
from .samples import START
from .seen import loopholes, points
from .spoilt import spoilt
from .wanted_checks import OUTCOMES

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from .described import Json
    from .every_answer import Answer

CHECKS = (
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
)
DOCUMENT = Described(closed(openapi()))
# What every answer has, or what is between browsers and servers only.
ON_EVERY_ANSWER = {
    *("content-type", "content-length", "cache-control", "vary", "rowback-version"),
    *(name.lower() for name in HEADERS),
}
OF_BROWSERS = "access-control-"
LANGUAGES = {
    "en": "English",
    "de": "German",
    "fr": "French",
    "es": "Spanish",
    "pt": "Portuguese",
    "it": "Italian",
    "nl": "Dutch",
}
SPOILT = [
    "edits of every kind",
    "seen aside: alternating",
    "a version",
    "lookup",
    "status",
    "feeds",
    "a search",
    "the same again",
    "a hidden article",
]
SIDES = ("before", "after", None)  # of an anchor
REASONS = [each for each in Reason if each is not Reason.COSTLY]  # which has a code of its own
TROUBLED = [kind for kind in JobKind if kind not in (JobKind.BACKFILL, JobKind.SAVE, JobKind.CHECK)]
ENUMERATIONS = (
    Origin,
    CLIENT_ORIGINS,
    Scope,
    EditKind,
    BLOCK_KINDS,
    Status,
    REASONS,
    Aside,
    FeedKind,
    TROUBLED,
    SIDES,
    CheckState,
    OUTCOMES,
    [each for each in BackfillState if each is not BackfillState.STOPPED],  # which is told as done
)


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> list[Answer]:
    """Every answer that is asked for."""
    return list(answers(tmp_path_factory.mktemp("answers")))


def _described(answer: Answer) -> tuple[str, Json | None]:
    """An answer's place in the document, and the schema of its body."""
    method, path = answer.ask.method, answer.ask.path
    responses = DOCUMENT.document["paths"][path].get(method, {}).get("responses", {"default": {}})
    status = str(answer.status) if str(answer.status) in responses else "default"
    if method not in DOCUMENT.document["paths"][path]:  # a method that the path does not take
        return f"{method} {path} {status}", {"$ref": "#/components/schemas/Problem"}
    return f"{method} {path} {status}", DOCUMENT.schema(method, path, answer.status, answer.media_type)


def _all_described() -> Iterator[tuple[str, Json | None]]:
    """Every place in the document, with the schema of its body."""
    for method, path in DOCUMENT.operations():
        for status, response in DOCUMENT.document["paths"][path][method]["responses"].items():
            content = DOCUMENT.target(response).get("content", {})
            yield f"{method} {path} {status}", next((each["schema"] for each in content.values()), None)


def test_every_answer_is_as_the_document_says(told: list[Answer]) -> None:
    wrong = {}
    for answer in told:
        _, schema = _described(answer)
        found = ["has a body"] if schema is None and answer.body is not None else []
        wrong[answer.ask.name] = found if schema is None else DOCUMENT.errors(schema, answer.body)
    assert {name: errors for name, errors in wrong.items() if errors} == {}


def test_every_answer_that_is_described_is_asked_for(told: list[Answer]) -> None:
    assert {_described(answer)[0] for answer in told} >= {where for where, _ in _all_described()}


def test_all_that_is_described_is_seen(told: list[Answer]) -> None:
    """Every field, every value of every enumeration, null and not null, true and false, an entry of every list."""
    wanted = {point for where, schema in _all_described() if schema for point in points(DOCUMENT, schema, where)}
    seen = set()
    for answer in told:
        where, schema = _described(answer)
        seen |= points(DOCUMENT, schema, where, answer.body) if schema else set()
    assert wanted - seen == set(), "nothing in `every_answer` shows these"


def test_nothing_that_is_described_may_be_anything() -> None:
    found = {point for where, schema in _all_described() if schema for point in loopholes(DOCUMENT, schema, where)}
    assert found == set()


def test_every_problem_is_one(told: list[Answer]) -> None:
    for answer in told:
        assert (answer.media_type == PROBLEM) == (answer.status >= 400), answer.ask.name
        if answer.status >= 400:
            assert answer.body["status"] == answer.status
            assert answer.body["type"] == f"urn:rowback:problem:{answer.body['code']}"


def test_every_header_that_says_something_is_described_and_given(told: list[Answer]) -> None:
    described, given = set(), set()
    for answer in told:
        where, _ = _described(answer)
        response = DOCUMENT.document["components"]["responses"]["Problem"]
        if answer.ask.method in DOCUMENT.document["paths"][answer.ask.path]:
            response = DOCUMENT.response(answer.ask.method, answer.ask.path, answer.status)
        headers = {name.lower(): header for name, header in response.get("headers", {}).items()}
        for name in answer.headers.keys() - ON_EVERY_ANSWER:
            assert name in headers or name.startswith(OF_BROWSERS), f"{where}: {name} is not described"
        for name, header in headers.items():
            described.add((answer.status < 400, name))
            if name in answer.headers:
                given.add((answer.status < 400, name))
                value = answer.headers[name]
                is_number = header["schema"]["type"] == "integer"
                assert DOCUMENT.errors(header["schema"], int(value) if is_number else value) == []
            assert name in answer.headers or not header.get("required"), f"{where}: {name} is missing"
    assert described == given


def test_what_is_asked_is_as_the_document_says(told: list[Answer]) -> None:
    document = Described(openapi())
    for answer in (answer for answer in told if answer.status < 400):
        schema = document.request(answer.ask.method, answer.ask.path)
        body = answer.ask.body
        assert body is None or schema is not None, answer.ask.name
        assert body is None or schema is None or document.errors(schema, body) == [], answer.ask.name
        described = document.document["paths"][answer.ask.path][answer.ask.method].get("parameters", ())
        assert answer.ask.query.keys() <= {each["name"] for each in described if each["in"] == "query"}, answer.ask.name


@pytest.mark.parametrize("name", SPOILT)
def test_no_field_can_be_renamed_retyped_left_out_or_added_unseen(told: list[Answer], name: str) -> None:
    (answer,) = (each for each in told if each.ask.name == name)
    _, schema = _described(answer)
    assert schema is not None
    passed = [how for how, body in spoilt(answer.body) if not DOCUMENT.errors(schema, body)]
    assert passed == []


def test_every_word_that_code_can_say_is_described_and_no_other() -> None:
    said = {json.dumps(list(each)) for each in ENUMERATIONS}
    assert {json.dumps(each) for each in _enumerations(openapi())} == said


def _enumerations(value: Any) -> Iterator[list[Any]]:
    if isinstance(value, dict) and isinstance(value.get("enum"), list):
        yield value["enum"]
    for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from _enumerations(inner)


def test_the_labels_that_are_named_are_all_there_are() -> None:
    said = openapi()["components"]["schemas"]["Edit"]["properties"]["labels"]["description"]
    named = said.removeprefix("What the edit touches: ").partition(". ")[0]
    names = re.split("[,;]", re.sub(r"\([^)]*\)", "", named))
    assert [name.strip().removeprefix("and ") for name in names] == [*LABELS, RESTORED, FLAPPING]
    assert re.findall(r"[A-Z]\w+", said.partition("are given in ")[2]) == [LANGUAGES[name] for name in LEXICONS]


def test_the_answers_that_the_extension_is_tested_with_are_real(told: list[Answer]) -> None:
    assert kept(told) == KEPT.read_text(encoding="utf-8"), f"the API answers otherwise now: run {COMMAND}"


def test_answers_to_anything_are_as_the_document_says(tmp_path: Path) -> None:
    store = Store(tmp_path / "rowback.db")
    stories.tell(store)
    secret = store.access.new_token("tests", START)
    document: Any = schemathesis.openapi.from_dict(closed(openapi()))
    document.app = create_app(store)
    for found in document.get_all_operations():
        _check_operation(found.ok(), secret)


def _check_operation(operation: Any, secret: str) -> None:
    @settings(max_examples=15, phases=[Phase.explicit, Phase.generate], suppress_health_check=list(HealthCheck))
    @given(case=operation.as_strategy())
    def answers_are_so(case: Any) -> None:
        case.call_and_validate(base_url=BASE, headers={"Authorization": f"Bearer {secret}"}, checks=CHECKS)

    answers_are_so()


def test_every_route_is_in_the_document_and_the_other_way_round(tmp_path: Path) -> None:
    app = create_app(Store(tmp_path / "rowback.db"))
    routed = {
        (re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", rule.rule), method.lower())
        for rule in app.url_map.iter_rules()
        if rule.rule.startswith("/api/")
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }
    document = app.test_client().get("/openapi.json", headers={"Host": "127.0.0.1"}).get_json()
    described = {(path, method) for path, methods in document["paths"].items() for method in methods}
    assert routed == described
