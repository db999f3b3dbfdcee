"""Who follows edits is told each step once, in the order in which they became known, whatever happens meanwhile."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rowback.diff.telling import step as telling
from rowback.model import Origin
from rowback.store import Store, known_order, known_steps
from rowback.store.audience import Audience
from rowback.store.known_order import Since
from rowback.store.latest import Filters

from .new_stores import new_store
from .samples import PARAGRAPHS, URL, at, capture, changed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rowback.model import Article
    from rowback.store.known_steps import KnownStep

OTHER = "https://www.lantern-post.example/news/lighthouse"
TEXTS = (PARAGRAPHS, changed("400", "900"), changed("six", "seven"), changed("Friday", "Sunday"), changed("bay", "sea"))
Pair = tuple[int, int]


class Follower:
    """Goes on from where the answer before ended."""

    def __init__(self, store: Store, filters: Filters | None = None, limit: int = 3) -> None:
        self.store, self.filters, self.limit = store, filters or Filters(), limit
        self.since = Since()
        self.told: list[KnownStep] = []

    def look(self) -> list[KnownStep]:
        """What is new."""
        new: list[KnownStep] = []
        while True:
            page = self.store.known.page(self.filters, self.since, self.limit)
            new += page.items
            self.since = page.next
            if len(page.items) < self.limit:
                self.told += new
                return new


def _record(store: Store, text: int, minutes: float, url: str = URL, received: float | None = None) -> None:
    store.record(capture(TEXTS[text], minutes=minutes, url=url), at(minutes if received is None else received))


def test_a_step_known_late_comes_late_and_one_cut_in_two_comes_again_as_two(store: Store) -> None:
    follower = Follower(store)
    _record(store, 0, 0)
    _record(store, 1, 120)
    assert [each.listed.step.number for each in follower.look()] == [1]
    _record(store, 2, 60, received=180)
    assert [each.listed.step.number for each in follower.look()] == [1, 2]
    assert [each.recorded_at for each in follower.told] == [at(120), at(180), at(180)]
    assert follower.look() == []


def test_what_rules_tell_anew_is_not_told_again(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    for n in range(4):
        _record(store, n, 60 * n)
    follower = Follower(store)
    ids = [each.listed.step.id for each in follower.look()]
    monkeypatch.setattr(telling, "RULES", telling.RULES + 1)
    store.steps.catch_up()
    assert follower.look() == []
    assert [each.listed.step.id for each in Follower(store).look()] == ids
    _record(store, 4, 600)
    assert [each.listed.step.number for each in follower.look()] == [4]


def test_no_id_is_given_again(store: Store) -> None:
    for url in (URL, OTHER):
        _record(store, 0, 0, url)
        _record(store, 1, 60, url)
    follower = Follower(store)
    assert len(follower.look()) == 2
    gone = store.articles.find(OTHER)
    assert gone is not None
    store.owner.forget(gone.id)
    third = "https://www.marsh-times.example/news/dyke"
    _record(store, 0, 120, third)
    _record(store, 2, 180, third)
    assert [each.listed.article.url for each in follower.look()] == [third]


def test_an_instant_is_of_when_a_step_was_recorded(store: Store) -> None:
    _record(store, 0, 0)
    _record(store, 1, 600)
    _record(store, 2, 60, received=1_200)  # long ago on the page, new to us
    page = store.known.page(Filters(), Since(recorded=at(1_200)), 10)
    assert [each.listed.step.number for each in page.items] == [1, 2]
    assert store.known.page(Filters(), Since(recorded=at(1_201)), 10).items == ()
    first = store.known.page(Filters(), Since(recorded=at(0)), 1)
    second = store.known.page(Filters(), first.next, 10)
    assert [each.listed.step.number for each in (*first.items, *second.items)] == [1, 2]


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Few steps are many already."""
    monkeypatch.setattr(known_steps, "FEW", 2)
    monkeypatch.setattr(known_order, "MARKED_EVERY", 3)


