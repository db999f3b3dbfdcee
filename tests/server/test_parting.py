"""One article that turns out to be two, parted by what was read at which address; and taken back."""

from __future__ import annotations

import json
from itertools import count
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rowback.errors import BadInput, UnknownArticle
from rowback.store.audience import Audience

from .samples import PARAGRAPHS, TITLE, at, capture, changed, page
from .test_canonicals import CLAIMED, MARKET, _claiming
from .visitor import owner_at_home

if TYPE_CHECKING:
    from pathlib import Path

    from rowback.model import Version
    from rowback.store import Store

    from .backend import Backend
    from .program import Program

SITE = "https://echo.example"
ONE, TWO = f"{SITE}/one", f"{SITE}/two"
SIGHTS = st.lists(
    st.tuples(st.sampled_from("ABC"), st.integers(0, 30), st.booleans()),
    min_size=2,
    max_size=9,
    unique_by=lambda sight: sight[1],
).filter(lambda sights: len({is_other for _, _, is_other in sights}) == 2)
_numbers = count()


def _told(versions: list[Version]) -> list[tuple[str, object, object]]:
    return [(version.content.blocks[0].text, version.seen_at, version.last_seen_at) for version in versions]


def _at(store: Store, url: str) -> int:
    found = store.articles.find(url)
    assert found is not None
    return found.id


def _joined(store: Store) -> int:
    """Two stories that were made one article."""
    kept = store.record(capture(url=ONE), at(60)).article
    edited = changed("400 commuters", "500 commuters")
    store.record(capture(edited, url=ONE, minutes=20), at(60))
    other = store.record(capture(MARKET, url=TWO, title="Market hall opens", minutes=10), at(60)).article
    assert store.merge(kept.id, other.id).version_count == 3
    return kept.id


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(SIGHTS)
def test_parted_articles_are_as_if_they_had_never_been_one(store: Store, sights: list[tuple[str, int, bool]]) -> None:
    number = next(_numbers)
    names = {False: f"{SITE}/one/{number}", True: f"{SITE}/two/{number}"}
    ids: dict[bool, set[int]] = {False: set(), True: set()}
    before = {}
    for text, minute, is_other in sights:
        seen = capture([f"Text {text}."], minutes=minute, url=names[is_other])
        ids[is_other].add(store.record(seen, at(60)).article.id)
    for is_other, found in ids.items():
        before[is_other] = _told(store.versions.of_article(*found))
    merged = store.merge(*ids[False], *ids[True])
    as_one = _told(store.versions.of_article(merged.id))
    kept, other = store.part(names[True], at(90))
    assert (_at(store, names[False]), _at(store, names[True])) == (kept.id, other.id)
    assert _told(store.versions.of_article(kept.id)) == before[False]
    assert _told(store.versions.of_article(other.id)) == before[True]
    assert _told(store.versions.of_article(store.join_again(names[True]).id)) == as_one
    assert store.damage() is None


def test_each_address_leads_to_its_own_article_and_so_does_what_is_captured_later(store: Store) -> None:
    kept_id = _joined(store)
    kept, other = store.part(TWO, at(70))
    assert (kept.id, kept.url, kept.version_count) == (kept_id, ONE, 2)
    assert (other.url, other.version_count, other.title) == (TWO, 1, "Market hall opens")
    assert other.status == kept.status
    later = store.record(capture(MARKET[:2], url=TWO, title="Market hall opens", minutes=80), at(80))
    assert (later.article.id, later.version) == (other.id, 1)


def test_the_articles_own_address_can_be_parted_too(store: Store) -> None:
    _joined(store)
    kept, other = store.part(ONE, at(70))
    assert (kept.url, kept.version_count, kept.title) == (TWO, 1, "Market hall opens")
    assert (other.url, other.version_count, other.title) == (ONE, 2, TITLE)


def test_no_canonical_address_joins_again_what_was_parted(store: Store) -> None:
    """Not even where both tell one story."""
    store.record(_claiming(PARAGRAPHS, TITLE, "one"), at(0))
    store.record(_claiming(changed("400", "500"), TITLE, "two", 5), at(5))
    kept, other = store.part(TWO, at(70))
    assert kept.id != other.id
    for minute, name in enumerate(("one", "two"), start=80):
        store.record(_claiming(changed("400", str(minute)), TITLE, name, minute), at(minute))
    assert (_at(store, ONE), _at(store, TWO)) == (kept.id, other.id)
    assert store.counts()["articles"] == 2


