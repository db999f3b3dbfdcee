"""Which language a page speaks, and what is told of it; what is for programs speaks English whoever asks."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from http.cookies import SimpleCookie
from typing import TYPE_CHECKING, Any

import lxml.html
import pytest
from babel.dates import format_date
from babel.numbers import format_decimal
from flask import Flask, Request
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup
from werkzeug.test import EnvironBuilder

from rowback.errors import RowbackError
from rowback.text import tongue
from rowback.web.app import create_app
from rowback.web.pages import problem_words
from rowback.web.pages.catalogues import language
from rowback.web.pages.languages import LANGUAGES, asked_for, bdi

from .samples import PARAGRAPHS
from .visitor import at_home

if TYPE_CHECKING:
    from .backend import Backend, Client

PAGE = {"Accept": "text/html"}
TEXTS = ("excerpt", "snippet", "text", "reading", "block ")  # the classes of what an article says


@pytest.mark.parametrize(
    ("wished", "spoken_then"),
    [
        ("", "en"),
        ("de", "de"),
        ("de-AT", "de"),
        ("DE-at", "de"),
        ("pt-BR,pt;q=0.9,en;q=0.8", "pt"),
        ("es-419", "es"),
        ("zh-Hant-TW, ja;q=0.5, en;q=0.4", "ja"),
        ("en;q=0.3, fr;q=0.7", "fr"),
        ("nl, sv", "en"),
        ("nl, *;q=0.5", "en"),
        ("de;q=0, fr;q=0.1", "fr"),
        ("de;q=0", "en"),
        ("ar-EG", "ar"),
        ("en-GB, de", "en"),
        ("no language;;q=x, ,", "en"),
    ],
)
def test_the_browsers_wish_chooses(wished: str, spoken_then: str) -> None:
    asked = Request(EnvironBuilder(headers=[("Accept-Language", wished)]).get_environ())
    assert asked_for(asked) == spoken_then


def test_what_was_chosen_on_a_page_comes_before_the_browsers_wish(client: Client) -> None:
    page = client.get("/about", **PAGE, Accept_Language="de", Cookie="rowback_language=fr")
    assert page.headers["content-language"] == "fr"
    odd = client.get("/about", **PAGE, Accept_Language="de", Cookie="rowback_language=tlh")
    assert odd.headers["content-language"] == "de"


@pytest.mark.parametrize("tag", LANGUAGES)
def test_a_page_says_which_language_it_speaks_and_where_its_lines_begin(client: Client, tag: str) -> None:
    page = client.get("/about", **PAGE, Accept_Language=tag)
    html: Any = lxml.html.document_fromstring(page.body.decode())
    assert (html.get("lang"), html.get("dir")) == (tag, "rtl" if tag == "ar" else "ltr")
    assert page.headers["content-language"] == tag
    assert {"Accept-Language", "Cookie"} <= set(re.split(r",\s*", page.headers["vary"]))
    (chosen,) = html.xpath("//select[@name='language']/option[@selected]") or [None]
    assert chosen is None, "the browser chose, not the reader"


def test_a_choice_is_kept_and_can_be_taken_back(backend: Backend) -> None:
    visitor = at_home(backend)
    answer = visitor.send("/language", language="ja", next="/login?next=%2Fabout")
    assert (answer.status, answer.headers["location"]) == (303, "/login?next=%2Fabout")
    kept = SimpleCookie(answer.headers["set-cookie"])["rowback_language"]
    assert (kept.value, kept["httponly"], kept["samesite"], kept["path"]) == ("ja", True, "Lax", "/")
    assert int(kept["max-age"]) > 300 * 86_400
    page = visitor.get("/login", Accept_Language="de")
    assert page.headers["content-language"] == "ja"
    html: Any = lxml.html.document_fromstring(page.body.decode())
    assert html.xpath("//select[@name='language']/option[@selected]/@value") == ["ja"]
    visitor.send("/language", language="", next="/")
    assert not visitor.cookies["rowback_language"]
    assert visitor.get("/login", Accept_Language="de").headers["content-language"] == "de"


@pytest.mark.parametrize("target", ["https://elsewhere.example/", "//elsewhere.example", "/\\elsewhere.example", ""])
def test_choosing_a_language_leads_nowhere_else(backend: Backend, target: str) -> None:
    assert at_home(backend).send("/language", language="de", next=target).headers["location"] == "/"


def test_another_sites_page_chooses_no_language(backend: Backend) -> None:
    visitor = at_home(backend)
    visitor.headers["Sec_Fetch_Site"] = "cross-site"
    answer = backend.anyone.send(
        "POST",
        "/language",
        b"language=de",
        Content_Type="application/x-www-form-urlencoded",
        Origin="https://a.example",
    )
    assert answer.status == 403
    assert "set-cookie" not in answer.headers


def test_feeds_data_and_the_api_speak_english(backend: Backend) -> None:
    """For every route that is no page: the same answer whatever language is asked for."""
    backend.client.capture()
    for path in _routes(create_app(backend.store)):
        plain = backend.client.get(path)
        wished = backend.client.get(path, Accept_Language="de", Cookie="rowback_language=ja")
        if not plain.headers["content-type"].startswith("text/html") and path != "/metrics":  # that counts requests
            assert _without_clock(wished.body) == _without_clock(plain.body), path
            assert "content-language" not in wished.headers, path


def test_a_language_does_not_outlast_its_answer(backend: Backend) -> None:
    app = create_app(backend.store)
    with app.test_client() as client:
        client.get("/login", headers={"Accept-Language": "ar"})
    assert tongue.tag() == "en"


@pytest.mark.parametrize(
    ("tag", "number", "form"),
    [("ar", 0, 0), ("ar", 1, 1), ("ar", 2, 2), ("ar", 5, 3), ("ar", 111, 5), ("fr", 0, 0), ("ja", 7, 0)],
)
def test_numbers_choose_the_plural_form_of_the_language(tag: str, number: int, form: int) -> None:
    words = language(tag).words
    catalogue: dict[object, str] = words._catalog  # type: ignore[attr-defined]
    one, more = "%(num)s edit", "%(num)s edits"
    assert words.ngettext(one, more, number) == catalogue[one, form]


def test_an_articles_words_are_in_no_known_language(backend: Backend) -> None:
    """What a reader's voice makes of them is not that of the page, nor English."""
    backend.client.capture()
    backend.clock.advance(hours=2)
    backend.client.capture([*PARAGRAPHS[:-1], "The ferry will stay in port on Sunday."], "Ferry stays in port")
    for path in ("/", "/articles/1", "/articles/1/versions/0", "/articles/1/diff/0/1", "/search?q=ferry"):
        page: Any = lxml.html.document_fromstring(backend.client.get(path, **PAGE, Accept_Language="de").body.decode())
        texts = page.xpath(" | ".join(f"//*[starts-with(@class, '{each}')]" for each in TEXTS))
        assert texts, path
        assert {each.xpath("string(ancestor-or-self::*[@lang][1]/@lang)") for each in texts} == {""}, path


