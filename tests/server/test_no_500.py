"""Whatever a request says, the answer is no 500: every route with odd paths, queries, headers, forms and bodies.

`test_openapi.py` holds the API to its document; here the pages and their forms are asked as well.
"""

from __future__ import annotations

import json
import re
import socket
import tempfile
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, unquote_to_bytes, urlencode

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from werkzeug.test import EnvironBuilder, run_wsgi_app

import rowback.web
from rowback.model import Scope
from rowback.store.sessions import SignInLink
from rowback.web.app import create_app
from rowback.web.guard.one_time import LINK_LASTS

from .backend import Clock
from .new_stores import new_store
from .odd import ASKED, BODIES, DATES, HEADERS, ODD, QUERY, SOME_HEADERS, VALUES
from .samples import PARAGRAPHS, at, capture, changed
from .visitor import FORM

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask import Flask
    from werkzeug.routing import Rule

EXAMPLES = 15  # for each route and method: about half a minute for all
QUERIED = (
    "/ /articles /articles/{id} /articles/{id}/compare /articles/{id}/timemap /articles/{id}/timemap.json /search /find "
    "/search/feed.atom /feed.rss /articles/{id}/feed.json /login /sign-in /pair /access /api/v1/edits /api/v1/articles "
    "/api/v1/search /api/v1/articles/{id}/edits/e0/wordings"
).split()
_READ = re.compile(
    r"""(?:args|form)(?:\.get\(|\[|, )"([a-z_]+)"|_query\("([a-z_]+)"|_(?:words|day)\(args, "([a-z_]+)\""""
)


class _Site:
    """The app over a store with an article, asked as its owner: by token on the API, by cookie and form elsewhere."""

    def __init__(self, folder: Path) -> None:
        self.clock = Clock()
        self.store = new_store(folder / "rowback.db")
        self.app: Flask = create_app(self.store, now=self.clock)
        self.token = self.store.access.new_token("owner", self.clock())
        self.fill()

    def fill(self) -> None:
        """There is an article of two versions, and an owner who is signed in; what was tried before is long ago."""
        self.clock.advance(hours=2)
        for minutes, text in ((0, PARAGRAPHS), (60, changed("400", "900"))):
            self.article_id = self.store.record(capture(text, minutes=minutes), at(minutes)).article.id
        self.token = (
            self.store.access.new_token("owner", self.clock()) if not self.store.access.tokens() else self.token
        )
        code = self.store.sessions.new_link(SignInLink(Scope.OWNER, None, "/"), self.clock(), LINK_LASTS)
        client = self.app.test_client()
        client.get(f"/sign-in?code={code}")
        (self.csrf, *_) = re.findall(r'name="csrf" value="([^"]+)"', client.get("/status").text)
        found = client.get_cookie("rowback_session")
        assert found is not None
        self.cookie = f"rowback_session={found.value}"

    def ask(self, method: str, path: str, headers: list[tuple[str, str]], body: tuple[str, bytes] | None) -> int:
        """The status of an answer, read to its end. `path` is as it goes over the line."""
        environ = EnvironBuilder(path="/", method=method).get_environ()
        raw, _, query = path.partition("?")
        environ["PATH_INFO"] = unquote_to_bytes(raw).decode("latin-1")
        environ["QUERY_STRING"] = query
        environ["REMOTE_ADDR"] = "127.0.0.1"
        environ["HTTP_HOST"] = "localhost:80"
        if path.startswith("/api/"):
            environ["HTTP_AUTHORIZATION"] = f"Bearer {self.token}"
        else:
            environ["HTTP_COOKIE"] = self.cookie
            environ["HTTP_ACCEPT"] = "text/html"
        if body is not None:
            environ |= {"CONTENT_TYPE": body[0], "CONTENT_LENGTH": str(len(body[1])), "wsgi.input": BytesIO(body[1])}
        for name, value in headers:
            key = name.upper().replace("-", "_")
            key = key if key in {"CONTENT_TYPE", "CONTENT_LENGTH"} else f"HTTP_{key}"
            environ[key] = value.encode("utf-8", "surrogatepass").decode("latin-1")
        chunks, status, _ = run_wsgi_app(self.app, environ, buffered=True)
        assert b"".join(chunks) is not None
        return int(status.split()[0])


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[_Site]:
    """No name is resolved: what is asked to fetch something fails to."""
    patch = pytest.MonkeyPatch()
    patch.setattr(socket, "getaddrinfo", _no_network)
    found = _Site(tmp_path_factory.mktemp("odd"))
    yield found
    found.store.close()
    patch.undo()


