"""What a backend answers is believed as little as a page: a real server that says it is one."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from rowback.archive.peers import tokens_by_address
from rowback.archive.wishes import wish_for
from rowback.clock import format_instant
from rowback.config import load
from rowback.errors import BadInput, SettingsError
from rowback.store.pasts_wanted import AskedBy, Backfill, BackfillState
from rowback.text.largest import MAX_BLOCKS, MAX_TEXT_CHARACTERS

from .samples import PARAGRAPHS, TITLE, URL, at
from .two_backends import House, backend_house
from .websites import HOST, Website, website

if TYPE_CHECKING:
    from collections.abc import Iterator
    from http.server import BaseHTTPRequestHandler
    from pathlib import Path

Json = dict[str, Any]
VERSION = "/api/v1/articles/7/versions/0"
PROBLEM = "application/problem+json"
TOKEN = "an-example-of-a-token"  # noqa: S105
BLOCKS = [{"kind": "p", "text": text} for text in PARAGRAPHS]
SEEN = {"seen_at": format_instant(at(0)), "last_seen_at": format_instant(at(30))}


@pytest.fixture
def peer() -> Iterator[Website]:
    with website() as site:
        put(site)
        yield site


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    with backend_house(tmp_path) as house:
        house.addresses[HOST] = "127.0.0.1"
        yield house


def version(**more: object) -> Json:
    """A version as a list names it, or with its text."""
    return {"version": 0, **SEEN, "title": TITLE, "origin": "poll", "memento": None, "blocks": BLOCKS, **more}


def put(peer: Website, *versions: object, url: str = URL, text: object = None, text_url: str = URL) -> None:
    """The peer lists versions, and has a text for the first."""
    peer.put(list_path(peer), json.dumps({"article": {"id": 7, "url": url}, "versions": [*versions] or [version()]}))
    peer.put(VERSION, json.dumps({"article": {"id": 7, "url": text_url}, "version": text or version()}))


def list_path(peer: Website) -> str:
    """Where the article's versions are listed."""
    (address,) = wish_for(URL, told(peer), 1, AskedBy.OWNER).to_list
    return address.removeprefix(peer.url(""))


def told(peer: Website) -> str:
    """The peer as its owner names it."""
    return f"rowback+{peer.url('')}"


def come_of(house: House, peer: Website) -> Backfill:
    """What comes of asking for the past."""
    house.ask(told(peer))
    house.work()
    return house.found()


def test_a_peer_on_a_private_network_is_read_where_its_owner_named_it(house: House, peer: Website) -> None:
    assert come_of(house, peer).state is BackfillState.DONE
    (found,) = house.versions()
    assert (found.seen_at, found.last_seen_at, found.content.title) == (at(0), at(30), TITLE)
    assert [each.text for each in found.content.blocks] == list(PARAGRAPHS)


def test_a_peer_may_stand_below_a_path(house: House, peer: Website) -> None:
    for path in (list_path(peer), VERSION):
        peer.answers[f"/below{path}"] = peer.answers.pop(path)
    house.tokens[f"rowback+{peer.url('/below')}"] = TOKEN
    house.ask(f"rowback+{peer.url('/below/')}")
    house.work()
    assert house.found().state is BackfillState.DONE
    assert [headers["Authorization"] for _, headers in peer.asked] == [f"Bearer {TOKEN}"] * 2
    assert all(each.memento and "/below/memento/" in each.memento.href for each in house.versions())


def test_what_is_not_known_is_passed_over(house: House, peer: Website) -> None:
    put(peer, version(more={"a": [1]}), text=version(more=1.5, blocks=[each | {"new": None} for each in BLOCKS]))
    assert come_of(house, peer).state is BackfillState.DONE


