"""Invented pages that are no articles, and articles that are built like them: what server and extension must tell apart."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rowback.model import Reason

from .front_pages import FRONTS, LINES, Stories, whole

if TYPE_CHECKING:
    from collections.abc import Iterator

SITE = "https://www.harbour-echo.example"
SAYS_ARTICLE = "<meta property='og:type' content='article'>"
PAGING = "<link rel=next href='/town/page/2'>"
OLDER = "<a class=older href='/town/page/2'>Older</a>"
HEADLINE = "Ferry timetable changes from Monday morning"
LAYOUTS = {
    "divs": "<div class=post><h2><a href='{href}'>{headline}</a></h2><p>{excerpt}</p></div>",
    "articles": "<article><h2><a href='{href}'>{headline}</a></h2><p>{excerpt}</p></article>",
    "more": "<div><h3><a href='{href}'>{headline}</a></h3><p>{excerpt}</p><p><a href='{href}'>Read more</a></p></div>",
    "cards": "<a class=card href='{href}'><h3>{headline}</h3><p>{excerpt}</p></a>",
    "items": "<li><h4><a href='{href}'>{headline}</a></h4><span>12 January</span><div>{excerpt}</div></li>",
}


@dataclass(frozen=True)
class Invented:
    """A page at an address, and what it is; None for an article."""

    name: str
    url: str
    html: str
    kind: Reason | None = None


def text(words: int, begin: int = 0) -> str:
    """So many words of sentences of the invented newspaper, beginning anywhere in them."""
    said = " ".join(LINES).split()
    return " ".join(said[(begin + n) % len(said)] for n in range(words)).rstrip(".,") + "."


def paragraphs(count: int, words: int = 35) -> str:
    """So many paragraphs of so many words."""
    return "".join(f"<p>{text(words, 11 * n)}</p>" for n in range(count))


def _listed(layout: str, count: int, words: int) -> str:
    stories = Stories()
    rows = []
    for n in range(count):
        href, headline = stories.link()
        rows.append(LAYOUTS[layout].format(href=href, headline=headline, excerpt=text(words, 7 * n)))
    return "".join(rows)


def _sections() -> Iterator[Invented]:
    """Lists of stories with excerpts: each layout, length of excerpt and claim, with and without further pages."""
    for layout in LAYOUTS:
        for words in (20, 40, 80):
            for says, head in (("", ""), (", says article", SAYS_ARTICLE)):
                for goes_on, address, below in (("", "/town/", ""), (", goes on", "/category/town/page/3", OLDER)):
                    body = f"<h1>Town news</h1>{_listed(layout, 7, words)}{below}"
                    name = f"section of {layout}, {words} words{says}{goes_on}"
                    yield Invented(name, SITE + address, whole(body, "Town news", head), Reason.FRONT)


def _lists() -> Iterator[Invented]:
    """Other lists."""
    many = _listed("divs", 9, 30)
    yield Invented("tag", f"{SITE}/tag/ferry", whole(f"<h1>Ferry</h1>{many}", "Ferry"), Reason.FRONT)
    archive = whole(f"<h1>Reports from the bay and its ferries</h1>{many}", "Archive")
    yield Invented(
        "archive by its makers", f"{SITE}/bay/", archive.replace("<body>", "<body class='archive date'>"), Reason.FRONT
    )
    yield Invented("page two of a blog", f"{SITE}/?paged=2", whole(_listed("articles", 5, 60), "Blog"), Reason.FRONT)
    yield Invented("list of a number", f"{SITE}/?cat=1", whole(f"<h1>Bay</h1>{many}", "Bay"), Reason.FRONT)
    yield Invented("root that says article", f"{SITE}/", whole(many, "Harbour Echo", SAYS_ARTICLE), Reason.FRONT)
    found = whole(f"<h1>Results for ferry</h1>{_listed('items', 10, 25)}", "Search")
    yield Invented("results", f"{SITE}/search?q=ferry", found, Reason.FRONT)
    live = whole(f"<h1>Live</h1>{_listed('divs', 6, 30)}", "Live blogs", SAYS_ARTICLE)
    yield Invented("index of live blogs", f"{SITE}/live/", live, Reason.FRONT)
    data = '<script type=\'application/ld+json\'>{"@type": "CollectionPage"}</script>'
    yield Invented(
        "collection", f"{SITE}/bay/", whole(f"<h1>Bay</h1>{_listed('divs', 3, 30)}", "Bay", data), Reason.FRONT
    )
    for name in sorted(FRONTS.keys() - {"a river", "a topic"}):
        yield Invented(f"front of {name}", f"{SITE}/harbour/", FRONTS[name](), Reason.FRONT)


def _shops() -> Iterator[Invented]:
    row = "<div class=product><h3><a href='/lamp-{n}'>Lamp {n}</a></h3><p>{said}</p><span class=price>€ {n}9.00</span></div>"
    rows = "".join(row.format(n=n, said=text(14, n)) for n in range(1, 13))
    yield Invented("category of a shop", f"{SITE}/lamps", whole(f"<h1>Lamps</h1>{rows}", "Lamps"), Reason.SHOP)
    one = f"<h1>Lamp for a chart table</h1><p>{text(60)}</p><span class=price>€ 49.00</span><a href='/cart'>Add to cart</a>"
    yield Invented("product by address", f"{SITE}/products/lamp", whole(one, "Lamp"), Reason.SHOP)
    head = "<meta property='og:type' content='product'>"
    yield Invented("product by Open Graph", f"{SITE}/lamp-for-a-chart-table", whole(one, "Lamp", head), Reason.SHOP)
    data = (
        '<script type="application/ld+json">{"@type": "Product", "offers": {"@type": "Offer", "price": "49"}}</script>'
    )
    yield Invented("product by linked data", f"{SITE}/lamp", whole(one, "Lamp", data), Reason.SHOP)
    item = f"<div itemscope itemtype='https://schema.org/Product'>{one}</div>"
    yield Invented("product by microdata", f"{SITE}/lamp", whole(item, "Lamp"), Reason.SHOP)


def _forums() -> Iterator[Invented]:
    row = "<tr><td><a href='/forum/{n}'>Ropes and knots {n}</a><p>{said}</p></td><td>{n}1 topics</td></tr>"
    index = f"<table>{''.join(row.format(n=n, said=text(14, n)) for n in range(9))}</table>"
    yield Invented("forum by address", f"{SITE}/forum/", whole(f"<h1>Board</h1>{index}", "Board"), Reason.FORUM)
    made = "<meta name=generator content='phpBB 3.3'>"
    yield Invented("forum by its maker", f"{SITE}/talk/", whole(f"<h1>Board</h1>{index}", "Board", made), Reason.FORUM)
    posts = "".join(
        f"<div class=post><b>Sailor {n}</b><p>{text(25, n)}</p><span>Posts: {n}2</span></div>" for n in range(8)
    )
    thread = whole(f"<h1>Which rope for a wooden boat?</h1>{posts}", "Which rope")
    yield Invented("thread", f"{SITE}/threads/which-rope-for-a-wooden-boat.12/", thread, Reason.FORUM)
    yield Invented("host of a forum", "https://forum.harbour-echo.example/t/12", thread, Reason.FORUM)


def _services() -> Iterator[Invented]:
    object_ = "<meta property='og:type' content='object'>"
    readme = f"<article class=readme><h2>How to build</h2>{paragraphs(4)}</article>"
    yield Invented(
        "repository", f"{SITE}/harbour/tide-tables", whole(readme, "harbour/tide-tables", object_), Reason.SERVICE
    )
    video = "<meta property='og:type' content='video.other'>"
    yield Invented(
        "video",
        f"{SITE}/watch?v=1",
        whole(f"<h1>The ferry in a storm</h1><p>{text(30)}</p>", "", video),
        Reason.SERVICE,
    )
    login = (
        "<h1>Welcome</h1><p>Log in or register to read your letters and to change what we know of you, or go home.</p>"
    )
    yield Invented("login", f"{SITE}/login", whole(login, "Log in"), Reason.SERVICE)
    help_ = f"<h1>Help</h1><p>{text(40)}</p><p>{text(30)}</p>"
    yield Invented("help", f"{SITE}/help", whole(help_, "Help"), Reason.SERVICE)
    event = "<div itemscope itemtype='https://schema.org/Event'><h3>Concert {n}</h3><p>{said}</p></div>"
    events = "".join(event.format(n=n, said=text(14, n)) for n in range(8))
    yield Invented("calendar", f"{SITE}/events", whole(f"<h1>Events</h1>{events}", "Events"), Reason.SERVICE)


def _plain_articles() -> Iterator[Invented]:
    """Articles that say nothing of themselves, at addresses that say nothing of them."""
    related = _listed("divs", 12, 25)
    elsewhere = whole(f"<h1>Bay</h1>{_listed('divs', 9, 30)}", "Bay", "<base href='https://capital-post.example/'>")
    yield Invented("article: a round-up whose links start at another site", f"{SITE}/round-up/", elsewhere)
    h1 = f"<h1>{HEADLINE}</h1>"
    for name, body in {
        "plain": h1 + paragraphs(6),
        "note": f"{h1}<p>{text(14)}</p>",
        "note with related stories below": f"{h1}<p>{text(25)}</p><div>{related}</div>",
        "note of five words": f"{h1}<p>No ferry leaves on Sunday.</p><div>{related}</div>",
        "long, related stories below": f"{h1}{paragraphs(8)}<section><h2>More</h2>{related}</section>",
        "without a headline": paragraphs(8),
        "short headline": f"<h1>Ferry</h1>{paragraphs(5)}{related}",
        "round-up of linked headings": f"{h1}<p>{text(30)}</p>{_listed('divs', 5, 45)}",
        "five things": f"{h1}<p>{text(25)}</p>"
        + "".join(f"<h2>{n}. {text(5, n)}</h2><p>{text(40, n)}</p>" for n in range(5)),
        "interview": h1 + "".join(f"<p><b>{text(9, n)}</b></p><p>{text(40, n)}</p>" for n in range(8)),
        "questions and answers": h1 + "".join(f"<h3>{text(8, n)}</h3><p>{text(30, n)}</p>" for n in range(8)),
        "recipe": f"{h1}<p>{text(40)}</p><ul>{'<li>200 g flour</li>' * 8}</ul><ol><li>{text(20)}</li></ol>",
        "review with a price": f"{h1}{paragraphs(5)}<p>The lamp costs € 49.00.</p>",
        "comparison with prices": h1
        + "".join(f"<h2>Lamp {n}</h2><p>{text(60, n)}</p><p>€ {n}9.00</p>" for n in range(1, 7)),
        "obituary": f"<h1>Ida Maria Holm, 1931 – 2026</h1>{paragraphs(3, 25)}",
        "next story": f"{h1}{paragraphs(6)}<h2><a href='/news/dock'>The dock opens after repairs</a></h2>{paragraphs(9)}",
        "promotions between its paragraphs": h1
        + "".join(
            f"<p>{text(45, n)}</p><h4><a href='/news/story-{n}'>Read also: story {n} of the bay</a></h4>"
            for n in range(4)
        ),
        "live blog": h1 + "".join(f"<article><h3>14:0{n}</h3><p>{text(25, n)}</p></article>" for n in range(9)),
        "headline that links to itself": f"<h1><a href='/news/ferry'>{HEADLINE}</a></h1>{paragraphs(5)}",
    }.items():
        yield Invented(f"article: {name}", f"{SITE}/news/ferry", whole(body, HEADLINE))


def _claimed_articles() -> Iterator[Invented]:
    """Articles that say so, where something speaks against it."""
    related = _listed("articles", 12, 25)
    data = '<script type="application/ld+json">{"@context": "https://schema.org", "@type": "NewsArticle"}</script>'
    story = f"<h1>{HEADLINE}</h1>{paragraphs(5)}"
    yield Invented("article: in a category", f"{SITE}/category/bay/ferry", whole(story, HEADLINE, SAYS_ARTICLE))
    yield Invented("article: of a shop", f"{SITE}/shop/news/ferry", whole(story, HEADLINE, data))
    yield Invented("article: on a forum", f"{SITE}/forum/ferry", whole(story, HEADLINE, data))
    yield Invented(
        "article: among many",
        f"{SITE}/news/ferry",
        whole(f"<article>{story}</article>{related}", HEADLINE, SAYS_ARTICLE),
    )
    yield Invented("article: its second page", f"{SITE}/news/ferry?page=2", whole(paragraphs(5), HEADLINE, data))
    reviewed = '<script type="application/ld+json">{"@graph": [{"@type": "Review"}, {"@type": "Product"}]}</script>'
    price = f"<h1>{HEADLINE}</h1>{paragraphs(4)}<p>€ 49.00</p>"
    yield Invented("article: a review of a product", f"{SITE}/lamp", whole(price, HEADLINE, reviewed))
    made = whole(f"<div>{paragraphs(3)}</div>{related}", "Ferry").replace("<body>", "<body class='single single-post'>")
    yield Invented("article: single by its makers", f"{SITE}/ferry", made)
    dated = "/2026/01/12/five-things-to-know-this-week"
    yield Invented(
        "article: five linked things", SITE + dated, whole(_listed("divs", 5, 40), "Five things", SAYS_ARTICLE)
    )


INVENTED: tuple[Invented, ...] = (
    *_sections(),
    *_lists(),
    *_shops(),
    *_forums(),
    *_services(),
    *_plain_articles(),
    *_claimed_articles(),
)
