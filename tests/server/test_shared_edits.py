"""The permanent address of an edit: it stays true, is told to nobody who may not see the article, and so are its pictures
and citations."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from functools import partial
from html import unescape
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from lxml import etree

from rowback.diff.telling.history import tell
from rowback.diff.telling.table import lay_out, lay_out_within
from rowback.web.app import create_app
from rowback.web.cards import rasteriser

from .backend import Clock
from .samples import PARAGRAPHS, START, URL, at, capture, changed, versions
from .strategies import histories

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from flask.testing import FlaskClient
    from werkzeug.test import TestResponse

    from rowback.model import Content
    from rowback.store import Store

    Get = Callable[[str], TestResponse]

PARTS = ("", "/card.svg", "/card.png", "/cite.txt", "/cite.md", "/cite.bib", "/cite.json")
FIRST, SECOND, THIRD = PARAGRAPHS, changed("400", "900"), changed("six", "seven")
HOSTILE = "</text></svg><script>alert(1)</script> &amp; \u202e \ufffe\x0b \"'" + "long" * 90
_SVG = "{http://www.w3.org/2000/svg}"


def _tell(store: Store, *texts: Sequence[str], url: str = URL, begin: float = 0, title: str = "Ferry") -> None:
    for n, text in enumerate(texts):
        store.record(capture(text, minutes=begin + 60 * n, url=url, title=title), at(begin + 60 * n))


def _visitor(store: Store) -> FlaskClient:
    return create_app(store, is_public=True, now=Clock()).test_client()


def _got(visitor: FlaskClient, address: str) -> TestResponse:
    return visitor.get(address, headers={"Accept": "text/html"})


@pytest.fixture
def get(store: Store) -> Get:
    """Asks, as a stranger, a public backend over `store`."""
    return partial(_got, _visitor(store))


def _shared(page: str) -> list[str]:
    return re.findall(r'href="(/articles/\d+/edits/[^"/]+)"', page)


def _address(get: Get, page: str = "/articles/1/diff/0/1") -> str:
    (found,) = set(_shared(get(page).text))
    return found


def _words(page: TestResponse) -> list[tuple[str, str]]:
    assert page.status_code == 200, page.text
    return re.findall(r"<(del|ins)>(.*?)</\1>", page.text)


def test_an_edit_keeps_its_address_when_later_and_older_versions_come(store: Store, get: Get) -> None:
    _tell(store, FIRST, SECOND)
    address = _address(get)
    assert _words(get(address)) == [("del", "400"), ("ins", "900")]
    _tell(store, THIRD, begin=300)
    _tell(store, ["An older text, which an archive kept."], begin=-300)
    _tell(store, [*FIRST, "One between, of a lamp."], begin=30)
    assert _words(get(address)) == [("del", "400"), ("ins", "900")]
    assert "/articles/1/diff/1/3#p2" in get(address).text
    assert address in _shared(get("/articles/1/diff/1/3").text)
    for part in PARTS:
        assert get(address + part).status_code == 200, part


def test_an_edit_that_was_made_twice_is_the_first(store: Store, get: Get) -> None:
    _tell(store, FIRST, SECOND)
    address = _address(get)
    _tell(store, FIRST, SECOND, FIRST, begin=7 * 24 * 60)
    assert f"{START:%-d} January 2026, 09:00" in get(address).text
    back = _address(get, "/articles/1/diff/1/2")
    assert back != address
    assert _words(get(back)) == [("del", "900"), ("ins", "400")]


@given(histories())
@settings(max_examples=60)
def test_every_edit_that_any_page_shows_is_found_by_its_id(contents: list[Content]) -> None:
    """Those of the article's page are told by following blocks, those side by side are not always."""
    told, last = versions(contents), len(contents) - 1
    followed = lay_out_within(told, 0, last, as_told=True) if last > 1 else lay_out(contents[0], contents[last])
    for edit in tell(told, 0, last).edits:
        row = followed.row_of(edit.id)
        assert row is not None
        assert row.edit is not None
        assert row.edit.markup == edit.markup
    table = lay_out(contents[0], contents[last])
    for edit in table.edits:
        found = table.row_of(edit.id)
        assert found is not None
        assert found.edit is edit
        assert found.new or not edit.anchor.exact or edit.anchor.near


