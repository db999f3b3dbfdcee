"""Pairing: who asks shows a code, the owner compares it and says yes or no, and only who asked has the token."""

from __future__ import annotations

import json
import threading
from typing import TYPE_CHECKING

import pytest

from rowback.store import Store

from .samples import URL
from .visitor import FORM, Visitor, at_home, owner_at_home

if TYPE_CHECKING:
    from .backend import Answer, Backend

EXTENSION = "chrome-extension://abcdefghijklmnopabcdefghijklmnop"
OTHER_EXTENSION = "chrome-extension://ponmlkjihgfedcbaponmlkjihgfedcba"
EDITS = f"/api/v1/edits?url={URL}"


@pytest.fixture
def owner(backend: Backend) -> Visitor:
    """The owner, at a browser on the machine itself."""
    return owner_at_home(backend)


def _begin(backend: Backend, origin: str | None = EXTENSION, name: str = "Firefox on Linux") -> dict[str, str]:
    answer = backend.anyone.post("/api/v1/pair", {"name": name}, **({"Origin": origin} if origin else {}))
    assert answer.status == 202, answer
    begun: dict[str, str] = answer.json
    return begun


def _fetch(backend: Backend, begun: dict[str, str], origin: str | None = EXTENSION) -> Answer:
    headers = {"Origin": origin} if origin else {}
    return backend.anyone.post("/api/v1/pair/token", {"device_code": begun["device_code"]}, **headers)


def _say(owner: Visitor, begun: dict[str, str], say: str = "yes", **more: str) -> Answer:
    return owner.press("/pair", "/pair", code=begun["user_code"], say=say, **more)


def test_the_owner_compares_the_code_and_says_yes(backend: Backend, owner: Visitor) -> None:
    begun = _begin(backend)
    assert len(begun["device_code"]) >= 22, "128 bits and more"
    assert begun["confirm"] == f"http://127.0.0.1:{backend.server.port}/pair?code={begun['user_code']}"
    waiting = _fetch(backend, begun)
    assert (waiting.status, waiting.code, waiting.headers["retry-after"]) == (400, "pairing-pending", "2")
    page = owner.get(begun["confirm"].partition(str(backend.server.port))[2]).body.decode()
    assert all(told in page for told in (begun["user_code"], "Firefox on Linux", EXTENSION, "127.0.0.1"))
    assert _say(owner, begun).status == 303
    fetched = _fetch(backend, begun)
    assert (fetched.status, fetched.json["scope"]) == (200, "owner")
    brought = {"Authorization": f"Bearer {fetched.json['token']}"}
    assert backend.anyone.get("/api/v1/articles", Origin=EXTENSION, **brought).status == 200
    assert backend.anyone.get("/api/v1/articles", Origin=OTHER_EXTENSION, **brought).code == "foreign-origin"
    assert _fetch(backend, begun).code == "pairing-expired", "a token is given once"


@pytest.mark.parametrize("scope", ["read", "capture", "owner"])
def test_the_owner_chooses_what_it_may_do(backend: Backend, owner: Visitor, scope: str) -> None:
    begun = _begin(backend, None, "backup script")
    _say(owner, begun, scope=scope)
    fetched = _fetch(backend, begun, None).json
    assert fetched["scope"] == scope
    told = backend.anyone.get("/api/v1/token", Authorization=f"Bearer {fetched['token']}").json
    assert told.pop("archives") == ([] if scope == "read" else [{"name": "wayback", "title": "Wayback Machine"}])
    assert told == {"name": "backup script", "scope": scope, "expires_at": None}


def test_the_owner_says_no(backend: Backend, owner: Visitor) -> None:
    begun = _begin(backend)
    _say(owner, begun, "no")
    assert _fetch(backend, begun).code == "pairing-denied"
    assert backend.store.access.paired_origins() == set()


def test_a_pairing_is_over_after_ten_minutes(backend: Backend, owner: Visitor) -> None:
    early, late = _begin(backend), _begin(backend)
    _say(owner, early)
    backend.clock.advance(minutes=10)
    assert _say(owner, late).status == 404
    assert _fetch(backend, late).code == "pairing-expired"
    assert _fetch(backend, early).code == "pairing-expired", "a yes does not wait for ever either"
    assert late["user_code"].encode() in owner.get(f"/pair?code={late['user_code']}").body
    assert b"No one waits with the code" in owner.get(f"/pair?code={late['user_code']}").body


def test_a_token_is_for_who_asked_alone(backend: Backend, owner: Visitor) -> None:
    begun = _begin(backend)
    _say(owner, begun)
    for origin in (OTHER_EXTENSION, None):
        assert _fetch(backend, begun, origin).code == "pairing-expired"
    assert _fetch(backend, begun).status == 200


