"""What came by an import or a backfill is taken back: the store is then as if it had never come."""

from __future__ import annotations

import json
from contextlib import closing
from dataclasses import dataclass, replace
from itertools import count
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rowback.archive.export import all_articles, lines
from rowback.errors import BadInput, NotAnArticle
from rowback.model import Attribution, Capture, Doubt, Origin, Reason
from rowback.store import Store
from rowback.store.imports import ImportKind, Undone

from .samples import PARAGRAPHS, TITLE, at, changed, content

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from .program import Program

NOW = at(60 * 24 * 400)
TEXTS = (
    PARAGRAPHS,
    changed("400 commuters", "900 commuters"),
    (*PARAGRAPHS[:2], "There will be no crossing at all in the evening any more, the office said on Sunday."),
)
FERRY = "/news/ferry"
_numbers = count()


@dataclass(frozen=True, slots=True)
class Sight:
    """One capture: what it says and when, what kind it is, and which import it comes by."""

    text: int
    hour: int
    kind: str
    by: int | None
    page: int = 0
    published: int | None = None
    reading: int | None = 1

    def at(self, site: str, numbers: Sequence[int]) -> Capture:
        """At the site of an article of its own."""
        origin = {"live": Origin.POLL, "reader": Origin.BROWSER, "copy": Origin.ARCHIVE, "page": Origin.IMPORT}
        is_page = self.kind in origin
        return Capture(
            f"{site}/news/ferry-{self.page}",
            content(TITLE, TEXTS[self.text]),
            at(60 * self.hour + (self.kind == "page")),  # not the very instant of blocks from elsewhere
            origin.get(self.kind, Origin.IMPORT),
            canonical_url=f"{site}{FERRY}",
            published_at=None if self.published is None else at(-self.published),
            is_page=is_page,
            reading=self.reading,
            brought_by=None if self.by is None else numbers[self.by],
        )


def _sights() -> st.SearchStrategy[list[Sight]]:
    own = st.builds(
        Sight,
        st.sampled_from(range(len(TEXTS))),
        st.integers(0, 30),
        st.sampled_from(["live", "reader", "blocks", "copy"]),
        st.none(),
        st.integers(0, 1),
        st.sampled_from([None, 1, 2]),
    )
    brought = st.builds(
        Sight,
        st.sampled_from(range(len(TEXTS))),
        st.integers(0, 30),
        st.sampled_from(["copy", "page", "blocks"]),
        st.sampled_from([0, 1]),
        st.integers(0, 2),
        st.sampled_from([None, 1, 2, 3]),
    )
    return st.lists(st.one_of(own, brought), min_size=1, max_size=8, unique_by=lambda each: each.hour)


def _in_order(sights: Sequence[Sight]) -> list[Sight]:
    """With the site itself seen in the order of time."""
    live = iter(sorted((each for each in sights if each.kind in ("live", "reader")), key=lambda each: each.hour))
    return [next(live) if each.kind in ("live", "reader") else each for each in sights]


class History:
    """An article on a site of its own."""

    def __init__(self, store: Store, numbers: Sequence[int]) -> None:
        self.store, self.numbers = store, numbers
        self.site = f"https://echo-{next(_numbers):06}.example"

    def record(self, sights: Sequence[Sight]) -> None:
        for each in sights:
            try:
                self.store.record(each.at(self.site, self.numbers), NOW)
            except NotAnArticle:
                continue

    def told(self) -> list[object]:
        article = self.store.articles.find(f"{self.site}{FERRY}")
        found = [self.store.articles.find(f"{self.site}/news/ferry-{number}") is not None for number in range(3)]
        assert (article is None) is not any(found)
        if article is None:
            return []
        facts = (
            article.published_at,
            article.is_listed,
            article.last_checked_at,
            article.first_seen_at,
            article.version_count,
        )
        told = [each.replace(self.site, "") for each in lines(self.store, [article])]
        return [facts, found, told]


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(_sights(), st.integers(0, 8), st.booleans())
def test_what_was_taken_back_is_as_if_it_had_never_come(
    store: Store, sights: list[Sight], until: int, is_both: bool
) -> None:
    numbers = [store.imports.begin(ImportKind.FILE, "a file", NOW) for _ in range(2)]
    sights = _in_order(sights)
    gone = {0, 1} if is_both else {0}
    history, never = History(store, numbers), History(store, numbers)
    first = sights[:until]
    later = [each for each in sights[until:] if each.by is None or each.by not in gone]
    history.record(first)
    for each in gone:
        store.imports.undo(numbers[each], NOW)
    history.record(later)
    never.record([each for each in (*first, *later) if each.by is None or each.by not in gone])
    assert history.told() == never.told()


