"""Who sees the pages and who may act on them: on the machine itself, from elsewhere, signed in or not, public or not."""

from __future__ import annotations

import re
import sqlite3
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest

from rowback.clock import format_instant
from rowback.model import Scope
from rowback.web.app import create_app
from rowback.web.guard import proxies
from rowback.web.guard.guard import HEADERS, LOOKUP, PAIRING
from rowback.web.guard.login import LOGIN

from . import backend as backends
from .all_rows import all_rows
from .backend import Client
from .samples import PARAGRAPHS, URL
from .visitor import FORM, Visitor, at_home, owner_at_home

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from .backend import Answer, Backend

HOST = "rowback.example.org"
GUESS = "a guess"
FROM_ELSEWHERE = {"Host": HOST, "X_Forwarded_For": "203.0.113.9", "X_Forwarded_Proto": "https"}
EDITS = f"/api/v1/edits?url={quote(URL, safe='')}"


@pytest.fixture(params=[False, True], ids=["private", "public"])
def hosted(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Backend]:
    """A backend that goes by a name of its own, with one article; public or not."""
    backend = backends.start(tmp_path / "rowback.db", allowed_hosts=[HOST], is_public=request.param)
    backend.client.capture()
    yield backend
    backend.server.stop()
    backend.store.close()


@pytest.fixture
def is_public(request: pytest.FixtureRequest) -> bool:
    return bool(request.node.callspec.params["hosted"])


@pytest.fixture
def stranger(hosted: Backend) -> Visitor:
    """Someone elsewhere, through the reverse proxy."""
    return Visitor(hosted.anyone, dict(FROM_ELSEWHERE))


@pytest.fixture
def owner(hosted: Backend) -> Visitor:
    """The owner, at a browser on the machine itself."""
    return owner_at_home(hosted)


def _signed_in(visitor: Visitor, hosted: Backend, following: str = "/articles/1") -> Answer:
    return visitor.press("/login", "/login", token=hosted.client.token or "", next=following)


def test_pages_elsewhere_ask_for_a_token_unless_public(stranger: Visitor, is_public: bool) -> None:
    answer = stranger.get("/articles/1?from=0")
    if is_public:
        assert answer.status == 200
        assert b"For the owner" not in answer.body
    else:
        assert (answer.status, answer.headers["location"]) == (302, "/login?next=/articles/1?from%3D0")


def test_whoever_signs_in_sees_what_the_owner_sees(stranger: Visitor, hosted: Backend) -> None:
    signed_in = _signed_in(stranger, hosted)
    assert (signed_in.status, signed_in.headers["location"]) == (303, "/articles/1")
    cookie = signed_in.headers["set-cookie"]
    assert all(part in cookie for part in ("HttpOnly", "SameSite=Strict", "Secure"))
    assert b"For the owner" in stranger.get("/articles/1").body
    hosted.store.access.revoke("tests")
    assert b"For the owner" not in stranger.get("/articles/1").body, "a revoked token ends its sessions"


def test_an_error_page_is_there_when_the_store_cannot_be_asked_who_signed_in(
    stranger: Visitor, hosted: Backend
) -> None:
    stranger.headers["Accept"] = "text/html"
    _signed_in(stranger, hosted)
    with sqlite3.connect(hosted.store.path) as other:
        other.execute("alter table tokens rename to elsewhere")
    for path in ("/articles/1", "/status", "/nowhere"):
        answer = stranger.get(path)
        assert answer.status == 503
        assert b"no such table" in answer.body, "what is wrong is said"
    with sqlite3.connect(hosted.store.path) as other:
        other.execute("alter table elsewhere rename to tokens")
    assert stranger.get("/articles/1").status == 200


def test_signing_out_ends_the_session(stranger: Visitor, hosted: Backend) -> None:
    _signed_in(stranger, hosted)
    stranger.press("/articles/1", "/logout")
    assert b"For the owner" not in stranger.get("/articles/1").body


def test_a_wrong_token_is_told_and_guessing_is_slowed(stranger: Visitor, hosted: Backend) -> None:
    wrong = [stranger.press("/login", "/login", token=f"guess {n}") for n in range(10)]
    assert {answer.status for answer in wrong} == {401}
    assert b"not valid here" in wrong[0].body
    assert stranger.press("/login", "/login", token=GUESS).status == 429
    hosted.clock.advance(minutes=6)
    assert stranger.press("/login", "/login", token=GUESS).status == 401


def test_a_clock_that_was_set_back_locks_nobody_out(stranger: Visitor, hosted: Backend) -> None:
    for n in range(11):
        stranger.press("/login", "/login", token=f"guess {n}")
    hosted.clock.advance(minutes=-60 * 24)
    assert stranger.press("/login", "/login", token=GUESS).status == 401


