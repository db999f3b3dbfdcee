"""What is read a short way, because the long one is slow, is read as the long way reads it: characters that XML cannot hold,
links to further pages, whose an address is, texts in one line, the elements around pieces."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest
import regex
from hypothesis import given, settings
from hypothesis import strategies as st

from rowback.errors import BadURL
from rowback.text import lexbor, links, paging, pieces, urls
from rowback.text.joints import in_one_line
from rowback.text.normalize import comparable
from rowback.text.page import parse
from rowback.text.tree import grow

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from types import ModuleType

    from lxml.html import HtmlElement

_NUMBERS = (
    0, 1, 8, 9, 0xA, 0xB, 0xC, 0xD, 0xE, 0x1F, 0x20, 0x41, 0x7F, 0x80, 0x85, 0xD7FF, 0xD800, 0xDBFF, 0xDFFF, 0xE000, 0xFDD0,
    0xFFFD, 0xFFFE, 0xFFFF, 0x1FFFE, 0x10FFFF, 0x110000, 0xFFFFFFFF, 0x100000001,
)  # fmt: skip
_REFERENCES = tuple(
    shape.format(number)
    for number in _NUMBERS
    for shape in ("&#{};", "&#{}", "&#x{:x};", "&#X{:X}", "&#00{};", "&amp;#{};", "&#x{:x}g")
)
_PLACES = (
    "<p>{}</p>",
    "<p title='{}'>ferry</p>",
    "<title>{}</title>",
    "<textarea>{}</textarea>",
    "<noscript>{}</noscript>",
    "<noscript><p>{}</p></noscript>",
    "<noscript><p title='{}'>ferry</p></noscript>",
    "<noscript><noscript>{}</noscript></noscript>",
    "<svg><noscript>{}</noscript></svg>",  # read twice: what names a character there may stand behind an &amp;
    "<svg><text>{}</text></svg>",
)
_PIECES = st.tuples(
    st.sampled_from(_PLACES), st.lists(st.sampled_from((*_REFERENCES, "quay ", "&", "#1;")), max_size=4)
)
_PAGES = st.lists(_PIECES, max_size=4).map(
    lambda pieces: "".join(place.format("".join(said)) for place, said in pieces)
)


@contextmanager
def _instead(module: ModuleType, name: str, value: object) -> Iterator[None]:
    kept = getattr(module, name)
    setattr(module, name, value)
    try:
        yield
    finally:
        setattr(module, name, kept)


def _told(tree: HtmlElement) -> list[tuple[object, ...]]:
    return [(node.tag, dict(node.attrib), node.text, node.tail) for node in tree.iter()]


def _by_the_long_way(html: str) -> list[tuple[object, ...]]:
    with _instead(lexbor, "_names_unholdable", lambda _source: True):
        return _told(grow(html))


@pytest.mark.parametrize("place", _PLACES)
def test_a_character_named_by_number_is_held_or_left_out(place: str) -> None:
    for reference in _REFERENCES:
        html = place.format(f"One{reference}two")
        assert _told(grow(html)) == _by_the_long_way(html), reference


@settings(max_examples=60)
@given(_PAGES)
def test_what_one_part_of_a_page_names_changes_no_other(html: str) -> None:
    assert _told(grow(html)) == _by_the_long_way(html)


_CHARACTERS = st.one_of(
    st.sampled_from(
        ("\x00", "\x08", "\x0b", "\x0c", "\x1c", "\x1f", "\x7f", "\x85", "\xa0", "\ud800", "\udfff", "\ufffe")
    ),
    st.sampled_from(
        (" ", "  ", "\t", "\n", "\r", "\u2028", "\u2502", "\u3000", "\u200b", "\ufdd0", "\uffff", "ferry", "é", "港")
    ),
)
_TEXTS = st.lists(_CHARACTERS, max_size=12).map("".join)


@given(_TEXTS)
def test_a_source_is_held_as_its_text_is(text: str) -> None:
    held = lexbor.holdable(text)
    assert lexbor.held_in(text) == (held, held.encode())


@given(_TEXTS)
def test_a_text_is_folded_as_its_pattern_says(text: str) -> None:
    assert pieces.fold(text) == regex.sub(r"[\s\u2502]+", "", comparable(text))


@given(_TEXTS)
def test_a_text_of_a_tree_stands_in_one_line(text: str) -> None:
    for each in filter(None, grow(f"<p>{text}</p>").itertext()):
        assert pieces._line(each) == in_one_line(regex.sub(r"[ \t\n\r\f]+", " ", each))


_NESTED = st.lists(
    st.sampled_from(("<div class=quay>", "</div>", "<p>#", "<ul><li>#<li>##</ul>", "<nav>#</nav>", "<h2>#</h2>")),
    max_size=12,
).map(lambda parts: "".join(part.replace("#", f"ferry{n}.") for n, part in enumerate(parts)))


@given(_NESTED)
def test_elements_around_pieces_are_all_that_these_stand_in(html: str) -> None:
    tree = parse(f"<body>{html}")
    found = pieces.read_pieces(tree)
    for some in (found, found[1::2], found[::-1]):
        every = {element.number: element for piece in some for element in piece.around}
        assert list(pieces.elements_of(some).items()) == list(every.items())
    nodes = dict(enumerate(tree.find(".//body").iter(), start=1))
    for piece in found:
        inner = nodes[piece.around[-1].number]
        assert piece.text in {inner.text, *(child.tail for child in inner)}
        around = [inner, *inner.iterancestors()][: len(piece.around)]
        assert [nodes[element.number] for element in reversed(piece.around)] == around


@pytest.mark.parametrize("length", [199, 200, 201, 300, 301, 302, 4096, 4097])
def test_an_address_is_too_long_from_the_same_length_on(length: int) -> None:
    for start in ("", "https://", "//", " \thttps://", "?a=1"):
        for filling in ("a", "&", "/", "a&"):
            url = (start + filling * length)[:length]
            is_long = len(url) > urls.MAX_URL_LENGTH or url.count("&") > urls.MAX_PARAMETERS
            assert urls.is_overlong(url) is (is_long or bool(urls._LONG_HOST.match(url.translate(urls._IGNORED))))


ADDRESSES = (
    "https://echo.example/story",
    "https://echo.example/story/",
    "https://echo.example/story.html",
    "https://echo.example/story?page=2",
    "https://echo.example/a/story?page=2&x=/story",
    "https://echo.example/a/b/story",
    "https://echo.example//story?page=2",
    "https://echo.example/?page=2",
    "https://echo.example?page=2",
    "https://echo.example/p/2",
    "https://echo.example/st%6Fry?page=2",
    "https://echo.example/story;a=1?page=2",
    "https://echo.example:8080/story?page=2",
    "https://echo.example/a b?page=2",
    "",
)
HREFS = (
    "?page=3", "?page=1", "#top", "", "/story?page=3", "/story/3", "/story-page-3.html", "/other?page=3", "story?page=3",
    "//echo.example/story?page=3", "//echo.example/story/3", "//echo.example?page=3", "//echo.example/?page=3",
    "//echo.example//story?page=3", "//story?page=3", "//other.example/story?page=3", "///story?page=3", "////story?page=3",
    "https://echo.example/story?page=3", "HTTPS://echo.example/story?page=3", "https:/story?page=3", "https:///story?page=3",
    "https:story?page=3", "http://echo.example/story?page=3", "https://echo.example:8080/story?page=3", "/./story?page=3",
    "/a/../story?page=3", "/a/..//story?page=3", "/st\tory?page=3", "/st\nory/3", " /story?page=3 ", "/sto ry?page=3",
    "/a b?page=3", "\\story?page=3", "/\\echo.example/story?page=3", "/story;a=1?page=3", "/p/3", "/p/p/3", "/st%6Fry?page=3",
    "javascript:next()", "//[", "https://[::1]/story?page=3", "/.story/3", "/story/.?page=3", "/?page=3", "/a/story?page=3",
    "/a/./b/story?page=3", "/a/c/../b/story/3", "//echo.example/a/./b/story?page=3", "/a/b/story?page=3",
)  # fmt: skip
_PARTS = st.sampled_from(
    (
        "/",
        "//",
        ".",
        "..",
        "story",
        "a",
        "?page=3",
        "?page=1",
        "#x",
        "/2",
        "-3",
        ".html",
        " ",
        "\t",
        "echo.example",
        "https:",
        ";",
        "\\",
    )
)
_LINKS = st.lists(_PARTS, max_size=6).map("".join)


def _is_next_either_way(href: str, url: str) -> tuple[bool, bool]:
    short = paging._is_next(href, url)
    with _instead(paging, "_is_plain", lambda _href: False):
        return short, paging._is_next(href, url)


@pytest.mark.parametrize("url", ADDRESSES)
def test_a_link_to_a_further_page_is_told_either_way(url: str) -> None:
    for href in HREFS:
        short, long = _is_next_either_way(href, url)
        assert short == long, href


@settings(max_examples=300)
@given(_LINKS, st.one_of(st.sampled_from(ADDRESSES), _LINKS.map(lambda path: f"https://echo.example/{path}")))
def test_any_link_to_a_further_page_is_told_either_way(href: str, url: str) -> None:
    short, long = _is_next_either_way(href, url)
    assert short == long


@pytest.mark.parametrize(
    ("href", "url", "is_next"),
    [
        ("//echo.example/story?page=3", "https://echo.example/story?page=2", True),
        ("//echo.example/story/3", "https://echo.example/story?page=2", True),
        ("//echo.example/other?page=3", "https://echo.example/story?page=2", False),
        ("//other.example/story?page=3", "https://echo.example/story?page=2", False),
        ("//story?page=3", "https://echo.example/story?page=2", False),
        ("//echo.example?page=3", "https://echo.example/?page=2", True),
        ("/a/../story?page=3", "https://echo.example/story?page=2", True),
        ("/st\tory?page=3", "https://echo.example/story?page=2", True),
    ],
)
def test_a_link_without_a_scheme_leads_to_a_further_page(href: str, url: str, *, is_next: bool) -> None:
    assert paging._is_next(href, url) is is_next


HOSTS = (
    *"echo.example www.echo.example m.echo.example news.echo.example echo.example. echo.example.. ECHO.example".split(),
    *"echo.example:80 echo.example:443 echo.example:8080 echo.example: echo.example:0 echo.example:99999".split(),
    *"echo.example:x user@echo.example user:word@echo.example echo.co.uk news.echo.co.uk co.uk other.co.uk".split(),
    *"localhost localhost:8484 intranet com 127.0.0.1 127.0.0.1:8484 127.0.0.2 127.1 [::1] [::1]:8484 [::1".split(),
    *"[2001:db8::1] xn--bcher-kva.example bücher.example BÜCHER.example faß.example fass.example".split(),
    *"xn--fa-hia.example echo。example echo%2Eexample echo_news.example -echo.example echo..example .echo.example".split(),
    *"a.blogspot.com b.blogspot.com m.wordpress.com a.wordpress.com www.google.com google.com".split(),
    *(f"{'a' * 63}.example", f"{'a' * 64}.example", f"{'a.' * 140}example", f"{'a.' * 160}example"),
    *("", "a b.example", "echo.example\t", "ec\nho.example"),
)
_RESTS = (
    "",
    "/",
    "/story",
    "?a=1",
    "#x",
    "/amp/s/other.example/story",
    "/\x00",
    "/%zz",
    "/story?" + "a&" * 201,
    "\\x",
    "/é",
)
_STARTS = ("https://", "http://", "//", "HTTPS://", "ftp://", "https:/", "")
_NEVER = regex.compile(r"(?!)")


def _or_error(act: Callable[[], str]) -> str:
    try:
        return act()
    except (BadURL, ValueError) as error:
        return type(error).__name__


def _sites_either_way(url: str) -> tuple[str, str]:
    short = _or_error(lambda: links._site(url))
    with _instead(links, "_PLAIN_START", _NEVER):
        return short, _or_error(lambda: links._site(url))


@pytest.mark.parametrize("rest", _RESTS, ids=range(len(_RESTS)))
def test_whose_an_address_is_is_told_either_way(rest: str) -> None:
    for host in HOSTS:
        for start in _STARTS:
            short, long = _sites_either_way(f"{start}{host}{rest}")
            assert short == long, (start, host)


@settings(max_examples=300)
@given(st.text("aeé.:/@[]#?%-_1 \\\t\u200b", max_size=12), st.sampled_from(_STARTS))
def test_whose_any_address_is_is_told_either_way(rest: str, start: str) -> None:
    short, long = _sites_either_way(f"{start}{rest}")
    assert short == long


@pytest.mark.parametrize(
    ("one", "other", "is_one"),
    [
        ("https://echo.example/a", "http://echo.example:8080/b", True),
        ("https://echo.example./a", "https://www.echo.example/b", True),
        ("https://bücher.example/a", "https://xn--bcher-kva.example/b", True),
        ("https://faß.example/a", "https://fass.example/b", False),
        ("http://[::1]/a", "http://[::1]:8484/b", True),
        ("http://[::1]/a", "http://[::2]/b", False),
        ("http://127.0.0.1/a", "http://127.0.0.1:8484/b", True),
        ("http://127.0.0.1/a", "http://127.0.0.2/b", False),
        ("http://localhost/a", "http://localhost:8484/b", True),
        ("http://intranet/a", "http://localhost/b", False),
        ("https://a.blogspot.com/a", "https://b.blogspot.com/b", False),
        ("https://news.echo.co.uk/a", "https://echo.co.uk/b", True),
        ("https://other.co.uk/a", "https://echo.co.uk/b", False),
        ("https://echo.example:0/a", "https://echo.example/b", False),
        ("https://[::1/a", "https://[::1/a", False),
    ],
)
def test_addresses_are_of_one_publisher(one: str, other: str, *, is_one: bool) -> None:
    assert links.same_site(one, other) is is_one
    assert links.same_site(other, one) is is_one
