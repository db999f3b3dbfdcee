"""Memento by the rules of RFC 7089: what a client that travels in time relies on."""

from __future__ import annotations

import re
from datetime import timedelta
from email.utils import format_datetime, parsedate_to_datetime
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest

from .samples import PARAGRAPHS, START, URL, changed

if TYPE_CHECKING:
    from datetime import datetime

    from .backend import Answer, Backend, Client

HTTP_DATE = re.compile(r"(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT")
GATES = (
    "/articles/1/timegate",
    f"/timegate/{URL}",
    f"/timegate/{URL}?utm_source=x",
    f"/timegate/{quote(URL, safe='')}",
)
MEMENTO = f"/memento/{START + timedelta(hours=1):%Y%m%d%H%M%S}/{URL}"


@pytest.fixture
def told(client: Client) -> Client:
    """An article with three versions, an hour apart."""
    for n, text in enumerate((PARAGRAPHS, changed("400", "900"), changed("400", "500"))):
        client.capture(text, seen_at=(START + timedelta(hours=n)).isoformat())
    return client


def _links(header: str) -> list[tuple[str, dict[str, str]]]:
    """A Link header or link-format document, read by the grammar of RFC 8288."""
    found = []
    rest = header.strip()
    while rest:
        link = re.match(r'<([^>]*)>((?:\s*;\s*[a-z-]+="[^"]*")*)\s*(?:,|$)\s*', rest)
        assert link is not None, rest
        found.append((link[1], dict(re.findall(r';\s*([a-z-]+)="([^"]*)"', link[2]))))
        rest = rest[link.end() :]
    return found


def _by_rel(header: str) -> dict[str, str]:
    return {rel: uri for uri, about in _links(header) for rel in about["rel"].split()}


def _address(client: Client, hours: int, url: str = URL) -> str:
    """Of the version that was seen first so many hours after the start."""
    return f"http://127.0.0.1:{client.port}/memento/{START + timedelta(hours=hours):%Y%m%d%H%M%S}/{url}"


def _said(answer: Answer) -> str:
    """A page without its marks."""
    return re.sub("<[^>]+>", "", answer.body.decode())


def _path(address: str) -> str:
    return "/" + address.split("/", 3)[3]


def _http(at: datetime) -> str:
    return format_datetime(at, usegmt=True)


@pytest.mark.parametrize("gate", GATES)
@pytest.mark.parametrize(("hours", "number"), [(-24, 0), (0, 0), (0.99, 0), (1, 1), (1.5, 1), (2, 2), (9_999, 2)])
def test_a_timegate_leads_to_the_version_that_stood_then(told: Client, gate: str, hours: float, number: int) -> None:
    answer = told.get(gate, Accept_Datetime=_http(START + timedelta(hours=hours)))
    assert answer.status == 302
    assert answer.headers["location"] == _address(told, number)
    assert "accept-datetime" in answer.headers["vary"].lower()
    assert "memento-datetime" not in answer.headers, "section 4.2.1: a TimeGate is no memento"
    rels = _by_rel(answer.headers["link"])
    assert rels["original"] == URL
    assert rels["timemap"].endswith("/articles/1/timemap")


def test_a_timegate_without_an_instant_leads_to_the_latest(told: Client) -> None:
    assert told.get(GATES[0]).headers["location"] == _address(told, 2)
    assert told.send("HEAD", GATES[1]).status == 302


@pytest.mark.parametrize("wrong", ["yesterday", "2026-01-10T08:00:00Z", "Sat, 10 Jan 2026 25:00:00 GMT"])
def test_a_timegate_refuses_what_is_no_http_date(told: Client, wrong: str) -> None:
    assert told.get(GATES[0], Accept_Datetime=wrong).code == "bad-input"