def test_a_guesser_at_the_same_address_does_not_keep_the_owner_out(hosted: Backend) -> None:
    """Behind a proxy that says nothing all have one address."""
    guesser, answers = at_home(hosted), set[int]()
    for n in range(12):
        answers = {guesser.press("/login", "/login", token=f"guess {n}").status, guesser.get("/sign-in?code=x").status}
    assert answers == {429}
    assert _signed_in(at_home(hosted), hosted).status == 303


@pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:x", ""])
def test_signing_in_leads_nowhere_else(stranger: Visitor, hosted: Backend, target: str) -> None:
    assert _signed_in(stranger, hosted, target).headers["location"] == "/"


@pytest.mark.parametrize("act", ["hide", "show", "pause", "resume", "forget"])
def test_strangers_cannot_act(stranger: Visitor, hosted: Backend, act: str) -> None:
    stranger.get("/login")
    answer = stranger.press("/login", "/articles/1/act", do=act, reason="Because", sure="yes")
    assert answer.status == 401
    assert hosted.store.articles.get(1) is not None


def test_a_form_that_was_not_ours_is_refused(owner: Visitor, hosted: Backend) -> None:
    owner.get("/articles/1")
    for csrf in ("", "guessed"):
        assert owner.send("/articles/1/act", do="forget", sure="yes", csrf=csrf).status == 403
    assert hosted.store.articles.get(1) is not None


def test_the_owner_hides_and_shows_an_article(owner: Visitor, stranger: Visitor, hosted: Backend) -> None:
    assert owner.press("/articles/1", "/articles/1/act", do="hide", reason="A court forbids it.").status == 303
    gone = hosted.client.get(EDITS)
    assert (gone.status, gone.code, gone.json["detail"]) == (410, "hidden-article", "A court forbids it.")
    assert hosted.client.get("/api/v1/articles/1/versions/0").status == 410
    assert hosted.client.get("/api/v1/articles").json["articles"] == []
    assert stranger.get("/articles/1").status in (410, 302)
    assert b"A court forbids it." in owner.get("/articles/1").body
    owner.press("/articles/1", "/articles/1/act", do="show")
    assert hosted.client.get(EDITS).status == 200


def test_the_owner_pauses_and_resumes(owner: Visitor, hosted: Backend) -> None:
    for act, status in (("resume", "watching"), ("pause", "paused")):
        owner.press("/articles/1", "/articles/1/act", do=act)
        assert hosted.client.get("/api/v1/articles/1").json["article"]["status"] == status


def test_forgetting_must_be_meant(owner: Visitor, hosted: Backend) -> None:
    assert owner.press("/articles/1", "/articles/1/act", do="forget").status == 400
    assert owner.press("/articles/1", "/articles/1/act", do="forget", sure="yes").headers["location"] == "/"
    assert hosted.client.get(EDITS).code == "unknown-article"


def test_the_api_hides_and_forgets(hosted: Backend) -> None:
    path = "/api/v1/articles/1"
    answer = hosted.client.send("PUT", f"{path}/hidden", b'{"reason": "Later"}', Content_Type="application/json")
    assert answer.status == 200
    assert hosted.client.get(path).code == "hidden-article"
    assert hosted.client.send("DELETE", f"{path}/hidden").json["article"]["id"] == 1
    assert hosted.client.send("DELETE", path).status == 204
    assert hosted.client.get(path).code == "unknown-article"


def test_public_opens_reading_and_nothing_else(hosted: Backend, is_public: bool) -> None:
    assert (hosted.anyone.get(EDITS, **FROM_ELSEWHERE).status == 200) is is_public
    assert (hosted.anyone.post("/api/v1/lookup", {"urls": [URL]}, **FROM_ELSEWHERE).status == 200) is is_public
    written = hosted.anyone.capture([*PARAGRAPHS, "More."])
    assert (written.status, written.code) == (401, "no-token")
    assert hosted.anyone.send("DELETE", "/api/v1/articles/1").code == "no-token"
    assert hosted.anyone.get(EDITS, Authorization="Bearer wrong").code == "no-token", "a wrong token is told"
    assert hosted.anyone.get(EDITS, Origin="https://news.example").code == "foreign-origin"


