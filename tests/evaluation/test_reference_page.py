"""The reference page, rebuilt from its two versions: the same rows, the same changes, the same label."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import lxml.html
import pytest

from rowback.model import Block, Capture, Content, Origin
from rowback.store import Store
from rowback.web.app import create_app
from tests.evaluation.corpus import START, Corpus

ROWS = 21


@pytest.fixture
def page(corpus: Corpus, tmp_path: Path) -> Iterator[Any]:
    seed = corpus.json("seed/nyt-ukraine.json")
    store = Store(tmp_path / "rowback.db")
    for n, version in enumerate(seed["versions"]):
        content = Content(version["title"], tuple(Block("p", text) for text in version["paragraphs"]))
        store.record(Capture(seed["url"], content, START + timedelta(hours=n), Origin.IMPORT), START)
    app = create_app(store, is_public=True, now=lambda: START + timedelta(days=1))
    answer = app.test_client().get("/articles/1/diff/0/1")
    assert answer.status_code == 200
    yield lxml.html.document_fromstring(answer.text)
    store.close()


def _cell(row: Any, side: str) -> str:
    return "".join(row.xpath(f".//div[contains(@class, 'cell {side}')]/div")[0].text_content())


def test_the_reference_page_is_rebuilt(page: Any, corpus: Corpus) -> None:
    seed = corpus.json("seed/nyt-ukraine.json")
    old, new = seed["versions"]
    rows = [page.xpath(f"//div[@id='p{n}']")[0] for n in range(1, ROWS + 1)]
    assert page.xpath(f"//div[@id='p{ROWS + 1}']") == []
    changed = [n for n, row in enumerate(rows) if "plain" not in row.get("class")]
    assert changed == seed["changed_paragraphs"]
    for n in changed:
        assert _cell(rows[n], "old") == old["paragraphs"][n]
        assert _cell(rows[n], "new") == new["paragraphs"][n]
    for n in set(range(ROWS)) - set(changed):
        assert rows[n].xpath(".//div[contains(@class, 'one')]/p")[0].text_content() == new["paragraphs"][n]
    (headline,) = page.xpath("//div[@id='p0']")
    assert "plain" not in headline.get("class")
    assert headline.xpath(".//div[contains(@class, 'cell old')]//del/text()") == ["Crimea"]
    assert headline.xpath(".//div[contains(@class, 'cell new')]//ins/text()") == ["Ukraine"]
    assert f"({seed['label']})" in page.xpath("//div[@class='head']")[0].text_content()


def test_the_reference_page_marks_the_known_words(page: Any, corpus: Corpus) -> None:
    marked = {
        int(gold["where"].removeprefix("paragraph[").rstrip("]")) + 1: (gold["old"], gold["new"])
        for gold in corpus.json("seed/nyt-ukraine.json")["gold_edits"]
        if gold["where"] != "title"
    }
    for number, (old, new) in marked.items():
        (row,) = page.xpath(f"//div[@id='p{number}']")
        assert " ".join(row.xpath(".//div[contains(@class, 'cell old')]//del/text()")).strip() == old
        assert " ".join(row.xpath(".//div[contains(@class, 'cell new')]//ins/text()")).strip() == new
