"""`is:unseen`: lists just what was not marked as seen, whatever happens to steps meanwhile, and reads nothing of what was."""

from __future__ import annotations

from contextlib import closing, suppress
from itertools import count
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rowback.errors import BadInput
from rowback.store import Store, review_acts
from rowback.store.audience import Audience
from rowback.store.latest import Filters
from rowback.store.review_acts import ReviewAct
from rowback.store.search import filters_of
from rowback.text.query import parse

from .new_stores import new_store
from .samples import START, at, capture

if TYPE_CHECKING:
    from rowback.store.latest import Cursor
    from rowback.store.view import View

END = (at(9_999), 10**9)
TEXTS = {name: [f"On Friday {n} ferries will leave from pier {name}."] for n, name in enumerate("ABCDE", 400)}
_MOVE = st.tuples(
    st.sampled_from("record record see see unsee see-all see-source undo undo merge part hide show".split()),
    st.sampled_from("ABCDE"),
    st.integers(0, 40),
    st.booleans(),
)


def _record(store: Store, name: str, minutes: int, url: str = "https://echo.example/one") -> None:
    store.record(capture(TEXTS[name], minutes=minutes, url=url), at(minutes))


def _filters(view: View, words: str) -> Filters:
    return filters_of(parse(words), view.audience.reader) if words else Filters()


def _ids(view: View, words: str = "") -> list[int]:
    return [item.step.id for item in view.latest.page(_filters(view, words), 500).items]


def _in_pages(view: View, words: str, *, newest_first: bool) -> list[int]:
    """The ids of a list, of which two are read at a time from one end."""
    place: Cursor | None = None if newest_first else (START.replace(year=1999), 0)
    found: list[int] = []
    while True:
        page = (
            view.latest.page(_filters(view, words), 2, older_than=place)
            if newest_first
            else view.latest.page(_filters(view, words), 2, newer_than=place)
        )
        ids = [item.step.id for item in page.items]
        found = [*found, *ids] if newest_first else [*ids, *found]
        place = page.older if newest_first else page.newer
        if place is None:
            return found


def _check(view: View) -> None:
    """What is listed as unseen is all but what was seen; and so it is with a source, with words, and page by page."""
    every = _ids(view)
    seen = {id_ for id_, review in view.reviews.of(every).items() if review.seen}
    unseen = [id_ for id_ in every if id_ not in seen]
    assert _ids(view, "is:unseen") == unseen
    assert _ids(view, "is:unseen source:echo.example") == unseen
    assert _ids(view, "is:unseen ferries OR pier") == [id_ for id_ in _ids(view, "ferries OR pier") if id_ not in seen]
    for newest_first in (True, False):
        assert _in_pages(view, "is:unseen", newest_first=newest_first) == unseen


def _check_kept(store: Store) -> None:
    """The table holds a row for each step that a reader has not seen, and no other."""
    with store._connection.read() as db:
        kept = db.execute("select reader_id, at_us, step_id from unseen order by 1, 2, 3").fetchall()
        plain = db.execute(
            "select readers.id, changes.seen_us, changes.id from readers cross join changes where keeps_unseen = 1 "
            "and (readers.id, changes.id) not in (select reader_id, change_id from reviews where seen = 1) order by 1, 2, 3"
        ).fetchall()
    assert kept == plain


