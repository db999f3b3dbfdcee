"""The newspaper's pages and the editor's desk, asked over WSGI."""

from __future__ import annotations

import json
from collections import Counter
from datetime import UTC, datetime
from html.parser import HTMLParser
from typing import TYPE_CHECKING

import pytest
from lxml import html

from rowback.demo.newspaper import create_newspaper
from rowback.demo.stock import stock
from rowback.demo.stories import SECTIONS, load_stories
from rowback.errors import StoreError
from rowback.text.extract import extract

if TYPE_CHECKING:
    from flask.testing import FlaskClient
    from lxml.html import HtmlElement
    from werkzeug.test import TestResponse

    from rowback.demo.stories import Story

BASE = "http://127.0.0.1:8485"
NOW = datetime(2031, 5, 6, 7, 8, 9, tzinfo=UTC)
STORIES = load_stories()
BY_SLUG = {story.slug: story for story in STORIES}
WALL = BY_SLUG["fishmarket-sea-wall"]
VOID = {"meta", "link", "input", "br", "img"}
SHAPES = {"rect", "path", "circle"}


class Published:
    """What the newspaper told of its publications."""

    def __init__(self) -> None:
        self.seen: list[tuple[str, str, datetime]] = []
        self.fails = False

    def __call__(self, url: str, page: str, at: datetime) -> None:
        if self.fails:
            raise StoreError("The disk is full.")
        self.seen.append((url, page, at))


@pytest.fixture
def published() -> Published:
    return Published()


@pytest.fixture
def client(published: Published) -> FlaskClient:
    app = create_newspaper(BASE, STORIES, started_at=NOW, clock=lambda: NOW, on_publish=published)
    return app.test_client()


