"""What older rules stored and today's would not is set aside, and comes back as it was."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from rowback.diff.telling.history import tell
from rowback.errors import NotAnArticle
from rowback.model import Capture, Doubt, Origin, Reason, Status
from rowback.store.latest import Filters
from rowback.store.set_aside import MisfitKind
from rowback.store.version_rows import shrink_version
from rowback.store.versions import read_spans

from .samples import PARAGRAPHS, URL, at, capture

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rowback.store import Store

    from .backend import Backend
    from .program import Program

LONG = tuple(f"{text} That was said in part {n} of the notice." for n in range(3) for text in PARAGRAPHS)
SHELL = ("Home", "News", "Sport")
SECTION = "https://www.harbour-echo.example/news/ferries"


def _page(texts: Iterable[str] = LONG, minutes: float = 0, **more: Any) -> Capture:
    return replace(capture(texts, minutes=minutes), origin=Origin.POLL, is_page=True, reading=0, **more)


def _told(store: Store) -> Any:
    """All that a history says of the article."""
    article = store.articles.find(URL)
    assert article is not None
    versions = store.versions.of_article(article.id)
    return (
        versions,
        tell(versions, 0, len(versions) - 1),
        [(step.number, step.edit_count, step.excerpt) for step in store.steps.of_article(article.id)],
        (article.title, article.version_count, article.last_changed_at, article.first_seen_at),
        store.counts(),
    )


def _with_shell(store: Store, after: Iterable[str] = LONG) -> None:
    for minutes, texts in ((0, LONG), (60, SHELL), (90, SHELL), (120, after)):
        store.record(replace(_page(texts, minutes), is_page=False), at(minutes))


@pytest.mark.parametrize("after", [LONG, (*LONG, "The notice hangs at the pier.")])
def test_a_shell_stands_in_no_history_and_comes_back_as_it_was(store: Store, after: tuple[str, ...]) -> None:
    _with_shell(store, after)
    before = _told(store)
    (found,) = store.set_aside.found()
    assert (found.kind, found.url, found.seen_at) == (MisfitKind.VERSION, URL, at(60))
    store.set_aside.put([found], at(200))
    store.steps.refresh(found.article_id)
    versions = store.versions.of_article(found.article_id)
    assert [version.content.blocks[-1].text for version in versions] == [LONG[-1], LONG[-1], after[-1]]
    assert [(version.number, version.seen_at) for version in versions] == [(0, at(0)), (1, at(60)), (2, at(120))]
    assert tell(versions, 0, 1).edits == ()
    assert store.search.find("sport", 5) == []
    assert store.set_aside.found() == []
    assert store.set_aside.bring_back(at(300)) == 1
    store.steps.refresh(found.article_id)
    assert _told(store) == before
    assert store.set_aside.kept() == []


def test_addresses_by_number_mean_what_they_meant(store: Store) -> None:
    _with_shell(store, (*LONG, "The notice hangs at the pier."))
    (found,) = store.set_aside.found()
    before = store.versions.spans(found.article_id)
    store.set_aside.put([found], at(200))
    after = store.versions.spans(found.article_id)
    assert [(span.id, span.number, span.seen_at) for span in after] == [
        (span.id, span.number, span.seen_at) for span in before
    ]
    assert [span.fingerprint for span in after] == [before[0].fingerprint, *(before[n].fingerprint for n in (0, 2))]
    store.steps.refresh(found.article_id)
    assert [step.number for step in store.steps.of_article(found.article_id) if step.edit_count] == [2]


def test_no_list_tells_of_a_shell_and_pages_by_number_stay(backend: Backend) -> None:
    store = backend.store
    _with_shell(store, (*LONG, "The notice hangs at the pier."))
    page = f"/articles/{store.set_aside.found()[0].article_id}"
    before = backend.client.get(f"{page}/versions/2.txt").body
    store.set_aside.put(store.set_aside.found(), at(200))
    store.steps.refresh(1)
    assert backend.client.get(f"{page}/versions/2.txt").body == before
    assert [item.step.number for item in store.latest.page(Filters(), 9).items] == [2]
    edits = backend.client.get(f"/api/v1/edits?url={URL}&from=0&to=1").json
    assert (edits["edits"], edits["article"]["version_count"]) == ([], 3)
    for address in (
        page,
        f"{page}/versions/1",
        f"{page}/diff/0/1",
        f"{page}/diff/1/2",
        f"{page}/timemap",
        f"{page}/feed.atom",
    ):
        assert backend.client.get(address).status == 200, address


@pytest.mark.parametrize("times", [(0, 60), (0, 60, 120, 180), (30, 60, 61)])
def test_what_was_seen_since_stays_when_a_shell_comes_back(store: Store, times: tuple[int, ...]) -> None:
    """The shell is the first version or the last; the article is looked at before, between and after."""
    for minutes in times:
        store.record(replace(_page(SHELL if minutes == 60 else LONG, minutes), is_page=False), at(minutes))
    (found,) = store.set_aside.found()
    store.set_aside.put([found], at(200))
    store.record(replace(_page(LONG, 240), is_page=False), at(240))
    store.set_aside.bring_back(at(300))
    versions = store.versions.of_article(found.article_id)
    says = [(version.content.blocks[0].text == LONG[0], version.seen_at, version.last_seen_at) for version in versions]
    after = [minutes for minutes in (*times, 240) if minutes > 60]
    assert says == [(True, at(times[0]), at(times[0])), (False, at(60), at(60)), (True, at(after[0]), at(240))]


def test_a_first_version_of_nothing_reads_like_the_next(store: Store) -> None:
    for minutes, texts in ((0, SHELL), (60, LONG)):
        store.record(replace(_page(texts, minutes), is_page=False), at(minutes))
    before = _told(store)
    (found,) = store.set_aside.found()
    store.set_aside.put([found], at(200))
    assert [len(version.content.blocks) for version in store.versions.of_article(found.article_id)] == [len(LONG)] * 2
    store.set_aside.bring_back(at(300))
    store.steps.refresh(found.article_id)
    assert _told(store) == before


def test_what_an_earlier_rowback_set_aside_comes_back(store: Store) -> None:
    """It took the version and its captures away, and joined what then stood side by side."""
    _with_shell(store)
    before = _told(store)
    (found,) = store.set_aside.found()
    store.set_aside.put([found], at(200))
    with store._connection.write() as db:
        first, shell, last = (span.id for span in read_spans(db, found.article_id))
        db.execute("delete from captures where version_id = ?", [shell])
        db.execute("update captures set version_id = ? where version_id = ?", [first, last])
        for version_id in (first, shell, last):
            shrink_version(db, version_id)
    store.set_aside.bring_back(at(300))
    store.steps.refresh(found.article_id)
    assert _told(store) == before


@pytest.mark.parametrize(
    ("texts", "why"),
    [
        (("The story was removed at the harbour office's wish.",), "a sentence"),
        (LONG[:3], "text"),
    ],
)
def test_what_says_something_is_no_shell(store: Store, texts: tuple[str, ...], why: str) -> None:
    for minutes, said in ((0, LONG), (60, texts), (120, LONG)):
        store.record(replace(_page(said, minutes), is_page=False), at(minutes))
    assert store.set_aside.found() == [], why


def test_an_article_of_few_words_has_no_shells(store: Store) -> None:
    for minutes, said in ((0, ("Tide at six",)), (60, ("Tide at seven",))):
        store.record(replace(_page(said, minutes), is_page=False), at(minutes))
    assert store.set_aside.found() == []


def test_what_no_rule_read_is_no_shell(store: Store) -> None:
    for minutes, said in ((0, LONG), (60, SHELL)):
        store.record(replace(_page(said, minutes), is_page=False, reading=None), at(minutes))
    assert store.set_aside.found() == []


def test_a_section_is_watched_and_shown_no_more_and_comes_back(store: Store) -> None:
    store.record(_page(url=SECTION), at(0))
    article = store.record(_page(minutes=60, url=SECTION, is_front=True), at(60)).article
    (found,) = store.set_aside.found()
    assert (found.kind, found.article_id) == (MisfitKind.ARTICLE, article.id)
    store.set_aside.put([found], at(61))
    aside = store.articles.get(article.id)
    assert aside is not None
    assert (aside.status, aside.next_check_at, aside.hidden_reason) == (Status.PAUSED, None, found.why)
    assert store.articles.newest(5) == []
    assert store.set_aside.found() == []
    store.set_aside.bring_back(at(62))
    back = store.articles.get(article.id)
    assert back is not None
    assert replace(back, revision=article.revision) == article


def test_a_page_that_is_an_article_again_is_no_section(store: Store) -> None:
    store.record(_page(url=SECTION), at(0))
    store.record(_page(minutes=60, url=SECTION, is_front=True), at(60))
    store.record(_page(minutes=120, url=SECTION), at(120))
    assert store.set_aside.found() == []


def test_a_page_that_was_refused_as_a_front_is_a_section(store: Store) -> None:
    store.record(_page(url=SECTION), at(0))
    doubt = Doubt(Reason.FRONT, "It is a front page.")
    with pytest.raises(NotAnArticle):
        store.record(_page(minutes=60, url=SECTION, doubt=doubt), at(60))
    assert [each.url for each in store.set_aside.found()] == [SECTION]


def test_the_doctor_names_them_sets_them_aside_and_brings_them_back(store: Store, rowback: Program) -> None:
    _with_shell(store)
    before = _told(store)
    store.close()
    told = rowback("doctor", "--json").json
    assert any(check["check"] == "older rules" and "1 versions" in check["detail"] for check in told)
    assert "would be set aside" in rowback("doctor", "--set-aside", "--dry-run").err
    assert _told(store) == before
    (row,) = json.loads(rowback("doctor", "--set-aside", "--json").out)
    assert (row["kind"], row["url"]) == ("version", URL)
    assert {version.content for version in _told(store)[0]} == {before[0][0].content}
    assert "brought back" in rowback("doctor", "--bring-back").err
    assert _told(store) == before


def test_a_list_that_a_person_wants_stored_anyway_is_no_section(store: Store) -> None:
    store.record(_page(url=SECTION), at(0))
    article = store.record(_page(minutes=60, url=SECTION, is_front=True), at(60)).article
    with store._connection.write() as db:
        db.execute("update articles set is_anyway = 1 where id = ?", [article.id])
    assert store.set_aside.found() == []
