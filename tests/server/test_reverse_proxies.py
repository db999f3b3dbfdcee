"""What the paper says for nginx and Caddy, run by both: strangers are kept out, and all that a reader needs comes through."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from urllib.parse import urlencode, urlsplit

import pytest

from rowback.model import Scope
from rowback.store.sessions import SignInLink
from rowback.web.guard.login import MAX_ATTEMPTS
from rowback.web.guard.one_time import BY_LINK, KEYED_FEED, LINK_LASTS

from . import backend as backends
from .crawler import STARTS, Got, Walk
from .reverse_proxies import KINDS, NAMES, Outside, program, proxied
from .samples import PARAGRAPHS, TITLE, URL
from .strangers import tell_listed

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from .backend import Answer, Backend

LARGE = 2_400_000  # characters of a page as some publishers send them, mostly scripts


@dataclass(frozen=True)
class Behind:
    """A backend, what stands before it, and the folder of that."""

    backend: Backend
    stranger: Outside
    folder: Path

    @property
    def reader(self) -> Outside:
        return replace(self.stranger, token=self.backend.client.token)


@pytest.fixture(
    scope="module",
    params=[(kind, path) for kind in KINDS for path in ("", "/rowback")],
    ids=lambda each: " below ".join(filter(None, each)),
)
def behind(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Behind]:
    kind, path = request.param
    if program(kind) is None:
        pytest.skip(f"{kind} or openssl is not installed")
    folder = tmp_path_factory.mktemp(kind)
    backend = backends.start(folder / "rowback.db", allowed_hosts=NAMES)
    backend.client.capture()
    tell_listed(backend.store)
    with proxied(kind, path, backend.server.port, folder) as stranger:
        yield Behind(backend, stranger, folder)
    backend.server.stop()
    backend.store.close()


def test_a_stranger_is_kept_out_of_everything(behind: Behind) -> None:
    stranger = behind.stranger
    assert stranger.get("/api/v1/health").status == 200
    for path in ("/", "/articles/1", "/status", "/access", "/pair", "/search?q=ferry"):
        led = stranger.get(path, Accept="text/html")
        assert (led.status, led.headers["location"].startswith(f"{stranger.path}/login?")) == (302, True), path
        assert stranger.get(path).code == "no-token"
    for path in (
        "/metrics",
        "/feed.atom",
        "/articles/1/timemap",
        "/api/v1/articles",
        "/api/v1/feeds",
        "/api/v1/status",
    ):
        assert stranger.get(path).code == "no-token", path
    assert stranger.capture().code == "no-token"
    for host in ("127.0.0.1", "localhost", "[::1]", "127.0.0.1:8484"):
        for path in ("/api/v1/articles", "/status", "/articles/1"):
            assert URL.encode() not in stranger.get(path, Host=host, Accept="text/html").body, "no name makes an owner"


def test_what_a_reader_sends_and_is_sent_comes_through(behind: Behind) -> None:
    reader = behind.reader
    padding = "<script>" + "x" * LARGE + "</script>"
    text = "".join(f"<p>{each}</p>" for each in PARAGRAPHS)
    page = f"<title>{TITLE}</title>{padding}<article><h1>{TITLE}</h1>{text}</article>"
    stored = reader.post("/api/v1/captures", {"url": f"{URL}-large", "html": page})
    assert stored.status == 201
    links = stored.json["article"]["links"]
    assert links["html"].startswith(f"{reader.base}/articles/")
    assert reader.get("/api/v1/articles").json["articles"][0]["links"]["html"].startswith(reader.base)
    asked = behind.stranger.post("/api/v1/pair", {"name": "a browser"})
    assert asked.json["confirm"].startswith(f"{reader.base}/pair?")


def _signed_in(behind: Behind) -> Answer:
    """The answer to the owner's browser, which opens a link that signs it in."""
    backend = behind.backend
    code = backend.store.sessions.new_link(SignInLink(Scope.OWNER, None, "/status"), backend.clock(), LINK_LASTS)
    return behind.stranger.get(f"{BY_LINK}?code={code}", Accept="text/html")


