"""What other hosts say over the network: redirects away from an article, and copies that name their original."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from rowback.capture.captures import from_html
from rowback.capture.copies import LEASE
from rowback.errors import NotAnArticle
from rowback.model import Origin
from rowback.store.feeds import FeedKind
from rowback.store.work import Outcome

from .samples import PARAGRAPHS, changed, page
from .several_hosts import Net, network

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from rowback.model import Article

FORGED = changed("400 commuters", "no commuters")
OTHER_STORY = ("The market hall opens again in May.", "Twelve stalls have been let so far.")
ORIGINAL, COPY = "http://victim.example/harbour", "http://copy.example/syndicated"
# Hosts of one registrable domain, which redirects may join for good.
OLD, NEW = "http://news.harbour-echo.com/a", "http://www.harbour-echo.com/b"


@pytest.fixture
def net(tmp_path: Path) -> Iterator[Net]:
    with network(tmp_path) as found:
        yield found


def _claim(url: str) -> str:
    return f'<link rel="canonical" href="{url}"><meta property="og:url" content="{url}">'


def _texts(net: Net, url: str) -> list[tuple[str, ...]]:
    article = net.store.articles.find(url)
    if article is None:
        return []
    return [tuple(b.text for b in each.content.blocks) for each in net.store.versions.of_article(article.id)]


@pytest.mark.parametrize(
    "hop",
    ["http://google.evil.example/amp/s/{victim}", "http://xcdn.ampproject.org/c/s/{victim}", "http://192.0.2.7/x"],
)
@pytest.mark.parametrize("status", [301, 302])
def test_a_find_that_is_redirected_is_stored_where_it_was_read(net: Net, hop: str, status: int) -> None:
    victim = net.captured(net.put(ORIGINAL, page()))
    net.store.set_followed(victim.id, None)
    end = net.put(
        hop.format(victim=victim.url.removeprefix("http://").replace(":", "_")), page(FORGED, head=_claim(victim.url))
    )
    middle = net.put("http://middle.example/hop", status=status, Location=end)
    start = net.put("http://evil.example/x", status=status, Location=middle)
    assert net.find(start)[0][0] is Outcome.CAPTURED
    assert _texts(net, victim.url) == [PARAGRAPHS]
    # It names the victim as its original, which was asked: what its address leads to is the victim's own text.
    assert _texts(net, end) == [PARAGRAPHS]


@pytest.mark.parametrize("status", [301, 302, 307, 308])
@pytest.mark.parametrize("there", ["http://evil.example/harbour", "http://google.evil.example/amp/s/x.example/y"])
def test_an_article_that_leads_to_another_domain_gets_no_version(net: Net, status: int, there: str) -> None:
    victim = net.captured(net.put(ORIGINAL, page()))
    net.put(ORIGINAL, status=status, Location=net.put(there, page(FORGED, head=_claim(victim.url))))
    ((outcome, _),) = net.poll()
    assert outcome in (Outcome.MISSING, Outcome.FAILED)
    assert _texts(net, victim.url) == [PARAGRAPHS]


@pytest.mark.parametrize(
    ("status", "text", "versions"),
    [
        (301, FORGED, [PARAGRAPHS, FORGED]),
        (308, FORGED, [PARAGRAPHS, FORGED]),
        (302, FORGED, [PARAGRAPHS]),
        (301, OTHER_STORY, [PARAGRAPHS]),
    ],
)
def test_only_its_own_host_moves_an_article_for_good_and_with_its_story(
    net: Net, status: int, text: tuple[str, ...], versions: list[tuple[str, ...]]
) -> None:
    article = net.captured(net.put(OLD, page()))
    title = "Ferry timetable changes from Monday" if text is FORGED else "Market hall"
    net.put(OLD, status=status, Location=net.put(NEW, page(text, title, _claim(article.url))))
    net.poll()
    assert _texts(net, article.url) == versions
    moved = net.store.articles.get(article.id)
    assert moved is not None
    assert moved.url == (net.site.url("/b", "www.harbour-echo.com") if len(versions) > 1 else article.url)


def test_a_redirect_to_another_host_and_back_is_the_articles_own(net: Net) -> None:
    article = net.captured(net.put(ORIGINAL, page()))
    back = net.put("http://victim.example/harbour-2", page(FORGED, head=_claim(article.url)))
    net.put(ORIGINAL, status=302, Location=net.put("http://login.example/pass", status=302, Location=back))
    assert net.poll()[0][0] is Outcome.EDITED
    assert _texts(net, article.url) == [PARAGRAPHS, FORGED]


def _watching(net: Net, url: str) -> list[tuple[Outcome, str]]:
    """Someone follows an address of which nobody knows yet what it is."""
    net.store.feeds.add(url, FeedKind.SITE, "", net.clock())
    return net.poll()


@pytest.mark.parametrize("way", [Net.find, _watching])
def test_a_copy_leads_to_the_original_that_tells_the_same_story(net: Net, way: object) -> None:
    original = net.put(
        ORIGINAL, page((*PARAGRAPHS, "One line more."), head=_claim("http://victim.example/harbour?own"))
    )
    copy = net.put(COPY, page(head=_claim(original)))
    assert callable(way)
    way(net, copy)
    assert _texts(net, original) == [(*PARAGRAPHS, "One line more.")]
    (article,) = net.store.articles.newest(10)
    assert net.store.articles.find(copy) == article
    assert "victim.example/harbour" in net.asked()
    # From then on the copy brings nothing, whoever reads it.
    assert _later(net, copy, FORGED, original) is None
    assert _texts(net, original) == [(*PARAGRAPHS, "One line more.")]


def _later(net: Net, url: str, text: tuple[str, ...], canonical: str) -> Article | None:
    found = from_html(url, page(text, head=_claim(canonical)), net.clock(), Origin.BROWSER)
    try:
        return net.store.record(found, net.clock()).article
    except NotAnArticle:
        return None


def _other_story(net: Net, original: str, _: str) -> None:
    net.put(ORIGINAL, page(OTHER_STORY, "Market hall"))


def _gone(net: Net, original: str, _: str) -> None:
    net.put(ORIGINAL, status=404)


def _back_to_the_copy(net: Net, original: str, copy: str) -> None:
    net.put(ORIGINAL, status=301, Location=copy)


def _to_a_third_host(net: Net, original: str, _: str) -> None:
    net.put(ORIGINAL, status=301, Location=net.put("http://third.example/harbour", page()))


def _forbidden(net: Net, original: str, _: str) -> None:
    net.put("http://victim.example/robots.txt", "User-agent: *\nDisallow: /")


def _busy(net: Net, original: str, _: str) -> None:
    assert net.store.queue.claim("victim.example", "another", net.clock(), net.clock() + LEASE)


def _wall(net: Net, original: str, _: str) -> None:
    net.put(ORIGINAL, "<title>Just a moment...</title><p>Checking your browser before accessing.</p>")


@pytest.mark.parametrize("doubt", [_other_story, _gone, _back_to_the_copy, _to_a_third_host, _forbidden, _busy, _wall])
def test_a_copy_whose_original_does_not_say_so_stands_for_itself(net: Net, doubt: object) -> None:
    original = net.put(ORIGINAL, page())
    copy = net.put(COPY, page(head=_claim(original)))
    assert callable(doubt)
    doubt(net, original, copy)
    assert net.find(copy)[0][0] is Outcome.CAPTURED
    found = net.store.articles.find(copy)
    assert found is not None
    assert found.url == copy
    assert _texts(net, copy) == [PARAGRAPHS]
    assert _texts(net, original) == []


def test_the_host_of_an_original_is_left_alone_afterwards(net: Net) -> None:
    original = net.put(ORIGINAL, page())
    net.find(net.put(COPY, page(head=_claim(original))))
    now = net.clock()
    assert net.store.queue.claim("victim.example", "another", now, now + LEASE)
    assert not net.store.queue.claim("victim.example", "a third", now, now + LEASE)
