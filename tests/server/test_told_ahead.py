"""What is told before anybody asks is what would be told otherwise, byte for byte, or nothing: whoever wrote in between."""

from __future__ import annotations

import threading
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rowback.diff.telling.step import RULES
from rowback.errors import PageTooCostly
from rowback.model import Origin
from rowback.store import Store, kept_answers
from rowback.store.audience import Audience
from rowback.store.version_rows import rewrite_version
from rowback.store.versions import Text
from rowback.told import SeenAside
from rowback.web.api import edit_answers
from rowback.web.api.ahead import Ahead
from rowback.web.api.bounds import Bounds
from rowback.web.api.edit_answers import Asked, Histories
from rowback.web.api.prepared import Prepared

from .samples import AUDIENCES, PARAGRAPHS, START, TITLE, URL, at, capture, changed, content

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from rowback.model import Article, Capture

    from .backend import Backend

OTHER = "https://www.lantern-post.example/news/lighthouse"
TEXTS = (
    PARAGRAPHS,
    changed("400", "900"),
    changed("six", "seven"),
    PARAGRAPHS[:2],
    (*PARAGRAPHS[::-1], "It is late: 100% %(f0)b %d."),
)
ORIGINS = (Origin.API, Origin.BROWSER, Origin.POLL)
BASE = "http://127.0.0.1:8484"


def _sent(text: int, minutes: int, url: str = URL) -> Capture:
    part = 0.00005 if minutes % 4 == 3 else 0.0  # some have a fraction of a second
    return replace(capture(TEXTS[text], minutes=minutes + part, url=url), origin=ORIGINS[minutes % 3])


def _recorded(store: Store, *captures: Capture) -> int:
    """The id of the article that captures, at least one, made."""
    return [store.record(each, at(900)).article.id for each in captures][-1]


def _asked(store: Store, article_id: int, audience: Audience = Audience.TRUSTED) -> Asked | None:
    article = store.view(audience).articles.get(article_id)
    return None if article is None else Asked(article, "first", "latest", BASE, audience)


def _untold(store: Store, asked: Asked, bounds: Bounds | None = None) -> bytes:
    """What is answered where nothing is kept: by a number, nobody asks for what was told ahead."""
    return Histories(store, bounds).body(replace(asked, from_="0"))


def _compare(store: Store, *article_ids: int) -> int:
    """Every answer that is kept of articles is the one that is told without it. Returns how many there are."""
    found = 0
    for audience in AUDIENCES:
        for article_id in article_ids:
            asked = _asked(store, article_id, audience)
            ready = asked and Histories(store)._ready(asked)
            if asked and ready is not None:
                assert ready == _untold(store, asked)
                found += 1
    return found


@pytest.fixture
def told(store: Store) -> Iterator[int]:
    """An article of three versions that was told ahead, seen by strangers, too."""
    article_id = _recorded(store, *(_sent(n, 60 * n) for n in range(3)))
    store.articles.bring(article_id)
    assert Ahead(store).catch_up() == 1
    yield article_id
    _compare(store, article_id)


