"""The outlets to begin with: the table and its packs are whole, and hold what the paper says of them."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import regex

from rowback.capture.outlets import Outlet, Pack, all_outlets, all_packs, chosen, speaks
from rowback.store.feeds import FeedKind
from rowback.text.plain import line
from rowback.text.urls import identify

PAPER = Path(__file__).parents[2] / "server/docs/outlets.md"
HEADER = "name\tcountry\tlanguage\tsite\tfeed_url\tkind\tlists\tseen"
FOLDER = Path(__file__).parents[2] / "server/rowback/capture"
TAG = regex.compile(r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-[A-Z]{2}|-\d{3})?")
FIRST_YEAR, LAST_YEAR = 2020, 2026


@pytest.mark.parametrize("each", all_outlets(), ids=lambda each: each.name)
def test_an_outlet_is_told_whole_and_has_a_source(each: Outlet) -> None:
    assert each.name == line(each.name) != ""
    assert regex.fullmatch("[A-Z]{2}", each.country)
    assert TAG.fullmatch(each.language), each.language
    assert each.kind in {FeedKind.FEED, FeedKind.SITEMAP}
    assert each.lists >= 1, "nobody says that this is its feed"
    assert each.seen is None or FIRST_YEAR <= each.seen <= LAST_YEAR
    for url in (each.site, each.feed_url):
        parts = urlsplit(url)
        assert parts.scheme in ("https", "http"), url
        assert (parts.username, parts.port, parts.fragment) == (None, None, ""), url
        assert identify(url).host == parts.hostname


def test_no_name_site_or_address_stands_twice() -> None:
    keys = [identify(each.feed_url).key for each in all_outlets()]
    assert [key for key, count in Counter(keys).items() if count > 1] == []
    for told in ("name", "site", "feed_url"):
        assert max(Counter(getattr(each, told) for each in all_outlets()).values()) == 1, told


def test_the_table_is_in_order_and_has_nothing_but_its_columns() -> None:
    text = (FOLDER / "outlets.tsv").read_text(encoding="utf-8")
    assert text.splitlines()[0] == HEADER
    assert {row.count("\t") for row in text.splitlines()} == {HEADER.count("\t")}
    order = [(each.country, each.language, each.name.casefold()) for each in all_outlets()]
    assert order == sorted(order)


@pytest.mark.parametrize("pack", all_packs(), ids=lambda pack: pack.id)
def test_a_pack_names_outlets_of_the_table_in_alphabetical_order(pack: Pack) -> None:
    known = {each.name: each for each in all_outlets()}
    assert set(pack.outlets) <= known.keys()
    assert 6 <= len(pack.outlets) <= 10
    assert list(pack.outlets) == sorted(set(pack.outlets), key=str.casefold)
    assert TAG.fullmatch(pack.language)
    assert all(TAG.fullmatch(each) for each in pack.languages)
    assert pack.name == line(pack.name)


def test_packs_have_ids_of_their_own() -> None:
    assert max(Counter(each.id for each in all_packs()).values()) == 1


def test_outlets_are_chosen_by_language_and_country() -> None:
    swiss = chosen(all_outlets(), "de", "ch")
    assert swiss
    assert {(each.country, each.language[:2]) for each in swiss} == {("CH", "de")}
    assert len(chosen(all_outlets())) == len(all_outlets())
    assert chosen(all_outlets(), "xx") == []


@pytest.mark.parametrize(
    ("tag", "language", "is_so"),
    [("pt-BR", "pt", True), ("pt", "PT", True), ("pt", "pt-BR", False), ("fil", "fi", False)],
)
def test_a_language_is_a_range_of_tags(tag: str, language: str, *, is_so: bool) -> None:
    assert speaks(tag, language) == is_so


def test_the_paper_counts_what_there_is() -> None:
    paper = PAPER.read_text(encoding="utf-8")
    countries, packs = len({each.country for each in all_outlets()}), len(all_packs())
    assert f"{len(all_outlets())} outlets of {countries} countries, and {packs} packs" in paper
    for pack in all_packs():
        assert f"| {pack.name} |" in paper