@pytest.mark.parametrize("form", ["", ".json", ".txt"])
def test_a_version_is_a_memento(told: Client, form: str) -> None:
    answer = told.get(f"/articles/1/versions/1{form}")
    at = answer.headers["memento-datetime"]
    assert HTTP_DATE.fullmatch(at)
    assert parsedate_to_datetime(at) == START + timedelta(hours=1)
    rels = _by_rel(answer.headers["link"])
    assert rels["original"] == URL
    page = f"http://127.0.0.1:{told.port}/articles/1"
    assert (rels["timegate"], rels["timemap"]) == (f"{page}/timegate", f"{page}/timemap")
    assert (rels["first"], rels["prev"], rels["last"]) == (_address(told, 0), _address(told, 0), _address(told, 2))
    assert "next" not in rels, "Firefox would fetch it ahead"
    mementos = [about for _, about in _links(answer.headers["link"]) if "memento" in about["rel"].split()]
    assert len(mementos) == 3
    assert all(HTTP_DATE.fullmatch(about["datetime"]) for about in mementos)


@pytest.mark.parametrize("path", ["/articles/1/timemap", f"/timemap/link/{URL}"])
def test_a_timemap_lists_every_version(told: Client, path: str) -> None:
    answer = told.get(path)
    assert answer.headers["content-type"].startswith("application/link-format")
    links = _links(answer.body.decode())
    assert links[0] == (URL, {"rel": "original"})
    (itself,) = [about for _, about in links if about["rel"] == "self"]
    assert itself["type"] == "application/link-format"
    assert itself["from"] == _http(START)
    assert itself["until"] == _http(START + timedelta(hours=2))
    mementos = [(uri, about) for uri, about in links if "memento" in about["rel"].split()]
    assert [about["rel"] for _, about in mementos] == ["first memento", "memento", "last memento"]
    for n, (uri, about) in enumerate(mementos):
        assert about["datetime"] == _http(START + timedelta(hours=n))
        memento = told.get(_path(uri))
        assert memento.status == 200
        assert memento.headers["memento-datetime"] == about["datetime"], "both name the same instant"


def test_a_timemap_is_there_as_json(told: Client) -> None:
    for path in ("/articles/1/timemap.json", f"/timemap/json/{URL}"):
        found = told.get(path).json
        assert found["original_uri"] == URL
        assert [each["uri"] for each in found["mementos"]["list"]] == [_address(told, n) for n in range(3)]


def test_a_long_timemap_comes_in_pages(told: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rowback.web.pages.memento.PAGE_MEMENTOS", 2)
    first = _links(told.get("/articles/1/timemap").body.decode())
    (following,) = [uri for uri, about in first if about["rel"] == "timemap"]
    second = _links(told.get("/" + following.split("/", 3)[3]).body.decode())
    listed = [uri for uri, about in (*first, *second) if "memento" in about["rel"].split()]
    assert listed == [_address(told, n) for n in range(3)]
    assert told.get("/articles/1/timemap?page=9").code == "bad-input"


def test_unknown_originals_are_not_found(told: Client) -> None:
    assert told.get("/timegate/https://elsewhere.example/x").code == "unknown-article"
    assert told.get("/timemap/link/nonsense").code == "bad-url"
    assert told.get("/articles/9/timegate").code == "unknown-article"


def test_a_memento_is_the_same_whatever_instant_is_asked_of_it(told: Client) -> None:
    """It stands for its own instant; choosing by instant is the TimeGate's."""
    plain = told.get("/articles/1/versions/1")
    asked = told.get("/articles/1/versions/1", Accept_Datetime=_http(START - timedelta(days=999)))
    assert asked.status == 200
    assert asked.headers["memento-datetime"] == plain.headers["memento-datetime"]
    assert "accept-datetime" not in asked.headers.get("vary", "").lower()


@pytest.mark.parametrize("path", [*GATES[:2], "/articles/1/versions/1", MEMENTO, "/articles/1/timemap"])
def test_head_says_what_get_says(told: Client, path: str) -> None:
    got, headed = told.get(path), told.send("HEAD", path)
    assert headed.body == b""
    assert headed.status == got.status
    for name in ("link", "memento-datetime", "location", "vary", "content-type"):
        assert headed.headers.get(name) == got.headers.get(name)


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/timegate/https://elsewhere.example/x", 404),
        ("/timemap/link/https://elsewhere.example/x", 404),
        ("/articles/1/versions/9", 404),
        ("/articles/1/timemap?page=9", 400),
        ("/timegate/ftp://elsewhere.example/x", 400),
        ("/memento/20260110080000/https://elsewhere.example/x", 404),
        (f"/memento/yesterday/{URL}", 400),
        (f"/memento/20261310080000/{URL}", 400),
        (f"/memento/202601100800001/{URL}", 400),
    ],
)
def test_what_is_no_memento_names_no_instant(told: Client, path: str, status: int) -> None:
    """An error of ours is no earlier state of the original."""
    answer = told.get(path, Accept_Datetime=_http(START))
    assert answer.status == status
    assert "memento-datetime" not in answer.headers
    assert "link" not in answer.headers


