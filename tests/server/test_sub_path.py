"""The backend below a path of a host that it shares: every link, redirect, form, feed and cookie keeps to that path."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest
from werkzeug.test import Client
from werkzeug.wrappers import Response

from rowback.model import Scope
from rowback.store.sessions import SignInLink
from rowback.web.app import create_app
from rowback.web.guard.one_time import LINK_LASTS

from .backend import Clock
from .crawler import STARTS, Got, Walk
from .strangers import tell_listed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from werkzeug.test import TestResponse

    from rowback.store import Store

PATH = "/news/rowback"
HOST = "http://localhost"


class Beside:
    """A proxy that passes on what is below a path, without that path, and says so; nothing else is there."""

    def __init__(self, app: Callable[..., Any], path: str = PATH) -> None:
        self.app, self.path = app, path
        self.strays: set[str] = set()

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        asked = environ["PATH_INFO"]
        if not asked.startswith(f"{self.path}/"):
            self.strays.add(asked)
            return Response("another program", 404)(environ, start_response)
        told = {
            "PATH_INFO": asked.removeprefix(self.path),
            "HTTP_X_FORWARDED_PREFIX": self.path,
            "REMOTE_ADDR": "127.0.0.1",
        }
        found: Iterable[bytes] = self.app(environ | told, start_response)
        return found


def _signed_in(store: Store, client: Client) -> TestResponse:
    code = store.sessions.new_link(SignInLink(Scope.OWNER, None, "/"), Clock()(), LINK_LASTS)
    return client.get(f"{PATH}/sign-in?code={code}")


def _got(client: Client, path: str) -> Got:
    answer = client.get(path, headers={"Accept": "text/html"})
    return Got(answer.status_code, dict(answer.headers.to_wsgi_list()), answer.data.decode(errors="replace"))


def test_a_crawler_finds_nothing_outside_of_the_path_and_no_broken_link(store: Store) -> None:
    tell_listed(store)
    proxy = Beside(create_app(store, now=Clock()))
    client = Client(proxy)
    assert _signed_in(store, client).headers["Location"] == f"{PATH}/"
    walk = Walk(HOST, lambda path: _got(client, path))
    walk.from_(f"{PATH}{each}" for each in STARTS)
    assert walk.broken == []
    assert proxy.strays == set()
    assert {urlsplit(each).path for each in walk.seen} > {
        f"{PATH}{each}" for each in ("/articles/1", "/about", "/status")
    }
    assert any(each.startswith(f"{PATH}/memento/") for each in walk.seen)
    assert len(walk.seen) > 60
    assert walk.posted
    assert all(each.startswith(f"{PATH}/") for each in walk.posted)
    open_ = {f"{PATH}/language"}  # a choice that is kept in the browser alone
    answers = {each: client.post(each).status_code for each in walk.posted}
    assert {each: status for each, status in answers.items() if status != 403} == dict.fromkeys(open_, 303)


def test_the_session_is_sent_to_nobody_else_on_the_host(store: Store) -> None:
    client = Client(Beside(create_app(store, now=Clock())))
    cookie = _signed_in(store, client).headers["Set-Cookie"]
    assert f"Path={PATH}" in cookie.split("; ")
    alone = create_app(store, now=Clock()).test_client()
    code = store.sessions.new_link(SignInLink(Scope.OWNER, None, "/"), Clock()(), LINK_LASTS)
    assert "Path=/" in alone.get(f"/sign-in?code={code}").headers["Set-Cookie"].split("; ")


def test_who_is_not_signed_in_is_led_to_the_login_below_the_path_and_back(store: Store) -> None:
    client = Client(Beside(create_app(store, now=Clock())))
    token = store.access.new_token("reader", Clock()())
    led = client.get(f"{PATH}/status", headers={"Accept": "text/html"}).headers["Location"]
    assert led == f"{PATH}/login?next=/status"
    page = client.get(led).text
    csrf = re.findall(r'name="csrf" value="([^"]*)"', page)[0]
    done = client.post(f"{PATH}/login", data={"csrf": csrf, "token": token, "next": "/status"})
    assert done.headers["Location"] == f"{PATH}/status"
    assert client.get(done.headers["Location"]).status_code == 200


def test_the_api_names_addresses_below_the_path(store: Store) -> None:
    tell_listed(store)
    client = Client(Beside(create_app(store, now=Clock())))
    brought = {"Authorization": f"Bearer {store.access.new_token('reader', Clock()())}"}
    links = client.get(f"{PATH}/api/v1/articles/1", headers=brought).get_json()["article"]["links"]
    assert set(links.values()) == {f"{HOST}{PATH}/articles/1{rest}" for rest in ("", "/feed.atom", "/timemap")}
    asked = client.post(f"{PATH}/api/v1/pair", json={"name": "x"}).get_json()
    assert asked["confirm"].startswith(f"{HOST}{PATH}/pair?")
    link = client.post(f"{PATH}/api/v1/sign-in", json={"next": "/articles/1"}, headers=brought).get_json()["link"]
    assert link.startswith(f"{HOST}{PATH}/sign-in?")
    assert client.get(link.removeprefix(HOST)).headers["Location"] == f"{PATH}/articles/1"


@pytest.mark.parametrize(
    "told",
    [
        *("//evil.example", "/\\evil.example", "https://evil.example", "evil", "/a//b", "/..", "/a/../b", "/./a", "/"),
        *("", "/a b", '/a"onload=', "/a?b", "/a#b", "/a%2f", "/a;b", "/é", f"/{'a' * 300}"),
    ],
)
def test_what_is_no_plain_path_is_not_heeded(store: Store, told: str) -> None:
    client = create_app(store, now=Clock()).test_client()
    headers = {"X-Forwarded-Prefix": told.encode().decode("latin-1"), "Accept": "text/html"}
    assert client.get("/status", headers=headers).headers["Location"] == "/login?next=/status"


def test_only_a_trusted_proxy_is_believed_and_the_nearest_one(store: Store) -> None:
    client = create_app(store, now=Clock(), trusted_proxies=["10.0.0.0/8"]).test_client()

    def led(address: str, told: str) -> str:
        answer = client.get(
            "/status",
            headers={"X-Forwarded-Prefix": told, "Accept": "text/html"},
            environ_overrides={"REMOTE_ADDR": address},
        )
        return str(answer.headers["Location"])

    assert led("10.1.2.3", "/a") == "/a/login?next=/status"
    assert led("10.1.2.3", "/a/b/") == "/a/b/login?next=/status"
    assert led("10.1.2.3", "/theirs, /ours") == "/ours/login?next=/status"
    assert led("192.0.2.7", "/a") == "/login?next=/status"
