"""Ways to spoil a page. Each takes the HTML and chance, and gives other HTML; some texts hold lone surrogates."""

from __future__ import annotations

import random
import re
from collections.abc import Callable

Mutation = Callable[[str, random.Random], str]

TAGS = (
    "div p span a b i em strong table tr td th tbody ul ol li dl dt dd h1 h2 h6 article main section aside nav header footer "
    "figure figcaption blockquote pre code form input button select option template noscript iframe object svg math title "
    "style script textarea plaintext xmp frameset body html head base meta link br hr img ruby rt details summary font"
).split()
# Controls, bidirectional controls, zero-width and non-characters, what combines, what is half of something, what is wide.
CHARACTERS = [
    *map(
        chr, (0, 1, 7, 8, 9, 0xB, 0xC, 0xD, 0x1B, 0x7F, 0x85, 0xA0, 0xAD, 0x300, 0x36F, 0x61C, 0x180E, 0x200B, 0x200D)
    ),
    *map(chr, (0x200E, 0x200F, 0x2028, 0x2029, 0x202A, 0x202B, 0x202E, 0x2060, 0x2066, 0x2069, 0xFE0F, 0xFEFF, 0xFFF9)),
    *map(
        chr,
        (0xFFFC, 0xFFFD, 0xFFFE, 0xFFFF, 0x1D173, 0x1F468, 0xE0001, 0xE0020, 0x10FFFF, 0xD800, 0xDBFF, 0xDC00, 0xDFFF),
    ),
]
ENTITIES = (
    "&#0; &#x0; &#13; &#xD800; &#xDFFF; &#x110000; &#99999999999; &#xFFFE; &bogus; &amp &lt;&gt; &amp;lt; &NotEqualTilde;"
).split()
PIECES = (
    "<script>alert(1)</script>",
    "<svg onload=alert(1)><desc><p>in</desc></svg>",
    "<a href='javascript:alert(1)'>a link</a>",
    "<base href='//elsewhere.example/'>",
    "<meta http-equiv=refresh content='0;url=//elsewhere.example'>",
    "<meta charset=utf-7>",
    "<link rel=canonical href='javascript:alert(1)'>",
    "<link rel=canonical href='https://[::1'>",
    "<meta property='article:published_time' content='99999-99-99T99:99:99+99:99'>",
    '<script type="application/ld+json">{"@type":"NewsArticle","headline":{"a":[1,null]},"datePublished":-1}</script>',
    '<script type="application/ld+json">' + "[" * 3_000 + "</script>",
    "<ins>put in</ins><del>taken out</del>",
    "<p>&lt;ins&gt;looks like markup&lt;/ins&gt; &amp;lt;del&amp;gt;</p>",
    "<!-- never closed",
    "<![CDATA[ never closed",
    "<?xml version='1.0' encoding='utf-16'?>",
    "</html></body></article>",
    "<p hidden>hidden</p><p style='display:none'>not shown</p>",
    "<textarea><p>in a field",
    "<h1></h1><h1> </h1><h1>Another headline</h1>",
    "<p>" + "word " * 3_000 + "</p>",
    "<p>" + "unbroken" * 2_000 + "</p>",
)
CHARSETS = ("latin-1", "utf-16-le", "utf-16-be", "shift_jis", "euc_jp", "koi8-r", "cp1252", "gb18030", "utf-7", "cp037")
_TEXT = re.compile(r"(?<=>)[^<>]{12,}(?=<)")


def _at(html: str, chance: random.Random) -> int:
    return chance.randrange(len(html) + 1)


def _put(html: str, chance: random.Random, piece: str) -> str:
    at = _at(html, chance)
    return html[:at] + piece + html[at:]


def flip_bytes(html: str, chance: random.Random) -> str:
    """Some bytes are others; what is no UTF-8 any more becomes lone surrogates or the replacement character."""
    data = bytearray(html.encode("utf-8", "surrogatepass"))
    for _ in range(chance.randint(1, 40)):
        if data:
            data[chance.randrange(len(data))] = chance.randrange(256)
    return data.decode("utf-8", chance.choice(("surrogateescape", "replace", "ignore")))


def tag_soup(html: str, chance: random.Random) -> str:
    """Tags opened and closed anywhere."""
    for _ in range(chance.randint(1, 60)):
        tag = chance.choice(TAGS)
        html = _put(
            html, chance, chance.choice((f"<{tag}>", f"</{tag}>", f"<{tag} ", f"<{tag}/>", "<", ">", "</", "<!"))
        )
    return html