@given(histories())
@settings(max_examples=60)
def test_what_came_and_went_has_the_name_of_the_step_that_ended_it(contents: list[Content]) -> None:
    told, last = versions(contents), len(contents) - 1
    for edit in tell(told, 0, last).passing:
        if edit.between is None:
            continue
        old, new = edit.between
        row = lay_out(contents[old], contents[new]).row_of(edit.id)
        assert (new, row is not None) == (old + 1, True)
        assert row is not None
        assert row.edit is not None
        assert row.edit.markup == edit.markup
    assert all(edit.between is None for edit in tell(told, last, 0).passing)


def test_an_edit_in_between_is_shared_and_its_address_stays_true(store: Store, get: Get) -> None:
    came, went = [*FIRST, "A sentence that somebody took back."], FIRST
    _tell(store, came, FIRST, begin=60)
    _tell(store, went)  # an older one: now it came and went
    _tell(store, SECOND, begin=300)
    page = get("/articles/1").text
    (address,) = _shared(page.partition("In between")[2])
    assert _words(get(address)) == [("del", "A sentence that somebody took back.")]
    _tell(store, THIRD, begin=400)
    assert address in _shared(get("/articles/1").text)
    assert {get(address + part).status_code for part in PARTS} == {200}


def test_programs_are_told_the_addresses_that_pages_have(store: Store, get: Get) -> None:
    _tell(store, FIRST, [*FIRST, "Six ferries were late, one was lost."], SECOND)
    shared = _shared(get("/articles/1").text)
    answer = get(f"/api/v1/edits?url={URL}").get_json()
    told = [edit["page"] for edit in (*answer["edits"], *answer["passing"])]
    assert [f"http://localhost{path}" for path in shared] == told
    assert len(answer["passing"]) == 1
    backwards = get(f"/api/v1/edits?url={URL}&from=2&to=0").get_json()
    assert {edit["page"] for edit in (*backwards["edits"], *backwards["passing"])} == {None}


def test_what_an_article_page_shares_of_several_versions_is_there(store: Store, get: Get) -> None:
    _tell(store, FIRST, [*SECOND[::-1]], changed("six", "nine"))
    links = _shared(get("/articles/1").text)
    assert len(links) > 0
    for link in links:
        assert get(link).status_code == 200
    assert len(links) == get("/articles/1").text.count(">Share</a>")


def test_all_that_the_page_leads_to_below_its_address_is_there(store: Store, get: Get) -> None:
    _tell(store, FIRST, SECOND)
    address = _address(get)
    found = re.findall(r'(?:href|src|srcset)="([^"]*/(?:card|cite)\.[^"]*)"', get(address).text)
    assert {path.partition("?")[0] for path in found} == {address + part for part in PARTS[1:]}
    assert {get(unescape(path)).status_code for path in found} == {200}


def test_no_edit_is_shared_backwards(store: Store, get: Get) -> None:
    _tell(store, FIRST, SECOND)
    assert _shared(get("/articles/1/diff/1/0").text) == []
    assert _shared(get("/articles/1/diff/0/0").text) == []


def test_a_merged_article_leads_on_and_a_parted_one_says_that_the_edit_went(store: Store, get: Get) -> None:
    other = f"{URL}-other"
    _tell(store, ["An earlier ferry."], begin=-100)
    _tell(store, FIRST, SECOND, url=other)
    address = _address(get, "/articles/2/diff/0/1")
    store.merge(1, 2)
    for part in PARTS:
        answer = get(address + part + "?lang=de" * bool(part))
        assert answer.status_code == 301
        assert answer.headers["Location"] == address.replace("/2/", "/1/") + part + "?lang=de" * bool(part)
    moved = address.replace("/2/", "/1/")
    assert _words(get(moved)) == [("del", "400"), ("ins", "900")]
    store.part(other, at(300), [1, 2])
    gone = get(moved)
    assert gone.status_code == 404
    assert "one of its versions belongs to another article" in gone.text
    assert '<a href="/articles/1">' in gone.text


