"""What following says that it found: at once, over the API and at the command line; and what links of a front page say."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from rowback.capture.feed_documents import read
from rowback.demo.newspaper import create_newspaper
from rowback.demo.stories import load_stories

from .websites import Website, website

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .program import Program

HOME = "https://www.example.org/"
NOW = datetime(2031, 5, 6, 7, 8, 9, tzinfo=UTC)
FRONT = (
    "<title>Echo</title><nav><a href='/city'>All the news from our city</a></nav><main>"
    "<article><h2><a href='/city/ferry-shut'>Ferry stays shut until spring</a></h2></article>"
    "<ul><li><a href='/city/school-roof'>New roof for the old harbour school</a></ul>"
    "<a href='/rss'>RSS</a></main>"
    "<footer><a href='/about/we'>Who we are and how we work</a></footer>"
)
BARE = "<title>Echo</title><main><p>We are moving.</p><a href='/rss'>RSS</a></main>"


@pytest.fixture
def outlet() -> Iterator[Website]:
    with website() as made:
        yield made


@pytest.mark.parametrize(
    ("link", "is_taken"),
    [
        ("<h3><a href='/city/ferry-shut'>Ferry stays shut</a></h3>", True),
        ("<a href='/city/ferry-shut'><h3>Ferry stays shut</h3><p>More</p></a>", True),
        ("<li><a href='/city/ferry-shut'>Ferry stays shut until the spring</a>", True),
        ("<h3><a href='/?p=1234'>Ferry stays shut again</a></h3>", True),
        ("<h3><a href='/ferry'>Ferry stays shut until the spring</a></h3>", True),
        ("<li><a href='/city/letters'>Letters to us</a>", False),
        ("<nav><a href='/city/ferry-shut'>Ferry stays shut until the spring</a></nav>", False),
        ("<div class='site-footer'><a href='/we/us'>Who we are and how we work</a></div>", False),
        ("<div role=navigation><a href='/we/us'>Who we are and how we work</a></div>", False),
        ("<h3><a href='/city'>News from town</a></h3>", False),
        ("<h3><a href='/city'>All the news from our town</a></h3><a href='/city/x'>x</a>", False),
        ("<h3><a href='/shop/rope-ladder'>A rope ladder of real hemp</a></h3>", False),
        ("<h3><a href='https://shop.example.org/rope-ladder'>A rope ladder of real hemp</a></h3>", False),
        ("<h3><a href='/authors/ann-lee'>Ann Lee of the harbour desk</a></h3>", False),
        ("<h3><a rel=author href='/ann-lee'>Ann Lee of the harbour desk</a></h3>", False),
        ("<h3><a href='/tag/ferry-news'>All there is on the ferry</a></h3>", False),
        ("<h3><a href='https://other.example/ferry-shut'>Ferry stays shut until spring</a></h3>", False),
        ("<h3><a href='/'>Echo, news of the whole harbour</a></h3>", False),
        ("<h3><a href='mailto:desk@example.org'>Write to us about your news</a></h3>", False),
    ],
)
def test_a_links_text_and_place_tell_an_article_where_its_address_cannot(link: str, *, is_taken: bool) -> None:
    assert len(read(f"<title>Echo</title><main>{link}</main>".encode(), HOME).entries) == is_taken


@pytest.mark.parametrize("link", ["/", "/city", "/city/", "/city/?page=2", "/city/?sort=new"])
def test_the_front_itself_and_the_one_above_are_no_articles(link: str) -> None:
    body = f"<title>City</title><h3><a href='{link}'>All that is new in our city</a></h3>"
    assert read(body.encode(), f"{HOME}city/").entries == ()


def test_the_front_page_of_the_demonstration_names_its_stories() -> None:
    app = create_newspaper(
        "http://127.0.0.1:8485", load_stories(), started_at=NOW, clock=lambda: NOW, on_publish=lambda *_: None
    )
    named = read(app.test_client().get("/").data, "http://127.0.0.1:8485/")
    assert (named.brought.named, named.brought.first[0][:12]) == (14, "Saltpan Quay")


def test_following_prints_what_it_found(rowback: Program, outlet: Website) -> None:
    outlet.put("/", FRONT)
    told = rowback.ok("follow", outlet.url("/", "127.0.0.1"), ROWBACK_FETCH_HOSTS="127.0.0.1").out
    assert (
        "Found: 2 articles named, 2 new; first: Ferry stays shut until spring; left out: 2 not like an article" in told
    )
    assert outlet.paths() == ["/", "/"], "what was read to know what it is is not read once more"


def test_following_a_page_without_articles_names_its_feed(rowback: Program, outlet: Website) -> None:
    outlet.put("/", BARE)
    home = outlet.url("/", "127.0.0.1")
    told = rowback.ok("follow", home, ROWBACK_FETCH_HOSTS="127.0.0.1").out
    assert f"nothing that looks like an article; try its feed: {home}rss" in told


@pytest.mark.parametrize("kind", ["site", "feed", "front"])
def test_following_what_cannot_be_read_says_why(rowback: Program, outlet: Website, kind: str) -> None:
    outlet.put("/rss", "gone away", status=500)
    told = rowback.ok("follow", outlet.url("/rss", "127.0.0.1"), "--as", kind, ROWBACK_FETCH_HOSTS="127.0.0.1").out
    assert "It cannot be read: the server answered 500" in told


def test_a_backend_says_at_once_what_it_found(rowback: Program, outlet: Website) -> None:
    outlet.put("/", FRONT)
    outlet.put("/rss", "<rss><channel><title>Echo</title></channel></rss>")
    outlet.put("/broken", status=404)
    with rowback.serving("--no-poll", ROWBACK_FETCH_HOSTS="127.0.0.1") as serving:

        def follow(path: str) -> dict[str, object]:
            body = {"url": outlet.url(path, "127.0.0.1"), "kind": "feed" if path == "/rss" else "site"}
            answer: dict[str, object] = serving.client.post("/api/v1/feeds", body).json["feed"]
            return answer

        site = follow("/")
        assert (site["kind"], site["outcome"], site["waiting_count"]) == ("front", "read", 2)
        found = site["found"]
        assert isinstance(found, dict)
        assert (found["articles"], found["new"], found["left_out"]["unlike"]) == (2, 2, 2)
        assert found["first"] == ["Ferry stays shut until spring", "New roof for the old harbour school"]
        assert follow("/rss")["last_checked_at"] is None, "its host was asked a moment ago: the poller reads it"


def test_robots_are_asked_before_a_front_page_is_read(rowback: Program, outlet: Website) -> None:
    outlet.put("/robots.txt", "User-agent: *\nDisallow: /city", Content_Type="text/plain")
    outlet.put("/city/", FRONT)
    with rowback.serving("--no-poll", ROWBACK_FETCH_HOSTS="127.0.0.1") as serving:
        told = serving.client.post("/api/v1/feeds", {"url": outlet.url("/city/", "127.0.0.1")}).json["feed"]
    assert (told["outcome"], told["found"], outlet.paths()) == ("refused", None, [])
