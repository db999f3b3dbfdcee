"""One article in pages that hide a part of it, put it into forms or leave it to scripts: what a server sends, what a
reader's scripts make of it, and the blocks that both must give."""

from __future__ import annotations

from base64 import b64encode
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

TITLE = "Lighthouse on the north spit goes dark for a winter"
TEXTS = (
    "The lighthouse on the north spit will be switched off from October, the pilots said after a meeting on Sunday.",
    "Its lamp was changed for the last time in 1988, and the firm that made the lens has long since closed its doors.",
    "Two fishing boats and the mail boat still steer by it at night, according to the keeper of the harbour's log.",
    "A buoy with a battery is to take its place until spring, and will flash every five seconds in clear weather.",
    "The keeper, who has climbed the stairs twice a day for thirty years, said that the buoy would not last a week.",
    "Repairs to the tower have been put off four times, and the stairs were closed to visitors the summer before last.",
    "A new lens would cost about as much as a new roof for the school, which the town has also put off until spring.",
    "The pilots want to meet again in December, when the first gales will have shown how well the buoy can be seen.",
)
OTHERS = tuple(
    text.replace("lighthouse", "museum").replace("The ", "Elsewhere the ") + " So it goes." for text in TEXTS
)
ALL = tuple(range(8))
ADDRESS = "log@north-spit.example"
HIDINGS = (
    'style="display:none"',
    "style='color: red; DISPLAY : None !important'",
    'style="visibility: hidden"',
    "hidden",
    'hidden="until-found"',
    'aria-hidden="true"',
)


@dataclass(frozen=True)
class Served:
    """A page as its server sends it, as a reader's scripts leave it (None: just so), and the texts that are the article.
    `needs_script`: what is told by a script alone is in no copy that a browser without scripts makes."""

    name: str
    page: str
    texts: tuple[str, ...] = TEXTS
    reader: str | None = None
    needs_script: bool = False


def paragraphs(*numbers: int, attributes: str = "") -> str:
    """Of the article's."""
    return "".join(f"<p {attributes}>{TEXTS[n]}</p>" for n in numbers)


def document(body: str, *, around: str = "{}", article: str = "article", head: str = "") -> str:
    """A page around what stands under its headline."""
    inside = f"<nav><a href='/'>Home</a></nav><{article}><h1>{TITLE}</h1>{body}</{article}>"
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{TITLE} | The Spit</title>{head}</head>'
        f"<body>{around.format(inside)}</body></html>"
    )


def hidden() -> Iterator[Served]:
    """Pages that hide something by attributes."""
    for hiding in HIDINGS:
        one = f"{paragraphs(*ALL[:3])}<p {hiding}>{TEXTS[3]}</p>{paragraphs(*ALL[4:])}"
        yield Served(f"one paragraph: {hiding}", document(one), TEXTS[:3] + TEXTS[4:])
        label = f"<div {hiding}>The keeper's live log</div>"
        yield Served(f"a label: {hiding}", document(label + paragraphs(*ALL)))
        terms = f"<div role='dialog' {hiding}>" + "".join(f"<p>{text}</p>" for text in OTHERS * 4) + "</div>"
        yield Served(f"a long dialog: {hiding}", document(paragraphs(*ALL), around="{}" + terms))
        stories = f"<div {hiding}>" + "".join(f"<p>{text}</p>" for text in OTHERS) + "</div>"
        yield Served(f"other stories: {hiding}", document(paragraphs(*ALL), around="{}" + stories))
    for hiding in HIDINGS:
        for article in ("article", "div"):
            shapes = {
                "the whole text": f"<div {hiding}>{paragraphs(*ALL)}</div>",
                "the second half": f"{paragraphs(*ALL[:4])}<div {hiding}>{paragraphs(*ALL[4:])}</div>",
                "half the paragraphs": paragraphs(*ALL[:4]) + paragraphs(*ALL[4:], attributes=hiding),
                "each paragraph": paragraphs(*ALL, attributes=hiding),
            }
            for name, body in shapes.items():
                shown = document(body.replace(hiding, "class=shown"), article=article)
                yield Served(f"{name} of {article}: {hiding}", document(body, article=article), reader=shown)
        around = f"<div id='root' {hiding}>{{}}</div>"
        yield Served(
            f"the page: {hiding}",
            document(paragraphs(*ALL), around=around),
            reader=document(paragraphs(*ALL), around="<div id='root'>{}</div>"),
        )
        body = f"{paragraphs(*ALL[:3])}<p {hiding}>{TEXTS[3]}</p>{paragraphs(*ALL[4:])}"
        page = document(body).replace("<body>", f"<body {hiding}>")
        yield Served(f"the body, and a paragraph in it: {hiding}", page, TEXTS[:3] + TEXTS[4:])