def test_hidden_is_gone_and_what_is_forgotten_or_unlisted_is_unknown(store: Store, get: Get) -> None:
    _tell(store, FIRST, SECOND)
    address = _address(get)
    unknown = [get(address.replace("/1/", "/9/") + part) for part in PARTS]
    assert {answer.status_code for answer in unknown} == {404}
    store.owner.set_listed(1, listed=False)
    for part, other in zip(PARTS, unknown, strict=True):
        answer = get(address + part)
        assert answer.status_code == 404
        assert answer.data == other.data.replace(b"/9/", b"/1/").replace(b"article 9", b"article 1")
    store.owner.set_listed(1, listed=True)
    assert [get(address + part).status_code for part in PARTS] == [200] * len(PARTS)
    store.owner.hide(1, "A court asked for it.")
    assert [get(address + part).status_code for part in PARTS] == [410] * len(PARTS)
    store.owner.forget(1)
    assert [get(address + part).status_code for part in PARTS] == [404] * len(PARTS)


@pytest.mark.parametrize("name", ["x", "12345678-12345678-e0123456789ab", "{name}-2", "{upper}", "{name}-0", "%00"])
def test_what_is_no_name_of_an_edit_is_unknown(store: Store, get: Get, name: str) -> None:
    _tell(store, FIRST, SECOND)
    own = _address(get).rpartition("/")[2]
    asked = name.format(name=own, upper=own.upper())
    expected = {302: [""], 404: PARTS}
    for part in PARTS:
        status = get(f"/articles/1/edits/{asked}{part}").status_code
        assert part in expected[status]


def test_an_edit_of_a_text_that_was_read_again_leads_to_its_versions(store: Store, get: Get) -> None:
    _tell(store, FIRST, SECOND)
    address = _address(get)
    with closing(sqlite3.connect(store.path)) as db, db:
        db.execute(
            "insert into readings (version_id, reading, read_until, title, fingerprint) "
            "select id, 0, last_seen_at, title, fingerprint from versions"
        )
        db.execute("update versions set fingerprint = 'f' || substr(fingerprint, 2)")
        db.execute("update articles set revision = revision + 1")
    assert _words(get(address)) == [("del", "400"), ("ins", "900")]
    otherwise = f"{address.rpartition('-')[0]}-e0123456789ab"
    answer = get(otherwise)
    assert (answer.status_code, answer.headers["Location"]) == (302, "/articles/1/diff/0/1")
    assert get(f"{otherwise}/card.svg").status_code == 404


def test_a_picture_holds_hostile_text_as_text(store: Store, get: Get) -> None:
    _tell(store, [f"{HOSTILE} one."], [f"{HOSTILE} two."], title=f"{HOSTILE} title")
    answer = get(f"{_address(get)}/card.svg")
    root = etree.fromstring(answer.data)
    assert {each.tag.removeprefix(_SVG) for each in root.iter()} == {"svg", "title", "desc", "rect", "text", "tspan"}
    assert "<script>alert(1)" in str(root.xpath("string()"))
    assert "\u202e" not in answer.text
    assert {
        name for each in root.iter() for name in map(str, each.attrib) if name.startswith("on") or "href" in name
    } == set()


def test_what_went_and_what_came_is_told_by_more_than_colour(store: Store, get: Get) -> None:
    _tell(store, FIRST, SECOND)
    root = etree.fromstring(get(f"{_address(get)}/card.svg").data)
    marked = [(each.text, each.get("text-decoration")) for each in root.iter(f"{_SVG}tspan")]
    assert marked == [("400", "line-through"), ("900", "underline")]
    (told,) = root.iter(f"{_SVG}desc")
    assert told.text is not None
    assert re.fullmatch(r"Before: .*400.* After: .*900.*", told.text)


def test_pictures_and_citations_say_what_they_are_and_are_asked_for_once(store: Store, get: Get) -> None:
    _tell(store, FIRST, SECOND)
    address, visitor = _address(get), _visitor(store)
    kinds = [
        "image/svg+xml; charset=utf-8",
        "image/png",
        *(f"text/{kind}; charset=utf-8" for kind in ("plain", "markdown")),
    ]
    kinds += [f"application/{kind}; charset=utf-8" for kind in ("x-bibtex", "vnd.citationstyles.csl+json")]
    for part, kind in zip(PARTS[1:], kinds, strict=True):
        answer = visitor.get(address + part)
        assert answer.headers["Content-Type"] == kind
        assert answer.headers["Cache-Control"] == "private, no-cache"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        had = visitor.get(address + part, headers={"If-None-Match": answer.headers["ETag"]})
        assert (had.status_code, had.data) == (304, b"")
        other = visitor.get(f"{address}{part}?lang=ja", headers={"If-None-Match": answer.headers["ETag"]})
        assert other.status_code == (304 if part in ("/cite.bib", "/cite.json") else 200)
    policy = visitor.get(f"{address}/card.svg").headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "sandbox" in policy
    assert "script-src" not in policy