@settings(max_examples=25)
@given(moves=st.lists(_MOVE, min_size=6, max_size=16))
def test_what_is_unseen_is_all_but_what_was_seen(
    moves: list[tuple[str, str, int, bool]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    urls = ["https://echo.example/one", "https://echo.example/other"]
    with closing(new_store(tmp_path_factory.mktemp("unseen") / "rowback.db")) as store:
        store.readers.invite("Ada", None, START)
        views = [store.view(Audience(reader)) for reader in (1, 2)]
        for kind, name, where, is_other in moves:
            _move(store, views[where % 2], urls, kind, (name, where, is_other))
        store.steps.catch_up()
        _check_kept(store)
        for view in views:
            _check(view)


def _move(store: Store, view: View, urls: list[str], kind: str, how: tuple[str, int, bool]) -> None:
    name, where, is_other = how
    if kind == "record":
        _record(store, name, where, urls[is_other])
    elif kind in ("see", "unsee"):
        ids = _ids(view)
        if ids:
            view.review_acts.do(ReviewAct(kind, (ids[where % len(ids)],)), START)
    elif kind.startswith("see-"):
        words = "source:echo.example" if kind == "see-source" else ""
        view.review_acts.see_all(_filters(view, words), (at(where), 10**9), START)
    elif kind == "undo":
        view.review_acts.undo()
    else:
        found = [store.articles.find(each) for each in urls]
        if kind in ("hide", "show"):
            for each in found[is_other : is_other + 1]:
                if each is not None:
                    store.owner.hide(each.id, "A court.") if kind == "hide" else store.owner.show(each.id)
        elif found[0] is not None and found[1] is not None:
            with suppress(BadInput):  # nothing, or all, was read at the other address
                store.merge(found[0].id, found[1].id) if kind == "merge" else store.part(urls[1], at(100))


@pytest.fixture
def owner(store: Store) -> View:
    """The owner's view of a store with four steps."""
    for n, name in enumerate("ABCDE"):
        _record(store, name, 60 * n)
    return store.view(Audience.TRUSTED)


def test_to_who_marked_nothing_all_is_unseen_and_nothing_is_kept(store: Store, owner: View) -> None:
    assert _ids(owner, "is:unseen") == _ids(owner)
    owner.review_acts.do(ReviewAct("star", tuple(_ids(owner))), START)
    assert _kept(store) == 0
    owner.review_acts.do(ReviewAct("see", tuple(_ids(owner)[:1])), START)
    assert _kept(store) == 3
    assert _ids(store.view(Audience(2)), "is:unseen") == _ids(store.view(Audience(2)))


def _kept(store: Store) -> int:
    with store._connection.read() as db:
        return int(db.execute("select count(*) from unseen").fetchone()[0])


def test_what_comes_late_is_unseen_where_it_belongs(store: Store, owner: View) -> None:
    owner.review_acts.see_all(Filters(), END, START)
    assert (_ids(owner, "is:unseen"), _kept(store)) == ([], 0)
    _record(store, "C", 20)
    assert len(_ids(owner, "is:unseen")) == 2, "the step that is cut in two was seen by nobody"
    _check(owner)


def test_the_list_reads_nothing_of_what_was_seen(store: Store, owner: View, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(review_acts, "ROWS_AT_ONCE", 50)

    def work() -> int:
        ticks = count()
        with store._connection.read() as db:
            db.conn.set_progress_handler(lambda: next(ticks) * 0, 1)
            owner.latest.page(_filters(owner, "is:unseen"), 50)
            db.conn.set_progress_handler(None, 1)
        return next(ticks)

    owner.review_acts.see_all(Filters(), END, START)
    few = work()
    for n in range(40):
        _record(store, "AB"[n % 2], 1_000 + n, "https://echo.example/much")
    assert work() > few
    owner.review_acts.see_all(Filters(), END, START)
    assert work() == few


def test_a_reader_who_goes_leaves_nothing(store: Store) -> None:
    for n, name in enumerate("ABC"):
        _record(store, name, 60 * n)
    store.readers.invite("Ada", None, START)
    ada = store.view(Audience(store.readers.named("Ada").id))
    ada.review_acts.see_all(Filters(), (at(60), 10**9), START)
    assert _kept(store) == 1
    store.readers.delete(ada.audience.reader)
    assert _kept(store) == 0


def test_a_store_from_before_lists_alike(store: Store, owner: View) -> None:
    owner.review_acts.do(ReviewAct("see", tuple(_ids(owner)[1:3])), START)
    told = _ids(owner, "is:unseen")
    with store._connection.write() as db:
        for name in ("step_came", "step_moved", "step_went", "review_came", "review_changed", "review_went"):
            db.execute(f"drop trigger unseen_{name}")
        db.execute("drop table unseen")
        db.execute("alter table readers drop column keeps_unseen")
        db.execute("delete from _sqlite_migrations where name = '0220_unseen'")
    store.end()
    with closing(Store(store.path)) as upgraded:
        assert _ids(upgraded.view(Audience.TRUSTED), "is:unseen") == told
        _check_kept(upgraded)
        _check(upgraded.view(Audience.TRUSTED))