def seen() -> Iterator[Served]:
    """Pages whose attributes hide nothing, though they look so."""
    for style in ("overflow:hidden", "opacity:0", "display:block", "backface-visibility:hidden"):
        body = paragraphs(*ALL[:6]) + paragraphs(*ALL[6:], attributes=f'style="{style}"')
        yield Served(style, document(body), reader=document(paragraphs(*ALL)))
    first = TEXTS[0].replace("lighthouse", '<span aria-hidden="true">lighthouse</span>')
    yield Served("a word that is read out otherwise", document(f"<p>{first}</p>{paragraphs(*ALL[1:])}"))
    for state in ("", "open"):
        body = paragraphs(*ALL[:6]) + f"<details {state}><summary>The meeting</summary>{paragraphs(*ALL[6:])}</details>"
        yield Served(f"details {state}", document(body), (*TEXTS[:6], "The meeting", *TEXTS[6:]))
        dialog = f"<dialog {state}><p>{OTHERS[0]}</p><p>{OTHERS[1]}</p></dialog>"
        yield Served(f"dialog {state}", document(paragraphs(*ALL[:4]) + dialog + paragraphs(*ALL[4:])))


def forms() -> Iterator[Served]:
    """Pages in forms, and forms in pages."""
    typed = (
        "<input value='typed'><textarea>typed by a reader, who may not want it to be known to anybody at all</textarea>"
    )
    for article in ("article", "div"):
        for heading in ("h1", "h2"):
            page = document(paragraphs(*ALL) + typed, around="<form method='post'>{}</form>", article=article)
            page = page.replace("<h1>", f"<{heading}>").replace("</h1>", f"</{heading}>")
            yield Served(f"{heading} in {article} in a form", page)
    teasers = "".join(
        f"<div><a href='/{n}'><h3>{text[:40]}</h3></a><p>{text}</p></div>" for n, text in enumerate(OTHERS)
    )
    around = f"<form>{{}}<div class='sidebar'>{teasers}</div></form>"
    yield Served("a form around text and teasers", document(paragraphs(*ALL), around=around))
    fields = "<label>Name <input type='text'></label>" * 6
    entry = f"<form class='entry'>{fields}" + "".join(f"<p>{text}</p>" for text in OTHERS[:3]) + "</form>"
    yield Served("a form to fill in", document(paragraphs(*ALL[:3]) + entry), TEXTS[:3])
    table = f"<table><tr><td>{paragraphs(*ALL)}</td></tr></table>"
    yield Served("a table in a form", document(table, around="<form>{}</form>", article="div").replace("h1>", "h2>"))
    login = f"<form><h2>Sign in</h2><p>{OTHERS[0]}</p><input><button>Go</button></form>"
    yield Served("a form in the text", document(paragraphs(*ALL[:4]) + login + paragraphs(*ALL[4:])))
    yield Served("an editor in the text", document(f"<div contenteditable><p>{OTHERS[0]}</p></div>" + paragraphs(*ALL)))