def _two(store: Store) -> list[int]:
    """Three articles by one import, of which one was also read, and one more by another."""
    numbers = [store.imports.begin(ImportKind.FILE, name, NOW) for name in ("one.jsonl", "two.jsonl")]
    for place, by in enumerate((0, 0, 0, 1)):
        store.record(Sight(0, 1, "blocks", by).at(f"https://echo-{place}.example", numbers), NOW)
    store.record(Sight(1, 2, "live", None).at("https://echo-1.example", numbers), NOW)
    return numbers


def _exported(store: Store) -> list[str]:
    return list(lines(store, all_articles(store)))


def test_an_import_says_what_came_by_it(store: Store) -> None:
    number, _ = _two(store)
    store.imports.end(number, at(5))
    first, second = store.imports.all()
    assert (first.number, first.what, first.captures, first.versions, first.articles) == (number, "one.jsonl", 3, 3, 3)
    assert (first.ended_at, second.ended_at, second.url) == (at(5), None, f"https://echo-3.example{FERRY}")


def test_taking_an_import_back_says_what_went(store: Store) -> None:
    number, other = _two(store)
    assert store.imports.undo(number, NOW) == Undone(articles=3, gone=2)
    assert store.counts() == {"articles": 2, "versions": 2, "captures": 2}
    assert store.imports.undo(other, NOW) == Undone(articles=1, gone=1)
    assert [each.undone_at for each in store.imports.all()] == [NOW, NOW]


