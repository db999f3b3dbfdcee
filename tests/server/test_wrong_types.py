"""A body of the wrong JSON type, whole or in any place, is refused as the document says, and never breaks anything."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from rowback.store import Store
from rowback.web.app import create_app

from . import stories
from .asks import ASKED, ASKED_FIRST, BASE, FOLLOW, JOIN, PAIR_TOKEN
from .backend import Clock
from .described import Described, openapi

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask import Flask

DOCUMENT = Described(openapi())
BODIES = [(method, path) for method, path in DOCUMENT.operations() if DOCUMENT.request(method, path) is not None]
NO_OBJECT: list[Any] = [
    None,
    True,
    0,
    -1.5,
    "",
    "x",
    "{}",
    [],
    [None],
    [None, None],
    [{}],
    [[]],
    [{"url": "https://a.example/"}],
]
WRONG: list[Any] = [None, True, 7, 1.5, 10**30, "", "x", [], [None, None], [[]], {}, {"url": None}, "\ud800"]
ASKS = [ask for ask in (*ASKED_FIRST, *ASKED) if isinstance(ask.body, dict) and ask.status < 400]


class _Asked:
    """The app over the stories, asked by their owner: hours apart, so that none is turned away for asking often."""

    def __init__(self, store: Store) -> None:
        self.clock = Clock()
        self.app: Flask = create_app(store, now=self.clock)
        self.secret = store.access.new_token("tests", self.clock())

    def status(self, method: str, path: str, body: object) -> int:
        self.clock.advance(hours=2)
        found = self.app.test_client().open(
            path,
            method=method.upper(),
            data=json.dumps(body),
            content_type="application/json",
            base_url=BASE,
            headers={"Authorization": f"Bearer {self.secret}"},
        )
        return found.status_code


@pytest.fixture
def asked(store: Store) -> _Asked:
    stories.tell(store)
    return _Asked(store)


@pytest.mark.parametrize(("method", "path"), BODIES)
def test_what_is_no_object_is_refused(asked: _Asked, method: str, path: str) -> None:
    known = path.replace("{article_id}", "1")
    found = {json.dumps(body): asked.status(method, known, body) for body in NO_OBJECT}
    assert {body: status for body, status in found.items() if status != 400} == {}


@pytest.mark.parametrize("ask", ASKS, ids=lambda ask: ask.name)
def test_what_has_the_wrong_type_in_any_place_is_refused(asked: _Asked, ask: Any) -> None:
    schema = DOCUMENT.request(ask.method, ask.path)
    assert schema is not None
    found = []
    for body in _spoilt(ask.body):
        status = asked.status(ask.method, ask.path.format(**ask.at), body)
        is_wrong = bool(DOCUMENT.errors(schema, json.loads(json.dumps(body).replace("\\ud800", "x"))))
        if status >= 500 or (is_wrong and status < 400):
            found.append((status, body))
    assert found == []


def _spoilt(body: dict[str, Any]) -> Iterator[Any]:
    """The body with each of its places, and each that is left out, of every wrong type."""
    for steps in _places(body):
        for value in WRONG:
            copy = json.loads(json.dumps(body))
            holder = copy
            for step in steps[:-1]:
                holder = holder[step]
            holder[steps[-1]] = value
            yield copy


def _places(value: Any, steps: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    inner = value.items() if isinstance(value, dict) else enumerate(value[:2]) if isinstance(value, list) else ()
    for key, found in inner:
        yield (*steps, key)
        yield from _places(found, (*steps, key))


def test_every_body_is_tried() -> None:
    """But for the one that says nothing, and those that name a pairing or an invitation of before: their fields are tried
    elsewhere."""
    tried = {(ask.method, ask.path) for ask in ASKS} | {("put", FOLLOW), ("post", PAIR_TOKEN), ("post", JOIN)}
    assert tried >= set(BODIES)