def scripted() -> Iterator[Served]:
    """Pages whose text, or a part of it, only scripts show."""
    shown = document(paragraphs(*ALL))
    twin = f"<noscript>{paragraphs(*ALL)}</noscript>"
    yield Served("only in noscript", document(f"{twin}<div id='story'></div>"), reader=shown)
    rendered = document(f"{twin}<div id='story'>{paragraphs(*ALL)}</div>")
    yield Served("twice, once in noscript", rendered)
    template = f"<template>{paragraphs(*ALL)}</template><script type='text/template'>{paragraphs(*ALL)}</script>"
    yield Served("in a template and in noscript", document(template + twin), reader=document(paragraphs(*ALL)))
    picture = "<noscript><img src='/spit.jpg' alt='The spit'></noscript>"
    yield Served("a picture in noscript", document(paragraphs(*ALL[:4]) + picture + paragraphs(*ALL[4:])))
    plea = f"<noscript><p>{OTHERS[0]}</p><p>Please switch scripts on to see the map of the spit and its buoys.</p></noscript>"
    yield Served("a plea in noscript", document(paragraphs(*ALL), around=plea + "{}"))
    data = '{"@type": "NewsArticle", "articleBody": "Another text than the page has."}'
    linked = f'<script type="application/ld+json">{data}</script>'
    yield Served("linked data with another text", document(paragraphs(*ALL), head=linked))


def cloudflare(address: str, key: int = 0x5C) -> str:
    """An address as Cloudflare hides it."""
    return bytes([key, *(byte ^ key for byte in address.encode())]).hex()


def _base64(text: str) -> str:
    return b64encode(text.encode()).decode()


def protected() -> Iterator[Served]:
    """Pages with an address for mail that only scripts write out."""
    code, place = cloudflare(ADDRESS), "/cdn-cgi/l/email-protection"
    stand_in = "[email&#160;protected]"
    user, host = ADDRESS.split("@")
    parts = f"first='{_base64(user)}' last='{_base64(host)}'"
    plea = "This email address is being protected from spambots."
    script = (
        f"<script>document.getElementById('cloak7f').innerHTML = ''; var prefix = 'ma' + 'ilto'; "
        f"var addy7f = '{user}' + '&#64;'; addy7f = addy7f + 'n&#111;rth-spit' + '&#46;' + 'example'; "
        f"var addy_text7f = '{user}' + '&#64;' + 'n&#111;rth-spit' + '&#46;' + 'example';</script>"
    )
    forms = {
        "bare": f'<a class="__cf_email__" href="{place}" data-cfemail="{code}">{stand_in}</a>',
        "span": f'<span class="__cf_email__" data-cfemail="{code}">{stand_in}</span>',
        "linked": f'<a href="{place}#{code}"><span class="__cf_email__" data-cfemail="{code}">{stand_in}</span></a>',
        "linked only": f'<a href="{place}#{code}">{stand_in}</a>',
        "joomla": f"<joomla-hidden-mail {parts} text='{_base64(ADDRESS)}'>{plea}</joomla-hidden-mail>",
        "joomla without a text": f"<joomla-hidden-mail {parts} text=''>{plea}</joomla-hidden-mail>",
        "joomla's script": f'<span id="cloak7f">{plea}</span>{script}',
    }
    told = f"Who has seen the buoy may write to {ADDRESS} before December, the pilots said in their notice."
    for name, form in forms.items():
        text, shown = (f"<p>{told.replace(ADDRESS, each)}</p>" for each in (form, f'<a href="#">{ADDRESS}</a>'))
        pages = [document(paragraphs(*ALL[:4]) + each + paragraphs(*ALL[4:])) for each in (text, shown)]
        texts = (*TEXTS[:4], told, *TEXTS[4:])
        yield Served(f"an address: {name}", pages[0], texts, pages[1], needs_script="<script>" in form)


def served() -> list[Served]:
    """All of them."""
    return [*hidden(), *seen(), *forms(), *scripted(), *protected()]
