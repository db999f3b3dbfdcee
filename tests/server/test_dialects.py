"""Every way to write a feed or a sitemap names the same story, and what is neither is taken for neither."""

from __future__ import annotations

import gzip
import json

import pytest

from rowback.capture.feed_documents import read
from rowback.capture.fetch import Answer
from rowback.errors import BadInput, NotAnArticle
from rowback.store.feeds import FeedKind
from rowback.text.page import parse

BASE = "https://echo.example/section/"
STORY = "https://echo.example/2026/pier?a=1&id=2"
LOC = STORY.replace("&", "&amp;")
RSS = f"<rss version='2.0'><channel><title>Echo</title><item><link>{LOC}</link></item></channel></rss>"
ATOM = f"<feed xmlns='http://www.w3.org/2005/Atom'><title>Echo</title><entry><link href='{LOC}'/></entry></feed>"
SITEMAP = f"<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'><url><loc>{LOC}</loc></url></urlset>"
PREFIXED_ATOM = (
    f"<a:feed xmlns:a='http://www.w3.org/2005/Atom'><a:title>Echo</a:title><a:entry>"
    f"<a:link rel='self' href='/self'/><a:link rel='alternate' type='text/html' href='{LOC}'/></a:entry></a:feed>"
)
DECLARED = "<?xml version='1.0' encoding='{}'?>"
BEFORE_ROOT = [
    "",
    "\ufeff\r\n ",
    DECLARED.format("utf-8"),
    "\n\n" + DECLARED.format("utf-8"),
    "<!-- " + "rss html urlset <p> " * 300 + "-->",
    DECLARED.format("utf-8") + "<?xml-stylesheet href='/a.xsl'?>" * 200 + "<!-- <html> -->",
    "<!DOCTYPE any PUBLIC '-//X//DTD >' 'http://dtd.example/x.dtd'>",
    DECLARED.format("utf-8") + '<!DOCTYPE any [ <!-- ]> don\'t --> <!ENTITY who "]>"> <!ELEMENT rss ANY> ]>\n',
    "Notice: a bad day for PHP in /srv/www\n" + DECLARED.format("utf-8"),
]


@pytest.mark.parametrize("before", BEFORE_ROOT, ids=range(len(BEFORE_ROOT)))
@pytest.mark.parametrize("body", [RSS, ATOM, SITEMAP, PREFIXED_ATOM], ids=["rss", "atom", "sitemap", "prefixed"])
def test_the_root_element_tells_whatever_stands_before_it(before: str, body: str) -> None:
    named = read((before + body).encode(), BASE)
    assert named.kind is (FeedKind.SITEMAP if body is SITEMAP else FeedKind.FEED)
    assert [entry.url for entry in named.entries] == [STORY]


CODECS = ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be"]
TEXTS = [
    RSS,
    DECLARED.format("utf-16") + RSS,
    PREFIXED_ATOM,
    DECLARED.format("utf-16") + SITEMAP,
    json.dumps({"version": "https://jsonfeed.org/version/1", "title": "Echo", "items": [{"url": STORY}]}),
    STORY,
]


@pytest.mark.parametrize("codec", CODECS)
@pytest.mark.parametrize("text", TEXTS, ids=range(len(TEXTS)))
def test_any_encoding_is_read_with_a_mark_or_without(codec: str, text: str) -> None:
    for body in (text.encode(codec), gzip.compress(text.encode(codec))):
        assert [entry.url for entry in read(body, BASE).entries] == [STORY]


@pytest.mark.parametrize(
    ("said", "declared", "codec"),
    [
        ("", "iso-8859-1", "latin-1"),
        ("application/rss+xml; charset=iso-8859-1", "", "latin-1"),
        ("text/xml; charset=us-ascii", "utf-8", "utf-8"),
        ("text/xml; charset=utf-16", "", "utf-8"),
        ("text/xml", "utf-16", "utf-8"),
        ("text/xml", "iso-2022-jp", "utf-8"),
    ],
)
def test_what_is_said_of_the_encoding_is_believed_as_far_as_it_fits(said: str, declared: str, codec: str) -> None:
    start = DECLARED.format(declared) if declared else ""
    named = read((start + RSS.replace("Echo", "Fähre")).encode(codec), BASE, said)
    assert (named.title, [entry.url for entry in named.entries]) == ("Fähre", [STORY])


