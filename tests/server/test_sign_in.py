"""Signed-in browsers: links that open one, sessions and their ends."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from flask import Flask
from flask.sessions import SecureCookieSessionInterface

from rowback.model import Scope
from rowback.store import Store
from rowback.store.sessions import SignInLink

from .samples import START
from .visitor import Visitor, at_home, by_link, owner_at_home

if TYPE_CHECKING:
    from pathlib import Path

    from .backend import Backend


def _link(backend: Backend, target: str = "/", scope: Scope = Scope.OWNER) -> str:
    code = backend.store.sessions.new_link(SignInLink(scope, None, target), backend.clock(), timedelta(minutes=10))
    return f"/sign-in?code={code}"


def _is_in(visitor: Visitor) -> bool:
    return visitor.get("/status").status == 200


def test_a_link_signs_one_browser_in_once(backend: Backend) -> None:
    link = _link(backend, "/status")
    visitor = at_home(backend)
    answer = visitor.get(link)
    assert (answer.status, answer.headers["location"]) == (303, "/status")
    assert all(part in answer.headers["set-cookie"] for part in ("HttpOnly", "SameSite=Strict", "Path=/"))
    assert _is_in(visitor)
    second = at_home(backend)
    over = second.get(link)
    assert over.status == 410
    assert b"rowback sign-in" in over.body
    assert not _is_in(second)


def test_a_link_is_over_after_its_time(backend: Backend) -> None:
    link = _link(backend)
    backend.clock.advance(minutes=10)
    assert at_home(backend).get(link).status == 410


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec_Purpose": "prefetch"},
        {"Sec_Purpose": "prefetch;prerender"},
        {"Purpose": "prefetch"},
        {"X_Moz": "prefetch"},
    ],
)
def test_a_look_ahead_does_not_use_it_up(backend: Backend, headers: dict[str, str]) -> None:
    link = _link(backend)
    visitor = at_home(backend)
    assert "set-cookie" not in visitor.get(link, **headers).headers
    assert "set-cookie" not in backend.anyone.send("HEAD", link).headers
    assert visitor.get(link).status == 303


def test_a_link_that_was_clicked_elsewhere_leads_on_by_a_page(backend: Backend) -> None:
    """Browsers keep a strict cookie back from a redirect that began on another site."""
    headers = {"Sec_Fetch_Site": "cross-site", "Sec_Fetch_Mode": "navigate", "Sec_Fetch_Dest": "document"}
    visitor = at_home(backend)
    answer = visitor.get(_link(backend, "/articles"), **headers)
    assert answer.status == 200
    assert b'http-equiv="refresh" content="0; url=/articles"' in answer.body
    assert _is_in(visitor)


def test_another_sites_page_cannot_use_a_link_unseen(backend: Backend) -> None:
    link = _link(backend)
    for mode, dest in (("no-cors", "image"), ("cors", "empty"), ("navigate", "iframe")):
        headers = {"Sec_Fetch_Site": "cross-site", "Sec_Fetch_Mode": mode, "Sec_Fetch_Dest": dest}
        assert backend.anyone.get(link, **headers).code == "foreign-origin"
    assert at_home(backend).get(link).status == 303


def test_guessing_is_slowed_and_keeps_nobody_else_out(backend: Backend) -> None:
    stranger = at_home(backend)
    stranger.headers["X_Forwarded_For"] = "203.0.113.9"
    assert {stranger.get(f"/sign-in?code=guess{n}").status for n in range(10)} == {410}
    assert stranger.get("/sign-in?code=guess").status == 429
    assert stranger.get(_link(backend)).status == 303, "one that holds is no guess"
    assert at_home(backend).get(_link(backend)).status == 303


def test_signing_in_takes_no_session_over(backend: Backend) -> None:
    """Whoever planted a cookie beforehand does not share what it becomes."""
    visitor = at_home(backend)
    visitor.get("/login")
    planted = dict(visitor.cookies)
    visitor.get(_link(backend))
    other = at_home(backend)
    other.cookies = planted
    assert _is_in(visitor)
    assert not _is_in(other)


def test_a_session_lasts_thirty_days_from_its_last_use(backend: Backend) -> None:
    visitor = owner_at_home(backend)
    for _ in range(3):
        backend.clock.advance(days=29)
        assert _is_in(visitor)
    backend.clock.advance(days=31)
    assert not _is_in(visitor)


def test_a_session_can_do_what_its_scope_lets(backend: Backend) -> None:
    backend.client.capture()
    reader = by_link(backend, at_home(backend), Scope.READ)
    assert reader.get("/articles/1").status == 200
    assert b"For the owner" not in reader.get("/articles/1").body
    refused = reader.get("/status")
    assert refused.status == 403
    assert b"scope" in refused.body


def test_one_session_is_ended_from_the_list(backend: Backend) -> None:
    owner, other = owner_at_home(backend), owner_at_home(backend)
    assert b"(this one)" in owner.get("/access").body
    mine, others = sorted(backend.store.sessions.all(backend.clock()), key=lambda each: each.id)
    assert owner.press("/access", "/access", do="end", session=str(others.id)).status == 303
    assert _is_in(owner)
    assert not _is_in(other)
    assert [each.id for each in backend.store.sessions.all(backend.clock())] == [mine.id]


def test_all_sessions_end_everywhere_at_once(backend: Backend) -> None:
    browsers = [owner_at_home(backend), owner_at_home(backend), _old_browser(backend)]
    link = _link(backend)
    assert all(map(_is_in, browsers))
    elsewhere = Store(backend.store.path)  # another process, such as `rowback sign-out --everywhere`
    assert elsewhere.sessions.end_all() == 2
    elsewhere.close()
    assert not any(map(_is_in, browsers))
    assert at_home(backend).get(link).status == 410
    assert backend.client.get("/api/v1/articles").status == 200, "tokens go on"
    assert _is_in(owner_at_home(backend))


def test_revoking_a_token_ends_its_sessions_and_links(backend: Backend) -> None:
    token = backend.store.access.new_token("laptop", backend.clock())
    made = backend.anyone.post("/api/v1/sign-in", {}, Authorization=f"Bearer {token}").json
    unused = backend.anyone.post("/api/v1/sign-in", {}, Authorization=f"Bearer {token}").json
    visitor = at_home(backend)
    visitor.get("/sign-in?" + made["link"].partition("?")[2])
    assert _is_in(visitor)
    elsewhere = Store(backend.store.path)
    elsewhere.access.revoke("laptop")
    elsewhere.access.new_token("laptop", backend.clock())
    elsewhere.close()
    assert not _is_in(visitor), "also where a new token has the name"
    assert at_home(backend).get("/sign-in?" + unused["link"].partition("?")[2]).status == 410


def test_the_extension_asks_for_a_link_of_its_own(backend: Backend) -> None:
    reader = backend.store.access.new_token("reader", backend.clock(), scope=Scope.READ)
    answer = backend.anyone.post("/api/v1/sign-in", {"next": "/articles?x=1"}, Authorization=f"Bearer {reader}")
    assert (answer.status, answer.json["expires_in"]) == (201, 60)
    assert answer.json["link"].startswith(f"http://127.0.0.1:{backend.server.port}/sign-in?code=")
    visitor = at_home(backend)
    opened = visitor.get("/sign-in?" + answer.json["link"].partition("?")[2])
    assert opened.headers["location"] == "/articles?x=1"
    assert visitor.get("/articles").status == 200
    assert visitor.get("/status").status == 403, "the session may do what its token may"


@pytest.mark.parametrize(
    "target", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:x", 7, "", "/a\nb"]
)
def test_links_lead_nowhere_else(backend: Backend, target: object) -> None:
    assert backend.client.post("/api/v1/sign-in", {"next": target}).code == "bad-input"


def test_a_stranger_gets_no_link(backend: Backend) -> None:
    assert backend.anyone.post("/api/v1/sign-in", {}).code == "no-token"
    owner = owner_at_home(backend)
    cookies = "; ".join(f"{name}={value}" for name, value in owner.cookies.items())
    assert backend.anyone.post("/api/v1/sign-in", {}, Cookie=cookies).code == "no-token", "the API heeds no cookie"


def test_programs_are_told_and_people_are_led_to_the_login(backend: Backend) -> None:
    assert backend.anyone.get("/feed.atom").code == "no-token"
    assert backend.anyone.get("/feed.atom").headers["www-authenticate"].startswith("Bearer")
    assert at_home(backend).get("/articles?x=1").headers["location"] == "/login?next=/articles?x%3D1"


def test_what_expires_is_over_at_once(backend: Backend) -> None:
    ends = backend.clock() + timedelta(days=1)
    token = backend.store.access.new_token("short", backend.clock(), expires_at=ends)
    visitor = at_home(backend)
    visitor.press("/login", "/login", token=token)
    brought = {"Authorization": f"Bearer {token}"}
    assert backend.anyone.get("/api/v1/articles", **brought).status == 200
    backend.clock.advance(days=1)
    assert backend.anyone.get("/api/v1/articles", **brought).code == "no-token"
    assert not _is_in(visitor), "a session does not outlive its token"


def test_a_token_is_made_and_revoked_on_the_page(backend: Backend) -> None:
    owner = owner_at_home(backend)
    page = owner.press("/access", "/access", do="new-token", name="script", scope="read", days="7")
    (made,) = [token for token in backend.store.access.tokens() if token.name == "script"]
    assert (made.scope, made.expires_at) == (Scope.READ, made.created_at + timedelta(days=7))
    secret = page.body.decode().partition('class="secret">')[2].partition("<")[0]
    assert backend.anyone.get("/api/v1/articles", Authorization=f"Bearer {secret}").status == 200
    assert secret.encode() not in owner.get("/access").body, "shown once"
    owner.press("/access", "/access", do="revoke", name="script")
    assert backend.anyone.get("/api/v1/articles", Authorization=f"Bearer {secret}").code == "no-token"


@pytest.mark.parametrize(
    "values",
    [
        {"do": "new-token", "name": ""},
        {"do": "new-token", "name": "x", "scope": "everything"},
        {"do": "new-token", "name": "x", "days": "-1"},
        {"do": "new-token", "name": "x", "days": "9" * 50},
        {"do": "revoke", "name": "nobody"},
        {"do": "end", "session": "9" * 40},
        {"do": "end", "session": "1000"},
        {"do": "fly"},
    ],
)
def test_bad_input_on_the_page_is_told(backend: Backend, values: dict[str, str]) -> None:
    assert owner_at_home(backend).press("/access", "/access", **values).status in (400, 404)


def _old_browser(backend: Backend) -> Visitor:
    """A browser that version 0.1 signed in: its cookie names a token, signed with the store's key."""
    app = Flask("old")
    app.secret_key = backend.store.sessions.key()
    signer = SecureCookieSessionInterface().get_signing_serializer(app)
    assert signer is not None
    (token,) = [each for each in backend.store.access.tokens() if each.name == "tests"]
    visitor = at_home(backend)
    named = {"token": [token.name, token.created_at.isoformat()], "_permanent": True}
    visitor.cookies["rowback_session"] = str(signer.dumps(named))
    return visitor


