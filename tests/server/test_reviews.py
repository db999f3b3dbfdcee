"""What a reader makes of edits: acts on many at once, their undo, and who is told of it."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rowback.errors import BadInput, NotFound
from rowback.model import Capture, Origin, Scope
from rowback.store import act_log, review_acts, reviews
from rowback.store.audience import Audience
from rowback.store.latest import Filters
from rowback.store.review_acts import ACTS, MAX_NOTE, ReviewAct
from rowback.store.search import filters_of
from rowback.text.query import parse
from rowback.web.note_files import FORMULA, as_csv, as_json_lines

from .samples import START, at, capture, changed, content

if TYPE_CHECKING:
    from rowback.store import Store
    from rowback.store.reviews import Review
    from rowback.store.view import View

BASE = "http://127.0.0.1:8484"


@pytest.fixture
def owner(store: Store) -> View:
    """The owner's view of a store with five steps, of two articles."""
    for n in range(4):
        store.record(capture(changed("400", f"{500 + n}"), minutes=60 * n), at(60 * n))
    for n in range(3):
        told = capture([f"The quay is {n + 7} metres long."], minutes=60 * n + 5, url="https://quay.example/long")
        store.record(told, at(60 * n + 5))
    return store.view(Audience.TRUSTED)


def _ids(view: View, words: str = "") -> list[int]:
    wanted = filters_of(parse(words), view.audience.reader) if words else Filters()
    return [item.step.id for item in view.latest.page(wanted, 100).items]


def _do(view: View, kind: str, ids: list[int], name: str = "", text: str = "") -> int:
    return view.review_acts.do(ReviewAct(kind, tuple(ids), name, text), START)


def _reader(store: Store, name: str, scope: Scope = Scope.CAPTURE) -> View:
    store.readers.invite(name, scope, START)
    return store.view(Audience(store.readers.named(name).id))


def test_what_was_marked_is_found_by_it(owner: View) -> None:
    newest, *_, oldest = _ids(owner)
    assert _ids(owner, "is:unseen") == _ids(owner)
    assert _do(owner, "see", [newest, oldest]) == 2
    assert _do(owner, "star", [oldest]) == 1
    assert _do(owner, "note", [oldest], text="Ask the Straße office.\r\nTwice!") == 1
    assert _do(owner, "collect", [newest], "My  list") == 1
    assert _ids(owner, "is:seen") == [newest, oldest]
    assert _ids(owner, "is:unseen") == [id_ for id_ in _ids(owner) if id_ not in (newest, oldest)]
    assert _ids(owner, "is:starred") == _ids(owner, "is:noted") == _ids(owner, "note:strasse note:twice") == [oldest]
    assert _ids(owner, 'in:"my list"') == [newest]
    assert _ids(owner, "is:starred source:quay.example") == []
    assert _ids(owner, "is:starred is:unseen") == []
    assert owner.reviews.of([oldest])[oldest].note == "Ask the Straße office.\nTwice!"


def test_an_act_says_how_many_it_changed_and_leaves_the_others(owner: View) -> None:
    ids = _ids(owner)
    assert _do(owner, "see", ids[:2]) == 2
    assert _do(owner, "see", ids) == 3
    assert _do(owner, "see", ids) == 0
    with pytest.raises(NotFound):
        _do(owner, "star", [999_999])
    last = owner.review_acts.last()
    assert last is not None
    assert (last.kind, last.count) == ("see", 3)


_ACT = st.tuples(st.sampled_from([*ACTS, "see-all"]), st.sets(st.integers(0, 4), min_size=1), st.sampled_from("ab"))


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(_ACT, min_size=1, max_size=8))
def test_undo_brings_back_what_was_before_each_act(owner: View, acts: list[tuple[str, set[int], str]]) -> None:
    ids = sorted(_ids(owner))
    for name in "ab":
        _do(owner, "collect", ids[:1], name)
    before = [_state(owner, ids)]
    for kind, which, name in acts:
        last = owner.review_acts.last()
        if kind == "see-all":
            owner.review_acts.see_all(Filters(), (at(60 * len(which)), 10**9), START)
        else:
            _do(owner, kind, [ids[n] for n in which], name, f"note {name}")
        now = owner.review_acts.last()
        if now != last:
            before.append(_state(owner, ids))
        else:
            assert _state(owner, ids) == before[-1]
    while len(before) > 1:
        assert _state(owner, ids) == before.pop()
        assert owner.review_acts.undo() is not None
    assert _state(owner, ids) == before[0]
    while owner.review_acts.undo():
        pass