def _no_network(*_: object, **__: object) -> None:
    raise OSError("no network in tests")


def _routes() -> dict[str, tuple[Rule, str]]:
    with tempfile.TemporaryDirectory() as folder:
        store = new_store(Path(folder) / "rowback.db")
        rules = list(create_app(store).url_map.iter_rules())
        store.close()
    return {
        f"{method} {rule.rule}": (rule, method)
        for rule in rules
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"})
    }


ROUTES = _routes()
_ODD_NUMBERS = ["-1", "9" * 25, "9" * 4_000, "9" * 6_000, "%C2%B2", "1_0", "%D9%A3", "0" * 99, str(2**63), "x"]
NUMBERS = ["0", "1", "2", *_ODD_NUMBERS]


def _path(data: st.DataObject, rule: Rule, article_id: int) -> str:
    """A path that the rule may match: numbers in odd digits and sizes, texts of any kind."""
    numbers = st.sampled_from(NUMBERS)
    path = ""
    for is_dynamic, part in rule._trace:
        name = str(part)
        if not is_dynamic:
            path += name
        elif name == "article_id":
            path += data.draw(st.one_of(st.just(str(article_id)), numbers))
        elif name in ("number", "a", "b"):
            path += data.draw(numbers)
        elif name == "form":
            path += data.draw(st.sampled_from(["atom", "rss", "json", "x"]))
        else:
            path += quote(
                data.draw(VALUES).encode("utf-8", "surrogatepass"), safe=data.draw(st.sampled_from(["", "/:?%"]))
            )
    return path.replace("|", "") or "/"


