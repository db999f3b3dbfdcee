"""Every route of the app, asked by everyone: who gets in is what the one table of rights says."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from rowback.model import Scope
from rowback.web.app import create_app
from rowback.web.guard.rights import OF_TOKENS, OPEN, RIGHTS, needed

from . import backend as backends
from .samples import PARAGRAPHS
from .visitor import FORM, Visitor, at_home, by_link

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from .backend import Backend

HOST = "rowback.example.org"
# What a request from elsewhere looks like that a proxy or a forward passes on, and this machine's own.
WAYS: dict[str, dict[str, str]] = {
    "at home": {},
    "a proxy that says nothing": {"Host": "127.0.0.1"},
    "a proxy that says all": {"Host": HOST, "X_Forwarded_For": "203.0.113.9", "X_Forwarded_Proto": "https"},
    "a forward": {"Host": "localhost:8484"},
}
VALUES = {"article_id": "1", "number": "0", "a": "0", "b": "0", "form": "atom", "url": "x", "filename": "pages.css"}


@dataclass(frozen=True)
class Route:
    """A route with one of its methods, and a path that leads to it."""

    endpoint: str
    method: str
    path: str

    @property
    def is_api(self) -> bool:
        return self.path.startswith("/api/")


@pytest.fixture(params=[False, True], ids=["private", "public"])
def hosted(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Backend]:
    """A backend that goes by a name of its own, with an article of two versions; public or not."""
    backend = backends.start(tmp_path / "rowback.db", allowed_hosts=[HOST], is_public=request.param)
    backend.client.capture()
    backend.client.capture([*PARAGRAPHS, "A second boat sails."])
    yield backend
    backend.server.stop()
    backend.store.close()


@pytest.fixture
def is_public(request: pytest.FixtureRequest) -> bool:
    return bool(request.node.callspec.params["hosted"])


TAKING = {("owner_api.forget", "DELETE"), ("access_api.give_back", "DELETE")}


def _routes(backend: Backend) -> list[Route]:
    app = create_app(backend.store)
    return [
        Route(rule.endpoint, method, re.sub(r"<(?:[^:<>]*:)?(\w+)>", lambda name: VALUES.get(name[1], "x"), rule.rule))
        for rule in app.url_map.iter_rules()
        for method in sorted((rule.methods or set()) - {"OPTIONS", "HEAD"})
        # What would take the article, or the token, from those that come after.
        if (rule.endpoint, method) not in TAKING
    ]


def test_the_table_names_routes_that_there_are(hosted: Backend) -> None:
    endpoints = {route.endpoint for route in _routes(hosted)} | {endpoint for endpoint, _ in TAKING}
    assert (OPEN | RIGHTS.keys()) - endpoints == set()
    assert endpoints - OPEN - RIGHTS.keys() == OWNERS, "a new route is the owner's until the table says otherwise"


# Spelled out so that opening one of them is a change that is seen.
OWNERS = {
    "access.access",
    "access.act",
    "alerts.act",
    "beginning.follow_several",
    "beginning.look",
    "beginning.opml",
    "export.page",
    "export.table",
    "metrics",
    "owner.act",
    "owner_api.forget",
    "owner_api.hidden",
    "owner_api.listed",
    "pairing.decide",
    "pairing.pair",
    "status.feeds",
    "status.status",
    "watching.bring_back_finds",
    "watching.drop_finds",
    "watching.feeds",
    "watching.follow_feed",
    "watching.status",
    "watching.unfollow_feed",
    "whats_new.dismiss",
}


@pytest.mark.parametrize("way", WAYS)
def test_strangers_get_what_is_open_and_in_public_what_is_read(hosted: Backend, way: str, is_public: bool) -> None:
    for route in _routes(hosted):
        scope = needed(route.endpoint)
        is_let_in = scope is None or (is_public and scope is Scope.READ and route.endpoint not in OF_TOKENS)
        assert _is_let_in(hosted, route, WAYS[way]) is is_let_in, route


@pytest.mark.parametrize("held", list(Scope))
@pytest.mark.parametrize("way", WAYS)
def test_a_token_gets_what_its_scope_covers(hosted: Backend, way: str, held: Scope) -> None:
    secret = hosted.store.access.new_token("walker", hosted.clock(), scope=held)
    for route in _routes(hosted):
        scope = needed(route.endpoint)
        is_let_in = scope is None or held.covers(scope)
        assert _is_let_in(hosted, route, WAYS[way] | {"Authorization": f"Bearer {secret}"}) is is_let_in, route


@pytest.mark.parametrize("kind", ["expired", "revoked", "never made"])
def test_a_token_that_does_not_hold_gets_nothing_but_what_is_open(hosted: Backend, kind: str) -> None:
    """Also where reading is public: whoever brings a token is told that it does not hold."""
    ends = hosted.clock() + timedelta(minutes=1)
    secret = hosted.store.access.new_token("walker", hosted.clock(), expires_at=ends if kind == "expired" else None)
    hosted.clock.advance(minutes=2)
    if kind == "revoked":
        hosted.store.access.revoke("walker")
    brought = {"Authorization": f"Bearer {'guess' if kind == 'never made' else secret}"}
    for route in _routes(hosted):
        assert _is_let_in(hosted, route, brought) is (needed(route.endpoint) is None), route


@pytest.mark.parametrize("held", list(Scope))
def test_a_session_gets_the_pages_that_its_scope_covers_and_no_api(
    hosted: Backend, held: Scope, is_public: bool
) -> None:
    visitor = by_link(hosted, at_home(hosted), held)
    cookies = {"Cookie": "; ".join(f"{name}={value}" for name, value in visitor.cookies.items())}
    for route in _routes(hosted):
        scope = needed(route.endpoint)
        is_read = is_public and scope is Scope.READ and route.endpoint not in OF_TOKENS
        is_let_in = scope is None or (is_read if route.is_api else held.covers(scope))
        assert _is_let_in(hosted, route, cookies) is is_let_in, route


def test_the_session_of_another_backend_is_a_strangers(hosted: Backend, tmp_path: Path) -> None:
    other = backends.start(tmp_path / "other.db")
    visitor = by_link(other, Visitor(other.anyone, {"Host": f"127.0.0.1:{other.server.port}"}))
    other.server.stop()
    other.store.close()
    cookies = {"Cookie": "; ".join(f"{name}={value}" for name, value in visitor.cookies.items())}
    for route in _routes(hosted):
        if needed(route.endpoint) is Scope.OWNER:
            assert not _is_let_in(hosted, route, cookies), route


def _is_let_in(backend: Backend, route: Route, headers: dict[str, str]) -> bool:
    """Whether a request reached its route: what that made of an empty body or a form without our token does not matter."""
    writes = route.method in ("POST", "PUT", "PATCH", "DELETE")
    kind = "application/json" if route.is_api else FORM
    sent = headers | ({"Content_Type": kind} if writes else {})
    answer = backend.anyone.send(route.method, route.path, b"{}" if writes and route.is_api else None, **sent)
    assert answer.status < 500, (route, answer)
    if answer.status == 302 and answer.headers["location"].startswith("/login"):
        return False
    if answer.headers.get("content-type") == backends.PROBLEM:
        return answer.json["code"] not in ("no-token", "insufficient-scope")
    return True
