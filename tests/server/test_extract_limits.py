"""What no real page is as large or as strange as is refused or left out, and the page is read all the same.

That the work for what is read grows with its size is tried in `test_growth.py`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from rowback.capture.captures import from_blocks
from rowback.errors import TooLarge
from rowback.model import Origin
from rowback.text.crowds import CROWD, MAX_ALL_MARKS, MAX_CELLS
from rowback.text.extract import extract
from rowback.text.largest import MAX_BLOCKS, MAX_TEXT_CHARACTERS
from rowback.text.lexbor import MAX_ATTRIBUTE, MAX_ELEMENTS
from rowback.text.page import parse
from rowback.text.size import MAX_CHARACTERS, MAX_PIECES
from rowback.text.tree import MAX_ATTRIBUTES

from .samples import START, URL, page

if TYPE_CHECKING:
    from collections.abc import Iterator


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
        extract(page().replace("</article>", "<p><i>a</i> <b>b</b> <i>c</i> d</p>" * (MAX_ALL_MARKS // 3 + 1)))


def test_more_elements_than_any_page_has_are_refused() -> None:
    with pytest.raises(TooLarge, match="elements"):
        parse(page(head="<meta>" * (MAX_ELEMENTS + 1)))


@pytest.mark.parametrize(
    ("more", "told"),
    [
        (f"{'<div>' * 200}x{'</div>' * 200}" * 60, "elements stand in one another"),
        (f"{'<div>' * 200}<p>{'words ' * 50_000}", "text stands in elements"),
        ("<p>w</p>" * (MAX_PIECES + 1), "paragraphs"),
        (f"<p>{'word ' * (MAX_CHARACTERS // 5 + 1)}</p>", "characters of text"),
        ("<p>The ferry leaves the harbour at six in the morning.</p>" * (MAX_BLOCKS + 1), "blocks"),
        (f"<p>{'The ferry leaves the harbour at six. ' * (MAX_TEXT_CHARACTERS // 35)}</p>", "article has more than"),
    ],
)
def test_more_of_anything_than_any_page_has_is_refused(more: str, told: str) -> None:
    with pytest.raises(TooLarge, match=told):
        extract(page().replace("</article>", f"{more}</article>"))


@pytest.mark.parametrize(
    ("table", "told"),
    [
        (f"<tr>{'<td>w</td>' * (CROWD + 1)}</tr>", "columns"),
        (f"<tr>{'<td>w</td>' * 100}</tr>{'<tr></tr>' * (MAX_CELLS // 100)}", "cells"),
    ],
)
def test_a_table_larger_than_any_is_refused(table: str, told: str) -> None:
    with pytest.raises(TooLarge, match=told):
        extract(page().replace("</article>", f"<table>{table}</table></article>"))


def test_cells_that_span_others_are_read_as_they_are() -> None:
    table = "<table><tr><td colspan=900 rowspan=900>Ferry</td><td>Harbour</td></tr><tr><td>Six</td></tr></table>"
    found = extract(page().replace("</article>", f"{table}</article>")).content
    assert [block.text for block in found.blocks if block.kind == "tr"] == ["Ferry │ Harbour", "Six"]


@pytest.mark.parametrize(
    "odd", ["&#1;", "&#x1;", "&#11;", "&#12;", "&#xfffe;", "&#65535;", "&#xd800;", "&#0;", "\x01", "\ufffe"]
)
@pytest.mark.parametrize("beside", ["title='{odd}'", "id=a{odd}", "{odd}=b", "a{odd}b=c", "{{x='{odd}'", "x:y={odd}"])
def test_what_no_tree_can_hold_beside_an_attribute_that_is_too_long(odd: str, beside: str) -> None:
    tag = f"<p {beside.format(odd=odd)} data-x='{'x' * (MAX_ATTRIBUTE + 1)}'>"
    found = extract(
        page().replace("</article>", f"{tag}The harbour office opens at five in the morning.</p></article>")
    )
    assert any("opens at five" in block.text for block in found.content.blocks)


def test_of_too_many_blocks_only_so_many_are_read() -> None:
    read = 0

    def blocks() -> Iterator[tuple[str, str]]:
        nonlocal read
        for read in range(1, 100_000):
            yield "p", f"Block {read}."

    with pytest.raises(TooLarge):
        from_blocks(URL, "", blocks(), START, Origin.API)
    assert read == MAX_BLOCKS + 1
