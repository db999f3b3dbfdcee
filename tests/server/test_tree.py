"""A page's tree is the one that browsers build, whatever is wrong with its markup, and can be built of any text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from selectolax.lexbor import LexborHTMLParser

from rowback.errors import TooLarge
from rowback.text.extract import extract
from rowback.text.lexbor import MAX_DEPTH, MAX_ELEMENTS
from rowback.text.tree import MAX_OPEN, grow

from .samples import PARAGRAPHS, page
from .standard import by_the_standard, outline

MISNESTED = (
    "<p>one<p>two<div>three</p>four",
    "<p>one<ul><li>two<li>three<p>four</ul>five",
    "<li>alone<p>and<li>another",
    "</p>one</br>two</div>three",
    "<b>one<p>two</b>three</p>four",
    "<b><i>one</b>two</i>three",
    "<p><b>one<p>two<p>three</b>four",
    "<p><b class=a>one<b class=b>two<b class=c>three<p>four",
    "<a href=/a>one<a href=/b>two</a>three",
    "<a href=/a><div>one<a href=/b>two</div>three",
    "<button><div>one</button>two",
    "<button><p>one<button>two</button>three",
    "<nobr>one<nobr>two",
    "<h1>one<h2>two</h1>three",
    "<table>one<tr>two<td>three</table>four",
    "<table><tr><td>one<tr><td>two<td>three",
    "<table><p>one<tr><td>two</p>three</table>",
    "<table><tr><td>one<table><td>two</table>three</table>four",
    "<table><b>one<tr><td>two</b></table>three",
    "<table><form><tr><td>one</form><input></table>two",
    "<table><caption>one<p>two<td>three</table>",
    "<form>one<form>two</form>three</form>four",
    "<div><form>one</div>two</form>three",
    "one</body>two</html>three",
    "<!-- one --!>two<!-- three",
    "<!-->one<!--->two<!- three -->four",
    "<script><!-- <p>one</script>two",
    "<script><!-- <script> </script> --></script>two",
    "<style><p>one</style>two",
    "<textarea><p>one</textarea>two",
    "<title>one<b>two</title>three",
    "<noscript><p>one<div></noscript>two",
    "<head><noscript><img><p>one</noscript><meta name=a><title>two</title>",
    "<xmp><p>one</xmp>two",
    "<iframe><p>one</iframe>two",
    "one<plaintext><p>two</plaintext>",
    "<pre>\n\none</pre>two",
    "<p title='one>two",
    "<p title=one'two\">three",
    "<p a=1 a=2 A=3>one",
    "<p/>one<br/>two</br>three",
    "<dl><dt>one<dd>two<dt>three<p>four</dl>",
    "<ruby>one<rt>two<rp>three</ruby>four",
    "<svg><p>one</svg>two",
    "<svg><title>one<p>two</svg>three",
    "<svg><foreignObject><p>one</svg>two",
    "<math><mi>one<p>two</math>three",
    "<svg><![CDATA[one<p>]]>two</svg>three",
    "<![CDATA[one]]>two",
    "<?php one ?>two",
    "<!doctype html SYSTEM 'x'>one<html lang=a><body class=b>two",
    "<frameset><frame></frameset>one",
    "<image src=a>one</image>two",
    "&amp&notit;&#x41&#128;&#xd800;&unknown; one",
    "<o:p>one</o:p><x-y>two</x-z>three",
)


@pytest.mark.parametrize("text", MISNESTED)
def test_misnested_markup_is_read_as_the_standard_says(text: str) -> None:
    for each in (text, f"<!doctype html><main>{text}</main>last"):
        assert _without_asides(outline(grow(each))) == _without_asides(by_the_standard(each))


def _without_asides(told: list[str]) -> list[str]:
    """To a browser `<noscript>` holds a text, to us what the text is the markup of."""
    kept: list[str] = []
    inside = 0
    for each in told:
        if each == "<noscript" or (inside and each[0] == "<"):
            inside += 1
        elif inside and each == ">":
            inside -= 1
        elif not inside:
            kept.append(each)
    return kept


_TAGS = (
    "p div b i a h1 h2 span ul li table tr td th tbody button form em font blockquote article br img dl dt dd pre svg"
)
_PARTS = st.lists(
    st.one_of(
        st.sampled_from(_TAGS.split()).flatmap(lambda tag: st.sampled_from((f"<{tag}>", f"</{tag}>", f"<{tag} id=a>"))),
        st.sampled_from(("one", "two ", " three", "<!--", "-->", "<", "&amp;", "&lt", "</", "'", '"', "\n")),
    ),
    max_size=30,
).map("".join)


@given(_PARTS)
def test_whatever_is_opened_and_closed_is_read_as_the_standard_says(text: str) -> None:
    assert outline(grow(f"<!doctype html><p>{text}")) == by_the_standard(f"<!doctype html><p>{text}")


@given(_PARTS)
def test_a_readers_copy_holds_the_same_text_in_the_same_order(text: str) -> None:
    """A browser writes out the tree that it built, and we read that."""
    source = f"<!doctype html><body>{text}"
    copy = LexborHTMLParser(source, scripting=True).html
    assert copy is not None
    assert _text(copy) == _text(source)


def _text(source: str) -> str:
    return "".join("".join(map(str, grow(source).itertext())).split())


@given(st.text(st.one_of(st.characters(), st.sampled_from("<>/='\"&;!-? \x00\x07\x0c\ufffe")), max_size=60))
def test_any_text_makes_a_tree_that_can_be_written_out(text: str) -> None:
    tree = grow(f"<p a='{text}' {text}={text}>{text}<{text}>{text}</{text}><script>{text}</script>")
    for node in tree.iter():
        node.text, node.tail = node.text, node.tail
    assert etree.tostring(tree, encoding="unicode")
    assert len(grow(text))


def test_a_tag_left_open_in_a_button_or_for_readers_without_scripts_ends_with_it() -> None:
    for opening in ("<button><div>Menu</button>", "<noscript><div><p>Menu</noscript>", "<button><b><p>Menu</button>"):
        found = extract(page().replace("<main>", f"{opening}<main>")).content
        assert [block.text for block in found.blocks] == list(PARAGRAPHS)


def test_what_stands_in_noscript_is_elements() -> None:
    tree = grow("<p>one<noscript><img src=a><p>two<b>three</noscript>four")
    assert outline(tree)[5:] == [
        "=one",
        "<noscript",
        "<img",
        ">",
        "<p",
        "=two",
        "<b",
        "=three",
        *(">" * 3),
        "=four",
        *(">" * 3),
    ]


@pytest.mark.parametrize("odd", ["\x07", "&#7;", "\x00", "&#xfffe;", "\ufffe", "\ud800", "\x0b", "&#x1f;"])
@pytest.mark.parametrize(
    "where", ["lea{}ves", "<a href=/a{}b title='{}'>leaves</a>", "<b>leaves</b>{} ", "<i{}>leaves</i{}>"]
)
def test_a_character_that_no_tree_can_hold_is_left_out_and_nothing_else(odd: str, where: str) -> None:
    told = "The first ferry leaves at six in the morning, the harbour office said."
    html = page().replace("</article>", f"<p>{told.replace('leaves', where.format(odd, odd))}</p></article>")
    blocks = [" ".join(block.text.split()) for block in extract(html).content.blocks]
    assert blocks == [*PARAGRAPHS, told]


def test_two_byte_order_marks_are_no_text() -> None:
    assert outline(grow("\ufeff<title>one</title>"))[:3] == ["<html", "<head", "<title"]


def test_what_is_deeper_than_browsers_go_stands_beside() -> None:
    deep = 2 * MAX_DEPTH
    tree = grow(f"{'<div>x' * deep}<p>last")
    assert max(sum(1 for _ in node.iterancestors()) for node in tree.iter()) == MAX_DEPTH
    assert "".join(map(str, tree.itertext())) == "x" * deep + "last"


@pytest.mark.parametrize("tag", ["div", "p><button", "b", "x-y", "table><tr><td", "ul><li"])
def test_more_elements_in_one_another_than_any_page_has_are_refused(tag: str) -> None:
    with pytest.raises(TooLarge, match="in one another"):
        grow(f"<{tag}>" * (2 * MAX_OPEN))


@pytest.mark.parametrize("tag", ["b a={}", "font color={} size=2"])
def test_what_is_opened_again_in_each_paragraph_counts_each_time(tag: str) -> None:
    opened = "".join(f"<{tag.format(n)}>" for n in range(400))
    with pytest.raises(TooLarge, match=str(MAX_ELEMENTS)):
        grow(f"<div>{opened}</div>{'<p>x</p>' * 400}")
