"""The rules of Atom (RFC 4287) and RSS 2.0 that a feed can break, each as a sentence when it does."""

from __future__ import annotations

import re
from collections import Counter
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import lxml.etree

if TYPE_CHECKING:
    from collections.abc import Iterator

ATOM, DC = "http://www.w3.org/2005/Atom", "http://purl.org/dc/elements/1.1/"
RFC_3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")
RFC_822 = re.compile(r"(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT")
# Elements by their parent, with how many there may be: (least, most). None: any number.
ATOM_CHILDREN: dict[str, dict[str, tuple[int, int | None]]] = {
    "feed": {
        **dict.fromkeys(("title", "id", "updated", "author"), (1, 1)),
        "generator": (0, 1),
        "link": (1, None),
        "entry": (0, None),
    },
    "entry": {
        **dict.fromkeys(("title", "id", "updated", "author", "content"), (1, 1)),
        "published": (0, 1),
        "link": (1, None),
        "category": (0, None),
    },
}
RSS_CHILDREN: dict[str, dict[str, tuple[int, int | None]]] = {
    "channel": {
        **dict.fromkeys(("title", "link", "description"), (1, 1)),
        **dict.fromkeys(("lastBuildDate", "generator"), (0, 1)),
        f"{{{ATOM}}}link": (1, None),
        "item": (0, None),
    },
    "item": {
        **dict.fromkeys(("title", "link", "description", "guid", "pubDate", f"{{{DC}}}creator"), (1, 1)),
        "category": (0, None),
    },
}


def atom_faults(body: bytes) -> list[str]:
    """What is wrong with an Atom feed."""
    feed = lxml.etree.fromstring(body)
    named = {name: f"{{{ATOM}}}{name}" for name in ("feed", "entry", "id", "updated", "link", "content", "category")}
    faults = [] if feed.tag == named["feed"] else [f"the root is {feed.tag}"]
    for parent in feed.iter(named["feed"], named["entry"]):
        children = {f"{{{ATOM}}}{name}": bounds for name, bounds in ATOM_CHILDREN[_local(parent)].items()}
        faults += _wrong_children(parent, children)
        faults += _wrong_links(parent, named["link"])
    faults += [f"no RFC 3339 date: {at.text}" for at in feed.iter(named["updated"]) if not _is_rfc_3339(at.text or "")]
    faults += [f"no absolute IRI: {each.text}" for each in feed.iter(named["id"]) if not _is_absolute(each.text or "")]
    faults += [
        f"two entries {id_}" for id_, n in Counter(each.text for each in feed.iter(named["id"])).items() if n > 1
    ]
    for content in feed.iter(named["content"]):
        if content.get("type") != "html" or len(content):
            faults.append("content that is not escaped HTML")
    faults += ["a category without a term" for each in feed.iter(named["category"]) if not each.get("term")]
    instants = [entry.findtext(named["updated"]) or "" for entry in feed.iter(named["entry"])]
    if instants and feed.findtext(named["updated"]) != max(instants):
        faults.append("the feed was updated at another instant than its newest entry")
    return faults


def rss_faults(body: bytes) -> list[str]:
    """What is wrong with an RSS feed."""
    rss = lxml.etree.fromstring(body)
    faults = [] if rss.tag == "rss" and rss.get("version") == "2.0" else ["it does not say that it is RSS 2.0"]
    faults += [] if [child.tag for child in rss] == ["channel"] else ["the root holds one channel and nothing else"]
    for parent in rss.iter("channel", "item"):
        faults += _wrong_children(parent, RSS_CHILDREN[_local(parent)])
    faults += [f"no address: {link.text}" for link in rss.iter("link") if not _is_absolute(link.text or "")]
    for at in rss.iter("pubDate", "lastBuildDate"):
        if (
            not RFC_822.fullmatch(at.text or "")
            or parsedate_to_datetime(at.text or "").strftime("%a") != (at.text or "")[:3]
        ):
            faults.append(f"no RFC 822 date: {at.text}")
    for guid in rss.iter("guid"):
        if guid.get("isPermaLink") != "false" and urlsplit(guid.text or "").scheme not in ("http", "https"):
            faults.append(f"a permanent link that is none: {guid.text}")
    faults += [f"two items {id_}" for id_, n in Counter(each.text for each in rss.iter("guid")).items() if n > 1]
    return faults


def _wrong_children(parent: Any, allowed: dict[str, tuple[int, int | None]]) -> Iterator[str]:
    counts = Counter(child.tag for child in parent)
    for tag in counts.keys() - allowed.keys():
        yield f"{tag} in {parent.tag}"
    for tag, (least, most) in allowed.items():
        if counts[tag] < least or (most is not None and counts[tag] > most):
            yield f"{counts[tag]} {tag} in {parent.tag}"


def _wrong_links(parent: Any, tag: str) -> Iterator[str]:
    links = parent.findall(tag)
    yield from (f"no absolute address: {link.get('href')}" for link in links if not _is_absolute(link.get("href", "")))
    alternates = Counter((link.get("type"), link.get("hreflang")) for link in links if link.get("rel") == "alternate")
    yield from (f"two alternates of {kind}" for kind, n in alternates.items() if n > 1)
    if _local(parent) == "feed" and sum(link.get("rel") == "self" for link in links) != 1:
        yield "a feed names itself once"


def _is_absolute(address: str) -> bool:
    return bool(urlsplit(address).scheme) and not re.search(r'[\s<>"{}|\\^`]', address)


def _is_rfc_3339(text: str) -> bool:
    return bool(RFC_3339.fullmatch(text)) and datetime.fromisoformat(text).tzinfo is not None


def _local(element: Any) -> str:
    return str(lxml.etree.QName(element).localname)