@settings(max_examples=40)
@given(captures=st.lists(st.tuples(st.integers(0, 4), st.integers(0, 40), st.booleans()), min_size=1, max_size=8))
def test_it_is_what_is_told_whatever_the_order_of_captures(
    captures: list[tuple[int, int, bool]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    store = Store(tmp_path_factory.mktemp("ahead") / "rowback.db")
    ahead = Ahead(store)
    for text, minutes, is_told in captures:
        article_id = store.record(_sent(text, minutes), at(60)).article.id
        store.articles.bring(article_id)
        _compare(store, article_id)
        if is_told:
            ahead.catch_up()
            assert _compare(store, article_id) == len(AUDIENCES)
    ahead.catch_up()
    assert store.answers.due(10) == []
    store.close()


def test_nobody_waits_for_it_after_a_restart(store: Store, told: int, monkeypatch: pytest.MonkeyPatch) -> None:
    again = Store(store.path)
    asked = _asked(again, told)
    assert asked
    expected = _untold(again, asked)
    monkeypatch.setattr(edit_answers, "tell", lambda *_: pytest.fail("it was told anew"))
    monkeypatch.setattr(edit_answers, "count_edits", lambda *_: pytest.fail("it was counted anew"))
    assert Histories(again).body(asked) == expected
    assert Histories(again).edit_count(asked.article, None) == 1
    again.close()


def test_a_look_that_finds_nothing_new_needs_no_telling(store: Store, told: int) -> None:
    store.record(_sent(2, 121), at(300))
    store.record(_sent(2, 200), at(300))
    assert store.answers.due(10) == []
    assert _compare(store, told) == len(AUDIENCES)
    asked = _asked(store, told)
    assert asked
    assert f'"last_seen_at": "{at(200):%Y-%m-%dT%H:%M:%SZ}"'.encode() in Histories(store).body(asked)


def test_an_article_with_one_version_is_told_without_its_text(store: Store) -> None:
    article_id = store.record(_sent(0, 0), at(5)).article.id
    store.articles.bring(article_id)
    assert store.answers.due(10) == []
    assert _compare(store, article_id) == len(AUDIENCES)


def _merged(store: Store, article_id: int) -> None:
    store.merge(article_id, store.record(_sent(3, 90, OTHER), at(300)).article.id)


def _merged_away(store: Store, article_id: int) -> None:
    store.merge(store.record(_sent(3, 90, OTHER), at(300)).article.id, article_id)


def _parted(store: Store, article_id: int) -> None:
    del article_id
    store.part(URL, at(400), [1])


def _parted_and_joined(store: Store, article_id: int) -> None:
    _parted(store, article_id)
    store.join_again(URL)


def _moved_in_time(store: Store, article_id: int) -> None:
    del article_id
    store.record(_sent(2, 30), at(300))


def _split(store: Store, article_id: int) -> None:
    del article_id
    store.record(_sent(0, 45), at(300))
    store.record(_sent(4, 20), at(300))


def _forgotten(store: Store, article_id: int) -> None:
    store.owner.forget(article_id)


def _read_again(store: Store, article_id: int) -> None:
    version_id = store.versions.spans(article_id)[1].id
    with store._connection.write() as db:
        rewrite_version(db, article_id, version_id, Text.of(content(TITLE, TEXTS[4]), 3))


@pytest.mark.parametrize(
    "act", [_merged, _merged_away, _parted, _parted_and_joined, _moved_in_time, _split, _forgotten, _read_again]
)
def test_nothing_wrong_is_answered_after(act: Callable[[Store, int], None], store: Store, told: int) -> None:
    act(store, told)
    ids = [article.id for article in store.articles.by_id(10)]
    _compare(store, told, *ids)
    Ahead(store).catch_up()
    assert store.answers.due(10) == []
    for article_id in ids:
        store.articles.bring(article_id)
    assert _compare(store, *ids) == len(ids) * len(AUDIENCES)


def test_a_text_that_reads_the_same_when_compared_is_told_anew(store: Store, told: int) -> None:
    """Such a text has the fingerprint of the one before: it is the writing that drops what was told."""
    before = store.versions.spans(told)[2]
    text = Text.of(content(TITLE, [f"{line} \u00ad" for line in TEXTS[2]]), 3)
    assert text.fingerprint == before.fingerprint
    with store._connection.write() as db:
        rewrite_version(db, told, before.id, text)
    assert _compare(store, told) == 0
    assert store.answers.due(10) == [told]


def test_a_version_with_the_row_of_one_that_went_has_nothing_of_it(store: Store, told: int) -> None:
    with store._connection.write() as db:
        db.execute("delete from bodies where version_id = (select max(id) from versions)")
        db.execute("delete from captures where version_id = (select max(id) from versions)")
        db.execute("delete from versions where id = (select max(id) from versions)")
        assert db.execute("select count(*) from told").fetchone()[0] == 0
    assert store.answers.due(10) == [told]


def test_what_was_told_while_a_version_came_is_not_kept(
    store: Store, told: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.record(_sent(3, 240), at(300))
    history = Histories.history

    def slow(self: Histories, asked: Asked, *_: object) -> object:
        found = history(self, asked)
        store.record(_sent(4, 280), at(300))
        monkeypatch.undo()
        return found

    monkeypatch.setattr(Histories, "history", slow)
    assert Ahead(store).catch_up() == 0
    assert store.answers.due(10) == [told]
    assert Ahead(store).catch_up() == 1
    assert _compare(store, told) == len(AUDIENCES)


def test_other_rules_tell_anew_and_nobody_waits_for_them(
    store: Store, told: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(edit_answers, "RULES", RULES + 1)
    assert _compare(store, told) == 0
    asked = _asked(store, told)
    assert asked
    assert Histories(store).body(asked)
    assert Ahead(store).catch_up() == 1
    assert _compare(store, told) == len(AUDIENCES)


def test_other_bounds_are_other_rules(store: Store, told: int) -> None:
    asked = _asked(store, told)
    assert asked
    small = Bounds(answer=30_000, small=0, versions=1_300, aside=1_000, edits=6_000, edit=4_000, wording=1_000, count=6)
    assert Histories(store, small).body(asked) == _untold(store, asked, small)


def test_what_is_too_large_to_keep_is_told_when_it_is_asked_for(
    store: Store, told: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kept_answers, "MAX_PACKED_BYTES", 100)
    store.record(_sent(3, 240), at(300))
    assert Ahead(store).catch_up() == 1
    assert store.answers.due(10) == []
    assert _compare(store, told) == 0


def test_what_is_too_costly_is_tried_once(store: Store, told: int, monkeypatch: pytest.MonkeyPatch) -> None:
    store.record(_sent(3, 240), at(300))

    def costly(*_: object) -> object:
        raise PageTooCostly("It takes too long.")

    with monkeypatch.context() as patch:
        patch.setattr(edit_answers, "tell", costly)
        Ahead(store).catch_up()
    assert store.answers.due(10) == []
    assert _compare(store, told) == 0


def test_a_mistake_of_ours_stops_no_other_article(
    store: Store, told: int, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    other_id = _recorded(store, _sent(0, 0, OTHER), _sent(1, 60, OTHER))
    store.record(_sent(3, 240), at(300))
    prepare = Histories.prepare

    def broken(self: Histories, article: Article) -> bool:
        if article.id == told:
            raise KeyError("nobody foresaw it")
        return prepare(self, article)

    monkeypatch.setattr(Histories, "prepare", broken)
    ahead = Ahead(store)
    assert (ahead.catch_up(), ahead.catch_up()) == (1, 0)
    assert _compare(store, other_id) == len(AUDIENCES)
    assert len(caplog.records) == 1, "it is told once"


@pytest.mark.parametrize("times", [1, 12])
def test_what_was_seen_aside_is_filled_in(times: int, store: Store, told: int, monkeypatch: pytest.MonkeyPatch) -> None:
    aside = [SeenAside(n % 3, "trial", 2, at(n), ("So many readers: 7", "\u2028 8" * 5_000)) for n in range(times)]
    monkeypatch.setattr(kept_answers, "read_asides", lambda *_: aside)
    monkeypatch.setattr(Histories, "_seen_aside", lambda *_: aside)
    assert _compare(store, told) == (len(AUDIENCES) if times == 1 else 0), "so much has to be measured"


def test_a_long_history_is_told_ahead_with_what_is_left_out(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(edit_answers, "Bounds", lambda: Bounds(answer=30_000, small=0, versions=1_300, edits=6_000))
    texts = [[f"On pier {k} there were {n} boats and {n + k} nets by noon." for k in range(12)] for n in range(9)]
    article_id = _recorded(store, *(capture(said, minutes=60 * n) for n, said in enumerate(texts)))
    assert Ahead(store).catch_up() == 1
    assert _compare(store, article_id) == len(AUDIENCES)
    asked = _asked(store, article_id)
    assert asked
    assert b'"versions": 0' not in Histories(store).body(asked)[-200:]


def test_words_that_look_like_what_is_left_open_stay_words(store: Store) -> None:
    lines = ("f0", "l1", "article", "\x00", '"f0"', "aside left o1 d1")
    article_id = _recorded(
        store, *(capture([*lines, f"{n} boats"], minutes=n, title=f"f{n}", url=OTHER) for n in range(2))
    )
    assert Ahead(store).catch_up() == 1
    assert _compare(store, article_id) == len(AUDIENCES)


def test_what_is_forgotten_is_kept_nowhere(store: Store, told: int) -> None:
    with store._connection.read() as db:
        (packed,) = db.execute("select packed from told").fetchone()
    files = [store.path, store.path.with_name(f"{store.path.name}-wal")]
    assert any(packed in path.read_bytes() for path in files)
    store.owner.forget(told)
    assert not any(packed in path.read_bytes() for path in files)


def test_it_is_told_in_the_background_until_the_end(store: Store) -> None:
    article_id = _recorded(store, _sent(0, 0), _sent(1, 60))
    stopping = threading.Event()
    ahead = Ahead(store)
    stopping.wait = lambda timeout=None: bool(timeout and timeout >= 1)  # type: ignore[method-assign]
    ahead.run(stopping)
    assert _compare(store, article_id) == len(AUDIENCES)


def test_readers_get_it_over_http(backend: Backend, monkeypatch: pytest.MonkeyPatch) -> None:
    store, path = backend.store, f"/api/v1/edits?url={URL}"
    for n in range(3):
        store.record(_sent(n, 60 * n), START)
    expected = backend.client.get(f"{path}&from=0")
    Ahead(store).catch_up()
    monkeypatch.setattr(edit_answers, "tell", lambda *_: pytest.fail("it was told anew"))
    assert backend.client.get(path).body == expected.body


def test_what_was_packed_by_other_texts_is_not_kept() -> None:
    made = Prepared(12, b'{"title": "Ferry", "text": "It leaves at six."}')
    packed = made.packed(b"It leaves at six.")
    assert Prepared.unpacked(packed, b"It leaves at six.") == made
    assert Prepared.unpacked(packed, b"It leaves at ten.") is None
    assert len(packed) < len(made.packed(b""))