def test_it_goes_on_where_it_was_cut_off(store: Store) -> None:
    number, _ = _two(store)

    def cut_off(_: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        store.imports.undo(number, NOW, cut_off)
    found = store.imports.get(number)
    assert found is not None
    assert (found.undo_began_at, found.undone_at, found.articles) == (NOW, None, 2)
    with pytest.raises(BadInput, match="taken back"):
        store.record(Sight(1, 9, "blocks", 0).at("https://echo-9.example", [number]), NOW)
    assert store.imports.undo(number, NOW) == Undone(articles=2, gone=1)
    assert [each.undone_at for each in store.imports.all()] == [NOW, None]


def test_what_is_not_there_or_gone_is_said(store: Store) -> None:
    number, _ = _two(store)
    with pytest.raises(BadInput, match="There is no import 9"):
        store.imports.undo(9, NOW)
    store.imports.undo(number, NOW)
    with pytest.raises(BadInput, match="Nothing is left of it"):
        store.imports.undo(number, NOW)


def test_the_same_can_come_again_after_it_and_comes_once(store: Store) -> None:
    number, _ = _two(store)
    before = _exported(store)
    store.imports.undo(number, NOW)
    again = store.imports.begin(ImportKind.FILE, "one.jsonl", NOW)
    for place in range(3):
        store.record(Sight(0, 1, "blocks", 0).at(f"https://echo-{place}.example", [again]), NOW)
    assert sorted(_exported(store)) == sorted(before)


def test_what_is_followed_since_stays_until_its_own_page_was_read(store: Store) -> None:
    number, _ = _two(store)
    article = store.articles.find(f"https://echo-0.example{FERRY}")
    assert article is not None
    store.set_followed(article.id, NOW)
    assert store.imports.undo(number, NOW) == Undone(articles=3, gone=1, followed=1)
    store.set_followed(article.id, None)
    assert store.imports.undo(number, NOW) == Undone(articles=1, gone=1)


def test_no_text_of_it_is_found_any_more(store: Store) -> None:
    number = store.imports.begin(ImportKind.FILE, "one.jsonl", NOW)
    store.record(Sight(0, 1, "live", None).at("https://echo.example", []), NOW)
    store.record(Sight(1, 2, "blocks", 0).at("https://echo.example", [number]), NOW)
    assert store.search.find("900 commuters", 9)
    store.imports.undo(number, NOW)
    assert not store.search.find("900 commuters", 9)
    assert store.search.find("400 commuters", 9)
    with store._connection.read() as db:
        assert not db.execute("select 1 from blocks where text like '%900 commuters%'").fetchall()


def test_what_rules_an_import_knew_is_forgotten_with_it(store: Store) -> None:
    number = store.imports.begin(ImportKind.FILE, "one.jsonl", NOW)
    store.record(Sight(0, 1, "blocks", None, reading=None).at("https://echo.example", []), NOW)
    before = _exported(store)
    store.record(Sight(0, 1, "blocks", 0).at("https://echo.example", [number]), NOW)
    assert _exported(store) != before
    store.imports.undo(number, NOW)
    assert _exported(store) == before


def test_its_address_is_the_one_that_others_tell(store: Store) -> None:
    number = store.imports.begin(ImportKind.FILE, "one.warc.gz", NOW)
    site = "https://echo.example"
    store.record(replace(Sight(0, 1, "copy", None).at(site, []), canonical_url=None), NOW)
    before = _exported(store)
    article = store.record(Sight(1, 2, "copy", 0).at(site, [number]), NOW).article
    assert article.url == f"{site}{FERRY}", "the plainest"
    store.imports.undo(number, NOW)
    assert _exported(store) == before
    assert store.articles.find(f"{site}{FERRY}") is None


def test_its_first_own_page_says_its_address(store: Store) -> None:
    number = store.imports.begin(ImportKind.FILE, "one.jsonl", NOW)
    site = "https://echo.example"
    store.record(Sight(0, 1, "blocks", 0).at(site, [number]), NOW)
    own = store.record(replace(Sight(0, 2, "live", None).at(site, []), canonical_url=None), NOW).article
    assert own.url == f"{site}{FERRY}-0"
    store.imports.undo(number, NOW)
    assert [json.loads(each)["url"] for each in _exported(store)] == [own.url]


def test_what_an_import_stood_between_is_one_with_its_rules(store: Store) -> None:
    number = store.imports.begin(ImportKind.FILE, "one.jsonl", NOW)
    site = "https://echo.example"
    store.record(Sight(1, 22, "blocks", 0).at(site, [number]), NOW)
    store.record(Sight(0, 28, "live", None).at(site, []), NOW)
    article = store.record(Sight(0, 10, "blocks", None, reading=None).at(site, []), NOW).article
    store.imports.undo(number, NOW)
    assert [span.reading for span in store.versions.spans(article.id)] == [1]


def test_versions_that_also_came_otherwise_are_not_touched(store: Store) -> None:
    number = store.imports.begin(ImportKind.FILE, "one.warc.gz", NOW)
    site = "https://echo.example"
    store.record(Sight(0, 1, "copy", 0).at(site, [number]), NOW)
    article = store.record(Sight(0, 1, "copy", None).at(site, []), NOW).article
    store.record(Sight(1, 2, "copy", 0).at(site, [number]), NOW)
    store.record(Sight(0, 1, "live", None).at("https://other.example", []), NOW)  # so that no row's id is free again
    first, _ = store.versions.spans(article.id)
    store.imports.undo(number, NOW)
    assert [span.id for span in store.versions.spans(article.id)] == [first.id]


@pytest.mark.parametrize("own", [None, Attribution("An archive", "https://archive.example/1")])
def test_a_copy_is_credited_as_it_was(store: Store, own: Attribution | None) -> None:
    number = store.imports.begin(ImportKind.FILE, "one.warc.gz", NOW)
    first = replace(Sight(0, 1, "copy", None).at("https://echo.example", []), memento=own)
    article = store.record(first, NOW).article
    other = Attribution("Another archive", "https://other.example/1")
    store.record(replace(first, memento=other, brought_by=number), NOW)
    assert store.versions.spans(article.id)[0].memento == other
    store.imports.undo(number, NOW)
    assert store.versions.spans(article.id)[0].memento == own


def test_it_is_checked_as_it_was(store: Store) -> None:
    number = store.imports.begin(ImportKind.FILE, "one.jsonl", NOW)
    site = "https://echo.example"
    article = store.record(Sight(0, 1, "live", None).at(site, []), at(61)).article
    later = store.record(Sight(1, 2, "blocks", 0).at(site, [number]), at(180)).article
    assert later.next_check_at != article.next_check_at
    store.imports.undo(number, NOW)
    undone = store.articles.get(article.id)
    assert undone is not None
    assert (undone.next_check_at, undone.status) == (article.next_check_at, article.status)


def test_pages_that_were_not_believed_are_forgotten_too(store: Store) -> None:
    number = store.imports.begin(ImportKind.FILE, "one.warc.gz", NOW)
    for by in (number, None):
        page = replace(Sight(0, 1, "page", None).at("https://echo.example", []), brought_by=by)
        with pytest.raises(NotAnArticle):
            store.record(replace(page, doubt=Doubt(Reason.ERROR, "An error page.")), NOW)
    assert len(store.failures.newest()) == 2
    store.imports.undo(number, NOW)
    assert len(store.failures.newest()) == 1


def test_merged_and_parted_articles_are_taken_back_too(store: Store) -> None:
    number = store.imports.begin(ImportKind.FILE, "one.jsonl", NOW)
    one, two = "https://echo-1.example", "https://echo-2.example"
    own = store.record(Sight(0, 1, "live", None, published=1).at(one, []), NOW).article
    alone = _exported(store)
    other = store.record(Sight(1, 2, "blocks", 0, published=1).at(two, [number]), NOW).article
    store.merge(own.id, other.id)
    store.imports.undo(number, NOW)
    assert _exported(store) == alone
    assert store.articles.find(f"{two}{FERRY}") is None
    left = store.articles.get(own.id)
    assert left is not None
    assert left.published_at == at(-1)


def test_the_command_lists_and_takes_back(rowback: Program, tmp_path: Path) -> None:
    with closing(Store(tmp_path / "rowback.db")) as store:
        assert "Nothing was imported yet" in rowback.ok("imports").out
        number, _ = _two(store)
        store.imports.end(number, NOW)
    (first, second) = rowback.ok("imports", "--json").json
    assert (first["number"], first["what"], first["articles"], first["undone_at"]) == (1, "one.jsonl", 3, None)
    assert (second["url"], second["ended_at"]) == (None, None)
    assert "3 articles, 3 new versions\tone.jsonl" in rowback.ok("imports").out
    asked = rowback("imports", "undo", "1", stdin="n\n")
    assert (asked.code, "import 1 (one.jsonl)? It has a part in 3 articles, of which 2 go" in asked.out) == (1, True)
    assert (
        "from 3 articles; 2 of them had nothing else and are gone." in rowback.ok("imports", "undo", "1", "--yes").out
    )
    assert "taken back on" in rowback.ok("imports").out
    for number_, told in (("1", "Nothing is left of it"), ("7", "`rowback imports` lists them")):
        again = rowback("imports", "undo", number_, "--yes")
        assert (again.code, told in again.err) == (1, True)
    assert rowback("imports", "undo").code == 2
    assert rowback("imports", "undo", "2", "--source", "x").code == 2
    gone = rowback("imports", "undo", "--article", "https://echo-3.example/news/ferry", "--yes")
    assert (gone.code, "Nothing that archives brought" in gone.err) == (1, True)
