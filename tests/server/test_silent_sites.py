"""Sites that stop showing their text to the server: no article of theirs is told as taken down for it, over days."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from rowback.capture.captures import from_html
from rowback.clock import utc_now
from rowback.errors import NotAnArticle
from rowback.model import Origin, Reason
from rowback.text.extract import extract

from .cases import cases
from .samples import START, page
from .visitor import owner_at_home

if TYPE_CHECKING:
    from datetime import datetime

    from rowback.store import Store

    from .backend import Backend
    from .program import Program

HOST = "https://www.quayside-post.example"
TOPICS = ("ferry", "tram", "market", "library", "harbour", "lighthouse")
KIND = '<meta property="og:type" content="article">'
GONE = "We took this story down on Tuesday, after the family of the sailor had complained about it."
CORRECTION = "Correction: the figures that this report rested on were wrong, and nothing of it is left."
SIGN = "Our new pages open in the application only, which may be had wherever applications are given away."


def _title(topic: str) -> str:
    return f"What became of the {topic} plans that the council made in spring"


def _story(topic: str, paragraphs: int = 10) -> list[str]:
    return [
        f"In part {n} of the report about the {topic} the council says what it will cost, who is to pay, and by which day "
        f"in the month of {month} the first of the works is meant to begin."
        for n, month in enumerate(("May", "June", "July", "August", "October") * 2, 1)
    ][:paragraphs]


def _page(topic: str, paragraphs: list[str]) -> str:
    return page(paragraphs, _title(topic), KIND)


def _shell(topic: str) -> str:
    return (
        f"<!doctype html><html><head><title>{_title(topic)}</title>{KIND}</head><body>"
        "<header><nav><a href='/'>Home</a> <a href='/news'>News</a></nav></header><main>"
        f"<h1>{_title(topic)}</h1><div id='root'></div></main><footer><p>Copyright Quayside Post</p></footer></body></html>"
    )


def _url(topic: str) -> str:
    return f"{HOST}/news/{topic}-plans"


def _look(store: Store, topic: str, html: str, at: datetime) -> bool:
    """Whether a page is taken for the article."""
    try:
        store.record(from_html(_url(topic), html, at, Origin.POLL), at)
    except NotAnArticle:
        return False
    return True


def _days(store: Store, pages: dict[str, str], days: int, start: datetime = START) -> datetime:
    """Every article looked at once in three hours, each a minute after the one before."""
    at = start
    for _ in range(days * 8):
        at += timedelta(hours=3)
        for n, (topic, html) in enumerate(pages.items()):
            _look(store, topic, html, at + timedelta(minutes=n))
    return at


def _begin(store: Store, topics: tuple[str, ...] = TOPICS) -> dict[str, str]:
    pages = {topic: _page(topic, _story(topic)) for topic in topics}
    for topic, html in pages.items():
        assert _look(store, topic, html, START)
    return pages


def _texts(store: Store, topic: str) -> list[tuple[str, ...]]:
    """The paragraphs of each version."""
    article = store.articles.find(_url(topic))
    assert article is not None
    return [tuple(block.text for block in each.content.blocks) for each in store.versions.of_article(article.id)]


@pytest.mark.parametrize("said", [GONE, CORRECTION, SIGN], ids=["taken down", "corrected", "another sentence"])
@pytest.mark.parametrize("topics", [TOPICS, ("ferry",)], ids=["others are fine", "the only article"])
def test_one_article_that_is_cut_to_a_sentence_is_believed(store: Store, said: str, topics: tuple[str, ...]) -> None:
    pages = _begin(store, topics)
    _days(store, pages | {"ferry": _page("ferry", [said])}, 1)
    assert _texts(store, "ferry")[1:] == [(said,)]
    assert store.overview(START + timedelta(days=1)).silent_sites == ()


@pytest.mark.parametrize("count", [1, 2, 5])
def test_shells_are_never_believed(store: Store, count: int) -> None:
    pages = _begin(store)
    _days(store, pages | {topic: _shell(topic) for topic in TOPICS[:count]}, 5)
    assert [len(_texts(store, topic)) for topic in TOPICS] == [1] * 6


@pytest.mark.parametrize(
    "menu", ["Home\nNews\nSport", "Home News Sport", "Loading the story…", "Legal\nCorrections\nEditors"]
)
def test_what_is_no_prose_is_never_believed(store: Store, menu: str) -> None:
    pages = _begin(store)
    bare = page(menu.split("\n"), _title("ferry"))
    assert not any(_look(store, "ferry", bare, START + timedelta(hours=6 * n)) for n in range(1, 20))
    (failed, *_) = store.failures.newest()
    assert failed.reason is Reason.SCRIPTS
    assert "no longer shows the article's text to the server" in failed.detail
    assert _look(store, "ferry", pages["ferry"], START + timedelta(days=6))


def test_no_text_is_believed_while_most_articles_of_a_site_shrink(store: Store) -> None:
    pages = _begin(store)
    at = _days(store, pages | {topic: _page(topic, [SIGN]) for topic in TOPICS[:4]}, 4)
    assert [len(_texts(store, topic)) for topic in TOPICS] == [1] * 6
    (silent,) = store.overview(at).silent_sites
    assert (silent.source, silent.articles) == ("quayside-post.example", 4)
    assert store.failures.newest(limit=1)[0].detail.startswith("The site no longer shows its text to the server")
    at = _days(store, pages, 1, at)
    assert store.overview(at).silent_sites == ()
    _days(store, pages | {"ferry": _page("ferry", [SIGN])}, 1, at)
    assert [len(_texts(store, topic)) for topic in TOPICS] == [2, 1, 1, 1, 1, 1]


def test_half_of_a_site_may_be_taken_down(store: Store) -> None:
    pages = _begin(store)
    _days(store, pages | {topic: _page(topic, [SIGN]) for topic in TOPICS[:3]}, 1)
    assert [len(_texts(store, topic)) for topic in TOPICS] == [2, 2, 2, 1, 1, 1]


def test_a_redesign_that_shows_less_of_every_article_is_an_edit_of_each(store: Store) -> None:
    _begin(store)
    _days(store, {topic: _page(topic, _story(topic, 7)) for topic in TOPICS}, 1)
    assert [len(_texts(store, topic)) for topic in TOPICS] == [2] * 6


@pytest.mark.parametrize("row", cases("shells"), ids=lambda row: row["why"])
def test_a_page_without_a_text_of_its_own_is_no_article(row: dict[str, str]) -> None:
    html = f"<!doctype html><title>{_title('ferry')}</title>{KIND}<body><h1>{_title('ferry')}</h1>{row['body']}</body>"
    if row["is_shell"]:
        with pytest.raises(NotAnArticle, match="only to a browser that runs its scripts"):
            extract(html, _url("ferry"))
    else:
        assert extract(html, _url("ferry")).content.blocks


def test_page_api_and_doctor_name_the_site(rowback: Program, backend: Backend) -> None:
    now, pages = utc_now(), {topic: _page(topic, _story(topic)) for topic in TOPICS}
    for topic, html in pages.items():
        assert _look(backend.store, topic, html, now - timedelta(days=2))
    _days(backend.store, pages | {topic: _shell(topic) for topic in TOPICS[:4]}, 1, now - timedelta(hours=25))
    told = "quayside-post.example no longer shows its text to the server: 4 articles came without it"
    assert told in rowback.ok("status").out
    assert told in rowback("doctor").out
    assert backend.client.get("/api/v1/status").json["silent_sites"] == [
        {"source": "quayside-post.example", "articles": 4}
    ]
    backend.clock.at = now
    assert b"4 articles came without their text" in owner_at_home(backend).get("/status").body
