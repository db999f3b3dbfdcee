"""However large or hostile a page is, the work to read it grows with its size, or it is refused. Growth is compared, and
nothing is timed against a clock on the wall.
"""

from __future__ import annotations

import time
from contextlib import suppress
from typing import TYPE_CHECKING

import pytest

from rowback.errors import RowbackError, TooLarge
from rowback.text.extract import MAX_ALL_MARKS, extract
from rowback.text.page import parse
from rowback.text.tree import MAX_ATTRIBUTES

from .samples import page

if TYPE_CHECKING:
    from collections.abc import Callable

SMALL, TIMES = 2_500, 4
MOST = 9  # times the work for four times the size; what is quadratic takes sixteen times as much


def _many(template: str) -> Callable[[int], str]:
    """An article with so many pieces more; `{n}` is the number of each."""
    return lambda count: page().replace(
        "</article>", "".join(template.format(n=n) for n in range(count)) + "</article>"
    )


GROWING: dict[str, Callable[[int], str]] = {
    "paragraphs": _many("<p>The first ferry {n} leaves at six in the morning from Monday on.</p>"),
    "headlines": _many("<h1>Ferry timetable changes {n}</h1>"),
    "boxes": _many("<div class=related><p>The first ferry {n} leaves at six in the morning.</p></div>"),
    "articles": _many("<article><p>The first ferry {n} leaves at six in the morning.</p></article>"),
    "text between what is left out": _many("<button>x</button>some text {n} " * 3),
    "code": _many("<p>Words before the code {n} are here <code>x{n}</code> and others after it {n} too</p>"),
    "headlines and titles": lambda count: page(
        head="".join(f"<meta property='og:title' content='Ferry title {n}'>" for n in range(count))
    ).replace("</article>", "".join(f"<h1>Ferry timetable changes {n}</h1>" for n in range(count)) + "</article>"),
    "unclosed elements": lambda count: page().replace("</article>", "<div><span><b>words " * count),
}


@pytest.mark.parametrize("name", GROWING)
def test_work_grows_with_the_page(name: str) -> None:
    made = GROWING[name]
    small, large = made(SMALL), made(TIMES * SMALL)
    growth = min(_work(large) / _work(small) for _ in range(3))
    assert growth < MOST


def _work(html: str) -> float:
    """What a page takes of the processor; other programs do not count."""
    begun = time.thread_time()
    with suppress(RowbackError):
        extract(html, "https://echo.example/ferry")
    return time.thread_time() - begun + 0.005  # below that it is the same for all


@pytest.mark.parametrize("attribute", ["a{n}=x ", "a{n} ", "a{n}='>' ", 'a{n}="<"', "a{n}/", "<a{n} "])
def test_an_element_with_very_many_attributes_is_refused_unparsed(attribute: str) -> None:
    few, many = (
        page(head=f"<meta {''.join(attribute.format(n=n) for n in range(count))}>")
        for count in (100, MAX_ATTRIBUTES + 1)
    )
    parse(few)
    with pytest.raises(TooLarge, match="attributes"):
        parse(many)


def test_more_marks_than_any_page_has_are_refused() -> None:
    with pytest.raises(TooLarge, match="links"):
        extract(page().replace("</article>", "<p><i>a</i> b</p>" * (MAX_ALL_MARKS + 1)))
