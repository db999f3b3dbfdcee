"""The OpenAPI document is true: every route is in it, and every answer is as it says."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from rowback.store import Store
from rowback.web.app import create_app

from .samples import START, capture

if TYPE_CHECKING:
    from pathlib import Path


CHECKS = (
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
)


def test_answers_are_as_the_document_says(tmp_path: Path) -> None:
    store = Store(tmp_path / "rowback.db")
    secret = store.access.new_token("tests", START)
    store.record(capture(["A ferry leaves at noon."]), START)
    document: Any = schemathesis.openapi.from_wsgi("/openapi.json", create_app(store))
    for found in document.get_all_operations():
        _check_operation(found.ok(), secret)


def _check_operation(operation: Any, secret: str) -> None:
    @settings(max_examples=15, phases=[Phase.explicit, Phase.generate], suppress_health_check=list(HealthCheck))
    @given(case=operation.as_strategy())
    def answers(case: Any) -> None:
        case.call_and_validate(headers={"Authorization": f"Bearer {secret}"}, checks=CHECKS)

    answers()


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