@pytest.mark.parametrize("origin", ["https://news.example", "null", "chrome-extension://", "http://127.0.0.1:1"])
@pytest.mark.parametrize("path", ["/api/v1/pair", "/api/v1/pair/token"])
def test_pages_cannot_ask(backend: Backend, origin: str, path: str) -> None:
    assert backend.anyone.post(path, {"name": "x", "device_code": "x"}, Origin=origin).code == "foreign-origin"
    assert backend.anyone.post(path, {"name": "x"}, Sec_Fetch_Site="cross-site").code == "foreign-origin"
    assert backend.store.pairings.waiting(backend.clock()) == []


@pytest.mark.parametrize("kind", [None, "text/plain", FORM, "multipart/form-data; boundary=x"])
@pytest.mark.parametrize("body", [b"", b"{}", b'{"name": "Rowback"}'])
def test_what_needs_no_preflight_begins_nothing(backend: Backend, kind: str | None, body: bytes) -> None:
    """An extension without access to this host can send such a request unseen, and only such a one."""
    headers = {"Origin": EXTENSION} | ({"Content_Type": kind} if kind else {})
    answer = backend.anyone.send("POST", "/api/v1/pair", body, **headers)
    assert answer.status in (400, 415)
    assert "access-control-allow-origin" not in answer.headers
    assert backend.store.pairings.waiting(backend.clock()) == []


def test_preflights_for_pairing_are_never_granted(backend: Backend, owner: Visitor) -> None:
    preflight = {"Access_Control_Request_Method": "POST", "Access_Control_Request_Headers": "content-type"}
    begun = _begin(backend)
    _say(owner, begun)
    _fetch(backend, begun)
    for origin in (EXTENSION, OTHER_EXTENSION):
        for path in ("/api/v1/pair", "/api/v1/pair/token"):
            answer = backend.anyone.send("OPTIONS", path, None, Origin=origin, **preflight)
            assert not [name for name in answer.headers if name.startswith("access-control-")]
            assert "access-control-allow-origin" not in backend.anyone.post(path, {"name": "x"}, Origin=origin).headers


def test_only_the_paired_extension_gets_cors_headers(backend: Backend, owner: Visitor) -> None:
    begun = _begin(backend)
    _say(owner, begun)
    _fetch(backend, begun)
    preflight = {"Access_Control_Request_Method": "GET", "Access_Control_Request_Headers": "authorization"}
    allowed = backend.anyone.send("OPTIONS", EDITS, None, Origin=EXTENSION, **preflight)
    assert allowed.headers["access-control-allow-origin"] == EXTENSION
    refused = backend.anyone.send("OPTIONS", EDITS, None, Origin=OTHER_EXTENSION, **preflight)
    assert "access-control-allow-origin" not in refused.headers
    pasted = backend.client.get("/api/v1/articles", Origin=OTHER_EXTENSION)
    assert pasted.status == 200
    assert "access-control-allow-origin" not in pasted.headers


def test_a_second_extension_takes_nothing_from_the_first(backend: Backend, owner: Visitor) -> None:
    """Another one asks first, and again and again while the owner says yes to the code that the own one shows."""
    hostile = [_begin(backend, OTHER_EXTENSION, "Rowback") for _ in range(8)]
    own = _begin(backend)
    _say(owner, own)
    for begun in hostile:
        assert _fetch(backend, begun, OTHER_EXTENSION).code in ("pairing-pending", "pairing-expired")
    assert _fetch(backend, own).status == 200
    assert backend.store.access.paired_origins() == {EXTENSION}


def test_askers_are_bounded(backend: Backend) -> None:
    codes = [backend.anyone.post("/api/v1/pair", {"name": f"{n}"}, Origin=EXTENSION) for n in range(31)]
    assert {answer.status for answer in codes[:30]} == {202}
    assert len(backend.store.pairings.waiting(backend.clock())) == 5
    assert (codes[30].status, codes[30].code) == (429, "too-many-attempts")
    assert int(codes[30].headers["retry-after"]) > 60
    backend.clock.advance(minutes=11)
    assert backend.anyone.post("/api/v1/pair", {"name": "again"}, Origin=EXTENSION).status == 202


def test_all_askers_together_are_bounded(backend: Backend) -> None:
    for n in range(80):
        backend.anyone.post("/api/v1/pair", {"name": f"{n}"}, X_Forwarded_For=f"203.0.113.{n}")
    assert len(backend.store.pairings.waiting(backend.clock())) == 50