def _state(view: View, ids: list[int]) -> list[Review | None]:
    found = view.reviews.of(ids)
    empty = {id_: reviews.Review(id_) for id_ in ids}
    return [found.get(id_, empty[id_]) for id_ in ids]


def test_a_whole_list_is_seen_up_to_where_it_was_looked_at(owner: View, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(review_acts, "ROWS_AT_ONCE", 2)
    page = owner.latest.page(Filters(), 100).items
    _do(owner, "see", [page[-1].step.id])
    here = page[1].step
    assert owner.review_acts.see_all(Filters(), (here.seen_at, here.id), START) == 3
    assert _ids(owner, "is:unseen") == [page[0].step.id]
    quay = owner.review_acts.see_all(filters_of(parse("source:quay.example 9"), 1), (at(9_999), 10**9), START)
    assert quay == len(_ids(owner, "is:unseen source:quay.example")) == 0
    owner.review_acts.undo()
    assert _ids(owner, "is:unseen") == [item.step.id for item in page[:-1]]


def test_of_a_list_only_what_it_lists_is_seen(owner: View) -> None:
    wanted = _ids(owner, "metres source:quay.example")
    assert owner.review_acts.see_all(filters_of(parse("source:quay.example")), (at(9_999), 10**9), START) == 2
    assert _ids(owner, "is:seen") == wanted
    assert owner.review_acts.see_all(filters_of(parse("added:nothing")), (at(9_999), 10**9), START) == 0
    last = owner.review_acts.last()
    assert last is not None
    assert last.count == 2


def test_only_the_last_acts_can_be_undone(owner: View, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(act_log, "MAX_ACTS", 2)
    ids = _ids(owner)
    owner.review_acts.see_all(Filters(), (at(9_999), 10**9), START)
    for kind in ("star", "unstar", "star"):
        _do(owner, kind, ids[:1])
    undone = [owner.review_acts.undo() for _ in range(3)]
    assert [act.kind if act else None for act in undone] == ["star", "unstar", None]
    assert _ids(owner, "is:unseen") == []
    _do(owner, "unsee", ids[:1])  # has the number of an act that is not kept any more
    owner.review_acts.undo()
    assert _ids(owner, "is:seen") == ids


def test_notes_of_many_are_added_to_and_never_replaced(owner: View) -> None:
    one, other, *_ = _ids(owner)
    _do(owner, "note", [one], text="First.")
    _do(owner, "add-note", [one, other], text=" Second. ")
    told = owner.reviews.of([one, other])
    assert (told[one].note, told[other].note) == ("First.\n\nSecond.", "Second.")
    with pytest.raises(BadInput, match="at most"):
        _do(owner, "add-note", [other, one], text="x" * (MAX_NOTE - 5))
    assert owner.reviews.of([other])[other].note == "Second."
    _do(owner, "note", [one], text=" \x00\x1b ")
    assert _ids(owner, "is:noted") == [other]


@pytest.mark.parametrize("kind", ["forget", "see-all", "", "undo"])
def test_an_act_that_there_is_not_is_told(owner: View, kind: str) -> None:
    with pytest.raises(BadInput, match="The acts are: see"):
        _do(owner, kind, _ids(owner))


class TestCollections:
    def test_they_are_made_renamed_and_deleted_with_undo(self, owner: View) -> None:
        ids = _ids(owner)
        owner.collections.make("Figures", START)
        _do(owner, "collect", ids[:2], "FIGURES")
        (found,) = owner.reviews.collections()
        assert (found.name, found.count) == ("Figures", 2)
        owner.collections.rename(found.id, "Numbers", START)
        assert owner.reviews.of(ids[:1])[ids[0]].collections == ("Numbers",)
        owner.collections.delete(found.id, START)
        assert owner.reviews.collections() == []
        assert _ids(owner, "in:numbers") == []
        assert owner.reviews.of(ids[:1])[ids[0]].collections == ()
        assert owner.review_acts.undo() is not None
        assert _ids(owner, "in:numbers") == ids[:2]
        assert owner.review_acts.undo() is not None
        assert [each.name for each in owner.reviews.collections()] == ["Figures"]
        owner.review_acts.undo()
        owner.review_acts.undo()
        assert owner.reviews.collections() == []

    def test_one_that_is_brought_back_leaves_its_name_to_whoever_has_it(self, owner: View) -> None:
        owner.collections.make("Figures", START)
        (old,) = owner.reviews.collections()
        owner.collections.delete(old.id, START)
        _do(owner, "collect", _ids(owner)[:1], "Figures")
        _do(owner, "star", _ids(owner)[:1])
        for _ in range(3):
            owner.review_acts.undo()
        assert [each.name for each in owner.reviews.collections()] == ["Figures", "Figures 2"]

    @pytest.mark.parametrize("name", ["", " ", 'a"b', "“x”", "x" * 81, "a\x1bb", "\u202e", "\u00ad"])
    def test_a_name_that_cannot_be_asked_for_is_refused(self, owner: View, name: str) -> None:
        with pytest.raises(BadInput, match="needs a name"):
            owner.collections.make(name, START)
        with pytest.raises(BadInput, match="needs a name"):
            _do(owner, "collect", _ids(owner), name)

    def test_no_name_stands_twice_however_it_is_written(self, owner: View) -> None:
        owner.collections.make("Café", START)
        owner.collections.make("Other", START)
        with pytest.raises(BadInput, match="already"):
            owner.collections.make("CAFE\u0301", START)
        other = next(each for each in owner.reviews.collections() if each.name == "Other")
        with pytest.raises(BadInput, match="already"):
            owner.collections.rename(other.id, "café", START)
        owner.collections.rename(other.id, "OTHER", START)

    def test_an_unknown_one_is_told(self, owner: View) -> None:
        with pytest.raises(BadInput, match="no collection named Nothing"):
            _do(owner, "take-out", _ids(owner), "Nothing")
        with pytest.raises(BadInput, match="no collection named Nothing"):
            owner.reviews.check_collections(["Nothing"])
        with pytest.raises(NotFound):
            owner.collections.delete(99, START)


class TestReadersApart:
    def test_each_has_their_own(self, store: Store, owner: View) -> None:
        ada, ids = _reader(store, "Ada"), _ids(owner)
        for view, name in ((owner, "mine"), (ada, "hers")):
            _do(view, "collect", ids[:1], name)
            _do(view, "note", ids[:1], text=f"This is {name}.")
        _do(ada, "see", ids)
        assert _ids(owner, "is:unseen") == ids
        assert _ids(ada, "is:unseen") == []
        assert _ids(ada, "note:mine") == _ids(ada, "in:mine") == _ids(owner, "note:hers") == []
        with pytest.raises(NotFound):
            ada.collections.delete(owner.reviews.collections()[0].id, START)
        assert [act.count for act in [ada.review_acts.last(), owner.review_acts.last()] if act] == [5, 1]
        owner.review_acts.undo()
        assert _ids(ada, "note:hers") == ids[:1]

    def test_strangers_and_who_is_nobody_are_told_why_not(self, store: Store, owner: View) -> None:
        for words in ("is:unseen", "in:x", "note:x", "ferry is:starred"):
            for reader in (None, 0):
                with pytest.raises(BadInput, match="a browser signed in"):
                    filters_of(parse(words), reader)
            with pytest.raises(BadInput, match="a browser signed in"):
                store.search.find(words, 5)
        assert _ids(owner, "is:unseen")

    def test_what_others_alone_brought_cannot_be_marked(self, store: Store, owner: View) -> None:
        for n in range(2):
            told = content("Read at night", [f"It was {n + 3} at night."])
            store.record(Capture("https://night.example/1", told, at(n), Origin.BROWSER, reader=1), at(n))
        ada = _reader(store, "Ada")
        secret = next(id_ for id_ in _ids(owner) if id_ not in _ids(ada))
        with pytest.raises(NotFound):
            _do(ada, "star", [secret])
        assert ada.reviews.of([secret]) == {}
        assert ada.review_acts.see_all(Filters(), (at(9_999), 10**9), START) == 5
        assert _do(owner, "star", [secret]) == 1

    def test_a_note_stays_and_its_article_is_told_to_nobody_who_may_not_see_it(self, store: Store, owner: View) -> None:
        ada, ids = _reader(store, "Ada"), _ids(owner, "source:quay.example")
        _do(ada, "note", ids[:1], text="Mine.")
        article = store.articles.find("https://quay.example/long")
        assert article is not None
        store.owner.hide(article.id, "A court asked.")
        (line,) = as_json_lines(ada.reviews.notes(), BASE)
        told = json.loads(line)
        assert (told["note"], told["article"], told["version"], told["page"]) == ("Mine.", None, None, None)

    def test_all_goes_with_the_reader(self, store: Store, owner: View) -> None:
        ada, ids = _reader(store, "Ada"), _ids(owner)
        _do(ada, "collect", ids, "hers")
        _do(ada, "note", ids, text="Secret words.")
        owner_before = _do(owner, "star", ids)
        store.readers.delete(ada.audience.reader)
        with store._connection.read() as db:
            for table in ("reviews", "collections", "review_acts"):
                assert not list(db.table(table).rows_where("reader_id = ?", [ada.audience.reader])), table
            assert db.table("collected").count == 0
        assert owner_before == len(_ids(owner, "is:starred"))

    def test_all_goes_with_an_article_that_is_forgotten(self, store: Store, owner: View) -> None:
        _do(owner, "note", _ids(owner), text="Words.")
        _do(owner, "collect", _ids(owner), "list")
        article = store.articles.find("https://quay.example/long")
        assert article is not None
        store.owner.forget(article.id)
        assert len(list(owner.reviews.notes())) == 3
        assert owner.reviews.collections()[0].count == 3
        assert owner.review_acts.undo() is not None  # and no harm is done


class TestFiles:
    @pytest.mark.parametrize("begin", FORMULA)
    def test_no_cell_is_a_formula(self, owner: View, begin: str) -> None:
        text = f"{begin}cmd|' /C calc'!A0"
        _do(owner, "note", _ids(owner)[:1], text=text)
        for row in csv.reader(io.StringIO("".join(as_csv(owner.reviews.notes(), BASE)))):
            assert not [cell for cell in row if cell.startswith(FORMULA)]

    def test_both_say_the_same(self, owner: View, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(reviews, "AT_ONCE", 2)
        ids = _ids(owner)
        for id_ in ids:
            _do(owner, "note", [id_], text=f'Note, "{id_}"\nand more; 日本')
        _do(owner, "collect", ids[:2], "a list")
        _do(owner, "star", ids[:1])
        rows = list(csv.DictReader(io.StringIO("".join(as_csv(owner.reviews.notes(), BASE)), newline="")))
        objects = [json.loads(line) for line in as_json_lines(owner.reviews.notes(), BASE)]
        assert [row["note"] for row in rows] == [each["note"] for each in objects]
        assert [each["change"] for each in objects] == ids
        assert [row["url"] for row in rows] == [each["article"]["url"] for each in objects]
        assert [row["starred"] for row in rows] == ["yes", "no", "no", "no", "no"]
        assert [row["collections"] for row in rows] == ["; ".join(each["collections"]) for each in objects]
        assert rows[0]["page"] == objects[0]["page"]
        assert objects[0]["page"].startswith(f"{BASE}/articles/")