SM = "xmlns:sm='http://www.sitemaps.org/schemas/sitemap/0.9'"
EXTENDED = (
    "<urlset xmlns:image='i' xmlns:video='v' xmlns:news='n' xmlns:xhtml='x'><url>"
    "<image:image><image:loc>/p.jpg</image:loc></image:image><image:loc>/q.jpg</image:loc>"
    "<video:video><video:loc>/v.mp4</video:loc><video:publication_date>2020-01-01</video:publication_date></video:video>"
    "<xhtml:link rel='alternate' hreflang='fr' href='/fr'/><news:news><news:loc>/n</news:loc>"
    f"<news:publication_date>2026-01-10T08:00:00Z</news:publication_date></news:news><loc>{LOC}</loc></url></urlset>"
)
SITEMAPS = {
    "prefixed": f"<sm:urlset {SM}><sm:url><sm:loc>{LOC}</sm:loc></sm:url></sm:urlset>",
    "undeclared prefix": f"<sit:urlset><sit:url><sit:loc>{LOC}</sit:loc></sit:url></sit:urlset>",
    "nested": f"<urlset><urlset><url><loc>{LOC}</loc></url></urlset></urlset>",
    "extensions first": EXTENDED,
    "extensions undeclared": EXTENDED.replace("xmlns:image='i' xmlns:video='v' xmlns:news='n' xmlns:xhtml='x'", ""),
    "extensions in a prefixed one": EXTENDED.replace("<urlset", f"<sm:urlset {SM}")
    .replace("</urlset", "</sm:urlset")
    .replace("url>", "sm:url>")
    .replace("<loc>", "<sm:loc>")
    .replace("</loc>", "</sm:loc>"),
    "bare &": f"<urlset><url><loc>{STORY}</loc></url></urlset>",
    "CDATA": f"<urlset><url><loc>\n <![CDATA[ {STORY} ]]>\n</loc></url></urlset>",
    "CDATA written out": f"<urlset><url><loc><![CDATA[{LOC}]]></loc></url></urlset>",
    "a comment in it": f"<urlset><url><loc>{LOC[:20]}<!-- & -->{LOC[20:]}</loc></url></urlset>",
    "relative": "<urlset><url><loc> ../2026/pier?a=1&#38;id=2 </loc></url></urlset>",
    "upper case": f"<URLSET><URL><LOC>{LOC}</LOC></URL></URLSET>",
    "cut off": f"<urlset><url><loc>{LOC}</loc></url><url><lo",
    "lines": f"\n# stories\n{STORY}\n\nno address\n",
}


@pytest.mark.parametrize("name", SITEMAPS)
def test_sitemaps_of_every_dialect(name: str) -> None:
    named = read(SITEMAPS[name].encode(), BASE, "text/plain" if name == "lines" else "application/xml")
    assert named.kind is FeedKind.SITEMAP
    assert [entry.url for entry in named.entries] == [STORY]
    if name.startswith("extensions"):
        assert str(named.entries[0].updated_at) == "2026-01-10 08:00:00+00:00"


@pytest.mark.parametrize("index", ["sitemapindex", "sm:sitemapindex", "urlset"])
def test_an_index_is_read_under_any_prefix(index: str) -> None:
    sm = index.rpartition("sitemapindex")[0] if ":" in index else ""
    entry = "<{0}sitemap><{0}loc>{1}</{0}loc></{0}sitemap>"
    inner = entry.format(sm, "https://echo.example/1.xml.gz?a=1&b=2") + entry.format(sm, "https://other.example/2.xml")
    named = read(f"<{index} {SM if sm else ''}>{inner}</{index}>".encode(), BASE)
    assert named.nested == ("https://echo.example/1.xml.gz?a=1&b=2",)
    assert named.brought.elsewhere == 1


@pytest.mark.parametrize(
    "loc",
    [
        "https://echo.example/&mine;/pier",
        "https://echo.example/\x0bpier",
        "https://echo.example/&#0;pier",
        "https://echo.example/&#xd800;pier",
        "ftp://echo.example/pier",
        "  ",
    ],
)
def test_an_address_that_cannot_be_read_is_left_out_and_counted(loc: str) -> None:
    body = f"<?xml version='1.0'?><!DOCTYPE urlset [<!ENTITY mine 'x'>]><urlset><url><loc>{loc}</loc></url></urlset>"
    named = read(body.encode(), BASE)
    assert (named.entries, named.brought.no_address) == ((), 1)


def test_letters_that_html_has_names_for_are_those_letters() -> None:
    body = "<urlset><url><loc>https://echo.example/caf&eacute;?copy=1&copy=2&reg;ion</loc></url></urlset>"
    assert read(body.encode(), BASE).entries[0].url == "https://echo.example/café?copy=1&copy=2®ion"


