"""Pages made to take long: so many of what a careless reader looks at again and again. Each is made by its size."""

from __future__ import annotations

from collections.abc import Callable

from .samples import page

Pages = dict[str, Callable[[int], str]]
MARKS = "\u0301\u0323" * 600  # in a host: normalised before it is looked up
WORDS = "The first ferry leaves the harbour at six in the morning from Monday on, the office said"


def article(body: str, head: str = "", title: str = "Ferry timetable changes from Monday") -> str:
    """The sample article with more in its body and head."""
    return page(title=title, head=head).replace("</article>", f"{body}</article>")


def many(template: str) -> Callable[[int], str]:
    """So many pieces more in the article; `{n}` is the number of each."""
    return lambda size: article("".join(template.replace("{n}", str(n)) for n in range(size)))


def heads(template: str) -> Callable[[int], str]:
    """The same in the page's head."""
    return lambda size: article("", "".join(template.replace("{n}", str(n)) for n in range(size)))


def run(text: str, before: str = "<p>", after: str = "</p>") -> Callable[[int], str]:
    """One element with a text so many times."""
    return lambda size: article(before + text * size + after)


def deep(opening: str, closing: str = "", every: int = 200) -> Callable[[int], str]:
    """Elements in one another, some hundred deep, and again: the parser ends deeper ones itself."""
    return lambda size: article(f"{opening * every}{WORDS}{closing * every}" * (size // every + 1))


def linked(value: str) -> Callable[[int], str]:
    """The page's linked data, with so many values in it."""
    return lambda size: article("", f"<script type=application/ld+json>{value.replace('…', _listed(size))}</script>")


def _listed(size: int) -> str:
    return ",".join(['"2026-01-31T09:30:00Z"'] * size)


def front(link: str) -> Callable[[int], str]:
    """A front page of so many links."""
    return lambda size: f"<html><title>Echo</title><body>{''.join(link.replace('{n}', str(n)) for n in range(size))}"


NESTED: Pages = {
    **{f"deep {tag}": deep(f"<{tag}>") for tag in ("p", "li", "td", "tr", "a", "form", "b", "article", "h1")},
    "deep divisions": deep("<div class='related story share box'>", "</div>"),
    "deep spans": deep("<span>", "</span>"),
    "deep tables": deep("<table><tr><td>", "</table>", 80),
    "paragraphs in deep divisions": lambda size: article("<div>" * 100 + f"<p>{WORDS}</p>" * size),
    "long texts in deep divisions": lambda size: article("<div>" * 200 + f"<p>{WORDS * 20}</p>" * size),
    "rows in rows": lambda size: article("<table><tr><td>" * 80 + "<p>a b c</p>" * size + "</td></tr></table>" * 80),
    "forms in forms": lambda size: article("<form><div>" * 100 + f"<p>{WORDS}</p>" * size),
    "times in headers": lambda size: article("<article><header>" * 80 + "<time datetime=2026-01-01>x</time>" * size),
    "what is never closed": many("<div><span><b>words "),
    "what is closed in another order": many("<a><b><i><p>w</a></b></i>"),
}
MANY: Pages = {
    "tiny paragraphs": many("<p>w</p>"),
    "paragraphs": many(f"<p>{WORDS} {{n}}.</p>"),
    "equal paragraphs": many(f"<p>{WORDS}.</p>"),
    "divisions": many(f"<div>{WORDS} {{n}}.</div>"),
    "articles": many(f"<article><p>{WORDS} {{n}}.</p></article>"),
    "boxes": many(f"<div class=related><p>{WORDS} {{n}}.</p></div>"),
    "headlines": many("<h1>Ferry timetable changes {n}</h1>"),
    "subheadings": many("<h2>Ferry timetable changes {n}</h2>"),
    "list items": many("<li>Ferry timetable changes {n}</li>"),
    "links": many("<li><a href='/2026/01/31/ferry-runs-again-{n}'>The ferry runs again from Monday</a></li>"),
    "links to many hosts": many(
        "<p><a href='https://h{n}.example/2026/01/31/a-b-c-d'>The ferry runs again now</a></p>"
    ),
    "captions": many("<figure><img src=a><figcaption>The ferry in the harbour of the town {n}</figcaption></figure>"),
    "quotes": many("<blockquote>words {n} of it</blockquote>"),
    "code": many("<p>Words before the code {n} are here <code>x{n}</code> and others after it {n} too</p>"),
    "rows": lambda size: article(f"<table>{'<tr><td>ferry</td><td>words</td></tr>' * size}</table>"),
    "cells of a row": lambda size: article(f"<table><tr>{'<td><p>word</p></td>' * size}</tr></table>"),
    "spans of cells": lambda size: article(f"<table>{'<tr><td rowspan=900 colspan=900>x</td></tr>' * size}</table>"),
    "short rows below a long one": lambda size: article(
        f"<table><tr>{'<td>w</td>' * 100}</tr>{'<tr><td>w</td></tr>' * size}</table>"
    ),
    "empty rows below a long one": lambda size: article(
        f"<table><tr>{'<td>w</td>' * 100}</tr>{'<tr></tr>' * size}</table>"
    ),
    "breaks": run("a line of it<br>"),
    "spans of a paragraph": run("<span>word</span> "),
    "bold words of a paragraph": run("<b>word</b> "),
    "links of a paragraph": run("<a href=/a>word</a> "),
    "comments": many("word <!-- a {n} -->"),
    "what is left out of a text": run("<button>x</button>some text "),
    "buttons": many("word {n} <button>x</button>"),
    "scripts": many("word {n} <script>var a={n}</script>"),
    "corrections": many("<p>Correction: an earlier version of this article misstated the number {n}</p>"),
    "share lines": many("<p>Share this on Facebook {n}</p>"),
    "lines of dates": many(f"<p>updated {'1-' * 90}x</p>"),
    "standfirsts": many("<p class=standfirst>word {n} here and more of it there</p>"),
    "names of elements": many("<t{n}>w</t{n}>"),
    "names of attributes": many("<p a{n}=x>w</p>"),
    "ids": many("<p id=i{n}>w</p>"),
    "attributes of an element": lambda size: article(f"<p {' '.join(f'a{n}=x' for n in range(size))}>words</p>"),
    "attributes of elements": many(f"<p {' '.join(f'a{n}=x' for n in range(200))}>words</p>"),
    "meta elements": heads("<meta name=a{n} content=b>"),
    "titles": heads("<meta property='og:title' content='Ferry title {n}'>"),
    "descriptions": heads("<meta property='og:description' content='The ferry leaves {n} at six'>"),
    "dates of publication": heads("<meta property='article:published_time' content='2026-01-31'>"),
    "canonical addresses": heads("<link rel=canonical href=/{n}>"),
    "linked data": heads('<script type=application/ld+json>{"@type":"Article","headline":"a {n}"}</script>'),
}
LONG: Pages = {
    **{
        f"one run of {text!r}": run(text)
        for text in (
            *(
                "a",
                "A",
                "a.",
                "A.",
                "1",
                "1,",
                " ",
                "a ",
                "a\n",
                "\u00a0",
                "Some words. ",
                "...",
                "_",
                "'",
                '"',
                "| ",
                "\u2502 ",
            ),
            *(
                "\u0301",
                "e\u0301\u0323 ",
                "\U0001f468\u200d",
                "\u0627\u0644",
                "\ufdfa",
                "漢字",
                "\u0e01\u0e34",
                "\u1100\u1161",
            ),
            *(
                "&amp;",
                "&#x41;",
                "&#11;",
                "&x",
                "&",
                "<",
                "< ",
                "</",
                "<!",
                "<?",
                "<![CDATA[ x ]]>",
                "<!--",
                "</p>",
                "<p title='",
            ),
            *("<a ", "<a/", "<a b='", '<a b="', "consent ", "cookies "),
        )
    },
    "a run of marks": run("\u0301\u0323", "<p>e"),
    "a tag of spaces": run(" ", "<p", ">words</p>"),
    "a tag of signs": run("= ", "<p ", ">words</p>"),
    "a tag of tags": run("<a=b ", "<p ", ">words</p>"),
    "a long title": lambda size: article("", title="Ferry - - " * size),
    "a long headline": lambda size: article(f"<h1>{'Ferry changes ' * size}</h1>"),
    "long titles and headlines": lambda size: article(
        f"<h1>{'Ferry changes ' * (size // 50)}</h1>" * 50,
        f"<meta property=og:title content='{'Ferry changes ' * (size // 50)}'>" * 50,
    ),
    "a wall with a long title": lambda size: page(["error page not found"], title="not found " * size),
    "a wall of signs": lambda size: page(["!" * size], title="-" * size),
    "long classes": many(f"<div class='{'aB xY ' * 300}'><p>words</p></div>"),
    "a long class": run("aB ", "<p class='", "'>words</p>"),
    "a long address": run("a-", "<p><a href='/", "'>The ferry runs again</a></p>"),
    "long addresses of dashes": many(f"<p><a href='/{'a-' * 1900}{{n}}'>The ferry runs</a></p>"),
    "long addresses of steps": many(f"<p><a href='/{'../a/' * 700}{{n}}'>The ferry runs</a></p>"),
    "long addresses of parameters": many(f"<p><a href='/?{'a&' * 1900}{{n}}'>The ferry runs again today</a></p>"),
    "long hosts of marks": many(f"<p><a href='//a{MARKS}{{n}}/'>The ferry runs again today</a></p>"),
    "a script": run("a<b c ", "<script>", "</script>"),
    "deep linked data": lambda size: article("", f"<script type=application/ld+json>{'[' * size}{']' * size}</script>"),
    "a list of linked data": linked("[…]"),
    "types": linked('{"@type":[…]}'),
    "values of linked data": linked('{"@type":"Article","headline":[…],"datePublished":[…]}'),
    "items of linked data": linked('[{"@type":"Article","@graph":[…]}]'),
}
FRONTS: Pages = {
    "a front page": front(
        f"<div><h3><a href='/2026/01/31/ferry-{{n}}'>Ferry runs again from Monday on</a></h3><p>{WORDS}</p></div>"
    ),
    "a front page of links": front("<a href='/a-b-c-d-{n}'>Ferry runs again</a>\n"),
    "a front page of links in links": front("<a href=/a-b-c-d-{n}><div>Ferry runs again"),
    "a front page of one link": lambda size: f"<html><body><a href=/a-b-c-d>{'Ferry runs ' * size}</a>",
    "a front page of long addresses": front(f"<a href='/a-b-c-d?{'a=b&' * 900}{{n}}'>Ferry runs again</a>\n"),
    "a front page of long hosts": front(f"<a href='//a{MARKS}{{n}}/'>The ferry runs again today</a>\n"),
    "a front page of one address": lambda size: f"<html><body><a href='/{'a-' * size}'>Ferry runs again</a>",
}
PAGES: Pages = {**NESTED, **MANY, **LONG, **FRONTS}