def test_guessing_device_codes_is_slowed(backend: Backend) -> None:
    begun = _begin(backend)
    wrong = [backend.anyone.post("/api/v1/pair/token", {"device_code": f"guess {n}"}) for n in range(61)]
    assert {answer.code for answer in wrong[:60]} == {"pairing-expired"}
    assert wrong[60].code == "too-many-attempts"
    assert _fetch(backend, begun).code == "pairing-pending", "one that holds is no guess"
    backend.clock.advance(minutes=6)
    assert backend.anyone.post("/api/v1/pair/token", {"device_code": "guess"}).code == "pairing-expired"


@pytest.mark.parametrize(
    ("told", "shown"),
    [
        ("203.0.113.9", "203.0.113.9"),
        ("198.51.100.7, 203.0.113.9:5678", "203.0.113.9"),
        ("[2001:db8::7]:443", "2001:db8::7"),
        ("2001:DB8::7", "2001:db8::7"),
        ("unknown", "127.0.0.1"),
        ("", "127.0.0.1"),
        ("\x9b31mthe owner", "127.0.0.1"),
        ("203.0.113.9 <b>your own browser</b>", "127.0.0.1"),
        ("9" * 20_000, "127.0.0.1"),
    ],
)
def test_where_a_pairing_is_asked_from_is_an_address(backend: Backend, told: str, shown: str) -> None:
    backend.anyone.post("/api/v1/pair", {"name": "Some program"}, X_Forwarded_For=told)
    assert [each.asked_from for each in backend.store.pairings.waiting(backend.clock())] == [shown]


@pytest.mark.parametrize(
    "body", [b"[]", b"null", b"{}", b'{"name": 1}', b'{"name": ""}', b'{"name": "\\u0000 \\u200b"}', b"not json"]
)
def test_a_pairing_needs_a_name(backend: Backend, body: bytes) -> None:
    answer = backend.anyone.send("POST", "/api/v1/pair", body, Content_Type="application/json")
    assert (answer.status, answer.code) == (400, "bad-input")


def test_names_are_one_line_of_text(backend: Backend, owner: Visitor) -> None:
    begun = _begin(backend, None, "\x1b]0;x\x07 A\u202e\n<b>name</b>" + "y" * 500)
    page = owner.get("/pair").body.decode()
    assert "<b>name" not in page
    (waiting,) = backend.store.pairings.waiting(backend.clock())
    assert waiting.user_code == begun["user_code"]
    assert waiting.name.isprintable()
    assert len(waiting.name) == 100
    _say(owner, begun)
    assert _fetch(backend, begun, None).status == 200


def test_the_page_is_the_owners(backend: Backend) -> None:
    begun = _begin(backend)
    stranger = at_home(backend)
    assert stranger.get("/pair").headers["location"].startswith("/login?next=/pair")
    stranger.get("/login")
    answer = stranger.press("/login", "/pair", code=begun["user_code"], say="yes")
    assert answer.status == 401
    assert _fetch(backend, begun).code == "pairing-pending"


def test_saying_yes_needs_the_sessions_own_form(backend: Backend, owner: Visitor) -> None:
    begun = _begin(backend)
    assert owner.send("/pair", code=begun["user_code"], say="yes", csrf="guessed").status == 403
    assert _fetch(backend, begun).code == "pairing-pending"


@pytest.mark.parametrize("typed", ["{0}", "{1}", "{2}", " {0} "])
def test_codes_may_be_typed_as_people_do(backend: Backend, typed: str) -> None:
    begun = _begin(backend)
    code = begun["user_code"]
    backend.store.pairings.decide(
        typed.format(code.lower(), code.replace("-", ""), code.replace("-", " ")), None, backend.clock()
    )
    assert _fetch(backend, begun).code == "pairing-denied"


def test_two_processes_give_one_token(backend: Backend, owner: Visitor) -> None:
    begun = _begin(backend)
    _say(owner, begun)
    got: list[str] = []

    def fetch() -> None:
        other = Store(backend.store.path)
        try:
            got.append(other.pairings.token(begun["device_code"], EXTENSION, backend.clock())[0])
        except Exception as error:  # noqa: BLE001 (the test looks at what came of it)
            got.append(type(error).__name__)
        other.close()

    threads = [threading.Thread(target=fetch) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(got)[:5] == ["PairingExpired"] * 5 or got.count("PairingExpired") == 5
    assert len(backend.store.access.tokens()) == 2, "the test's own, and this"


def test_only_digests_are_stored(backend: Backend, owner: Visitor) -> None:
    begun = _begin(backend)
    _say(owner, begun)
    token = _fetch(backend, begun).json["token"]
    begun = _begin(backend)
    backend.store.backup(backup := backend.store.path.with_name("copy.db"))
    held = backup.read_bytes()
    for secret in (begun["device_code"], token, json.dumps(owner.cookies)[20:60]):
        assert secret.encode() not in held