def test_every_route_that_changes_anything_is_closed_to_strangers(hosted: Backend, stranger: Visitor) -> None:
    """Whatever is public: each rule of the app, with each method but those that read, and a form's or a program's body."""
    app = create_app(hosted.store, allowed_hosts=[HOST])
    rules = [(rule, method) for rule in app.url_map.iter_rules() for method in rule.methods or ()]
    writes = [(rule, method) for rule, method in rules if method not in ("GET", "HEAD", "OPTIONS")]
    assert len(writes) > 12
    stranger.get("/login")
    before = hosted.store.path.with_name("before.db")
    hosted.store.backup(before)
    for rule, method in writes:
        if rule.rule in (LOGIN, "/logout", "/language", LOOKUP, *PAIRING):
            continue  # what anyone may try; a look-up only reads, and the choice of a language stays in the browser
        path = rule.rule.replace("<int:article_id>", "1").replace("<int:number>", "0")
        for body, kind in (
            (b"{}", "application/json"),
            (b"do=forget&sure=yes", FORM),
            (b'{"reason": "x"}', "text/plain"),
        ):
            answer = hosted.anyone.send(method, path, body, **(FROM_ELSEWHERE | {"Content_Type": kind}))
            assert answer.status in (401, 403, 415), f"{method} {path}: {answer.status}"
    after = hosted.store.path.with_name("after.db")
    hosted.store.backup(after)
    assert _dumped(before) == _dumped(after)


def test_every_page_answers_as_strictly(hosted: Backend, owner: Visitor) -> None:
    """Each rule of the app, found or not: the policy without scripts, and HEAD says what GET says."""
    app = create_app(hosted.store, allowed_hosts=[HOST])
    for rule in app.url_map.iter_rules():
        path = rule.rule
        for name, value in (("article_id", "1"), ("number", "0"), ("a", "0"), ("b", "0"), ("reading", "0")):
            path = path.replace(f"<int:{name}>", value)
        path = re.sub(
            r"<any\([^)]*\):form>",
            "atom",
            re.sub(r"<(path:url|path:filename|path:rest|source|label|when|edit_id|stamp|secret|name)>", "x", path),
        )
        assert "<" not in path
        got = hosted.client.get(path, Host=f"127.0.0.1:{hosted.server.port}", Accept="text/html")
        assert got.status < 500
        assert got.headers["content-security-policy"].startswith("default-src 'none'; style-src 'self'; ")
        assert re.findall(r"script[^;]*", got.headers["content-security-policy"]) == ["script-src 'self'"]
        assert got.headers["x-content-type-options"] == "nosniff"
        ours = re.findall(
            rb'<script src="/static/(?:page-times|triage-keys|copy-buttons)\.js" defer></script>', got.body
        )
        assert got.body.count(b"<script") == len(ours) <= 2
        assert not re.search(rb"<[^>]* (style|on[a-z]+)=", got.body), "no inline style either"
        headed = hosted.client.send("HEAD", path, Host=f"127.0.0.1:{hosted.server.port}", Accept="text/html")
        assert (headed.status, headed.body) == (got.status, b"")
        if got.status == 405:
            assert got.headers["allow"]


def _dumped(path: Path) -> list[str]:
    return [row for row in all_rows(path) if "poller_alive_at" not in row]


@pytest.mark.parametrize(
    "headers", [{}, {"Host": "localhost"}, {"X_Forwarded_For": "203.0.113.9"}, {"X_Forwarded_For": "127.0.0.1"}]
)
def test_coming_from_this_machine_proves_nothing(hosted: Backend, headers: dict[str, str], is_public: bool) -> None:
    """A proxy that says nothing, a forward and another user come from loopback, too."""
    visitor = at_home(hosted)
    visitor.headers |= headers
    page = visitor.get("/articles/1")
    assert (page.status == 200) is is_public
    assert b"For the owner" not in page.body
    assert visitor.get("/status").status == 302
    assert visitor.get("/access").status == 302
    assert hosted.anyone.get("/metrics", **headers).code == "no-token"
    assert hosted.anyone.send("DELETE", "/api/v1/articles/1", None, **headers).code == "no-token"


def test_guessing_elsewhere_does_not_keep_the_owner_out(stranger: Visitor, hosted: Backend) -> None:
    for n in range(12):
        stranger.press("/login", "/login", token=f"guess {n}")
    elsewhere = Visitor(hosted.anyone, FROM_ELSEWHERE | {"X_Forwarded_For": "198.51.100.4"})
    assert _signed_in(elsewhere, hosted).status == 303


def test_a_guesser_cannot_write_another_address_before_their_own(stranger: Visitor, hosted: Backend) -> None:
    for n in range(10):
        stranger.headers["X_Forwarded_For"] = f"198.51.100.{n}, 203.0.113.9"
        stranger.press("/login", "/login", token=f"guess {n}")
    assert stranger.press("/login", "/login", token=GUESS).status == 429