def test_browsers_that_an_older_version_signed_in_stay_so(backend: Backend) -> None:
    visitor = _old_browser(backend)
    assert _is_in(visitor)
    assert b"Sign out" in visitor.get("/articles").body
    backend.store.access.revoke("tests")
    assert not _is_in(visitor)


def test_cookies_of_an_older_version_are_over_once_its_key_could_be_read(backend: Backend) -> None:
    old, new = _old_browser(backend), at_home(backend)
    new.get(_link(backend))
    backend.store.sessions.end_old()
    assert (_is_in(old), _is_in(new)) == (False, True)


def test_what_an_older_version_paired_stays_paired(tmp_path: Path) -> None:
    """Rows as migration 0016 left them: no scope, no end."""
    store = Store(tmp_path / "rowback.db")
    secret = store.access.new_token("extension", START, "moz-extension://0a")
    with store._connection.write() as db:
        for table in ("sessions", "sign_in_links", "pairings"):
            db.execute(f"drop table {table}")
        db.execute("alter table tokens drop column scope")
        db.execute("alter table tokens drop column expires_at")
        db.execute("delete from _sqlite_migrations where name = '0017_access'")
    store.close()
    upgraded = Store(tmp_path / "rowback.db")
    token = upgraded.access.token(secret, START)
    assert token is not None
    assert (token.origin, token.scope, token.expires_at) == ("moz-extension://0a", Scope.OWNER, None)
    upgraded.close()
