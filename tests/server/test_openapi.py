"""The OpenAPI document is true: every route is in it, and every answer is as it says."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, settings

from rowback.store import Store
from rowback.web.app import create_app

from .samples import START

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def api(tmp_path: Path) -> Any:
    """The document, bound to an app over an empty store."""
    return schemathesis.openapi.from_wsgi("/openapi.json", create_app(Store(tmp_path / "rowback.db")))


schema = schemathesis.pytest.from_fixture("api")


@schema.parametrize()
@settings(
    max_examples=12,
    derandomize=True,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.explicit, Phase.generate],
)
def test_answers_are_as_the_document_says(case: Any, tmp_path: Path) -> None:
    secret = Store(tmp_path / "rowback.db").access.new_token(f"tests {id(case)}", START)
    response = case.call(headers={"Authorization": f"Bearer {secret}"})
    case.validate_response(
        response,
        checks=[
            schemathesis.checks.not_a_server_error,
            schemathesis.specs.openapi.checks.status_code_conformance,
            schemathesis.specs.openapi.checks.content_type_conformance,
            schemathesis.specs.openapi.checks.response_schema_conformance,
        ],
    )


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