def _of_two_sources(store: Store) -> None:
    for n in range(5):
        for m, url in enumerate((URL, OTHER)):
            _record(store, n, 60 * n + m, url)


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize("minutes", [0, 61, 62, 181, 241, 242])
def test_marks_change_nothing_of_what_is_found(store: Store, minutes: int) -> None:
    _of_two_sources(store)
    everything = Follower(store).look()
    wanted = [each.listed.step.id for each in everything if each.recorded_at >= at(minutes)]
    found: list[int] = []
    since = Since(recorded=at(minutes))
    while page := store.known.page(Filters(), since, 2).items:
        found += [each.listed.step.id for each in page]
        since = store.known.page(Filters(), since, 2).next
    assert found == wanted


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize(
    "filters",
    [
        Filters(sources=("lantern-post.example",)),
        Filters(labels=("figure",)),
        Filters(labels=("quote",)),
        Filters(article_id=2),
        Filters(unannounced=True),
    ],
    ids=str,
)
def test_filters_leave_what_they_let_through_in_its_order(store: Store, filters: Filters) -> None:
    _of_two_sources(store)
    wanted = [
        each.listed.step.id
        for each in Follower(store).look()
        if (not filters.sources or each.listed.article.source in filters.sources)
        and all(label in each.listed.step.labels for label in filters.labels)
        and filters.article_id in (None, each.listed.article.id)
        and each.listed.step.unannounced >= filters.unannounced
    ]
    assert [each.listed.step.id for each in Follower(store, filters, limit=2).look()] == wanted
    newest = store.known.newest(filters, 100).items
    assert [each.listed.step.id for each in newest] == wanted[::-1]


def test_strangers_are_told_of_nothing_that_a_reader_brought_and_not_when(store: Store) -> None:
    strangers = store.view(Audience.STRANGERS)
    for n in range(2):
        store.record(replace(capture(TEXTS[n], minutes=60 * n), origin=Origin.BROWSER), at(60 * n))
    assert strangers.known.page(Filters(), Since(), 10).items == ()
    found = store.articles.find(URL)
    assert found is not None
    store.owner.set_listed(found.id, listed=True)
    (told,) = strangers.known.page(Filters(), Since(), 10).items
    assert told.recorded_at == told.listed.step.seen_at != at(60)
    assert strangers.known.page(Filters(), Since(recorded=told.recorded_at), 10).items == (told,)
    later = Since(recorded=told.recorded_at + timedelta(seconds=1))
    assert strangers.known.page(Filters(), later, 10).items == ()


def test_hidden_articles_are_left_out(store: Store) -> None:
    _of_two_sources(store)
    found = store.articles.find(OTHER)
    assert found is not None
    store.owner.hide(found.id, "for a while")
    assert {each.listed.article.url for each in Follower(store).look()} == {URL}


_ACTS = st.one_of(
    st.tuples(st.just("record"), st.sampled_from([URL, OTHER]), st.integers(0, 4), st.integers(0, 40)),
    st.tuples(st.just("retell"), st.none(), st.none(), st.none()),
    st.tuples(st.just("forget"), st.sampled_from([URL, OTHER]), st.none(), st.none()),
)


@settings(max_examples=60)
@given(acts=st.lists(_ACTS, max_size=14))
def test_each_step_is_told_once_whatever_happens(
    acts: list[tuple[str, str, int, int]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    store = new_store(tmp_path_factory.mktemp("known") / "rowback.db")
    follower, times_forgotten = Follower(store), dict.fromkeys((URL, OTHER), 0)
    seen: list[tuple[str, int, Pair]] = []  # ids of versions that were forgotten are given again
    for received, (act, url, text, minutes) in enumerate(acts, start=100):
        if act == "record":
            _record(store, text, minutes, url, received=received)
        elif act == "forget":
            found = store.articles.find(url)
            if found is not None:
                store.owner.forget(found.id)
                times_forgotten[url] += 1
        else:
            _tell_anew(store)
        seen += [(told.url, times_forgotten[told.url], pair) for told, pair in _named(follower.look())]
    assert len(set(seen)) == len(seen), "none is told twice"
    there = {
        (told.url, times_forgotten[told.url], pair) for told, pair in _named(store.known.newest(Filters(), 99).items)
    }
    assert there <= set(seen), "none is left out"
    ids = [each.listed.step.id for each in follower.told]
    assert ids == sorted(set(ids))
    with store._connection.read() as db:
        assert db.execute("select count(*) from changes_before").fetchone()[0] == 0
    store.close()


def _named(told: Sequence[KnownStep]) -> list[tuple[Article, Pair]]:
    """The article of each, and between which versions it is."""
    return [(each.listed.article, (each.listed.step.previous_id, each.listed.step.version_id)) for each in told]


def _tell_anew(store: Store) -> None:
    """As after an upgrade: what was told by other rules is told again."""
    with store._connection.write() as db:
        db.execute("update changes set rules = 0")
        db.execute("delete from settings where name = 'changes_rules'")
    store.steps.catch_up()