BAD_LISTS: dict[str, bytes | str] = {
    "no JSON": "<!doctype html><title>Welcome</title>",
    "nothing": "",
    "a list": "[]",
    "a number": "7",
    "no UTF-8": b'{"article": "\xff"}',
    "deep": "[" * 100_000,
    "deep objects": '{"article":' * 50_000,
    "not a number": json.dumps({"article": {"id": 7, "url": URL}, "versions": [version()], "more": float("nan")}),
    "more digits than are read": '{"article": {"id": ' + "9" * 5_000 + "}}",
    "no versions": json.dumps({"article": {"id": 7, "url": URL}}),
    "versions that are none": json.dumps({"article": {"id": 7, "url": URL}, "versions": {"0": 1}}),
    "no article": json.dumps({"versions": []}),
    "an id that is none": json.dumps({"article": {"id": "../../tokens", "url": URL}, "versions": [version()]}),
    "a huge id": json.dumps({"article": {"id": 10**300, "url": URL}, "versions": [version()]}),
    "an id below nothing": json.dumps({"article": {"id": -1, "url": URL}, "versions": [version()]}),
    "true for an id": json.dumps({"article": {"id": True, "url": URL}, "versions": [version()]}),
    "another article": json.dumps({"article": {"id": 7, "url": f"{URL}-2"}, "versions": [version()]}),
    "another host": json.dumps({"article": {"id": 7, "url": "https://elsewhere.example/"}, "versions": [version()]}),
    "no address": json.dumps({"article": {"id": 7, "url": "javascript:alert(1)"}, "versions": [version()]}),
}


@pytest.mark.parametrize("body", BAD_LISTS.values(), ids=BAD_LISTS)
def test_a_list_that_is_none_ends_it_with_a_sentence(house: House, peer: Website, body: bytes | str) -> None:
    peer.put(list_path(peer), body)
    found = come_of(house, peer)
    assert (found.state, house.versions()) == (BackfillState.FAILED, [])
    assert str(found.reason).endswith(".")
    assert "example" not in str(found.reason), "no address is kept"
    assert len(peer.asked) == 1


BAD_ROWS: dict[str, Json] = {
    "in the future": version(seen_at="2030-01-01T00:00:00Z"),
    "before the first page": version(seen_at="1989-12-31T00:00:00Z"),
    "without an offset": version(seen_at="2026-01-10T08:00:00"),
    "no instant": version(seen_at=1_768_000_000),
    "no number": version(version="0"),
    "less than no number": version(version=-1),
    "a number that is none": version(version=1e300),
}


@pytest.mark.parametrize("row", BAD_ROWS.values(), ids=BAD_ROWS)
def test_a_row_that_is_none_is_left_out(house: House, peer: Website, row: Json) -> None:
    put(peer, row, version(), 7, None, [])
    found = come_of(house, peer)
    assert (found.state, found.listed) == (BackfillState.DONE, 1)
    put(peer, row)
    house.clock.advance(days=31)
    assert come_of(house, peer).state is BackfillState.WAITING, "no failure is told as no versions"


BAD_TEXTS: dict[str, Json] = {
    "a kind that is none": version(blocks=[{"kind": "script", "text": "alert(1)"}]),
    "a block that is none": version(blocks=["text"]),
    "a number for a text": version(blocks=[{"kind": "p", "text": 7}]),
    "no text": version(blocks=[]),
    "blank text": version(blocks=[{"kind": "p", "text": " \u200b "}]),
    "too many blocks": version(blocks=[{"kind": "p", "text": "a"}] * (MAX_BLOCKS + 1)),
    "too many empty blocks": version(blocks=[*BLOCKS, *[{"kind": "p", "text": ""}] * MAX_BLOCKS]),
    "too long a text": version(blocks=[{"kind": "p", "text": "a" * (MAX_TEXT_CHARACTERS + 1)}]),
    "too long a title": version(title="a" * (MAX_TEXT_CHARACTERS + 1)),
    "seen last in the future": version(last_seen_at="2030-01-01T00:00:00Z"),
    "seen last at no instant": version(last_seen_at={}),
}


@pytest.mark.parametrize("text", BAD_TEXTS.values(), ids=BAD_TEXTS)
def test_a_text_that_cannot_be_taken_is_passed_over(house: House, peer: Website, text: Json) -> None:
    put(peer, version(), text=text)
    found = come_of(house, peer)
    assert (found.state, found.read, house.versions()) == (BackfillState.DONE, 1, [])
    assert len(peer.asked) == 2