ITEMS = {
    "permalink": f"<guid>{LOC}</guid>",
    "permalink, empty link": f"<link/><guid isPermaLink='true'>{LOC}</guid>",
    "permalink before an empty link": f"<guid>{LOC}</guid><link> </link>",
    "link before guid": f"<link>{LOC}</link><guid>https://echo.example/other</guid>",
    "atom:link in RSS": f"<atom:link xmlns:atom='a' rel='self' href='/self'/><atom:link rel='alternate' href='{LOC}'/>",
    "link and enclosure": f"<link rel='enclosure' href='/a.mp3'/><link href='{LOC}'/>",
    "types": f"<link rel='alternate' type='application/json' href='/a.json'/><link type='text/html' href='{LOC}'/>",
    "IRI of the relation": f"<link rel='http://www.iana.org/assignments/relation/alternate' href='{LOC}'/>",
    "bad link, good guid": f"<link>javascript:void(0)</link><guid>{LOC}</guid>",
    "original link": f"<f:origLink xmlns:f='f'>{LOC}</f:origLink>",
    "xml:base": "<link xml:base='https://echo.example/2026/' href='pier?a=1&amp;id=2'/>",
    "source of its own": f"<source><link>https://other.example/</link><id>o</id></source><link>{LOC}</link>",
}


@pytest.mark.parametrize("name", ITEMS)
@pytest.mark.parametrize("item", ["rss channel item", "a:feed a:entry", "rdf:RDF item"])
def test_where_an_article_is_in_a_feed(name: str, item: str) -> None:
    *holders, own = item.split()
    start, end = "".join(f"<{each}>" for each in holders), "".join(f"</{each}>" for each in reversed(holders))
    body = f"{start}<{own}>{ITEMS[name]}</{own}>{end}"
    assert [entry.url for entry in read(body.encode(), BASE).entries] == [STORY]


@pytest.mark.parametrize(
    "item",
    ["<guid isPermaLink='false'>https://echo.example/a</guid>", "<guid>story-1</guid>", "<link/>", "<title>A</title>"],
)
def test_what_has_no_address_is_counted(item: str) -> None:
    named = read(f"<rss><channel><item>{item}</item></channel></rss>".encode(), BASE)
    assert (named.entries, named.brought.no_address) == ((), 1)


@pytest.mark.parametrize(
    "item",
    [
        {"url": STORY, "external_url": "https://other.example/"},
        {"external_url": STORY, "id": "1"},
        {"id": STORY},
        {"url": "", "external_url": None, "id": STORY},
        {"url": "mailto:desk@echo.example", "external_url": STORY},
        {"url": 7, "external_url": ["x"], "id": STORY},
    ],
)
def test_where_an_article_is_in_a_json_feed(item: dict[str, object]) -> None:
    body = {"version": "https://jsonfeed.org/version/1.1", "items": [item, {"id": "1"}]}
    named = read(json.dumps(body).encode(), BASE)
    assert [entry.url for entry in named.entries] == [STORY]
    assert named.brought.no_address == 1


PAGES = [
    "<feed-list></feed-list><a href='/2026/01/10/pier'>The pier is open</a>",
    "<!doctype html><p>How to write <rss> and <urlset></p><a href='/2026/01/10/pier'>The pier is open</a>",
    "<!-- <rss> --><html><a href='/2026/01/10/pier'>The pier is open</a></html>",
    "<?xml version='1.0'?><!DOCTYPE html><html><a href='/2026/01/10/pier'>The pier is open</a></html>",
]


@pytest.mark.parametrize("body", PAGES, ids=range(len(PAGES)))
def test_html_is_a_page_whatever_it_speaks_of(body: str) -> None:
    named = read(body.encode(), BASE)
    assert (named.kind, len(named.entries)) == (FeedKind.FRONT, 1)
    assert parse(body) is not None


XML = [
    *(RSS, ATOM, SITEMAP, PREFIXED_ATOM, SITEMAPS["prefixed"], "<rdf:RDF><item/></rdf:RDF>", "<opml><body/></opml>"),
    "<?xml version='1.0'?><news><article><h1>The pier</h1></article></news>",
    "<?xml version='1.0'?><!-- html --><svg:svg><text>The pier</text></svg:svg>",
]


@pytest.mark.parametrize("body", XML, ids=range(len(XML)))
def test_xml_is_no_article(body: str) -> None:
    for each in (body, body.encode(), body.encode("utf-16"), body.replace("?>", "?><!-- " + "x" * 5_000 + " -->")):
        with pytest.raises(NotAnArticle):
            parse(each)


@pytest.mark.parametrize("media_type", ["application/xml", "text/xml; charset=utf-8", "application/news+xml"])
def test_what_a_server_calls_xml_is_a_page_only_where_its_root_is_html(media_type: str) -> None:
    headers = {"content-type": media_type}
    for body in (b"<nitf><body>Words</body></nitf>", b"<!-- x --><n:news xmlns:n='n'>Words</n:news>"):
        with pytest.raises(NotAnArticle, match="XML"):
            Answer(BASE, 200, headers, body).text()
        with pytest.raises(BadInput, match="XML"):
            read(body, BASE, media_type)
    assert Answer(BASE, 200, headers, b"<?xml version='1.0'?><html>Words</html>").text()
    assert Answer(BASE, 200, {"content-type": "application/xhtml+xml"}, b"<p>Words").text() == b"<p>Words"