def test_a_picture_is_dark_and_speaks_as_its_address_says_and_not_as_the_browser_does(store: Store, get: Get) -> None:
    _tell(store, FIRST, SECOND)
    address, visitor = _address(get), _visitor(store)
    light = visitor.get(f"{address}/card.svg", headers={"Accept-Language": "de", "Accept": "text/html"})
    assert ">Before<" in re.sub("[\u2066-\u2069]", "", light.text)
    german = re.sub("[\u2066-\u2069]", "", get(f"{address}/card.svg?lang=de").text)
    assert ">Vorher<" in german
    dark = get(f"{address}/card.svg?theme=dark").text
    assert set(re.findall("#[0-9a-f]{6}", dark)) & set(re.findall("#[0-9a-f]{6}", light.text)) == {"#8a4500"}
    for query in ("lang=xx", "lang=", "theme=blue", "theme=%00"):
        for part in ("/card.svg", "/card.png"):
            assert get(f"{address}{part}?{query}").status_code == 400
    assert "choose light or dark" in get(f"{address}/card.svg?theme=blue").text


def _properties(page: TestResponse) -> dict[str, str]:
    return dict(re.findall(r'<meta property="og:([^"]+)" content="([^"]*)">', page.text))


def test_sites_are_shown_what_strangers_see(store: Store, get: Get) -> None:
    _tell(store, FIRST, SECOND)
    address = _address(get)
    picture = f"http://localhost{address}/card.png?lang=en"
    for path in ("/articles/1", "/articles/1/diff/0/1", address):
        told = _properties(get(path))
        assert told["url"] == f"http://localhost{path}"
        assert told["image"] == picture
        assert told["title"] == "Ferry"
        assert told["description"]
        assert told["locale"] == "en_GB"
    assert get(picture.removeprefix("http://localhost")).status_code == 200


def test_sites_are_shown_nothing_of_what_is_unlisted_or_private(store: Store) -> None:
    _tell(store, FIRST, SECOND)
    names = {"Authorization": f"Bearer {store.access.new_token('owner', START)}", "Accept": "text/html"}
    for is_public, is_listed in ((True, False), (False, True)):
        store.owner.set_listed(1, listed=is_listed)
        visitor = create_app(store, is_public=is_public, now=Clock()).test_client()
        page = visitor.get("/articles/1/diff/0/1", headers=names).text
        (address,) = set(_shared(page))
        for path in ("/articles/1", "/articles/1/diff/0/1", address):
            answer = visitor.get(path, headers=names)
            assert answer.status_code == 200
            assert "og:" not in answer.text


def test_without_the_extra_no_page_names_a_png(store: Store, get: Get, monkeypatch: pytest.MonkeyPatch) -> None:
    _tell(store, FIRST, SECOND)
    address = _address(get)
    assert "card.png" in get(address).text
    monkeypatch.setattr(rasteriser, "find_spec", lambda _: None)
    for path in ("/articles/1", "/articles/1/diff/0/1", address):
        assert "card.png" not in get(path).text
        assert "og:title" in get(path).text
    answer = get(f"{address}/card.png")
    assert answer.status_code == 404
    assert "rowback[pictures]" in answer.text
    assert get(f"{address}/card.svg").status_code == 200


def test_a_move_is_told_once(store: Store, get: Get) -> None:
    texts: Iterable[str] = [*PARAGRAPHS, "A fourth boat is moored behind the lamp that nobody lit in the winter."]
    old = list(texts)
    _tell(store, old, [old[3], *old[:3]])
    moved = _shared(get("/articles/1/diff/0/1").text)
    assert len(set(moved)) == 1
    assert ">Move<" in re.sub("[\u2066-\u2069]", "", get(f"{moved[0]}/card.svg").text)