def test_their_owner_makes_them_one_again_by_merging(store: Store) -> None:
    _joined(store)
    kept, other = store.part(TWO, at(70))
    merged = store.merge(kept.id, other.id)
    assert merged.version_count == 3
    with pytest.raises(BadInput):
        store.join_again(TWO)


def test_taking_it_back_leaves_everything_as_it_was(store: Store) -> None:
    kept_id = _joined(store)
    before = store.articles.get(kept_id)
    assert before is not None
    versions = _told(store.versions.of_article(kept_id))
    _, other = store.part(ONE, at(70))
    after = store.join_again(ONE)
    assert _told(store.versions.of_article(kept_id)) == versions
    assert (after.id, after.url, after.title, after.status) == (before.id, before.url, before.title, before.status)
    assert store.articles.get(other.id) == after


def test_versions_are_parted_by_their_numbers_where_their_owner_says_so(store: Store) -> None:
    kept_id = _joined(store)
    _, other = store.part(TWO, at(70), [1, 2])
    assert other.version_count == 2
    assert store.versions.of_article(kept_id)[0].content.title == TITLE
    with pytest.raises(BadInput, match="no version 9"):
        store.part(ONE, at(70), [9])


@pytest.mark.parametrize("url", [CLAIMED, f"{SITE}/none"])
def test_an_address_at_which_nothing_was_read_parts_nothing(store: Store, url: str) -> None:
    store.record(_claiming(PARAGRAPHS, TITLE, "one"), at(0))
    with pytest.raises((BadInput, UnknownArticle)):
        store.part(url, at(70))
    with pytest.raises(BadInput, match="nothing to part"):
        store.part(ONE, at(70))


def test_spellings_that_are_one_address_by_mistake_are_parted(store: Store) -> None:
    """A story about an amplifier is no AMP page."""
    plain, odd = f"{SITE}/guitar.html", f"{SITE}/guitar-amp.html"
    kept = store.record(capture(url=plain), at(0)).article
    assert store.record(capture(MARKET, url=odd, title="Market hall opens", minutes=5), at(5)).article.id == kept.id
    _, other = store.part(odd, at(70))
    assert (_at(store, plain), _at(store, odd)) == (kept.id, other.id)
    again = store.record(capture(MARKET[:2], url=odd, title="Market hall opens", minutes=80), at(80))
    assert again.article.id == other.id


def test_the_command_parts_and_joins_again(rowback: Program, tmp_path: Path) -> None:
    saved = {}
    for name, title, text in (("one", TITLE, PARAGRAPHS), ("two", "Market hall opens", MARKET)):
        saved[name] = tmp_path / f"{name}.html"
        saved[name].write_text(page(text, title))
        rowback.ok("capture", saved[name], "--url", f"{SITE}/{name}")
    rowback.ok("merge", ONE, TWO)
    told = rowback.ok("split", TWO).out
    assert told.splitlines()[1:] == [f"  1 version of {TITLE} ({ONE})", f"  1 version of Market hall opens ({TWO})"]
    assert json.loads(rowback.ok("edits", TWO, "--json").out)["article"]["url"] == TWO
    (joined,) = json.loads(rowback.ok("split", ONE, "--undo", "--json").out)
    assert (joined["url"], joined["version_count"]) == (ONE, 2)
    assert rowback("split", ONE, "--undo").code == 1
    assert rowback("split", ONE, "--versions", "x").code == 1
    kept, parted = json.loads(rowback.ok("split", TWO, "--versions", "1", "--json").out)
    assert (kept["title"], parted["title"]) == (TITLE, "Market hall opens")


def test_the_owner_parts_an_article_on_its_page(backend: Backend) -> None:
    kept_id = _joined(backend.store)
    owner = owner_at_home(backend)
    place = f"/articles/{kept_id}"
    told = owner.get(place).body.decode()
    assert "<option>https://echo.example/two</option>" in told
    assert "Make them one again" not in told
    assert owner.press(place, f"{place}/act", do="split", address=f"{SITE}/none").status == 400
    assert owner.press(place, f"{place}/act", do="split", address=TWO).status == 303
    assert _at(backend.store, TWO) != kept_id
    told = owner.get(place).body.decode()
    assert "Make them one again" in told
    assert "These are two articles" not in told
    assert owner.press(place, f"{place}/act", do="join").status == 303
    assert _at(backend.store, TWO) == kept_id


def test_strangers_do_not_learn_where_an_article_was_read(backend: Backend) -> None:
    kept_id = _joined(backend.store)
    notes = backend.store.view(Audience.STRANGERS).notes.of_article(kept_id)
    assert (notes.read_at, notes.parted_from) == ((), None)
