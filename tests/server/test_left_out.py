"""What is left out of a page, and what is not: the same from a server's page and from what a reader's scripts made of it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
import trafilatura.xpaths

from rowback.text import hiding, left_out
from rowback.text.extract import extract
from rowback.text.page import parse

from .documents import ROOT
from .doors import ADDRESS, TITLE, Served, cloudflare, document, paragraphs, served

if TYPE_CHECKING:
    from collections.abc import Iterator

URL = "https://spit.example/2026/lighthouse-goes-dark"
SNAPSHOT = (ROOT / "extension/content/page/snapshot.js").read_text(encoding="utf-8")
# Read of the page beside the attributes of the snapshot's list: it goes with the text as it is.
HIDING_ONLY = {"style"}


@pytest.mark.parametrize("case", served(), ids=lambda case: case.name)
def test_a_server_and_a_reader_see_the_same_article(case: Served) -> None:
    for html in filter(None, (case.page, case.reader)):
        content = extract(html, URL).content
        assert content.title == TITLE
        assert tuple(block.text for block in content.blocks) == case.texts


@pytest.mark.parametrize(("fields", "is_layout"), [(0, True), (1, True), (6, False)])
def test_a_form_around_a_page_is_a_box_for_its_layout(fields: int, is_layout: bool) -> None:
    """Where it has many fields to fill in, its prose only says what for."""
    told = paragraphs(0, 1, 2, 3) + "<input type='hidden'><input>" * fields
    tree = parse(f"<body><form class='around'>{told}</form></body>")
    assert tree.find(".//form") is None
    assert (tree.find(".//div[@class='around']") is not None) == is_layout


@pytest.mark.parametrize("ends_head", ["", "<div></div>", "<iframe src='/count'></iframe>", "<p>Lost</p>"])
def test_a_title_that_fell_out_of_the_head_is_no_text(ends_head: str) -> None:
    tree = parse(document("<p>Text</p>", article="div").replace("<title>", f"{ends_head}<title>"))
    body, title = tree.find("body"), tree.find("head/title")
    assert body is not None
    assert title is not None
    assert title.text == f"{TITLE} | The Spit"
    assert "The Spit" not in "".join(body.itertext())


def test_a_page_of_labels_is_weighed_by_all_its_words() -> None:
    rows = "".join(f"<p>Boat {n}</p>" for n in range(9))
    tree = parse(f"<body><h1>Boats today</h1><div hidden>{rows}</div></body>")
    assert tree.findtext(".//p") == "Boat 0"


@pytest.mark.parametrize(
    "code", ["", "zz", "5", "5c", cloudflare("no address"), cloudflare("a\x01b@c.example"), "ff" * 9]
)
def test_what_is_no_hidden_address_stays_as_it_is(code: str) -> None:
    for page in (
        f'<p><a data-cfemail="{code}">[email protected]</a></p>',
        f'<p><a href="/cdn-cgi/l/email-protection#{code}">[email protected]</a></p>',
        f'<p><joomla-hidden-mail first="{code}" last="" text="">[email protected]</joomla-hidden-mail></p>',
    ):
        assert "".join(parse(page).itertext()).strip() == "[email protected]"


def test_the_words_of_a_link_to_a_hidden_address_stay() -> None:
    tree = parse(f'<p><a href="/cdn-cgi/l/email-protection#{cloudflare(ADDRESS)}">the keeper</a></p>')
    link = tree.find(".//a")
    assert link is not None
    assert (link.text, link.get("href")) == ("the keeper", f"mailto:{ADDRESS}")


def test_what_a_snapshot_leaves_out_a_fetched_page_leaves_out_too() -> None:
    found = re.search(r"const LEFT_OUT =(.*?);\n", SNAPSHOT, re.DOTALL)
    assert found is not None
    names = set(re.findall(r"(?:^|, |\")([a-z-]+)(?=,|\")", found[1]))
    assert len(names) > 15
    assert names <= left_out._LEFT_OUT


def test_a_snapshot_keeps_every_attribute_that_is_read() -> None:
    read = set(_read_by_trafilatura()) | set(hiding._HIDING_ATTRIBUTES) | {"aria-modal", "data-cfemail", "itemprop"}
    assert {"class", "id", "role", "style", "aria-hidden"} <= read
    assert read - HIDING_ONLY <= set(_kept())


def test_both_sides_know_the_same_styles_that_hide() -> None:
    found = re.search(r"const HIDING = /(.*)/i;", SNAPSHOT)
    assert found is not None
    assert found[1] == hiding._HIDING.pattern


def _kept() -> list[str]:
    found = re.search(r"const KEPT_ATTRIBUTES = new Set\(\[(.*?)\]\)", SNAPSHOT, re.DOTALL)
    assert found is not None
    return re.findall(r'"([\w-]+)"', found[1])


def _read_by_trafilatura() -> Iterator[str]:
    """The attributes that its rules for texts look at; those for authors, titles and comments are not used."""
    for name, rules in vars(trafilatura.xpaths).items():
        if name.endswith("_XPATH") and name.split("_")[0] in ("BODY", "RAW", "OVERALL", "TEASER", "PRECISION"):
            for rule in rules:
                yield from re.findall(r"@([a-z-]+)", str(rule.path))
