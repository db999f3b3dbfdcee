"""Lines beside the text that only count: learned from a source's articles, no edits after that, and never prose."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from rowback.capture.captures import from_blocks, from_html
from rowback.model import Origin
from rowback.text.extract import extract
from rowback.text.loose import masked

from .samples import PARAGRAPHS, at

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rowback.model import Content
    from rowback.store import Store

LINE = '<div class="k7">{} boats in the harbour today</div>'
LINES = {
    "in a box of its own": LINE,
    "as a paragraph of a box": '<div class="k7"><p>{} boats in the harbour today</p></div>',
    "in a span": '<div class="k7"><span>{} boats in the harbour today</span></div>',
    "in another script's digits": '<div class="k7">{} قارب في الميناء</div>',
    "of two numbers": '<div class="k7">Berth {} of 900 taken</div>',
    "large": '<div class="k7">{},204 boats in the harbour today</div>',
    "in bold": '<div class="k7"><b>{}</b> boats in the harbour <i>today</i></div>',
}
PROSE = {
    "a paragraph": "<p>{} people are dead</p>",
    "a sentence": '<div class="k7">{} people are dead.</div>',
    "a score": '<div class="k7">Rovers {}–1 United</div>',
    "a price": '<div class="k7">Tickets from €{}</div>',
    "a rate": '<div class="k7">Turnout {}%</div>',
    "a list item": "<ul><li>{} people are dead</li><li>One boat is missing</li></ul>",
    "a heading": "<h2>{} people are dead</h2>",
    "a table's row": "<table><tr><td>Dead</td><td>{}</td></tr><tr><td>Missing</td><td>4</td></tr></table>",
    "a quote": "<blockquote>{} people are dead</blockquote>",
    "long": '<div class="k7">In all {} people are said to be dead after the two ships met off the pier</div>',
    "a box like those of the text": '<div class="text">{} people are dead</div>',
}


def _page(number: int, line: str, edit: str = "") -> str:
    said = "".join(f'<div class="text"><p>{text}</p></div>' for text in (f"Story {number} of the week.", *PARAGRAPHS))
    text = said.replace("</p></div>", f"</p></div>{line}", 2).replace(line, "", 1) if line else said
    title = f"Harbour story number {number} of this week"
    return (
        f'<html><head><title>{title}</title><meta property="og:type" content="article"></head><body><article>'
        f"<h1>{title}</h1>{text}<div class=text><p>The board meets on Monday{edit} to hear the engineers.</p></div>"
        "</article></body></html>"
    )


def _look(store: Store, number: int, hours: int, page: str, origin: Origin = Origin.POLL) -> int:
    """Captures a page; returns how many versions its article has."""
    seen_at = at(0) + timedelta(hours=hours)
    capture = from_html(f"https://echo.example/news/story-{number}", page, seen_at, origin)
    return store.record(capture, seen_at).article.version_count


def _latest(store: Store, number: int) -> Content:
    return store.versions.of_article(number)[-1].content


def _texts(content: Content) -> list[str]:
    return [block.text for block in content.blocks]


def _counted(store: Store, line: str, articles: Iterable[int], looks: Iterable[int]) -> list[int]:
    """At each look each article, the number in its line another each time; the versions each has at the end."""
    counts: dict[int, int] = {}
    for look in looks:
        for n in articles:
            counts[n] = _look(store, n, look, _page(n, line.format(100 * n + 7 * look)))
    return list(counts.values())


@pytest.mark.parametrize("line", LINES.values(), ids=LINES)
def test_a_line_that_counts_in_a_source_stops_being_an_edit(store: Store, line: str) -> None:
    assert _counted(store, line, range(1, 7), range(5)) == [2, 2, 2, 1, 1, 1]


@pytest.mark.parametrize("line", PROSE.values(), ids=PROSE)
def test_what_may_be_prose_is_an_edit_however_often_it_counts(store: Store, line: str) -> None:
    assert _counted(store, line, range(1, 7), range(5)) == [5] * 6


def test_a_number_that_is_the_same_everywhere_is_a_fact(store: Store) -> None:
    counts = [[_look(store, n, look, _page(n, LINE.format(40 + 3 * look))) for n in range(1, 7)] for look in range(6)]
    assert counts[-1] == [6] * 6


def test_two_articles_teach_nothing(store: Store) -> None:
    assert _counted(store, LINE, (1, 2), range(5)) == [5, 5]


def test_another_source_is_not_taught(store: Store) -> None:
    _counted(store, LINE, range(1, 7), range(2))
    pages = [(f"https://mirror.example/{n}", _page(9, LINE.format(n))) for n in (3, 5)]
    recorded = [
        store.record(from_html("https://mirror.example/a", page, at(60 * n), Origin.POLL), at(60 * n))
        for n, (_, page) in enumerate(pages)
    ]
    assert recorded[-1].new_version


def test_beside_a_true_edit_the_line_stays_as_it_stood(store: Store) -> None:
    _counted(store, LINE, range(1, 7), range(3))
    before = _latest(store, 1)
    _look(store, 1, 9, _page(1, LINE.format(5_123), " the 3rd"))
    after = _latest(store, 1)
    assert before.blocks != after.blocks
    apart = set(_texts(after)) ^ set(_texts(before))
    assert apart == {
        "The board meets on Monday to hear the engineers.",
        "The board meets on Monday the 3rd to hear the engineers.",
    }
    assert store.versions.of_article(1)[-1].number == 2


def test_where_it_comes_and_goes_it_stays_as_it_stood(store: Store) -> None:
    _counted(store, LINE, range(1, 7), range(3))
    count = _look(store, 1, 8, _page(1, LINE.format(5)))
    assert _look(store, 1, 9, _page(1, "")) == count
    assert _look(store, 6, 9, _page(6, "", " the 3rd")) == 2
    assert any("boats" in text for text in _texts(_latest(store, 6)))
    assert _look(store, 1, 10, _page(1, LINE.format(8))) == count


def test_it_is_kept_and_told_as_it_was_last_seen(store: Store) -> None:
    _counted(store, LINE, range(1, 7), range(4))
    [told] = store.notes.asides(4)
    assert (told.reason, told.version, told.times, told.lines) == (
        "counting",
        0,
        4,
        ("421 boats in the harbour today",),
    )


def test_blocks_of_a_program_are_never_judged(store: Store) -> None:
    _counted(store, LINE, range(1, 7), range(3))
    for n, number in enumerate((3, 4, 5)):
        blocks = [("p", "Story 1 of the week."), ("p", f"{number} boats in the harbour today")]
        seen_at = at(6000 + n)
        recorded = store.record(
            from_blocks("https://echo.example/news/story-1", "Harbour", blocks, seen_at, Origin.API), seen_at
        )
        assert recorded.new_version


def test_a_forgotten_article_leaves_no_line(store: Store) -> None:
    _counted(store, LINE, range(1, 4), range(2))
    store.owner.forget(1)
    assert _counted(store, LINE, (2, 3), (3, 4)) == [4, 4]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("3 of 5 read", "2 of 5 read", True),
        ("1,204 boats", "98 boats", True),
        ("1.2k boats", "998 boats", True),
        ("٣ قوارب", "٤ قوارب", True),
        ("12 boats", "12 ships", False),
        ("Boats at 12", "Boats", False),
    ],
)
def test_numbers_are_masked_whole(one: str, other: str, *, same: bool) -> None:
    assert (masked(one) == masked(other)) is same


def test_no_line_is_loose_where_the_text_itself_is_bare() -> None:
    page = _page(1, "").replace('<div class="text"><p>', "<div>").replace("</p></div>", "</div>")
    page = page.replace("</article>", "<div>12 boats in the harbour today</div></article>")
    assert extract(page).loose == ()
