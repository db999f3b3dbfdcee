"""Readers besides the owner: who is invited brings a code, once, and has devices that the owner can end."""

from __future__ import annotations

import json
import re
import sqlite3
from contextlib import closing
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from rowback.cli import main
from rowback.errors import BadInput, NotFound
from rowback.model import Scope
from rowback.store.readers import LASTS, as_code

from .samples import START, URL
from .visitor import Visitor, at_home, owner_at_home

if TYPE_CHECKING:
    from pathlib import Path

    from rowback.store import Store

    from .backend import Answer, Backend

EXTENSION = "chrome-extension://abcdefghijklmnopabcdefghijklmnop"
OTHER_EXTENSION = "chrome-extension://ponmlkjihgfedcbaponmlkjihgfedcba"
EDITS = f"/api/v1/edits?url={URL}"


@pytest.fixture
def owner(backend: Backend) -> Visitor:
    """The owner, at a browser on the machine itself."""
    return owner_at_home(backend)


def _invited(owner: Visitor, name: str = "Ada", **more: str) -> tuple[str, str]:
    """The path of a new invitation's link, and its code, as the owner's page shows them."""
    page = owner.press("/access", "/access", do="invite", name=name, scope="capture", **more).body.decode()
    link, code = re.findall(r'<code class="secret">([^<]+)</code>', page)
    assert link.endswith(f"/join?code={code}")
    return f"/join?code={code}", code


def _join(backend: Backend, code: object, origin: str = EXTENSION) -> Answer:
    return backend.anyone.post("/api/v1/join", {"code": code, "name": "Firefox on Linux"}, Origin=origin)


def _section(owner: Visitor) -> str:
    page = owner.get("/access").body.decode()
    return page.partition('<h2 id="readers">')[2].partition("</section>")[0]


def test_who_brings_the_code_is_connected_without_a_second_yes(backend: Backend, owner: Visitor) -> None:
    _, code = _invited(owner)
    joined = _join(backend, code)
    assert (joined.status, joined.json["scope"], joined.json["reader"]) == (200, "capture", "Ada")
    brought = {"Authorization": f"Bearer {joined.json['token']}"}
    assert backend.anyone.get("/api/v1/articles", Origin=EXTENSION, **brought).status == 200
    assert backend.anyone.get("/api/v1/articles", Origin=OTHER_EXTENSION, **brought).code == "foreign-origin"
    assert backend.anyone.get("/api/v1/status", **brought).code == "insufficient-scope"
    listed = _section(owner)
    assert all(told in listed for told in ("Ada", "capture", "Firefox on Linux"))


@pytest.mark.parametrize(
    "typed", [str.lower, lambda code: code.replace("-", ""), lambda code: f" {code.replace('-', ' ')} "]
)
def test_a_code_may_be_typed_as_people_type(backend: Backend, owner: Visitor, typed: object) -> None:
    assert callable(typed)
    assert _join(backend, typed(_invited(owner)[1])).status == 200


def test_an_invitation_holds_once_and_for_a_week(backend: Backend, owner: Visitor) -> None:
    path, code = _invited(owner)
    assert _join(backend, code).status == 200
    assert _join(backend, code).code == "invitation-over"
    assert owner.get(path).status == 410
    path, code = _invited(owner)
    backend.clock.advance(days=LASTS.days)
    assert _join(backend, code).code == "invitation-over"
    assert at_home(backend).get(path).status == 410


@pytest.mark.parametrize("code", [None, 7, "", "X" * 101])
def test_what_is_no_code_is_told_so(backend: Backend, code: object) -> None:
    assert _join(backend, code).code == "bad-input"


def test_guessers_are_kept_waiting_and_who_is_invited_is_not(backend: Backend, owner: Visitor) -> None:
    _, code = _invited(owner)
    codes = {_join(backend, f"guess {n}").code for n in range(10)}
    assert (codes, _join(backend, "guess").code) == ({"invitation-over"}, "too-many-attempts")
    guesser = at_home(backend)
    assert {guesser.get(f"/join?code=guess{n}").status for n in range(10)} == {410}
    assert guesser.get("/join?code=guess").status == 429
    assert _join(backend, code).status == 200