class Wellformed(HTMLParser):
    """Notes every element that is not closed where it should be, and every id and attribute given twice."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.faults: list[str] = []
        self._open: list[str] = []
        self._ids: Counter[str] = Counter()
        self.feed(page)
        self.close()
        self.faults += [f"<{tag}> is never closed" for tag in self._open]
        self.faults += [f"id {one} is given {count} times" for one, count in self._ids.items() if count > 1]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        self.faults += [f"<{tag}> has {name} twice" for name in names if names.count(name) > 1]
        self._ids.update(value for name, value in attrs if name == "id" and value)
        if tag not in VOID:
            self._open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in SHAPES or not attrs:
            self.faults.append(f"<{tag}/> closes itself")

    def handle_endtag(self, tag: str) -> None:
        if not self._open or self._open.pop() != tag:
            self.faults.append(f"</{tag}> closes another")


def read(page: str) -> HtmlElement:
    return html.document_fromstring(page)


def values(page: HtmlElement, path: str) -> list[str]:
    """The attributes or texts at an XPath."""
    found = page.xpath(path)
    assert isinstance(found, list)
    return [str(one) for one in found]


def press(client: FlaskClient, action: str, story: Story | None = None) -> TestResponse:
    form = {"do": action} | ({"story": story.slug} if story else {})
    return client.post("/desk", data=form, follow_redirects=True, headers={"Origin": "http://localhost"})


ADDRESSES = ["/", "/desk", *(f"/{section.slug}" for section in SECTIONS), *(story.path for story in STORIES)]


@pytest.mark.parametrize("address", [*ADDRESSES, "/no/such-story"])
def test_every_page_is_well_formed_and_has_one_first_heading(client: FlaskClient, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code == (404 if "such" in address else 200)
    assert Wellformed(answer.text).faults == []
    assert len(read(answer.text).findall(".//h1")) == 1


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.slug)
def test_a_story_says_its_text_exactly(client: FlaskClient, story: Story) -> None:
    page = read(client.get(story.path).text)
    content = story.revisions[story.opening].content
    assert values(page, "//article//h1/text()") == [content.title]
    (body,) = page.find_class("body")
    said = [(node.tag, "".join(node.itertext())) for node in body.iter() if node.tag not in {"div", "ul"}]
    assert said == [(block.kind, block.text) for block in content.blocks]
    assert (page.get("lang"), page.get("dir")) == (story.lang, story.dir)


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.slug)
def test_a_story_describes_itself_to_machines(client: FlaskClient, story: Story) -> None:
    page = read(client.get(story.path).text)
    (canonical,) = values(page, "//link[@rel='canonical']/@href")
    (kind,) = values(page, "//meta[@property='og:type']/@content")
    (data,) = values(page, "//script[@type='application/ld+json']/text()")
    described = json.loads(data)
    assert canonical == BASE + story.path == described["mainEntityOfPage"]
    assert kind == "article"
    assert described["@type"] == "NewsArticle"
    assert described["headline"] == story.revisions[story.opening].content.title


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.slug)
def test_the_backend_reads_what_the_newspaper_prints(client: FlaskClient, story: Story) -> None:
    revision = story.revisions[story.opening]
    content = extract(client.get(story.path).text, BASE + story.path).content
    assert content.title == revision.content.title
    assert [block.text for block in content.blocks if block.kind != "figcaption"] == [
        revision.standfirst,
        *(block.text for block in revision.content.blocks),
    ]
    captions = [block.text for block in content.blocks if block.kind == "figcaption"]
    assert captions == values(read(client.get(story.path).text), "//figcaption//text()")


def test_what_looks_like_markup_stays_text(client: FlaskClient) -> None:
    page = read(client.get(BY_SLUG["bold-departures"].path).text)
    scripts = [node.get("type") for node in page.iter("script")]
    assert scripts == ["application/ld+json"]
    assert list(page.iter("b")) == []
    assert "<script>alert('platform 4')</script>" in "".join(page.itertext())


def test_the_front_page_leads_to_every_story_and_the_desk(client: FlaskClient) -> None:
    links = set(values(read(client.get("/").text), "//main//a/@href"))
    assert {story.path for story in STORIES} | {"/desk"} <= links


def test_a_section_shows_its_own_stories(client: FlaskClient) -> None:
    links = values(read(client.get("/politics").text), "//main//h2/a/@href")
    assert links == [story.path for story in STORIES if story.section.slug == "politics"]


@pytest.mark.parametrize("address", ["/weather", "/city/fishmarket-sea-wall", "/politics/nothing", "/static/nothing"])
def test_there_are_no_other_pages(client: FlaskClient, address: str) -> None:
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("address", ["/", WALL.path, "/desk", "/static/packet.css", "/weather"])
def test_everything_is_served_under_a_strict_policy(client: FlaskClient, address: str) -> None:
    policy = client.get(address).headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "require-trusted-types-for 'script'" in policy
    assert "unsafe" not in policy


def test_no_page_needs_what_the_policy_forbids(client: FlaskClient) -> None:
    for address in ADDRESSES:
        page = read(client.get(address).text)
        assert values(page, "//@style | //style | //@*[starts-with(name(), 'on')] | //script[not(@type)]") == []


def test_other_host_names_are_refused(client: FlaskClient) -> None:
    assert client.get("/", headers={"Host": "127.0.0.1:8485"}).status_code == 200
    assert client.get("/", headers={"Host": "rebound.test:8485"}).status_code == 400


def test_publishing_puts_the_next_revision_on_the_page(client: FlaskClient, published: Published) -> None:
    assert "over four years" in client.get(WALL.path).text
    desk = press(client, "publish", WALL)
    assert (desk.status_code, desk.request.path) == (200, "/desk")
    assert "Published:" in desk.text
    after = client.get(WALL.path).text
    assert "over six years" in after
    assert published.seen == [(BASE + WALL.path, after, NOW)]


def test_undo_puts_the_revision_before_it_back(client: FlaskClient, published: Published) -> None:
    before = client.get(WALL.path).text
    press(client, "publish", WALL)
    assert "Taken back:" in press(client, "undo", WALL).text
    assert client.get(WALL.path).text == before
    assert [page == before for _, page, _ in published.seen] == [False, True]


def test_there_is_an_end_in_both_directions(client: FlaskClient, published: Published) -> None:
    assert "There was nothing to do." in press(client, "undo", WALL).text
    for _ in WALL.revisions[WALL.opening + 1 :]:
        press(client, "publish", WALL)
    assert "There was nothing to do." in press(client, "publish", WALL).text
    assert len(published.seen) == len(WALL.revisions) - WALL.opening - 1


def test_the_desk_offers_only_what_can_be_done(client: FlaskClient) -> None:
    def disabled(story: Story) -> dict[str, bool]:
        page = read(client.get("/desk").text)
        buttons = page.get_element_by_id(story.slug).iter("button")
        return {button.get("value"): button.get("disabled") is not None for button in buttons}

    assert disabled(WALL) == {"publish": False, "undo": True}
    press(client, "publish", WALL)
    assert disabled(WALL) == {"publish": False, "undo": False}
    press(client, "publish", WALL)
    assert disabled(WALL) == {"publish": True, "undo": False}


def test_starting_over_puts_every_story_back(client: FlaskClient, published: Published) -> None:
    first = {story.path: client.get(story.path).text for story in STORIES}
    press(client, "publish", WALL)
    press(client, "publish", WALL)
    press(client, "publish", BY_SLUG["saltpan-quay-fire"])
    assert "as it did when the demo started" in press(client, "start-over").text
    assert {story.path: client.get(story.path).text for story in STORIES} == first
    assert len(published.seen) == 5
    assert "There was nothing to do." in press(client, "start-over").text


def test_the_desk_says_when_the_backend_took_nothing(client: FlaskClient, published: Published) -> None:
    published.fails = True
    said = press(client, "publish", WALL).text
    assert "did not take it: The disk is full." in said
    assert "over six years" in client.get(WALL.path).text
    assert "did not take it" in press(client, "start-over").text


def test_the_result_is_told_once(client: FlaskClient) -> None:
    press(client, "publish", WALL)
    assert "Published:" not in client.get("/desk").text


@pytest.mark.parametrize("origin", ["http://evil.test", "null", "http://127.0.0.1:1"])
def test_other_sites_cannot_publish(client: FlaskClient, published: Published, origin: str) -> None:
    form = {"do": "publish", "story": WALL.slug}
    assert client.post("/desk", data=form, headers={"Origin": origin}).status_code == 403
    assert published.seen == []


@pytest.mark.parametrize(
    "form",
    [{}, {"do": "publish"}, {"do": "publish", "story": "<b>"}, {"do": "burn", "story": WALL.slug}],
)
def test_the_desk_refuses_what_it_does_not_know(client: FlaskClient, form: dict[str, str]) -> None:
    assert client.post("/desk", data=form).status_code == 400


def test_long_forms_are_refused(client: FlaskClient) -> None:
    assert client.post("/desk", data={"do": "x" * 10_000}).status_code == 413


def test_the_past_is_told_in_order_of_time() -> None:
    told: list[tuple[str, str, datetime]] = []
    count = stock(lambda url, page, at: told.append((url, page, at)), BASE, STORIES, NOW)
    followed = [story for story in STORIES if story.followed]
    assert count == len(told) == sum(story.opening + 1 for story in followed)
    times = [at for _, _, at in told]
    assert times == sorted(times)
    assert times[-1] < NOW
    assert Counter(url for url, _, _ in told) == {BASE + story.path: story.opening + 1 for story in followed}


def test_the_last_of_the_past_is_the_page_as_it_is_served(client: FlaskClient) -> None:
    told: dict[str, str] = {}
    stock(lambda url, page, _at: told.update({url: page}), BASE, STORIES, NOW)
    assert told[BASE + WALL.path] == client.get(WALL.path).text
