"""What trafilatura takes is the same, step by step, as it takes in one go, and no step is left out that could matter."""

from __future__ import annotations

from copy import copy
from typing import TYPE_CHECKING

import pytest
import trafilatura
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from trafilatura import core
from trafilatura.baseline import html2txt
from trafilatura.external import try_readability
from trafilatura.utils import trim

from rowback.text import careful
from rowback.text.tree import grow

if TYPE_CHECKING:
    from lxml.html import HtmlElement

URL = "https://echo.example/ferry"
SAID = "The ferry to the island was late again, said the master of the harbour, and many had to wait at the quay."
TOLD = f"<p>{SAID} It was the third time in a week, and the mayor wants to speak with the company.</p>"
SCRIPT = '<script type="application/ld+json">{"@type": "NewsArticle", "headline": "Ferry"}</script>'
FORUM = '<script type="application/ld+json">{"@type": "DiscussionForumPosting"}</script>'
BODY_OF_SCRIPT = f'<script type="application/ld+json">{{"articleBody": "{SAID * 5}"}}</script>'
SPACES = f'<script type="application/ld+json">{{{" " * 900}}}</script>'
ARTICLE = f"<article>{TOLD * 5}</article>"
SHORT = f"<article>{TOLD * 2}</article>"
WORDS = "".join(f"<div>Pier {n}</div>" for n in range(30))
LINKS = "".join(f"<li><a href=/{n}>Another ferry is late on route {n}</a></li>" for n in range(30))
ELSEWHERE = f"<section class=quay>{TOLD * 4}</section>"
COMMENTS = f"<div id=comments><p>{SAID}</p><ul class=comment-list><li>{SAID}</li></ul></div>"
REST = f"<section>{TOLD * 3}</section>"
TIMES = (
    "<article>" + f"<div>{SAID} <time>9 June</time> <label>Ferry</label> <span>{SAID}</span></div>" * 5 + "</article>"
)
TABLE = f"<table><tr><td>{SAID}</td><td>{SAID}</td></tr></table>"
PARTS = (
    ARTICLE, SHORT, WORDS, f"<ul>{LINKS}</ul>", ELSEWHERE, COMMENTS, TABLE, TABLE * 3, SCRIPT, FORUM, BODY_OF_SCRIPT, TOLD,
    f"<div>{SAID}<br>{SAID}</div>", f"<nav>{LINKS}</nav>", f"<footer>{SAID}</footer>", f"<aside>{TOLD * 3}</aside>",
    "<xmp></xmp>", "<noembed></noembed>", "<title></title>", "<h1>Ferry</h1>", "<h2>Late again</h2>",
    f"<div class=text>{SAID * 4}</div>", f"<blockquote>{TOLD}</blockquote>", f"<article>{TABLE}</article>",
    f"<div class=infinite-scroll><h1>Bus</h1>{TOLD * 9}</div>", SPACES, TIMES, REST,
    f"<figure><img src=a.png><figcaption>{SAID}</figcaption></figure>",
)  # fmt: skip
PAGES = {
    "an article": ARTICLE,
    "an article and little else": ARTICLE + WORDS,
    "an article with the text of scripts": ARTICLE + SCRIPT * 30,
    "an article between links": f"<nav>{LINKS}</nav>{ARTICLE}<ul>{LINKS}</ul>",
    "the rest of an article beside it": SHORT + REST,
    "more than the rest of an article beside it": SHORT + ELSEWHERE,
    "short lines and times in an article": TIMES,
    "an article in many short lines": SHORT + WORDS * 10,
    "much more text beside an article": SHORT + ELSEWHERE * 5,
    "an article in a script": BODY_OF_SCRIPT + WORDS,
    "many short lines around a note": WORDS * 5 + f"<div>{SAID}</div>",
    "a thread of a forum": FORUM + TOLD + COMMENTS,
    "comments below an article": ARTICLE + COMMENTS,
    "an article and the next ones": ARTICLE + f"<div class=infinite-scroll>{TOLD * 9}</div>",
    "a page of tables": f"<article>{TABLE * 4}</article>",
    "no text": "<img src=a.png>",
}


def _in_one_go(tree: HtmlElement) -> bytes | None:
    document = trafilatura.bare_extraction(tree, url=URL, include_comments=False, with_metadata=False)
    assert not isinstance(document, dict)
    return None if document is None or document.body is None else etree.tostring(document.body)


