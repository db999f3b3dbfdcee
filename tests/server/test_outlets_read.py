"""`rowback outlets`, and what the API of a beginning does over HTTP: lists, looks, several at once, a feed reader's list."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner

from rowback.capture.outlets import all_outlets, all_packs
from rowback.cli import outlet_lists
from rowback.store.feeds import FeedKind

from .websites import Website, website

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .program import Program

HOME = "127.0.0.1"
FEED = (
    "<rss><channel><title>Echo</title><item><title>Ferry stays shut</title><link>/2031/05/ferry-shut</link></item>"
    "<item><title>New roof</title><link>/2031/05/new-roof</link></item></channel></rss>"
)
OPML = "<opml version='2.0'><body><outline text='Echo' xmlUrl='{url}' htmlUrl='{site}'/></body></opml>"


@pytest.fixture
def outlet() -> Iterator[Website]:
    with website() as made:
        yield made


def test_the_list_is_printed(rowback: Program) -> None:
    told = rowback.ok("outlets", "--country", "nz").out
    assert told.splitlines() == ["NZ\ten-NZ\tRNZ\thttps://www.rnz.co.nz/rss/national.xml"]
    assert len(json.loads(rowback.ok("outlets", "--json").out)) == len(all_outlets())


def test_reading_them_says_which_give_nothing_and_ends_with_one(
    outlet: Website, monkeypatch: pytest.MonkeyPatch
) -> None:
    outlet.put("/feed", FEED)
    outlet.put("/home", f"<link rel=alternate type=application/rss+xml href='{outlet.url('/feed', HOME)}'>")
    one = all_outlets()[0]
    made = {
        name: replace(one, name=name, feed_url=outlet.url(path, HOME), kind=FeedKind.FEED, site=outlet.url(site, HOME))
        for name, path, site in [("Fine", "/feed", "/"), ("Gone", "/gone", "/"), ("Moved", "/moved", "/home")]
    }

    def read(*names: str) -> tuple[int, str, Any]:
        monkeypatch.setattr(outlet_lists, "all_outlets", lambda: tuple(made[name] for name in names))
        env = {"ROWBACK_FETCH_HOSTS": HOME}
        plain = CliRunner().invoke(outlet_lists.outlets, ["--read"], env=env)
        as_json = CliRunner().invoke(outlet_lists.outlets, ["--read", "--json"], env=env)
        return plain.exit_code, plain.stdout, json.loads(as_json.stdout)

    code, told, rows = read("Fine", "Gone", "Moved")
    assert code == 1
    assert "Gone" in told
    assert "missing: the server answered 404" in told
    assert f"its site names {outlet.url('/feed', HOME)}" in told
    assert "Fine" not in told
    assert [(row["name"], row["ok"], row["articles"]) for row in rows] == [
        ("Fine", True, 2),
        ("Gone", False, 0),
        ("Moved", False, 2),
    ]
    code, told, _ = read("Fine")
    assert (code, told) == (0, "")


def test_a_backend_looks_first_then_follows_several(rowback: Program, outlet: Website) -> None:
    outlet.put("/feed", FEED)
    url = outlet.url("/feed", HOME)
    with rowback.serving("--no-poll", ROWBACK_FETCH_HOSTS=HOME) as serving:

        def post(path: str, body: object) -> Any:
            return serving.client.post(f"/api/v1/feeds/{path}", body).json

        look = post("look", {"url": url, "kind": "feed"})["look"]
        assert (look["asked"], look["nothing"], look["feed"]["articles"]) == (url, None, 2)
        assert look["feed"]["first"] == ["Ferry stays shut", "New roof"]
        assert serving.client.get("/api/v1/feeds").json["feeds"] == [], "nothing is followed by it"
        assert post("look", {"url": f"{url}/no", "kind": "feed"})["look"]["nothing"]["why"] in ("missing", "busy")

        (listed,) = post("opml", {"opml": OPML.format(url=url, site=outlet.url("/", HOME))})["feeds"]
        assert listed == {"url": url, "title": "Echo", "site": outlet.url("/", HOME)}
        wished = [{"url": url, "kind": "feed", "title": "Echo"}, {"url": "ftp://x.example/"}, {"url": url}]
        told = post("several", {"feeds": wished})["feeds"]
        assert [(each["is_new"], each["feed"] and each["feed"]["title"]) for each in told] == [
            (True, "Echo"),
            (False, None),
            (False, "Echo"),
        ]
        assert "http" in told[1]["problem"]
        (feed,) = serving.client.get("/api/v1/feeds").json["feeds"]
        assert feed["last_checked_at"] is None, "the poller reads it"

        outlets = serving.client.get("/api/v1/outlets?language=de").json
        assert {each["language"][:2] for each in outlets["outlets"]} == {"de"}
        assert [each["id"] for each in outlets["packs"]] == [each.id for each in all_packs()]


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("look", {}),
        ("look", {"url": 7}),
        ("look", {"url": "https://a.example/", "site": 7}),
        ("several", {"feeds": [{"url": "https://a.example/"}] * 501}),
        ("several", {"feeds": [{"url": "https://a.example/", "kind": "x"}]}),
        ("several", {"feeds": {"url": "https://a.example/"}}),
        ("opml", {"opml": "<opml><body>"}),
        ("opml", {"opml": 7}),
    ],
)
def test_what_does_not_fit_is_refused_and_follows_nothing(rowback: Program, path: str, body: object) -> None:
    with rowback.serving("--no-poll") as serving:
        assert serving.client.post(f"/api/v1/feeds/{path}", body).status == 400
        assert serving.client.get("/api/v1/feeds").json["feeds"] == []