@pytest.mark.parametrize("end", ["#\ud800", "#\x00", "?utm_source=\x1b[2J", "#" + "a" * 500])
def test_an_address_is_kept_in_its_plain_form(house: House, peer: Website, end: str) -> None:
    put(peer, url=f"{URL}{end}", text_url=f"{URL}{end}")
    found = come_of(house, peer)
    assert found.state in (BackfillState.DONE, BackfillState.FAILED)
    assert all(each.memento and each.memento.href.endswith(URL) for each in house.versions())


def test_a_text_of_another_article_is_not_taken(house: House, peer: Website) -> None:
    put(peer, text_url="https://elsewhere.example/news")
    assert (come_of(house, peer).state, house.versions()) == (BackfillState.DONE, [])
    assert house.store.counts()["articles"] == 0


def test_a_version_that_is_never_where_it_is_listed_is_given_up(house: House, peer: Website) -> None:
    put(peer, text=version(seen_at=format_instant(at(7))))
    assert (come_of(house, peer).state, house.versions()) == (BackfillState.DONE, [])
    assert len(peer.asked) == 4, "two lists, two texts"


def test_an_answer_that_is_too_long_is_not_read(house: House, peer: Website) -> None:
    peer.put(list_path(peer), b" " * (4 * 1024 * 1024 + 1))
    found = come_of(house, peer)
    assert found.state is BackfillState.WAITING
    assert house.versions() == []


def test_markup_and_control_characters_are_text(house: House, peer: Website) -> None:
    text = "<script>alert(1)</script> \x00\x1b[31m\ud800 & <b>bold</b> words of the office."
    put(peer, text=version(title="<i>A</i> \x07title", blocks=[{"kind": "p", "text": text}]))
    come_of(house, peer)
    (found,) = house.versions()
    assert found.content.blocks[0].text == "<script>alert(1)</script> [31m & <b>bold</b> words of the office."
    page = house.backend.client.get("/articles/1/versions/0").body.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page


BAD_MEMENTOS: dict[str, object] = {
    "a script": {"archive": "A", "href": "javascript:alert(1)"},
    "a file": {"archive": "A", "href": "file:///etc/passwd"},
    "no name": {"archive": " \u200e ", "href": "https://a.example/"},
    "a break": {"archive": "A", "href": "https://a.example/\nX: y"},
    "no host": {"archive": "A", "href": "https://"},
    "a number": {"archive": 7, "href": "https://a.example/"},
    "too long": {"archive": "A", "href": "https://a.example/" + "a" * 20_000},
    "a list": [1],
}


@pytest.mark.parametrize("memento", BAD_MEMENTOS.values(), ids=BAD_MEMENTOS)
def test_where_an_archives_copy_cannot_be_told_the_peer_is(house: House, peer: Website, memento: object) -> None:
    put(peer, text=version(memento=memento))
    come_of(house, peer)
    (found,) = house.versions()
    assert found.memento is not None
    assert found.memento.archive == f"{HOST}:{peer.port}"
    assert found.memento.href.startswith(peer.url("/memento/20260110080000/https://"))


def test_a_copys_name_is_one_line(house: House, peer: Website) -> None:
    put(peer, text=version(memento={"archive": "An\x1b archive\n of " + "a" * 900, "href": "https://a.example/1"}))
    come_of(house, peer)
    memento = house.versions()[0].memento
    assert memento is not None
    assert (memento.archive[:14], len(memento.archive) <= 200) == ("An archive of ", True)


@pytest.mark.parametrize(
    ("status", "content_type", "state", "said"),
    [
        (401, PROBLEM, BackfillState.FAILED, "archive_tokens"),
        (403, "text/html", BackfillState.FAILED, "archive_tokens"),
        (404, PROBLEM, BackfillState.NONE, "None"),
        (410, PROBLEM, BackfillState.NONE, "None"),
        (404, "text/html", BackfillState.FAILED, "no Rowback"),
        (405, "text/plain", BackfillState.FAILED, "no Rowback"),
        (400, PROBLEM, BackfillState.FAILED, "400"),
        (500, "text/html", BackfillState.WAITING, "trouble"),
        (429, PROBLEM, BackfillState.WAITING, "busy"),
        (503, PROBLEM, BackfillState.WAITING, "busy"),
    ],
)
def test_every_refusal_has_its_end(
    house: House, peer: Website, status: int, content_type: str, state: BackfillState, said: str
) -> None:
    peer.put(list_path(peer), "{}", status, Content_Type=content_type, Retry_After="4000")
    found = come_of(house, peer)
    assert (found.state, said in str(found.reason)) == (state, True), found.reason
    if state is BackfillState.WAITING:
        assert found.next_at is not None
        assert (found.next_at - house.clock()).total_seconds() >= 3_990, "as long as it asks for"


