"""Texts are found through filters as if every match were looked at: no page ends before it is full without saying so."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rowback.store import Store, handfuls, search
from rowback.store.matching import matching
from rowback.store.sqlite.fts5_texts import match_of
from rowback.text.query import all_of, parse

from .samples import AUDIENCES, PARAGRAPHS, at, capture
from .scattered import WITHOUT_SHRINKING, Scattered, record, scattered

if TYPE_CHECKING:
    from rowback.model import Article
    from rowback.store.versions import Span
    from rowback.store.view import View
    from rowback.text.query import Query

WORDS = ("storm", "ferry and storm", "strike", "港の船")
QUERIES = (
    "keeper",
    "storm source:paper0.example",
    "keeper source:paper1.example source:paper2.example",
    "keeper source:nowhere.example",
    "storm before:2026-01-11",
    "keeper after:2026-01-11 before:2026-01-12",
    "keeper after:2026-01-12",
    "船 source:paper0.example",
    "keeper title:harbour",
    "keeper -storm title:bridge source:paper0.example",
    "nothinglikethis",
    '"spoke of storm"',
    "keeper strike",
    "keep* spok*",
    '"today spoke"',
)
ALL = 1_000  # more than there are
BOUNDS = {
    "FIRST": (1, 2, 3),
    "FEW": (0, 3, ALL),
    "WIDELY": (0, 1, 5),
}
Told = tuple[int, str, list[int]]


@settings(max_examples=25, phases=WITHOUT_SHRINKING)  # each makes a database
@given(
    captures=scattered((0, 1, 2, 30, 31, 50), WORDS, 6, 24),
    bounds=st.tuples(*map(st.sampled_from, (*BOUNDS.values(), (1, 2, 9), (1, 2, 9)))),
    hides=st.booleans(),
    merges=st.booleans(),
)
def test_what_is_found_is_what_looking_at_all_would_find(
    captures: list[Scattered],
    bounds: tuple[int, ...],
    hides: bool,
    merges: bool,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    store = Store(tmp_path_factory.mktemp("found") / "rowback.db")
    record(store, captures, WORDS, 3, hides=hides, merges=merges)
    with pytest.MonkeyPatch.context() as patch:
        names = [(handfuls, name) for name in BOUNDS] + [(search, "MOST"), (search, "MOST_READ")]
        for (module, name), value in zip(names, bounds, strict=True):
            patch.setattr(module, name, value)
        for audience in AUDIENCES:
            for query in map(parse, QUERIES):
                view = store.view(audience)
                assert _by_pages(view, query) == _plainly(store, view, query)
    store.close()


def _by_pages(view: View, query: Query) -> list[Told]:
    found: list[Told] = []
    older: int | None = None
    while True:
        page = view.search.texts(query, 2, older)
        items = [item for item in page.items if not item.is_headline]
        found += [(item.article.id, item.text, _numbers(item.spans)) for item in items]
        assert len(items) == 2 or page.next is None or page.is_partial
        if page.next is None:
            return found
        assert older is None or page.next < older
        older = page.next


def _plainly(store: Store, view: View, query: Query) -> list[Told]:
    """The same, of each block that matches by itself."""
    with store._connection.read() as db:
        ids = db.execute(matching("blocks"), 2 * [match_of(all_of(query.terms, query.without))]).fetchall()
        blocks = [
            db.execute("select article_id, text from blocks where id = ?", row).fetchone()
            for row in sorted(ids, reverse=True)
        ]
    found: list[Told] = []
    for article_id, text in blocks:
        article = view.articles.get(article_id)
        if article is None or not _may_be(view, article, query):
            continue
        spans = view.versions.spans(article_id)
        contents = view.versions.contents(*(span.id for span in spans))
        stood = [
            span
            for span, content in zip(spans, contents, strict=True)
            if text in [block.text for block in content.blocks]
        ]
        if any(_lies_in(span, query) for span in stood):
            found.append((article_id, text, [span.number for span in stood]))
    return found


def _may_be(view: View, article: Article, query: Query) -> bool:
    is_of = not query.sources or article.source in query.sources
    titles = [span.title.lower() for span in view.versions.spans(article.id)]
    is_titled = not query.title or query.title[0].text in titles
    return is_of and is_titled and article.hidden_reason is None


def _lies_in(span: Span, query: Query) -> bool:
    return (not query.before or span.seen_at < query.before) and (not query.after or span.last_seen_at >= query.after)


def _numbers(spans: tuple[tuple[int, int], ...]) -> list[int]:
    return [number for first, last in spans for number in range(first, last + 1)]


@pytest.fixture
def crowded(store: Store) -> Store:
    """One article of a small paper, and many of others after it."""
    for n in range(12):
        source = "small" if n == 0 else "large"
        store.record(capture((*PARAGRAPHS, f"Bell {n}."), url=f"https://{source}.example/{n}", title="Bells"), at(n))
    return store


@pytest.mark.parametrize("few", [0, 1_000])
def test_a_filter_is_gone_on_through(crowded: Store, few: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(handfuls, "FIRST", 2)
    monkeypatch.setattr(handfuls, "FEW", few)
    page = crowded.search.texts(parse("ferry source:small.example"), 5)
    assert [(item.article.source, item.is_headline) for item in page.items] == [("small.example", False)]
    assert (page.next, page.is_partial) == (None, False)


def test_a_search_that_stops_says_so_and_goes_on(crowded: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(handfuls, "FIRST", 2)
    monkeypatch.setattr(handfuls, "FEW", 0)
    monkeypatch.setattr(search, "MOST", 5)
    query = "ferry source:small.example"
    page = crowded.search.texts(parse(query), 5)
    assert (page.items, page.is_partial) == ((), True)
    looked = crowded.search.look(query, 5)
    assert (looked.items, looked.next) == ((), page.next)
    assert crowded.search.look(query, 5, looked.next).items
    assert [found.article.source for found in crowded.search.find(query, 5)] == ["small.example"]
