"""Stored texts are read again when a page is captured under newer rules: what only these make of it is told as no edit."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from rowback.archive.bulk import read
from rowback.archive.export import all_articles, lines
from rowback.capture.captures import from_html
from rowback.diff.telling.history import tell
from rowback.errors import NotAnArticle
from rowback.model import Block, Capture, Content, Origin
from rowback.store import Store, intake, rereading
from rowback.store.work import JobKind, Next, Outcome, Validators
from rowback.text.reading import READING

from .samples import PARAGRAPHS, URL, at, page

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from sqlite_utils import Database

OLDER = READING - 1
OFFER = "Get the harbour letter every morning, free of charge."
BOX = f"<div class='newsletter'><p>{OFFER}</p></div>"


def _html(paragraphs: Iterable[str] = PARAGRAPHS, box: str = BOX) -> str:
    return page(paragraphs).replace("</article>", f"{box}</article>")


def _capture(html: str, minutes: float, origin: Origin = Origin.POLL, url: str = URL) -> Capture:
    return from_html(url, html, at(minutes), origin)


def _older(html: str, minutes: float, origin: Origin = Origin.POLL, url: str = URL) -> Capture:
    """The same as rules read it that took the box for text, lost the last paragraph and glued the first two."""
    found = _capture(html, minutes, origin, url)
    first, second, *_ = (block.text for block in found.content.blocks)
    offer = [OFFER] if OFFER in html else []
    texts = [*offer, f"{first}{second}"]
    content = Content(found.content.title.replace(" from", "from"), tuple(Block("p", text) for text in texts))
    return replace(found, content=content, reading=OLDER)


def _kinds(store: Store, *, first: int = 0) -> list[tuple[str, str]]:
    """Edits from a version to the latest: kind and markup."""
    article = store.articles.find(URL)
    assert article is not None
    versions = store.versions.of_article(article.id)
    return [(edit.kind.value, edit.markup) for edit in tell(versions, first, len(versions) - 1).edits]


def _paragraphs(old: str, new: str) -> list[str]:
    texts = [text.replace(old, new) for text in PARAGRAPHS]
    assert texts != list(PARAGRAPHS)
    return texts


@pytest.mark.parametrize("origin", [Origin.POLL, Origin.BROWSER])
def test_a_page_that_was_not_edited_makes_no_version(store: Store, origin: Origin) -> None:
    store.record(_older(_html(), 0), at(0))
    recorded = store.record(_capture(_html(), 60, origin), at(60))
    assert (recorded.version, recorded.new_version) == (0, False)
    (version,) = store.versions.of_article(recorded.article.id)
    assert [block.text for block in version.content.blocks] == list(PARAGRAPHS)
    assert (version.seen_at, version.last_seen_at) == (at(0), at(60))
    assert recorded.article.title == version.content.title
    assert not store.record(_capture(_html(), 120), at(120)).new_version


def test_the_text_of_then_is_kept(store: Store) -> None:
    older = _older(_html(), 0)
    article_id = store.record(older, at(0)).article.id
    store.record(_capture(_html(), 60), at(61))
    (span,) = store.versions.spans(article_id)
    (kept,) = store.readings.of_version(span.id)
    assert (kept.reading, kept.read_until, kept.content) == (OLDER, at(61), older.content)
    assert span.reading == READING


def test_an_edit_in_the_same_moment_is_told_and_nothing_else(store: Store) -> None:
    store.record(_older(_html(), 0), at(0))
    recorded = store.record(_capture(_html(_paragraphs("400", "900")), 60), at(60))
    assert (recorded.version, recorded.new_version) == (1, True)
    ((kind, markup),) = _kinds(store)
    assert (kind, "<del>400</del><ins>900</ins>" in markup) == ("change", True)


def test_edits_told_before_stay_and_no_other_is_told(store: Store) -> None:
    store.record(_older(_html(_paragraphs("six", "five")), 0), at(0))
    store.record(_older(_html(_paragraphs("six", "seven"), BOX.replace("free", "all free")), 60), at(60))
    store.record(_older(_html(), 120), at(120))
    recorded = store.record(_capture(_html(), 180), at(180))
    assert (recorded.version, recorded.new_version) == (2, False)
    for first, old in ((0, "five"), (1, "seven")):
        ((kind, markup),) = _kinds(store, first=first)
        assert (kind, f"<del>{old}</del><ins>six</ins>" in markup) == ("change", True)
    steps = store.steps.of_article(recorded.article.id)
    assert [(step.number, step.edit_count, step.words_inserted) for step in steps] == [(1, 1, 1), (2, 1, 1)]


def test_searches_find_what_is_read_now(store: Store) -> None:
    store.record(_older(_html(), 0), at(0))
    store.record(_older(_html(_paragraphs("400", "900")), 60), at(60))
    assert store.search.find("letter", 10)
    store.record(_capture(_html(_paragraphs("400", "900")), 120), at(120))
    assert store.search.find("letter", 10) == []
    assert [found.spans for found in store.search.find("crossing", 10)] == [((0, 1),)]
    assert [found.spans for found in store.search.find("removed:400", 10)] == [((0, 0),)]


def test_a_reader_and_a_poller_meet_in_the_new_reading(store: Store) -> None:
    store.record(_older(_html(), 0, Origin.BROWSER), at(0))
    for minutes, origin in ((60, Origin.POLL), (61, Origin.BROWSER), (62, Origin.POLL)):
        assert not store.record(_capture(_html(), minutes, origin), at(minutes)).new_version


def test_what_no_rule_read_is_never_read_again(store: Store) -> None:
    article_id = store.record(replace(_older(_html(), 0), reading=None), at(0)).article.id
    store.record(_capture(_html(), 60), at(60))
    assert [span.reading for span in store.versions.spans(article_id)] == [None, READING]
    assert store.versions.of_article(article_id)[0].content == _older(_html(), 0).content


def test_what_no_rule_read_stays_between_texts_that_are_read_again(store: Store) -> None:
    store.record(_older(_html(), 0), at(0))
    store.record(replace(_older(_html(_paragraphs("six", "five")), 60), reading=None), at(60))
    store.record(_older(_html(), 120), at(120))
    article_id = store.record(_capture(_html(), 180), at(180)).article.id
    read_by = [span.reading for span in store.versions.spans(article_id)]
    assert read_by == [READING, None, READING]
    first, _, last = store.versions.of_article(article_id)
    assert first.content == last.content


def test_a_page_that_is_not_believed_leaves_all_as_it_was(store: Store) -> None:
    texts = [f"{text} So says part {n} of the notice." for n in range(9) for text in PARAGRAPHS]
    article_id = store.record(_older(_html(texts), 0), at(0)).article.id
    before = store.versions.of_article(article_id)
    longer = replace(before[0].content, blocks=tuple(Block("p", text) for text in texts))
    store.record(replace(_older(_html(texts), 10), content=longer), at(10))
    stood = store.versions.of_article(article_id)
    with pytest.raises(NotAnArticle):
        store.record(_capture(_html(texts[:1], ""), 60), at(60))
    assert store.versions.of_article(article_id) == stood
    assert {span.reading for span in store.versions.spans(article_id)} == {OLDER}


def test_a_page_of_which_nothing_is_left_is_told_as_ever(store: Store) -> None:
    article_id = store.record(_older(_html(), 0), at(0)).article.id
    other = ["The pier is for sale, and the council asks for offers until the end of May.", "No ship may moor there."]
    assert store.record(_capture(_html(other, ""), 60), at(60)).new_version
    assert [span.reading for span in store.versions.spans(article_id)] == [OLDER, READING]
    assert store.versions.of_article(article_id)[0].content == _older(_html(), 0).content


def test_an_article_that_is_too_long_to_look_at_is_told_as_ever(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rereading, "MAX_CHARACTERS", 10)
    store.record(_older(_html(), 0), at(0))
    assert store.record(_capture(_html(), 60), at(60)).new_version


def test_versions_that_come_meanwhile_are_looked_at_again(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    store.record(_older(_html(), 0), at(0))
    real, asked = rereading.reread, list[int]()

    def meanwhile(*given: object) -> object:
        found = real(*given)  # type: ignore[arg-type]
        asked.append(1)
        if len(asked) == 1:
            store.record(_older(_html(_paragraphs("400", "900")), 30), at(30))
        return found

    monkeypatch.setattr(rereading, "reread", meanwhile)
    recorded = store.record(_capture(_html(_paragraphs("400", "900")), 60), at(60))
    assert (recorded.version, recorded.new_version) == (1, False)
    assert [kind for kind, _ in _kinds(store)] == ["change"]


def test_all_is_read_again_or_nothing(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    store.record(_older(_html(), 0), at(0))
    article_id = store.record(_older(_html(_paragraphs("400", "900")), 30), at(30)).article.id
    before = store.versions.of_article(article_id)

    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(intake, "place_capture", killed)
        patch.setattr(intake, "count_capture", killed)
        with pytest.raises(KeyboardInterrupt):
            store.record(_capture(_html(_paragraphs("six", "five")), 60), at(60))
    assert store.versions.of_article(article_id) == before
    assert all(store.readings.of_version(span.id) == [] for span in store.versions.spans(article_id))


def test_a_page_from_the_past_is_read_as_the_text_that_stood_then(store: Store) -> None:
    store.record(_older(_html(), 0), at(0))
    store.record(_older(_html(_paragraphs("400", "900")), 60), at(60))
    recorded = store.record(_capture(_html(), 30), at(90))
    assert (recorded.version, recorded.new_version) == (0, False)
    assert [kind for kind, _ in _kinds(store)] == ["change"]


def test_older_readings_follow_an_article_into_another(store: Store) -> None:
    other = "https://www.harbour-echo.example/news/other-address"
    kept = store.record(_capture(_html(), 300), at(300)).article.id
    older = _older(_html(_paragraphs("400", "900")), 0, url=other)
    store.record(older, at(0))
    second = store.record(_capture(_html(_paragraphs("400", "900")), 60, url=other), at(60)).article.id
    store.merge(kept, second)
    first, last = store.versions.spans(kept)
    assert [each.content for each in store.readings.of_version(first.id)] == [older.content]
    assert store.readings.of_version(last.id) == []
    store.owner.forget(kept)
    with store._connection.read() as db:
        assert (db.table("readings").count, db.table("reading_blocks").count) == (0, 0)


def test_the_server_is_asked_for_the_whole_page_once_it_is_to_be_read_again(store: Store) -> None:
    article_id = store.record(_older(_html(), 0), at(0)).article.id
    etags = list[str | None]()
    for minutes in (60, 120):
        store.set_followed(article_id, at(minutes))
        given = Next(at(minutes), Outcome.UNCHANGED, "as it was", validators=Validators('"v1"'))
        store.queue.finish_article(article_id, at(minutes), given)
        job = store.queue.take(at(minutes), "test", at(minutes + 1), at(minutes))
        assert job is not None and job.kind is JobKind.ARTICLE
        etags.append(job.etag)
        store.queue.release(job.host, "test", at(minutes + 2))
        store.record(_capture(_html(), minutes + 3), at(minutes + 3))
    assert etags == [None, '"v1"']


def test_an_export_brings_back_what_was_read_by_which_rules(store: Store, tmp_path: Path) -> None:
    store.record(_older(_html(), 0), at(0))
    told = list(lines(store, all_articles(store)))
    other = Store(tmp_path / "other.db")
    for found in read(told):
        assert isinstance(found, Capture)
        other.record(found, at(10))
    assert not other.record(_capture(_html(), 60), at(60)).new_version
    other.close()


def _without_readings(db: Database) -> None:
    """Makes of a database one from before."""
    (trigger,) = db.execute("select sql from sqlite_master where name = 'versions_au'").fetchone()
    for statement in (
        "drop trigger versions_au",
        trigger.replace("AFTER UPDATE OF title ON", "AFTER UPDATE ON"),
        "drop table reading_blocks",
        "drop table readings",
        "alter table versions drop column reading",
        "delete from _sqlite_migrations where name = '0025_readings'",
    ):
        db.execute(statement)


def test_a_database_from_before_is_read_again_bit_by_bit(tmp_path: Path) -> None:
    store = Store(tmp_path / "rowback.db")
    imported = "https://www.harbour-echo.example/news/imported"
    store.record(_older(_html(), 0), at(0))
    store.record(replace(_older(_html(), 0, url=imported), origin=Origin.IMPORT, is_page=False), at(0))
    with store._connection.write() as db:
        _without_readings(db)
    store.close()
    upgraded = Store(tmp_path / "rowback.db")
    with upgraded._connection.read() as db:
        assert db.execute("select reading from versions order by id").fetchall() == [(0,), (None,)]
    assert not upgraded.record(_capture(_html(), 60), at(60)).new_version
    assert upgraded.record(_capture(_html(), 60, url=imported), at(60)).new_version
    upgraded.close()
