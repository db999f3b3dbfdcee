"""Where a page says that its text goes on on another one: a live blog that shows its newest posts, the first of several
pages. Only what both a server and a reader's browser have of a page is read: links and linked data, no buttons. Pure.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urljoin, urlsplit

import regex
from lxml import etree

from rowback.model import Paging

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.html import HtmlElement

MAX_LINKS = 5_000  # of a page; the most on a real front page measured are some 900
MAX_PATH = 2_000  # characters
MAX_LINK_CHARACTERS = 60  # of what a link to older posts says
_PARAMETERS = frozenset(
    "page p pg paged pagenum pageno page_no seite pagina página start offset before until cursor".split()
)
_FIRST = frozenset({"", "0", "1"})  # a link to the first page leads nowhere else
_PAGE_PATH = regex.compile(r"[/_,-](?:page|seite|pagina|p|strona)?[/_-]?(?:[2-9]|[1-9]\d{1,2})")
_ENDING = regex.compile(r"(?:\.\w{1,5})?/?$")  # ".html"
_WHOLE = regex.compile(r"(?:https?:/)?/{1,2}\w")  # how links begin that have all of their path in them
_OLDER = regex.compile(
    r"\W*(?:"
    r"(?:show |see |view |load |read )?(?:more )?(?:older|earlier|previous) (?:live )?(?:posts?|updates?|entries|messages)"
    r"|(?:ältere|frühere|vorherige) (?:beiträge|einträge|meldungen|posts)"
    r"|(?:messages|articles|publications|posts|mises à jour) (?:plus anciens?|plus anciennes|précédente?s?)"
    r"|(?:entradas|publicaciones|mensajes|actualizaciones) (?:anteriores|más antigu[ao]s)"
    r"|(?:postagens|publicações|mensagens|atualizações) (?:anteriores|mais antigas)"
    r"|(?:post|messaggi|aggiornamenti) (?:precedenti|meno recenti)"
    r"|(?:oudere|eerdere|vorige) (?:berichten|updates)"
    r"|(?:前|以前|過去|古い)の?(?:投稿|記事|更新)(?:を(?:見る|読む|表示))?"
    r"|(?:更早|较早|以前)的?(?:文章|帖子|更新|消息)"
    r"|(?:المشاركات|التحديثات|المنشورات) (?:الأقدم|السابقة|القديمة)"
    r")\W*",
    regex.IGNORECASE,
)
_NEXT = regex.compile(
    r"\W*(?:next page|page \d+(?: of \d+)?|\d+ ?/ ?\d+|nächste seite|seite \d+(?: von \d+)?|page suivante|página siguiente"
    r"|próxima página|pagina successiva|volgende pagina|次の?ページへ?|下一页|الصفحة التالية)\W*",
    regex.IGNORECASE,
)
_LIVE = "//*[contains(@itemtype, 'LiveBlogPosting')]"
_IS_LIVE = etree.XPath(f"boolean({_LIVE})")
_TALK = regex.compile(r"comment|repl(?:y|ies)|disqus|forum", regex.IGNORECASE)


def read_paging(tree: HtmlElement, url: str | None, *, is_live: bool) -> Paging:
    """What a whole page says; `url` is its address, `is_live` whether its linked data calls it a live blog."""
    if is_live or _IS_LIVE(tree):
        return Paging.POSTS
    goes_on, seen = False, set[str]()
    for link in _links(tree):
        said = _said(link)
        if said and _OLDER.fullmatch(said) and not _is_talk(link):
            return Paging.POSTS
        href = link.get("href") or ""
        if goes_on or href in seen:
            continue
        if not _is_next(href, url):
            seen.add(href)
        elif not _is_talk(link):
            goes_on = True
    return Paging.PAGES if goes_on else Paging.NONE


def is_pager(text: str) -> bool:
    """Whether a text is what leads to another page."""
    return len(text) <= MAX_LINK_CHARACTERS and (_OLDER.fullmatch(text) or _NEXT.fullmatch(text)) is not None


def _links(tree: HtmlElement) -> Iterator[HtmlElement]:
    return islice(tree.iter("a", "link"), MAX_LINKS)


def _said(link: HtmlElement) -> str:
    said = " ".join(islice(link.itertext(), MAX_LINK_CHARACTERS)) if len(link) else link.text or ""
    return "" if len(said) > 2 * MAX_LINK_CHARACTERS else " ".join(said.split())


def _is_next(href: str, url: str | None) -> bool:
    """Whether an address is a later page of the same text: `rel=next` alone may be the next story of a site."""
    try:
        host, own = _own_place(url or "")
        if own not in href and _is_plain(href):
            return False
        there = urlsplit(urljoin(url or "", href.strip()))
        pages = [value for name, value in parse_qsl(there.query) if name.lower() in _PARAMETERS]
    except ValueError:
        return False
    if there.netloc != host:
        return False
    other = _ENDING.sub("", there.path[:MAX_PATH])
    if other == own:
        return any(value not in _FIRST for value in pages)
    return bool(own) and other.startswith(own) and _PAGE_PATH.fullmatch(other[len(own) :]) is not None


@lru_cache(maxsize=16)  # asked for each link of a page
def _own_place(url: str) -> tuple[str, str]:
    """The host of a page, and its path without an ending. Raises `ValueError`."""
    here = urlsplit(url)
    return here.netloc, _ENDING.sub("", here.path[:MAX_PATH])


def _is_plain(href: str) -> bool:
    """Whether the path of a link stands in it letter by letter."""
    return _WHOLE.match(href) is not None and "/." not in href and href.isprintable()


def _is_talk(link: HtmlElement) -> bool:
    """Whether a link stands among readers' comments, which have pages of their own."""
    around = islice(link.iterancestors(), 30)
    return any(_TALK.search(f"{node.get('class') or ''} {node.get('id') or ''}"[:500]) for node in around)
