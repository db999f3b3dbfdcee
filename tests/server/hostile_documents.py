"""Feeds, sitemaps, robots.txt, addresses and searches made to take long, each by its size."""

from __future__ import annotations

from collections.abc import Callable

Documents = dict[str, Callable[[int], bytes]]
HEAD, TAIL = b"<rss version='2.0'><channel><title>Echo</title>", b"</channel></rss>"
BROKEN = b"<rss version='2.0'><channel><<title>Echo</titl>"  # read in another way than what is well-formed
ITEM = (
    b"<item><link>https://echo.example/%d</link><title>F</title><pubDate>Sat, 31 Jan 2026 09:30:00 GMT</pubDate></item>"
)


def items(item: bytes, head: bytes = HEAD, tail: bytes = TAIL) -> Callable[[int], bytes]:
    """A document of so many items; `%d` is the number of each."""
    return lambda size: head + b"".join(item.replace(b"%d", b"%d" % n) for n in range(size)) + tail


def attributes(start: bytes) -> Callable[[int], bytes]:
    """A feed with an element of so many attributes."""
    return lambda size: start + b"<item " + b" ".join(b"a%d='x'" % n for n in range(size)) + b"/>" + TAIL


def run(text: bytes, head: bytes = BROKEN) -> Callable[[int], bytes]:
    """A text so many times."""
    return lambda size: head + text * size


def typed(text: str, before: str = "", after: str = "") -> Callable[[int], str]:
    """The same of what is typed or linked."""
    return lambda size: before + text * size + after


FEEDS: Documents = {
    "a feed": items(ITEM),
    "a broken feed": items(ITEM, BROKEN),
    "a feed in a feed": items(b"<item>"),
    "empty items": items(b"<item/>"),
    "elements of an item": items(b"<a/>", HEAD + b"<item>"),
    "links of an item": items(b"<link>https://echo.example/%d</link>", HEAD + b"<item>"),
    "namespaces": items(b"<item xmlns:a%d='urn:%d'/>"),
    "a feed of one long text": items(
        b"<p>words</p>", HEAD + b"<item><description><![CDATA[", b"]]></description></item>" + TAIL
    ),
    "attributes": attributes(HEAD),
    "attributes of a broken feed": attributes(BROKEN),
    "an Atom feed": items(
        b"<entry><link href='https://echo.example/%d'/><updated>2026-01-31T09:30:00Z</updated></entry>",
        b"<feed xmlns='http://www.w3.org/2005/Atom'>",
        b"</feed>",
    ),
    **{
        f"a run of {text!r}": run(text)
        for text in (
            *(
                b"<a ",
                b"<a",
                b"<",
                b"</",
                b"<!",
                b"<!--",
                b"<?",
                b"<![CDATA[",
                b"&",
                b"&a",
                b"&#1",
                b"<item a='",
                b'<item a="',
            ),
            *(b"<title>", b"<div>", b"<content type='xhtml'>", b"<!DOCTYPE ", b"<!ENTITY a 'b'>"),
        )
    },
    "a JSON feed": lambda size: (
        b'{"version":"https://jsonfeed.org/version/1.1","items":[%s]}'
        % b",".join(b'{"url":"https://echo.example/%d"}' % n for n in range(size))
    ),
    "deep JSON": lambda size: b'{"items":' + b"[" * size + b"]" * size + b"}",
    "a sitemap": items(
        b"<url><loc>https://echo.example/%d</loc><lastmod>2026-01-31</lastmod></url>", b"<urlset>", b"</urlset>"
    ),
    "a sitemap of nothing": items(b"<url/>", b"<urlset>", b"</urlset>"),
    "an index": items(b"<sitemap><loc>https://echo.example/%d</loc></sitemap>", b"<sitemapindex>", b"</sitemapindex>"),
    "a deep sitemap": run(b"<url>", b"<urlset>"),
}
ROBOTS: dict[str, Callable[[int], str]] = {
    "robots and rules": lambda size: "".join(f"user-agent: r{n}\n" for n in range(size)) + "allow: /a\n" * size,
    "names of ours": lambda size: (
        "".join(f"user agent {'rowback'[: n % 8]}\n" for n in range(size)) + "allow: /a\n" * size
    ),
    "rules": lambda size: "user-agent: *\n" + "disallow: /*a*ab\n" * size,
    "one rule": lambda size: "user-agent: *\ndisallow: /" + "*a" * size,
    "dollars": lambda size: "user-agent: *\ndisallow: /" + "$" * size,
    "a delay": lambda size: "user-agent: *\ncrawl-delay: " + "1" * size,
    "spaces": lambda size: "user" + " " * size + "agent",
}
OF_ADDRESSES = [*"a a- / ../ a/../ %41 % é 漢 ?a& ?a=b& /amp index.html # \\".split(), "\t"]
OF_HOSTS = "a a. www. m. é é. 漢字. \u0301\u0323 \ufdfa a@ : [ 1. xn--a.".split()
OF_SEARCHES = ("a", "a ", '"', '" ', "-", "a:", "title:", "a*", "before:2026 ", "漢", "\u0301", "(", "source:a ", "1-")
ADDRESSES = {
    **{f"an address of {text!r}": typed(text, "https://echo.example/") for text in OF_ADDRESSES},
    **{f"a host of {text!r}": typed(text, "https://", "/a") for text in OF_HOSTS},
}
SEARCHES = {f"a search of {text!r}": typed(text) for text in OF_SEARCHES}
CHARSETS = (
    "punycode",
    "idna",
    "utf-7",
    "unicode-escape",
    "zlib",
    "rot13",
    "undefined",
    "hz",
    "iso-2022-jp",
    "windows-1252",
)