@pytest.mark.parametrize("route", ROUTES)
def test_no_request_is_answered_with_500(site: _Site, route: str) -> None:
    rule, method = ROUTES[route]

    @settings(max_examples=EXAMPLES, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
    @given(st.data())
    def ask(data: st.DataObject) -> None:
        path = _path(data, rule, site.article_id)
        query = urlencode([(name, value.encode("utf-8", "surrogatepass")) for name, value in data.draw(QUERY)])
        headers = data.draw(SOME_HEADERS)
        body = (
            _encoded(data.draw(BODIES["/api/" in rule.rule]), site.csrf)
            if method in {"POST", "PUT", "DELETE"}
            else None
        )
        asked = data.draw(st.sampled_from([method, method, method, "HEAD" if method == "GET" else method, "OPTIONS"]))
        status = site.ask(asked, f"{path}?{query}", headers, body)
        assert status < 500, (
            status,
            asked,
            path[:200],
            query[:200],
            [(n, v[:99]) for n, v in headers],
            str(body)[:300],
        )

    site.fill()
    ask()


def _encoded(body: tuple[str, Any] | None, csrf: str) -> tuple[str, bytes] | None:
    if body is None or isinstance(body[1], bytes):
        return body
    kind, value = body
    if kind == "application/json":
        return kind, json.dumps(value).encode()
    fields = {name: text.encode("utf-8", "surrogatepass") for name, text in ({"csrf": csrf} | value).items()}
    return kind, urlencode(fields).encode()


def test_all_that_requests_are_asked_for_is_tried() -> None:
    found = {
        name
        for file in sorted(Path(rowback.web.__file__).parent.rglob("*.py"))
        for names in _READ.findall(file.read_text(encoding="utf-8"))
        for name in names
        if name
    }
    assert len(found) > 20
    assert found <= set(ASKED)


EVERYWHERE = [(name, value) for name, values in HEADERS.items() for value in values]
PATHS = (
    "/",
    "/feed.atom",
    "/static/pages.css",
    "/status",
    "/openapi.json",
    "/api/v1/health",
    "/api/v1/articles",
    "/no/such",
)


@pytest.mark.parametrize("path", PATHS)
def test_every_odd_header_is_borne_everywhere(site: _Site, path: str) -> None:
    site.fill()
    found = {
        (name, value[:99]): status
        for name, value in EVERYWHERE
        if (status := site.ask("GET", path, [(name, value)], None)) >= 500
    }
    assert found == {}


def test_every_odd_range_is_borne_with_every_condition_on_it(site: _Site) -> None:
    site.fill()
    found = {}
    for path in ("/static/pages.css", "/feed.atom"):
        for part in HEADERS["Range"]:
            for condition in HEADERS["If-Range"]:
                for more in ([], [("If-None-Match", '"x"'), ("If-Modified-Since", DATES[1])]):
                    status = site.ask("GET", path, [("Range", part), ("If-Range", condition), *more], None)
                    if status >= 500:
                        found[path, part, condition[:99]] = status
    assert found == {}


@pytest.mark.parametrize(
    "name", ["older", "newer", "before", "from", "to", "page", "limit", "q", "url", "code", "next"]
)
def test_every_odd_value_is_borne_everywhere(site: _Site, name: str) -> None:
    site.fill()
    found = {}
    for path in QUERIED:
        for value in ODD:
            more = {"q": "label:figure"} if name != "q" and "search" in path else {}
            query = urlencode(more | {name: value.encode("utf-8", "surrogatepass")})
            status = site.ask("GET", f"{path.format(id=site.article_id)}?{query}", [], None)
            if status >= 500:
                found[path, value[:99]] = status
    assert found == {}


@pytest.mark.parametrize("route", [route for route, (rule, _) in ROUTES.items() if "<int:" in rule.rule])
def test_every_odd_number_in_a_path_is_borne(site: _Site, route: str) -> None:
    rule, method = ROUTES[route]
    path = re.sub("<any.*?>", "atom", re.sub("<when>", "2026-01-10T08:00:00Z", rule.rule))
    known = path.replace("<int:article_id>", str(site.article_id))
    body = None
    if method in {"POST", "PUT"}:
        body = ("application/json", b"{}") if path.startswith("/api/") else _encoded((FORM, {}), site.csrf)
    site.fill()
    asked = {re.sub("<int:.*?>", number, each) for number in NUMBERS for each in (path, known)}
    found = {each[:99]: status for each in sorted(asked) if (status := site.ask(method, each, [], body)) >= 500}
    assert found == {}


FILLED: list[tuple[str, dict[str, str]]] = [
    ("/find", {"url": ""}),
    ("/status/feeds", {"url": "", "do": "follow"}),
    ("/status/feeds", {"url": "", "do": "unfollow"}),
    ("/status/feeds", {"url": "", "do": "drop"}),
    ("/status/feeds", {"url": "", "do": "bring back"}),
    ("/access", {"do": "new-token", "name": ""}),
    ("/access", {"do": "new-token", "name": "phone", "scope": "", "days": "9"}),
    ("/access", {"do": "new-token", "name": "phone", "scope": "read", "days": ""}),
    ("/access", {"do": "revoke", "name": ""}),
    ("/access", {"do": "end", "session": ""}),
    ("/access", {"do": "new-feed", "feed": ""}),
    ("/access", {"do": "revoke-feed", "feed": ""}),
    ("/access", {"do": ""}),
    ("/pair", {"say": "yes", "scope": "owner", "code": ""}),
    ("/pair", {"say": "yes", "scope": "", "code": "WXYZ-1234"}),
    ("/pair", {"say": "", "code": "WXYZ-1234"}),
    ("/login", {"token": "", "next": "/"}),
    ("/login", {"token": "OWN", "next": ""}),
    ("/articles/{id}/act", {"do": "hide", "reason": ""}),
    ("/articles/{id}/act", {"do": "forget", "sure": ""}),
    ("/articles/{id}/act", {"do": ""}),
]


@pytest.mark.parametrize(("path", "fields"), FILLED, ids=[f"{path} {fields}" for path, fields in FILLED])
def test_every_odd_field_of_a_form_is_borne(site: _Site, path: str, fields: dict[str, str]) -> None:
    site.fill()
    found = {}
    for value in ODD:
        filled = {name: site.token if text == "OWN" else text or value for name, text in fields.items()}
        body = _encoded((FORM, filled), site.csrf)
        status = site.ask("POST", path.format(id=site.article_id), [], body)
        # An address that is never fetched is refused as well, and one that cannot be had is the other server's fault: 502.
        assert status != 403 or path == "/find", "the form was not read"
        if status >= 500 and (status, path) != (502, "/find"):
            found[value[:99]] = status
    assert found == {}
