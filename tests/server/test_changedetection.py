"""changedetection.io's folders give the article's texts, without the menu and the foot of the whole pages that they keep."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import brotli
import pytest

from rowback.archive.detect import kind_of
from rowback.archive.held import EVERYTHING, Cause, Held, HeldPage, HeldText, Unread, capture_of

from .samples import PARAGRAPHS, TITLE, URL, changed, page

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

FIRST = 1768032000


def _whole(paragraphs: Sequence[str], title: str = TITLE, number: int = 1) -> str:
    """The text of a page as changedetection.io reads it."""
    foot = ["Most read", f"  * Story number {number}", "© Harbour Echo"]
    return "\n\n".join(["Home News", title, "  By Ann Person", *(f"  {text}" for text in paragraphs), *foot])


def _watch(top: Path, *texts: str, html: str | None = None, name: str = "w1", **told: Any) -> Path:
    folder = top / name
    folder.mkdir(parents=True)
    (folder / "watch.json").write_text(json.dumps({"url": URL, **told}))
    lines = []
    for number, text in enumerate(texts):
        (folder / f"{number}.txt.br").write_bytes(brotli.compress(text.encode()))
        lines.append(f"{FIRST + 3600 * number},/datastore/{name}/{number}.txt" + ("" if number % 2 else ".br"))
    (folder / "history.txt").write_text("\n".join(lines) + "\nno line\n")
    if html is not None:
        (folder / f"{FIRST + 3600 * (len(texts) - 1)}.html.br").write_bytes(brotli.compress(html.encode()))
    return folder


def _read(path: Path) -> list[Held]:
    kind = kind_of(path)
    assert kind is not None
    return list(kind.read(path, EVERYTHING))


def test_texts_before_a_page_that_is_kept_are_cut_as_it_shows(tmp_path: Path) -> None:
    newest = changed("400", "900")
    html = page(newest).replace("</h1>", "</h1><div class='byline'>By Ann Person</div>")
    _watch(
        tmp_path,
        _whole(PARAGRAPHS, "Ferry timetable", 7),
        _whole(changed("Friday", "Monday")),
        _whole(newest, number=3),
        html=html,
    )
    first, second, third = _read(tmp_path)
    assert isinstance(first, HeldText)
    assert isinstance(second, HeldText)
    assert isinstance(third, HeldPage)
    assert (first.title, first.seen_at) == ("Ferry timetable", datetime.fromtimestamp(FIRST, UTC))
    assert [text for _, text in first.blocks] == list(PARAGRAPHS)
    assert capture_of(second).content.blocks[1:] == capture_of(first).content.blocks[1:]
    assert [block.text for block in capture_of(third).content.blocks] == list(newest)


@pytest.mark.parametrize(
    "html", [None, page(["Something else stands there now, of which no word was known before."] * 3)]
)
def test_texts_that_cannot_be_cut_stay_whole(tmp_path: Path, html: str | None) -> None:
    _watch(tmp_path, _whole(PARAGRAPHS), _whole(PARAGRAPHS), html=html)
    first = _read(tmp_path)[0]
    assert isinstance(first, HeldText)
    assert (first.title, first.blocks[0]) == ("", ("p", "Home News"))


def test_a_watch_with_filters_keeps_its_text(tmp_path: Path) -> None:
    _watch(tmp_path, "\n\n".join(PARAGRAPHS), html=page(), include_filters=["article"])
    (found,) = _read(tmp_path)
    assert isinstance(found, HeldText)
    assert [text for _, text in found.blocks] == list(PARAGRAPHS)


def test_watches_of_an_older_version_stand_in_one_file(tmp_path: Path) -> None:
    folder = _watch(tmp_path, "One.\n\nTwo.")
    (folder / "watch.json").unlink()
    (tmp_path / "url-watches.json").write_text(json.dumps({"watching": {"w1": {"url": URL}}}))
    (found,) = _read(tmp_path)
    assert isinstance(found, HeldText)
    assert found.url == URL


def test_what_is_missing_or_leads_elsewhere_costs_no_other(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("A secret.")
    top = tmp_path / "data"
    folder = _watch(top, "One.", "Two.", "Three.", "Four.")
    (folder / "0.txt.br").unlink()
    (folder / "0.txt.br").symlink_to(tmp_path / "secret.txt")
    (folder / "1.txt.br").write_bytes(b"\xff broken")
    (folder / "2.txt.br").write_bytes(brotli.compress(b"\0" * 50_000_000))
    _watch(top, "One.", name="w2", url="ftp://a.example/")
    _watch(top, "One.", name="w3", processor="restock_diff")
    (folder / "history.txt").write_text((folder / "history.txt").read_text() + f"{FIRST},../../secret.txt\n")
    causes = [each.cause if isinstance(each, Unread) else None for each in _read(top)]
    assert causes == [
        *(Cause.NO_BODY, Cause.DAMAGED, Cause.DAMAGED, None, Cause.NO_BODY),
        *(Cause.NO_ADDRESS, Cause.NOT_READ),
    ]