def test_a_crawler_finds_no_link_that_is_broken_or_leads_elsewhere(behind: Behind) -> None:
    stranger, host = behind.stranger, behind.stranger.base.removesuffix(behind.stranger.path)
    cookie = _signed_in(behind).headers["set-cookie"].split("; ")[0]

    def get(path: str) -> Got:
        if not path.startswith(f"{stranger.path}/"):
            return Got(404, {}, "another program")
        answer = stranger.get(path.removeprefix(stranger.path), Accept="text/html", Cookie=cookie)
        return Got(answer.status, answer.headers, answer.body.decode(errors="replace"))

    walk = Walk(host, get)
    walk.from_(f"{stranger.path}{each}" for each in STARTS)
    assert walk.broken == []
    assert {urlsplit(each).path for each in walk.seen} > {
        f"{stranger.path}{each}" for each in ("/articles/2", "/status")
    }
    assert len(walk.seen) > 60
    assert walk.posted
    assert all(each.startswith(f"{stranger.path}/") for each in walk.posted)


def test_a_browser_is_signed_in_by_a_link_and_only_over_tls(behind: Behind) -> None:
    stranger = behind.stranger
    opened = _signed_in(behind)
    assert opened.headers["location"] == f"{stranger.path}/status"
    cookie, *flags = opened.headers["set-cookie"].split("; ")
    assert {"Secure", "HttpOnly", "SameSite=Strict", f"Path={stranger.path or '/'}"} <= set(flags)
    page = stranger.get("/status", Accept="text/html", Cookie=cookie)
    assert page.status == 200
    links = re.findall(r'(?:href|action)="(/[^"]*)"', page.body.decode())
    assert links
    assert all(link.startswith(f"{stranger.path}/") for link in links)
    token = re.findall(r'name="csrf" value="([^"]*)"', page.body.decode())[0]
    origin = stranger.base.removesuffix(stranger.path)
    cookie = page.headers["set-cookie"].split("; ")[0]
    form = {"Content_Type": "application/x-www-form-urlencoded", "Cookie": cookie, "Origin": origin}
    done = stranger.send("POST", "/logout", urlencode({"csrf": token}).encode(), **form)
    assert (done.status, done.headers["location"]) == (303, f"{stranger.path}/login")


def test_who_guesses_cannot_hide_behind_a_header(behind: Behind) -> None:
    page = behind.stranger.get("/login", Accept="text/html")
    cookie = page.headers["set-cookie"].split("; ")[0]
    csrf = re.findall(r'name="csrf" value="([^"]*)"', page.body.decode())[0]
    form = urlencode({"csrf": csrf, "token": "guess"}).encode()
    kind = "application/x-www-form-urlencoded"
    answers = [
        behind.stranger.send(
            "POST", "/login", form, Content_Type=kind, Cookie=cookie, X_Forwarded_For=f"192.0.2.{number}"
        ).status
        for number in range(MAX_ATTEMPTS + 1)
    ]
    assert answers == [401] * MAX_ATTEMPTS + [429]


@pytest.mark.parametrize("header", ["X-Forwarded-Prefix", "X-Forwarded-Host", "X-Forwarded-Server", "Forwarded"])
def test_a_visitors_own_word_of_where_it_came_is_not_heeded(behind: Behind, header: str) -> None:
    told = "host=evil.example;proto=http" if header == "Forwarded" else "/evil"
    answer = behind.reader.send("GET", "/api/v1/articles/1", None, **{header: told})
    assert answer.json["article"]["links"]["html"] == f"{behind.reader.base}/articles/1"


def test_a_secret_address_is_served_and_not_logged(behind: Behind) -> None:
    secret = behind.backend.store.feed_addresses.new("/feed", behind.backend.clock())
    feed = behind.stranger.get(f"{KEYED_FEED}{secret}.atom")
    assert feed.status == 200
    assert f"{behind.stranger.base}{KEYED_FEED}{secret}.atom".encode() in feed.body
    if "nginx" in str(behind.folder) and not behind.stranger.path:
        assert behind.stranger.get("/api/v1/health").status == 200
        logged = (behind.folder / "access.log").read_text(encoding="utf-8")
        assert "/api/v1/health" in logged, "the log is written"
        assert secret not in logged