@pytest.mark.parametrize("path", ["/feed.atom", "/articles/1/feed.json", "/articles/1/timemap", "/api/v1/articles/1"])
def test_addresses_are_those_of_the_proxy(hosted: Backend, path: str) -> None:
    told = hosted.client.get(path, **FROM_ELSEWHERE).body.decode()
    assert f"https://{HOST}/" in told
    assert f"http://{HOST}" not in told
    assert f"http://{HOST}/" in hosted.client.get(path, Host=HOST).body.decode()


def test_a_proxy_that_is_not_named_is_not_believed(tmp_path: Path) -> None:
    backend = backends.start(tmp_path / "rowback.db", allowed_hosts=[HOST], trusted_proxies=["172.18.0.0/16"])
    backend.client.capture()
    try:
        assert f"http://{HOST}/" in backend.client.get("/articles/1/timemap", **FROM_ELSEWHERE).body.decode()
        visitor = Visitor(backend.anyone, dict(FROM_ELSEWHERE))
        assert _signed_in(visitor, backend).status == 303, "its visitors sign in all the same"
    finally:
        backend.server.stop()
        backend.store.close()


def test_no_header_makes_a_foreign_host_ours(hosted: Backend) -> None:
    for name in ("X_Forwarded_Host", "X_Host", "Forwarded"):
        answer = hosted.anyone.get("/", Host="evil.example", **{name: "127.0.0.1"})
        assert answer.code == "untrusted-host"


def test_the_api_heeds_no_cookie_and_gives_none(owner: Visitor, hosted: Backend, is_public: bool) -> None:
    answers = [owner.get(EDITS), owner.get("/api/v1/articles")]
    assert {answer.status for answer in answers} == {200 if is_public else 401}
    assert not any("set-cookie" in answer.headers for answer in answers)
    assert {answer.headers["vary"] for answer in answers} == {"Origin"}
    assert owner.get("/api/v1/feeds").status == 401, "what is the owner's needs a token"
    assert hosted.client.get(EDITS, Cookie="rowback_session=x").status == 200


@pytest.mark.parametrize("path", [EDITS, "/api/v1/health", "/api/v1/nothing", "//api/v1/health", "/openapi.json", "/"])
def test_every_header_stands_once_on_every_answer(path: str, hosted: Backend) -> None:
    with create_app(hosted.store).test_client() as client:
        sent = {"PATH_INFO": path.partition("?")[0]}  # the client would take what follows two slashes for a host
        headers = client.get(path, headers={"Host": "127.0.0.1"}, environ_overrides=sent).headers
    names = [name.lower() for name, _ in headers]
    assert len(names) == len(set(names))
    assert {name: headers[name] for name in HEADERS} == HEADERS
    assert (headers.get("Vary") == "Origin") == ("/api/" in path)
    assert path == EDITS or "no-store" in headers.get("Cache-Control", "no-store")


def test_what_was_asked_before_is_answered_as_it_stands_now(hosted: Backend) -> None:
    """The same question after each thing that may happen to an article or a token in between."""
    reader = Client(hosted.server.port, hosted.store.access.new_token("reader", hosted.clock(), scope=Scope.READ))
    tags = [reader.get(EDITS).headers["etag"], reader.get(EDITS).headers["etag"]]
    hosted.clock.advance(hours=1)
    hosted.client.capture()  # the same text: only the time of the last look is another
    seen = reader.get(EDITS)
    assert seen.json["article"]["last_checked_at"] == format_instant(hosted.clock())
    hosted.client.capture([*PARAGRAPHS, "More."])
    edited = reader.get(EDITS)
    assert [len(each.json["versions"]) for each in (seen, edited)] == [1, 2]
    assert len({*tags, seen.headers["etag"], edited.headers["etag"]}) == 3
    hosted.store.owner.hide(1, "Later")
    assert reader.get(EDITS).code == "hidden-article"
    hosted.store.owner.show(1)
    assert reader.get(EDITS).body == edited.body
    hosted.store.access.revoke("reader")
    assert reader.get(EDITS).code == "no-token"


def test_a_proxy_is_known_by_its_own_address_each_time() -> None:
    seen = []

    def app(environ: dict[str, str], _: object) -> list[bytes]:
        seen.append(proxies.visitor(environ))
        return []

    passed = proxies._Passed(app, [proxies._network("127.0.0.1")])
    for peer in ("127.0.0.1", "198.51.100.7", "127.0.0.1", "198.51.100.7", "", "none"):
        passed({"REMOTE_ADDR": peer, "HTTP_X_FORWARDED_FOR": "203.0.113.9"}, None)
    assert seen == ["203.0.113.9", "198.51.100.7", "203.0.113.9", "198.51.100.7", "", "none"]
