"""Texts that take too long to compare: what is stored stays, lists tell it in whole blocks, and nothing is tried for ever."""

from __future__ import annotations

import random
import threading
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rowback.apart.lanes import Lane
from rowback.apart.limits import Limits
from rowback.apart.pool import Pool
from rowback.diff.telling.coarse import coarse_step
from rowback.errors import Busy
from rowback.store import steps
from rowback.told import EditKind
from rowback.web.api import edit_answers
from rowback.web.pages import side_by_side, told_once
from rowback.web.seats import Seats

from .markup_sides import read as sides_of
from .samples import PARAGRAPHS, TITLE, URL, capture, content
from .visitor import owner_at_home

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rowback.store import Store

    from .backend import Backend

CHANCE = random.Random(1)  # noqa: S311 (words, not secrets)
WORDS = ["".join(CHANCE.choices("abcdefghij", k=6)) for _ in range(400)]


def _many() -> list[str]:
    return [" ".join(CHANCE.choices(WORDS, k=20)) for _ in range(700)]


LONG, OTHER = _many(), _many()


@pytest.fixture
def hasty(monkeypatch: pytest.MonkeyPatch) -> Iterator[Pool]:
    """Hardly any time for large texts; small ones are compared at once."""
    pool = Pool(1, Limits(cpu_s=0.01))
    monkeypatch.setattr(steps, "INCOMING", Lane(pool, 4_096))
    for module in (edit_answers, told_once, side_by_side):
        monkeypatch.setattr(module, "ASKED", Lane(pool, 4_096))
    yield pool
    pool.end()


@pytest.mark.usefixtures("hasty")
def test_a_step_is_told_in_whole_blocks(store: Store) -> None:
    store.record(capture([*LONG, PARAGRAPHS[0]]), capture().seen_at)
    recorded = store.record(capture([*OTHER, PARAGRAPHS[0]], minutes=5), capture(minutes=5).seen_at)
    assert (recorded.version, recorded.new_version) == (1, True)
    (step,) = store.steps.of_article(recorded.article.id)
    assert store.steps.due() == 0
    assert (step.edit_count, step.kinds, step.labels, step.minor) == (1_400, ("delete", "insert"), (), False)
    assert (step.words_inserted, step.words_deleted) == (14_000, 14_000)
    assert len(step.excerpt) == 2
    store.record(capture(PARAGRAPHS, minutes=10), capture(minutes=10).seen_at)
    assert len(store.steps.of_article(recorded.article.id)) == 2


def test_reading_says_that_it_is_too_much_and_goes_on_with_the_rest(backend: Backend, hasty: Pool) -> None:
    client = backend.client
    client.capture(LONG)
    client.capture(OTHER)
    client.capture(url=f"{URL}-2")
    client.capture(PARAGRAPHS[:2], url=f"{URL}-2")
    edits = f"/api/v1/edits?url={quote(URL, safe='')}"
    for _ in range(2):
        answer = client.get(edits)
        assert (answer.status, answer.code) == (422, "page-too-costly")
        assert hasty.pids() == []
    assert len(client.get(f"{edits}-2").json["edits"]) == 1
    told = client.post("/api/v1/lookup", {"urls": [URL, f"{URL}-2"]}).json["results"]
    assert [told[url]["edit_count"] for url in (URL, f"{URL}-2")] == [1, 1]
    visitor = owner_at_home(backend)
    for path, status in {
        "/": 200,
        "/articles/1": 422,
        "/articles/1/diff/0/1": 422,
        "/articles/1/versions/1": 200,
    }.items():
        assert visitor.get(path).status == status, path


texts = st.lists(st.text(alphabet="ab <&\r\u00e9 ", max_size=8), max_size=5)


@given(texts, texts)
def test_whole_blocks_say_what_is_gone_and_what_is_new(old: list[str], new: list[str]) -> None:
    step = coarse_step(content(TITLE, old), content(TITLE, new))
    for edit in step.edits:
        (side,) = sides_of(edit.markup)
        text = ([TITLE, *old] if edit.kind is EditKind.DELETE else [TITLE, *new])[edit.index]
        assert (side.old, side.new) == ((text, "") if edit.kind is EditKind.DELETE else ("", text))
    assert step.kinds == tuple(dict.fromkeys(edit.kind.value for edit in step.edits))
    assert not coarse_step(content(TITLE, old), content(TITLE, old)).edits


def test_a_capture_that_finds_no_seat_comes_again() -> None:
    seats, inside, leave = Seats(1, wait_s=0.01), threading.Event(), threading.Event()

    def sit() -> None:
        with seats.one():
            inside.set()
            leave.wait(60)

    thread = threading.Thread(target=sit)
    thread.start()
    assert inside.wait(60)
    with pytest.raises(Busy), seats.one():
        pass
    leave.set()
    thread.join()
    with seats.one():
        pass