def test_only_a_digest_of_a_code_is_stored(store: Store) -> None:
    code = store.readers.invite("Ada", None, START)
    assert code not in store.path.read_bytes().decode("latin-1")
    with closing(sqlite3.connect(store.path)) as db:
        assert not [row for row in db.execute("select * from invitations") if code in str(row)]
    assert as_code(code.lower()) == code


def test_a_browser_without_the_extension_is_signed_in_by_a_button(backend: Backend, owner: Visitor) -> None:
    path, _ = _invited(owner)
    browser = at_home(backend)
    # Looking uses nothing up: messengers look at links first.
    assert all("Ada" in browser.get(path).body.decode() for _ in range(3))
    assert browser.press(path, "/join", code=path.partition("=")[2]).status == 303
    assert browser.get("/articles").status == 200
    assert browser.get("/access").status == 403
    assert at_home(backend).get(path).status == 410
    assert "A browser" in _section(owner)


def test_a_form_of_elsewhere_uses_no_invitation_up(backend: Backend, owner: Visitor) -> None:
    path, code = _invited(owner)
    assert at_home(backend).send("/join", code=code, csrf="guess").status == 403
    assert owner.get(path).status == 200


def test_sessions_of_a_reader_are_the_readers(backend: Backend, owner: Visitor) -> None:
    """However a browser is signed in, it sees what its reader sees."""
    backend.client.capture(origin="browser")
    token = _join(backend, _invited(owner)[1]).json["token"]
    by_token, by_link = at_home(backend), at_home(backend)
    assert by_token.press("/login", "/login", token=token).status == 303
    made = backend.anyone.post("/api/v1/sign-in", {}, Authorization=f"Bearer {token}").json
    by_link.get("/sign-in?" + made["link"].partition("?")[2])
    assert [each.get("/articles/1").status for each in (owner, by_token, by_link)] == [200, 404, 404]
    assert [each.get("/articles").status for each in (by_token, by_link)] == [200, 200]


def test_forms_of_pages_do_nothing_to_what_others_brought(backend: Backend, owner: Visitor) -> None:
    backend.client.capture(origin="browser")
    path, code = _invited(owner)
    reader = at_home(backend)
    reader.press(path, "/join", code=code)
    assert reader.press("/articles", "/articles/1/check").status == 404
    assert owner.press("/articles/1", "/articles/1/check").status == 303


def test_tokens_from_before_and_the_owners_own_see_everything(backend: Backend) -> None:
    backend.client.capture(origin="browser")
    for scope in Scope:
        token = backend.store.access.new_token(f"my {scope}", START, scope=scope)
        assert backend.anyone.get(EDITS, Authorization=f"Bearer {token}").status == 200


def test_one_device_is_ended_alone_and_all_of_a_readers_at_once(backend: Backend, owner: Visitor) -> None:
    tokens = [_join(backend, _invited(owner)[1]).json["token"] for _ in range(3)]
    other = _join(backend, _invited(owner, "Bea")[1]).json["token"]
    path, _ = _invited(owner)
    owner.press("/access", "/access", do="revoke", name="Ada, Firefox on Linux 2")
    assert [_status(backend, each) for each in tokens] == [200, 401, 200]
    owner.press("/access", "/access", do="end-reader", reader=_id(owner, "Ada"))
    assert [_status(backend, each) for each in (*tokens, other)] == [401, 401, 401, 200]
    assert owner.get(path).status == 410, "invitations that were not used end, too"
    assert "Ada" in _section(owner)


def _status(backend: Backend, token: str) -> int:
    return backend.anyone.get("/api/v1/articles", Authorization=f"Bearer {token}").status


def _id(owner: Visitor, name: str) -> str:
    found = re.search(rf'<input id="rename-(\d+)" name="name" value="{name}"', _section(owner))
    assert found
    return found[1]