@pytest.mark.parametrize("where", ["list", "text"])
@pytest.mark.parametrize(
    "target", ["http://127.0.0.1:{port}/x", "http://other.example:{port}/x", "https://news.example/"]
)
def test_a_token_goes_to_no_other_place(house: House, peer: Website, where: str, target: str) -> None:
    with website() as other:
        house.addresses["other.example"] = "127.0.0.1"
        house.tokens[told(peer)] = TOKEN
        path = list_path(peer) if where == "list" else VERSION
        peer.put(path, "", 302, Location=target.format(port=other.port))
        found = come_of(house, peer)
        assert other.asked == []
    assert (found.state, house.versions()) == (BackfillState.FAILED, [])
    assert all(headers["Authorization"] == f"Bearer {TOKEN}" for _, headers in peer.asked)


def test_a_way_within_the_same_backend_is_gone(house: House, peer: Website) -> None:
    peer.answers["/new"] = peer.answers[VERSION]
    peer.put(VERSION, "", 308, Location="/new")
    assert (come_of(house, peer).state, len(house.versions())) == (BackfillState.DONE, 1)


def test_other_sources_get_no_token_and_no_leave(house: House, peer: Website) -> None:
    house.tokens["rowback+https://another.example"] = TOKEN
    come_of(house, peer)
    assert all("Authorization" not in headers for _, headers in peer.asked)
    before = len(peer.asked)
    house.ask(f"memento+{peer.url('/timemap')}")
    house.work()
    assert len(peer.asked) == before, "only a backend may be private without the setting fetch_hosts"


def test_a_list_of_no_end_is_bounded(house: House, peer: Website, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rowback.archive.peer_answers.MAX_VERSIONS", 3)
    put(peer, *(version(version=n, seen_at=format_instant(at(n))) for n in range(9)))
    assert come_of(house, peer).listed == 3


def test_nothing_is_doubled_where_a_list_repeats_itself(house: House, peer: Website) -> None:
    put(peer, version(), version(version=1), version(version=2))
    assert (come_of(house, peer).listed, len(house.versions())) == (1, 1)


def test_an_own_answer_is_slow(house: House, peer: Website) -> None:
    def cut(request: BaseHTTPRequestHandler) -> None:
        request.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{")
        request.close_connection = True

    peer.answers[VERSION] = cut
    found = come_of(house, peer)
    assert (found.state, found.reason) == (BackfillState.WAITING, "The archive does not answer.")


def test_tokens_are_a_table_or_a_list(tmp_path: Path) -> None:
    (tmp_path / "rowback.toml").write_text(
        '[archive_tokens]\n"rowback+https://a.example/below/" = "one"\n"http://b.example:8484" = "two"\n'
    )
    found = load({}, {}, tmp_path)
    assert tokens_by_address(found.archive_tokens) == {
        "https://a.example/below": "one",
        "http://b.example:8484": "two",
    }
    assert "one" not in repr(found)
    told = {"ROWBACK_ARCHIVE_TOKENS": "https://a.example=x=, rowback+https://c.example=y"}
    assert tokens_by_address(load(told, {}, tmp_path).archive_tokens) == {
        "https://a.example": "x=",
        "https://c.example": "y",
    }


@pytest.mark.parametrize("value", ["secret", "https://a.example", "=secret", "https://a.example=sec ret", "x=secret"])
def test_what_is_no_token_is_told_without_it(value: str, tmp_path: Path) -> None:
    with pytest.raises(SettingsError) as error:
        load({"ROWBACK_ARCHIVE_TOKENS": value}, {}, tmp_path)
    assert "sec" not in str(error.value)


def test_only_backends_have_tokens() -> None:
    with pytest.raises(BadInput, match="no Rowback"):
        tokens_by_address({"memento+https://a.example/": "x"})