@pytest.mark.parametrize("form", ["/timegate/", "/timemap/link/", "/timemap/json/", "/memento/20260110080000/"])
def test_an_original_is_found_where_a_proxy_made_one_slash_of_two(told: Client, form: str) -> None:
    """nginx does, where it takes a path off; Apache does."""
    whole = f"{form}{URL}"
    merged = told.get(whole.replace("://", ":/"), Accept_Datetime=_http(START))
    asked = told.get(whole, Accept_Datetime=_http(START))
    assert merged.status in (200, 302)
    assert (merged.status, merged.headers.get("location")) == (asked.status, asked.headers.get("location"))


def test_a_timegate_takes_no_writes(told: Client) -> None:
    for path in (GATES[0], "/articles/1/timemap", "/articles/1/versions/1"):
        answer = told.send("POST", path, b"{}", Content_Type="application/json")
        assert answer.status == 405
        assert "GET" in answer.headers["allow"]


def test_a_hidden_original_has_neither_gate_nor_map(told: Client, backend: Backend) -> None:
    backend.store.owner.hide(1, "A court forbids it.")
    for path in (*GATES, "/articles/1/timemap", f"/timemap/link/{URL}", "/articles/1/versions/1", MEMENTO):
        answer = told.get(path, Accept_Datetime=_http(START))
        assert answer.status == 410
        assert "memento-datetime" not in answer.headers


def test_an_address_of_a_version_stays_true_when_an_older_one_comes(told: Client) -> None:
    named = _address(told, 1)
    assert "About 900 commuters" in _said(told.get(_path(named)))
    told.capture(changed("400", "300"), seen_at=(START - timedelta(hours=3)).isoformat())
    assert "About 400 commuters" in told.get("/articles/1/versions/1.txt").body.decode(), "the number means another"
    after = told.get(_path(named))
    assert after.status == 200
    assert "About 900 commuters" in _said(after)
    assert named in _said(after), "the page says how it is to be named"


def test_a_stamp_in_between_leads_to_the_version_that_stood_then(told: Client) -> None:
    for stamp, hours in (("2020", 0), ("20260110083000", 0), ("202601101000", 2), ("2027", 2)):
        answer = told.get(f"/memento/{stamp}/{URL}")
        assert (answer.status, answer.headers["location"]) == (302, _address(told, hours))


def test_versions_of_one_second_have_addresses_of_their_own(client: Client) -> None:
    for micro, text in ((100, PARAGRAPHS), (200, changed("400", "900"))):
        client.capture(text, seen_at=(START + timedelta(microseconds=micro)).isoformat())
    stamp = f"{START:%Y%m%d%H%M%S}"
    listed = [each["uri"] for each in client.get("/articles/1/timemap.json").json["mementos"]["list"]]
    assert [uri.split("/")[4] for uri in listed] == [f"{stamp}000100", f"{stamp}000200"]
    for uri, said in zip(listed, ("About 400", "About 900"), strict=True):
        assert said in _said(client.get(_path(uri)))
    assert client.get(f"/memento/{stamp}/{URL}").headers["location"] == listed[1]


@pytest.mark.parametrize(
    "url",
    [
        f"{URL}?story=7&of=a%2Fb",
        "https://www.harbour-echo.example/n%C3%A9e/a%2Fb",
        "https://www.harbour-echo.example/#!/story/7",
    ],
)
def test_whatever_an_original_is_called_its_versions_are_found(client: Client, url: str) -> None:
    client.capture(PARAGRAPHS, url=url)
    (listed,) = client.get("/articles/1/timemap.json").json["mementos"]["list"]
    assert client.get(_path(listed["uri"])).status == 200