def hostile_pieces(html: str, chance: random.Random) -> str:
    """Scripts, addresses, dates and comments of the kind that break readers."""
    for _ in range(chance.randint(1, 4)):
        html = _put(html, chance, chance.choice(PIECES))
    return html


def odd_characters(html: str, chance: random.Random) -> str:
    """Controls, half characters and the like anywhere."""
    for _ in range(chance.randint(1, 80)):
        html = _put(html, chance, chance.choice(CHARACTERS) * chance.choice((1, 1, 1, 30)))
    return html


def odd_entities(html: str, chance: random.Random) -> str:
    """Character references, good and bad."""
    for _ in range(chance.randint(1, 30)):
        html = _put(html, chance, chance.choice(ENTITIES))
    return html


def wrong_charset(html: str, chance: random.Random) -> str:
    """Bytes of one character set read as another's, or a page that names the wrong one."""
    charset = chance.choice(CHARSETS)
    if chance.random() < 0.5:
        return re.sub('charset="?[a-z0-9-]*', f'charset="{charset}', html, count=1)
    return html.encode(charset, "ignore").decode(chance.choice(("utf-8", "latin-1", "utf-16-le")), "replace")


def cut(html: str, chance: random.Random) -> str:
    """The end, the beginning or a part is not there."""
    a, b = sorted((_at(html, chance), _at(html, chance)))
    return chance.choice((html[:b], html[a:], html[:a] + html[b:]))


def double(html: str, chance: random.Random) -> str:
    """A part is there again, elsewhere."""
    a, b = sorted((_at(html, chance), _at(html, chance)))
    return _put(html, chance, html[a:b])


def deep_nesting(html: str, chance: random.Random) -> str:
    """Elements in elements, up to some thousands."""
    tag, depth = (
        chance.choice(("div", "p", "b", "span", "table", "ul", "blockquote", "font", "a")),
        chance.choice((40, 400, 6_000)),
    )
    close = f"</{tag}>" * depth if chance.random() < 0.5 else ""
    a, b = sorted((_at(html, chance), _at(html, chance)))
    return html[:a] + f"<{tag}>" * depth + html[a:b] + close + html[b:]


def huge_attributes(html: str, chance: random.Random) -> str:
    """Very long attributes, or very many."""
    many = " ".join(f"a{n}='{n}'" for n in range(2_000))
    long = f"title='{chance.choice(('x', '&amp;', 'é ', '<p>')) * 100_000}'"
    return html.replace("<p", f"<p {chance.choice((many, long))}", 1)


def very_much(html: str, chance: random.Random) -> str:
    """The page many times over, up to the limit of what is taken and beyond it."""
    return html * chance.choice(
        (3, 30, 1_000_000 // max(1, len(html)), 7_000_000 // max(1, len(html)) if chance.random() < 0.1 else 5)
    )


def edit(html: str, chance: random.Random) -> str:
    """What an editor does: words replaced, put in and taken out of texts."""
    texts = list(_TEXT.finditer(html))
    for found in sorted(chance.sample(texts, min(len(texts), chance.randint(1, 5))), key=lambda one: -one.start()):
        words = found[0].split(" ")
        words[chance.randrange(len(words))] = chance.choice(
            ("", "900", "not", "harbour master", "said,", "東京", "<b>bold</b>", "“never”")
        )
        html = html[: found.start()] + " ".join(words) + html[found.end() :]
    return html


def shuffle(html: str, chance: random.Random) -> str:
    """Paragraphs in another order."""
    parts = html.split("<p")
    middle = parts[1:-1]
    chance.shuffle(middle)
    return "<p".join([*parts[:1], *middle, *(parts[-1:] if len(parts) > 1 else [])])


# With weights: what makes pages large is tried more seldom.
MUTATIONS: dict[Mutation, int] = {
    edit: 60,
    shuffle: 8,
    flip_bytes: 10,
    tag_soup: 10,
    hostile_pieces: 12,
    odd_characters: 12,
    odd_entities: 8,
    wrong_charset: 4,
    cut: 5,
    double: 5,
    deep_nesting: 3,
    huge_attributes: 2,
    very_much: 1,
}


def mutated(html: str, chance: random.Random) -> str:
    """The page after one to four mutations."""
    for mutation in chance.choices([*MUTATIONS], [*MUTATIONS.values()], k=chance.choice((1, 1, 2, 4))):
        html = mutation(html, chance)
    return html