def _step_by_step(tree: HtmlElement) -> bytes | None:
    body = careful.take(tree, URL)
    return None if body is None else etree.tostring(body)


@pytest.mark.parametrize("html", PAGES.values(), ids=PAGES)
def test_step_by_step_the_same_is_taken(html: str) -> None:
    assert _step_by_step(grow(html)) == _in_one_go(grow(html))


_PAGES = st.lists(st.sampled_from(PARTS), max_size=8).map("".join)


@settings(max_examples=60, deadline=None)
@given(_PAGES)
def test_of_any_page_the_same_is_taken(html: str) -> None:
    assert _step_by_step(grow(html)) == _in_one_go(grow(html))


@settings(max_examples=60, deadline=None)
@given(_PAGES)
def test_no_text_is_longer_than_the_pages_length_says(html: str) -> None:
    tree = grow(html)
    length = careful._length(tree)
    assert len(html2txt(tree)) <= careful._spaced(tree, length)
    if not careful._READ_OTHERWISE(tree):
        read = etree.tostring(try_readability(copy(tree)), method="text", encoding="unicode")
        assert len(trim(read)) <= length


def _asked(monkeypatch: pytest.MonkeyPatch, html: str) -> set[str]:
    """Which of the steps that may be left out are taken of a page."""
    asked: set[str] = set()

    def told(name: str) -> None:
        step = getattr(careful, name)

        def noted(*given: object) -> object:
            asked.add(name)
            return step(*given)

        monkeypatch.setattr(careful, name, noted)

    told("compare_extraction")
    told("html2txt")
    careful.take(grow(html), URL)
    return asked


@pytest.mark.parametrize("name", ["an article", "an article and little else", "an article with the text of scripts"])
def test_of_an_article_that_is_its_page_nothing_else_is_asked(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert _asked(monkeypatch, PAGES[name]) == set()


@pytest.mark.parametrize(
    "more",
    ["<xmp></xmp>", "<noembed></noembed>", "<iframe></iframe>", "<textarea></textarea>", "<p><title></title></p>"],
)
def test_where_readability_reads_markup_for_text_it_is_asked(more: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "compare_extraction" in _asked(monkeypatch, ARTICLE + more)


def test_where_a_page_has_twice_as_much_text_readability_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "compare_extraction" in _asked(monkeypatch, PAGES["the rest of an article beside it"])


def test_where_most_of_a_page_stands_beside_the_text_taken_all_of_it_is_measured(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert "html2txt" in _asked(monkeypatch, PAGES["an article in many short lines"])


@pytest.mark.parametrize(
    ("body", "is_sure"),
    [
        ("<p>Ferry</p>", True),
        ("<p/>", False),
        ("<p>Ferry</p><aside/>", False),
        ("<p>Ferry</p><div><time>9 June</time></div>", False),
        ("<p>Ferry</p><table/>", True),
        ("<p>Ferry</p><table/><table/>", False),
    ],
)
def test_a_text_is_sure_only_where_nothing_in_it_asks_for_another(body: str, is_sure: bool) -> None:
    taken = etree.fromstring(f"<body>{body}</body>")
    assert careful._is_beyond_doubt(grow(ARTICLE), taken, 400, 800, careful._options()) is is_sure
    assert not careful._is_beyond_doubt(grow(ARTICLE), taken, 400, 801, careful._options())
    assert not careful._is_beyond_doubt(grow(ARTICLE), taken, 249, 249, careful._options())


def test_where_little_was_taken_the_same_of_two_more_texts_is(monkeypatch: pytest.MonkeyPatch) -> None:
    html = PAGES["an article in many short lines"]
    least, little = careful._options().min_extracted_size, len(SHORT) - len("<article><p></p><p></p></article>") + 1
    for again in (0, least, little, 3 * little // 2, 3 * little // 2 + 1, 3 * little):
        for other in (0, little, 2 * little, 2 * little + 1, 3 * little + 1):
            found = [
                (etree.fromstring(f"<body><p>{name * n}</p></body>"), name * n)
                for name, n in (("a", again), ("b", other))
            ]
            for module in (careful, core):
                monkeypatch.setattr(module, "_recall_retry", lambda *_given, found=found: found[0])
                monkeypatch.setattr(module, "justext_rescue", lambda *_given, found=found: found[1])
            assert _step_by_step(grow(html)) == _in_one_go(grow(html)), (again, other)