def test_numbers_and_days_are_written_as_the_language_does() -> None:
    assert language("de").grouped(1_234_567) == "1.234.567"
    assert tongue.grouped(1_234) == "1,234"
    at = datetime(2026, 11, 24, tzinfo=UTC)
    assert {tag: language(tag).day(at) for tag in LANGUAGES if tag != "en"} == {
        "ar": "24 نوفمبر 2026",
        "de": "24. November 2026",
        "es": "24 de noviembre de 2026",
        "fr": "24 novembre 2026",
        "ja": "2026年11月24日",
        "pt": "24 de novembro de 2026",
    }
    assert tongue.day(at) == "24 November 2026"


@given(
    tag=st.sampled_from(sorted(set(LANGUAGES) - {"en"})),
    day=st.dates() | st.datetimes(),
    number=st.integers(-(10**12), 10**12) | st.floats(-(10**6), 10**6),
)
def test_what_is_remembered_of_a_language_is_as_it_writes(tag: str, day: Any, number: float) -> None:
    for _ in range(2):
        assert language(tag).day(day) == format_date(day, format="long", locale=tag)
        assert language(tag).grouped(number) == format_decimal(number, locale=tag)


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("<b>&", "<bdi>&lt;b&gt;&amp;</bdi>"),
        (Markup("<i>x</i>"), "<bdi><i>x</i></bdi>"),
        ("{0} %s", "<bdi>{0} %s</bdi>"),
    ],
)
def test_a_name_inside_a_sentence_is_text(name: str, shown: str) -> None:
    assert bdi(name) == shown


def _routes(app: Flask) -> list[str]:
    values = {"article_id": "1", "number": "0", "a": "0", "b": "0", "form": "atom", "url": "x", "filename": "pages.css"}
    return [
        re.sub(r"<(?:[^:<>]*:)?(\w+)>", lambda name: values.get(name[1], "x"), rule.rule)
        for rule in app.url_map.iter_rules()
        if "GET" in (rule.methods or ())
    ]


def _without_clock(body: bytes) -> bytes:
    return re.sub(rb"[\d.]+", b"0", body)


def test_problems_are_told_in_the_readers_language_and_to_programs_in_english(client: Client) -> None:
    page = client.get("/articles/77", **PAGE, Accept_Language="de")
    html: Any = lxml.html.document_fromstring(page.body.decode())
    assert (page.status, html.xpath("//h1/text()")) == (404, ["Von diesem Artikel ist keine Version gespeichert"])
    assert "Einen Artikel 77 gibt es nicht." in page.body.decode()
    assert (
        client.get("/api/v1/articles/77", Accept_Language="de").json["title"]
        == "No versions of this article are stored"
    )


def test_every_title_of_a_problem_that_people_meet_is_known() -> None:
    titles = {error.title for error in _every(RowbackError)}
    assert titles - problem_words.TITLES == problem_words.FOR_PROGRAMS


def _every(kind: type[RowbackError]) -> set[type[RowbackError]]:
    return {kind} | {each for below in kind.__subclasses__() for each in _every(below)}
