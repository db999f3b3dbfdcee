"""Invented front pages of sites and sections in the layouts that news sites use, and articles that could be taken for one."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

_PLACES = (
    "the harbour,the old market,Quay Street,the north pier,the town hall,the ferry dock,Mill Lane,the lighthouse".split(
        ","
    )
)
_DEEDS = (
    "opens again after repairs,stays shut until spring,gets a new roof,is sold to a cooperative,loses its clock".split(
        ","
    )
)
_WHO = "The council,A judge,The harbour office,An engineer,The mayor,A group of residents,The ferry's captain".split(
    ","
)
_SAID = (
    "agreed to the plan late on Tuesday, after a debate of {n} hours",
    "wants the work to begin before the summer and has asked for {n},000 crowns",
    "found {n} faults in the papers and sent all of them back",
    "says that the damage will keep people busy for {n} weeks",
)
LINES = [
    "The harbour office has moved the first ferry to half past six, because the bakers want to cross before their ovens do.",
    "Nobody who was asked on the quay had heard of it, and the man who sells the tickets had not either.",
    "Last winter the same change was tried for a week and given up when the school over there stood empty until nine.",
    "A second boat would cost more than the town has, said the treasurer, who keeps the sum on a slip in his hat.",
    "What the island says will be known after the meeting in the net loft, to which everybody is asked to bring a chair.",
]


class Stories:
    """Headlines, addresses and teasers, the same each time for one seed. `teaser` is a sentence or two."""

    def __init__(self, seed: int = 7) -> None:
        self._chance = random.Random(seed)  # noqa: S311 - the same pages each time
        self._count = 0

    def link(self) -> tuple[str, str]:
        """One more story: its address and its headline."""
        self._count += 1
        words = f"{self._chance.choice(_PLACES)} {self._chance.choice(_DEEDS)}"
        headline = words[0].upper() + words[1:]
        return f"/2026/01/{self._count % 28 + 1:02}/{words.replace(' ', '-').lower()}-{self._count}", headline

    def teaser(self) -> str:
        """What stands below a headline."""
        said = self._chance.choice(_SAID).format(n=self._chance.randint(2, 99))
        return f"{self._chance.choice(_WHO)} {said}, in {self._chance.choice(_PLACES)} of all places."

    def some(self, count: int, template: str) -> str:
        """So many stories in a template of `{href}`, `{headline}` and `{teaser}`."""
        parts = []
        for _ in range(count):
            href, headline = self.link()
            parts.append(template.format(href=href, headline=headline, teaser=self.teaser(), n=self._count))
        return "".join(parts)


NAV = (
    "<nav><ul>"
    + "".join(f"<li><a href='/{each}/'>{each.title()}</a></li>" for each in ("news", "sport", "arts"))
    + "</ul></nav>"
)
FOOTER = "<footer><p>Harbour Echo is an invented newspaper. All rights reserved, as far as there are any.</p></footer>"


def whole(main: str, title: str, head: str = "") -> str:
    """A page of the invented newspaper around its main part."""
    return (
        f"<!doctype html><html lang=en><head><meta charset=utf-8><title>{title} | Harbour Echo</title>{head}</head>"
        f"<body>{NAV}<main>{main}</main>{FOOTER}</body></html>"
    )


def _cards() -> str:
    picture = "<a href='{href}'><img src='/{n}.jpg' alt=''></a>"
    card = f"<article class=card>{picture}<h3><a href='{{href}}'>{{headline}}</a></h3><p>{{teaser}}</p></article>"
    return whole(f"<h1>News</h1><section>{Stories().some(24, card)}</section>", "News")


def _linked_cards() -> str:
    card = "<div class=tile><a href='{href}'><h2>{headline}</h2><p>{teaser}</p><time>2 hours ago</time></a></div>"
    return whole(f"<h1>Local</h1>{Stories().some(30, card)}", "Local")


def _headlines_only() -> str:
    return whole(f"<h1>Latest</h1><ul>{Stories().some(40, '<li><a href={href!r}>{headline}</a></li>')}</ul>", "Latest")


def _lead_story() -> str:
    stories = Stories()
    lead = stories.some(1, "<article><h2><a href='{href}'>{headline}</a></h2>" + "<p>{teaser}</p>" * 3 + "</article>")
    rest = stories.some(20, "<div><h3><a href='{href}'>{headline}</a></h3><p>{teaser}</p></div>")
    return whole(f"{lead}<div class=grid>{rest}</div>", "Home")


def _blog_index() -> str:
    post = (
        "<article><h2 class=entry-title><a href='{href}'>{headline}</a></h2><div class=entry-summary><p>{teaser}</p>"
        "<p><a href='{href}'>Continue reading {headline}</a></p></div></article>"
    )
    return whole(Stories().some(10, post), "Archive", "<meta property='og:type' content='website'>")


def _river() -> str:
    row = "<p><b>14:0{n}</b> <a href='{href}'>{headline}</a> — {teaser}</p>"
    return whole(f"<h1>Today</h1>{Stories().some(9, row)}", "Today")


def _topic() -> str:
    intro = (
        "<p>All that the Harbour Echo has written about the ferry and those who cross the bay with it every day.</p>"
    )
    item = "<li><div><h3><a href='{href}'>{headline}</a></h3><span>12 January 2026</span><p>{teaser}</p></div></li>"
    return whole(f"<h1>The ferry: news and background</h1>{intro}<ol>{Stories().some(15, item)}</ol>", "The ferry")


def _columns() -> str:
    stories = Stories()
    column = "".join(
        f"<section><h2>{name}</h2>{stories.some(6, '<p><a href={href!r}>{headline}</a></p>')}</section>"
        for name in ("News", "Sport", "Arts", "Opinion")
    )
    return whole(column, "Harbour Echo: news from the bay")


def _tables() -> str:
    row = "<tr><td>{n}.</td><td><a href='{href}'>{headline}</a></td></tr><tr><td></td><td>12 points</td></tr>"
    return whole(f"<table>{Stories().some(30, row)}</table>", "Links")


FRONTS: dict[str, Callable[[], str]] = {
    "cards": _cards,
    "cards that are links": _linked_cards,
    "headlines only": _headlines_only,
    "a lead story": _lead_story,
    "a blog's index": _blog_index,
    "a river": _river,
    "a topic": _topic,
    "columns": _columns,
    "a table": _tables,
}