def test_a_reader_is_renamed_and_deleted(backend: Backend, owner: Visitor) -> None:
    token = _join(backend, _invited(owner)[1]).json["token"]
    backend.anyone.post("/api/v1/captures", _story(), Authorization=f"Bearer {token}")
    assert backend.client.get(EDITS).status == 200
    owner.press("/access", "/access", do="rename-reader", reader=_id(owner, "Ada"), name="Grace")
    assert "Renamed: Grace" in owner.get("/access").body.decode()
    owner.press("/access", "/access", do="delete-reader", reader=_id(owner, "Grace"))
    assert "with 1 article " in owner.get("/access").body.decode()
    assert (backend.client.get(EDITS).status, _status(backend, token)) == (404, 401)
    assert "Grace" not in _section(owner)


def _story() -> dict[str, object]:
    return {
        "url": URL,
        "title": "The ferry",
        "blocks": [{"kind": "p", "text": "It sails at six."}],
        "origin": "browser",
    }


def test_an_extension_that_is_disconnected_gives_its_token_back(backend: Backend, owner: Visitor) -> None:
    token = _join(backend, _invited(owner)[1]).json["token"]
    assert backend.anyone.send("DELETE", "/api/v1/token", Authorization=f"Bearer {token}").status == 204
    assert _status(backend, token) == 401
    assert backend.anyone.send("DELETE", "/api/v1/token").code == "no-token"


@pytest.mark.parametrize(
    ("name", "scope"), [("", None), ("x" * 51, None), ("a\x07b", None), ("owner", None), ("Ada", Scope.OWNER)]
)
def test_who_cannot_be_invited(store: Store, name: str, scope: Scope | None) -> None:
    with pytest.raises(BadInput):
        store.readers.invite(name, scope, START)


def test_the_owner_stays(store: Store) -> None:
    for act in (store.readers.end, store.readers.delete):
        with pytest.raises(BadInput):
            act(1)
        with pytest.raises(NotFound):
            act(99)
    store.readers.rename(1, "Grace")
    assert [each.name for each in store.readers.all(START)] == ["Grace"]


def test_a_name_is_given_once(store: Store) -> None:
    store.readers.invite("Ada", None, START)
    store.readers.invite("  Ada ", Scope.READ, START)
    store.readers.invite("Bea", None, START)
    assert [(each.name, each.scope) for each in store.readers.all(START)] == [
        ("owner", Scope.OWNER),
        ("Ada", Scope.READ),
        ("Bea", Scope.CAPTURE),
    ]
    with pytest.raises(BadInput, match="already"):
        store.readers.rename(store.readers.named("Bea").id, "Ada")


def test_another_scope_holds_for_all_devices_of_a_reader(store: Store) -> None:
    secret, _ = store.readers.join(store.readers.invite("Ada", None, START), "phone", None, START)
    store.readers.invite("Ada", Scope.READ, START)
    token = store.access.token(secret, START)
    assert token is not None
    assert token.scope is Scope.READ


def test_readers_are_invited_and_ended_on_the_command_line(store: Store) -> None:
    at_url = ["--at", "https://rowback.example"]
    link = _run(store.path, "invite", "Ada", "--scope", "read", "--expires", "2", *at_url).strip()
    code = link.removeprefix("https://rowback.example/join?code=")
    (_, ada) = json.loads(_run(store.path, "readers", "--json"))
    assert (ada["name"], ada["scope"], ada["devices"], ada["last_used_at"]) == ("Ada", "read", 0, None)
    assert store.readers.invited(code, START + timedelta(days=1)) is not None
    store.readers.join(code, "phone", None, START)
    assert "Ada" in _run(store.path, "readers")
    _run(store.path, "readers", "rename", "Ada", "Bea")
    assert "1 device" in _run(store.path, "readers", "revoke", "Bea")
    assert "--yes" in _run(store.path, "readers", "delete", "Bea", fails=True)
    _run(store.path, "readers", "delete", "Bea", "--yes")
    assert [each.name for each in store.readers.all(START)] == ["owner"]


def _run(path: Path, *words: str, fails: bool = False) -> str:
    result = CliRunner().invoke(main, [*words, "--db", str(path)])
    assert (result.exit_code != 0) is fails, result.output
    return result.output if fails else result.stdout
