"""The pages over a real server: what each says, where it leads, and what it says when it cannot."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import lxml.html
import pytest

from rowback.diff.labels.rules import LABELS
from rowback.diff.telling.returns import FLAPPING, RESTORED
from rowback.web.pages import glossary

from .messages import english, message_name
from .samples import PARAGRAPHS, START, TITLE, URL, capture, changed, page

if TYPE_CHECKING:
    from rowback.store import Store

    from .backend import Answer, Backend, Client

BROWSER = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}
NEW_TITLE = "Ferry timetable changes from Tuesday"
HOSTILE = "<script>alert(1)</script> \u202ereversed & <b>bold</b>"


@pytest.fixture
def told(client: Client) -> Client:
    """An article with three versions, an hour apart: a figure changes, then the headline; a paragraph moves last."""
    texts = (
        (PARAGRAPHS, TITLE),
        (changed("400", "900"), TITLE),
        (changed("400", "900"), NEW_TITLE),
    )
    for n, (paragraphs, title) in enumerate(texts):
        client.capture(paragraphs, title=title, seen_at=(START + timedelta(hours=n)).isoformat())
    return client


def _open(client: Client, path: str, status: int = 200) -> Any:
    answer = client.get(path, **BROWSER)
    assert answer.status == status, answer.body
    assert answer.headers["content-type"].startswith("text/html")
    return _parsed(answer)


def _parsed(answer: Answer) -> Any:
    return lxml.html.document_fromstring(answer.body.decode())


def _text(page: Any, xpath: str = "//main") -> str:
    return " ".join(" ".join(found.text_content() for found in page.xpath(xpath)).split())


def test_the_front_page_lists_the_latest_edits_by_article(told: Client) -> None:
    page = _open(told, "/")
    assert [heading.text_content() for heading in page.xpath("//main//h2")] == [NEW_TITLE]
    steps = page.xpath("//li[@class='step']")
    assert len(steps) == 2
    assert [found.text for found in steps[1].xpath(".//del | .//ins")] == ["400", "900"]
    assert "figure" in _text(steps[1], ".")
    assert "+1" in _text(steps[1], ".")
    assert page.xpath("//svg/@aria-label") == ["2 edits on 10 January 2026, by hour (UTC): 09:00: 1, 10:00: 1"]


@pytest.mark.parametrize(
    ("query", "steps"),
    [
        ("label=figure", 1),
        ("headline=1", 1),
        ("source=harbour-echo.example", 2),
        ("source=elsewhere.example", 0),
        ("substance=1&unannounced=1", 2),
        ("from=2026-01-10&to=2026-01-10", 2),
        ("from=2026-01-11", 0),
        ("older=2026-01-10T09:30:00Z,99", 1),
        ("newer=2026-01-10T09:30:00Z,99", 1),
    ],
)
def test_the_front_page_is_filtered_and_paged(told: Client, query: str, steps: int) -> None:
    page = _open(told, f"/?{query}")
    assert len(page.xpath("//li[@class='step']")) == steps
    assert page.xpath("//meta[@name='robots']/@content") == ["noindex"]


def test_an_empty_front_page_says_how_to_begin(client: Client) -> None:
    assert "rowback follow URL" in _text(_open(client, "/"))
    client.capture(seen_at=START.isoformat())
    assert "Nothing was edited yet" in _text(_open(client, "/"))


def test_an_article_counts_versions_and_edits_apart(told: Client) -> None:
    page = _open(told, "/articles/1")
    text = _text(page)
    assert "3 versions, 2 edits in 2 steps" in text
    assert "Followed; " in text
    assert page.xpath("//table//th[@scope='row']/a/text()") == ["0", "1", "2"]
    assert text.count("about 1 hour later") == 2
    assert page.xpath("//a[@rel='noreferrer external']/@href") == [URL]
    assert page.xpath("//link[@type='application/atom+xml']/@href") == ["/articles/1/feed.atom"]
    assert len(page.xpath("//svg[@class='line']/a")) == 3
    assert "2 never changed; 1 reworded, 0 added later, 0 gone" in text
    in_words = [_text(each, ".") for each in page.xpath("//details[@class='told']//li")]
    assert "“About 400 commuters" not in " ".join(in_words), "a paragraph goes by its newest words"
    assert in_words[1].startswith("“About 900 commuters cross the bay every day, and many of…”: ")
    assert in_words[1].endswith(": version 0; in other words versions 1 to 2")
    assert in_words[2].endswith(": versions 0 to 2")
    edits = page.xpath("//section[@aria-labelledby='edits']//div[@class='edit']")
    assert [edit.get("id")[0] for edit in edits] == ["e", "e"]


@pytest.mark.parametrize(
    ("hours", "says"),
    [(2, "the next check is in about 2 hours"), (-1, "due now")],
)
def test_an_article_says_what_becomes_of_its_checks(told: Client, backend: Backend, hours: int, says: str) -> None:
    backend.store.set_followed(1, backend.clock() + timedelta(hours=hours))
    assert says in _text(_open(told, "/articles/1"))


def test_what_came_back_is_told_on_every_page(client: Client) -> None:
    old, new = PARAGRAPHS, changed("400", "900")
    for n, texts in enumerate((old, new, old, new)):
        client.capture(texts, seen_at=(START + timedelta(hours=n)).isoformat())
    restored, again = "It reads as version 0 did", "The same change was made before"
    for path in ("/articles/1/diff/1/2", "/articles/1/versions/2"):
        assert restored in _text(_open(client, path))
        assert again not in _text(_open(client, path))
    for path in ("/articles/1", "/articles/1/diff/2/3", "/articles/1/versions/3"):
        assert again in _text(_open(client, path))
    assert restored not in _text(_open(client, "/articles/1/versions/0"))


def test_an_edit_without_a_note_is_told_as_unannounced(told: Client) -> None:
    assert "no note of a correction or update" in _text(_open(told, "/articles/1"))
    for path in ("/", "/articles/1", "/search?q=label%3Afigure"):
        assert _open(told, path).xpath("//main//a[@href='/?unannounced=1']/text()")
    assert "no new note in the article says so" in _text(_open(told, "/articles/1/diff/0/1"))
    assert "changed then, unannounced." in _text(_open(told, "/articles/1/versions/0"))
    assert "What changed to this version is unannounced" in _text(_open(told, "/articles/1/versions/1"))


def test_a_list_of_the_unannounced_does_not_say_so_of_each(told: Client) -> None:
    steps = _open(told, "/?unannounced=1").xpath("//li[@class='step']")
    assert steps
    assert all("unannounced" not in step.text_content() for step in steps)


def test_filters_are_told_and_left_out_one_by_one(told: Client) -> None:
    page = _open(told, "/?label=figure&headline=1&substance=0")
    assert [_text(each, ".") for each in page.xpath("//p[@class='chosen']/a")] == ["label figure ×", "headlines only ×"]
    assert page.xpath("//p[@class='chosen']/a/@href") == ["/?headline=1", "/?label=figure"]
    assert "No edit fits all of these filters" in _text(page)
    (title,) = page.xpath("//title/text()")
    assert title == "Latest edits: label figure, headlines only · Rowback"


def test_every_label_is_explained() -> None:
    assert set(glossary.MEANINGS) == set(LABELS)


def test_pages_use_the_words_of_the_extension() -> None:
    """One word each: a reader goes from the card to these pages and back."""
    messages = english()
    shown = {name: glossary.word(name) for name in (*LABELS, RESTORED, FLAPPING)}
    assert {name: messages[message_name("label", name)] for name in shown} == shown


def test_an_article_tells_what_made_no_version(client: Client, backend: Backend) -> None:
    texts = {name: page(changed("400", name)) for name in ("500", "600")}
    for n in range(8):
        seen_at = (START + timedelta(hours=n)).isoformat()
        client.post("/api/v1/captures", {"url": URL, "html": texts["56"[n % 2] + "00"], "seen_at": seen_at})
    broken = "<html><title>404 Not Found</title><body><h1>404</h1><p>Not found</p></body></html>"
    client.post("/api/v1/captures", {"url": URL, "html": broken})
    text = _text(_open(client, "/articles/1"))
    assert "The site alternates between two texts, so this counts as no edit." in text
    (failed,) = backend.store.failures.newest(1)
    assert f"Not believed: {failed.detail}" in text


def test_other_addresses_of_an_article_are_named(client: Client) -> None:
    other = "https://www.harbour-echo.example/news/ferry-from-monday"
    client.capture(url=other, canonical_url=URL, seen_at=START.isoformat())
    assert "harbour-echo.example/news/ferry-from-monday" in _text(_open(client, "/articles/1"))


def test_about_says_what_the_words_mean(client: Client) -> None:
    assert "unannounced" in _text(_open(client, "/about"))


def test_the_form_leads_to_the_two_versions_chosen(told: Client) -> None:
    assert told.get("/articles/1/compare?from=2&to=0").headers["location"] == "/articles/1/diff/2/0"
    assert told.get("/articles/1?from=0&to=1").headers["location"] == "/articles/1/diff/0/1"
    assert told.get("/articles/1/compare?from=2&to=x").status == 400
    assert told.get("/articles/1/compare?from=2&to=3").status == 404


def test_two_versions_stand_side_by_side(told: Client) -> None:
    page = _open(told, "/articles/1/diff/0/2")
    rows = page.xpath("//div[contains(@class, 'row') and starts-with(@id, 'p')]")
    assert [row.get("id") for row in rows] == ["p0", "p1", "p2", "p3"]
    changed_row = rows[2]
    assert changed_row.xpath(".//div[contains(@class, 'old')]//del/text()") == ["400"]
    assert changed_row.xpath(".//div[contains(@class, 'new')]//ins/text()") == ["900"]
    assert "(about 2 hours later)" in _text(page, "//div[@class='head']")
    assert rows[0].xpath(".//div[contains(@class, 'old')]//del/text()") == ["Monday"]


def test_versions_can_be_exchanged_and_compared_in_one_text(told: Client) -> None:
    page = _open(told, "/articles/1/diff/1/0?view=inline")
    assert page.xpath("//div[@id='p2']//del/text()") == ["900"]
    assert page.xpath("//div[@id='p2']//ins/text()") == ["400"]
    assert page.xpath("//div[contains(@class, 'old')]//del") == []
    assert "(about 1 hour earlier)" in _text(page, "//div[@class='head']")
    assert "read the same" in _text(_open(told, "/articles/1/diff/1/1"))


def test_the_pager_leads_through_all_steps(told: Client) -> None:
    page = _open(told, "/articles/1/diff/0/1")
    pager = page.xpath("//nav[@aria-label='Steps']")[0]
    assert pager.xpath(".//ol//a/@href") == ["/articles/1/diff/0/1", "/articles/1/diff/1/2"]
    assert pager.xpath(".//a[@aria-current]/text()") == ["1"]
    assert pager.xpath("./a/@href") == ["/articles/1/diff/1/2", "/articles/1"]
    assert pager.xpath("./a/@accesskey") == ["n"]
    assert page.xpath("//nav[@aria-label='Steps, below the text']//@accesskey") == [], "a key leads to one place"


def test_long_unchanged_runs_fold_and_moves_name_each_other(client: Client) -> None:
    texts = [f"Paragraph number {n} tells of the harbour, the ferry and the weather that day." for n in range(90)]
    client.capture(texts, seen_at=START.isoformat())
    client.capture([*texts[1:80], texts[0], *texts[80:]], seen_at=(START + timedelta(hours=1)).isoformat())
    page = _open(client, "/articles/1/diff/0/1")
    folded = page.xpath("//details[@class='unchanged']")
    assert [_text(each, "./summary") for each in folded] == ["77 unchanged paragraphs", "9 unchanged paragraphs"]
    assert [each.get("open") for each in folded] == [None, None]
    links = page.xpath("//div[contains(@class, 'move')]//div[contains(@class, 'cell')]//p[@class='mark']/a/@href")
    assert links == ["#p81", "#p1"]


def test_a_version_shows_what_changed_next_and_how_to_cite_it(told: Client) -> None:
    page = _open(told, "/articles/1/versions/0")
    assert page.xpath("//article//span[@class='next']/text()") == ["400"]
    assert page.xpath("//meta[@name='robots']/@content") == ["noindex"]
    (permanent,) = [found for found in page.xpath("//section[@class='cite']//a/@href") if "/memento/" in found]
    cited = _open(told, f"/{permanent.split('/', 3)[3]}")
    assert cited.xpath("//article//span[@class='next']/text()") == ["400"]
    assert _open(told, "/articles/1/versions/2").xpath("//article//span[@class='next']") == []


def test_a_version_is_there_as_data(told: Client) -> None:
    version = told.get("/articles/1/versions/1.json").json["version"]
    assert [block["text"] for block in version["blocks"]] == list(changed("400", "900"))
    text = told.get("/articles/1/versions/1.txt")
    assert text.headers["content-type"].startswith("text/plain")
    assert text.body.decode().startswith(f"{TITLE}\n\n{URL}\nVersion 1")


@pytest.mark.parametrize(
    "typed",
    [
        URL,
        f"{URL}?utm_source=mail&fbclid=x#top",
        URL.replace("https://www.", "http://m."),
        URL.removeprefix("https://"),
        URL.removeprefix("https:"),
        URL.removeprefix("https://www."),
        f"<{URL}>",
    ],
)
def test_an_article_is_found_by_any_of_its_addresses(told: Client, typed: str) -> None:
    assert told.get(f"/find?url={quote(typed, safe='')}").headers["location"] == "/articles/1"
    if typed[0] not in "</":
        assert "/find?url=" in told.get(f"/search?q={quote(typed, safe='')}").headers["location"]


def test_an_unknown_address_is_offered_to_be_followed(told: Client, backend: Backend) -> None:
    page = _open(told, "/find?url=https%3A%2F%2Fother.example%2Fstory%3Futm_source%3Dx", 404)
    assert page.xpath("//input[@name='url']/@value") == ["https://other.example/story"]
    assert "Store what it says now" in _text(page)
    refused = told.send("POST", "/find", b"url=https%3A%2F%2Fother.example%2F", **FORM)
    assert refused.code == "refused", "a form without the session's token is not ours"


FORM = {"Content_Type": "application/x-www-form-urlencoded"}


def test_search_tells_what_left_and_came_back(client: Client) -> None:
    for n, old in enumerate(("400", "900", "400", "400 daily", "500")):
        client.capture(
            [text.replace("400", old) for text in PARAGRAPHS], seen_at=(START + timedelta(hours=n)).isoformat()
        )
    page = _text(_open(client, "/search?q=%22About+400+commuters%22"))
    assert "stood in version 0 and version 2" in page
    assert "no longer there" in page
    (found,) = client.get("/api/v1/search?q=%22About+400+commuters%22").json["results"]
    assert found["spans"] == [{"first_version": n, "last_version": n} for n in (0, 2)]
    assert "stood in versions 0 to 4" in _text(_open(client, "/search?q=crossing"))


def test_search_tells_what_stood_when(told: Client) -> None:
    page = _open(told, "/search?q=400+commuters")
    assert "stood in version 0" in _text(page)
    assert "no longer there" in _text(page)
    assert page.xpath("//mark/text()") == ["400", "commuters"]
    assert page.xpath("//link[@type='application/rss+xml']/@href") == [
        "/feed.rss",
        "/search/feed.rss?q=400%20commuters",
    ]
    assert _open(told, "/search?q=removed%3A400").xpath("//li[@class='step']//del/text()") == ["400"]
    for n in range(25):
        told.capture([f"The ferry of {n} o'clock."], url=f"{URL}-{n}", seen_at=START.isoformat())
    first = _open(told, "/search?q=ferry")
    (older,) = first.xpath("//a[@class='next-page']/@href")
    assert len(_open(told, older).xpath("//li[@class='group']")) > 3
    assert "Nothing found" in _text(_open(told, "/search?q=zyxomma"))


@pytest.mark.parametrize(
    ("path", "status", "says"),
    [
        ("/articles/99", 404, "Find the article by its address"),
        ("/articles/1/versions/9", 404, "the article with all its versions"),
        ("/articles/1/diff/0/9", 404, "versions 0 to 2"),
        ("/nowhere", 404, "latest edits"),
        ("/?from=yesterday", 400, "Write it as 2026-01-31"),
        ("/?from=2026-02-01&to=2026-01-01", 400, "exchange its two days"),
        ("/?older=x", 400, "first page"),
        ("/find?url=", 400, "Paste the address"),
        ("/find?url=ftp%3A%2F%2Fx.example", 400, "Only http"),
        ("/find?url=javascript%3Aalert(1)", 400, "Only http"),
        ("/find?url=mailto%3Aa%40b.example", 400, "Only http"),
        ("/search?q=label%3Acolour", 400, "The labels are"),
        ("/search/feed.atom?q=label%3Acolour", 400, "The labels are"),
        ("/articles/1/at/yesterday", 400, "no instant"),
        ("/search?q=colour%3Ared", 400, "The fields are"),
        ("/search?q=ferry&older=x", 400, "first page"),
        ("/articles/99999999999999999999", 404, "latest edits"),
    ],
)
def test_an_error_page_says_what_to_do(told: Client, path: str, status: int, says: str) -> None:
    assert says in _text(_open(told, path, status))


def test_programs_get_problem_documents_and_readers_pages(told: Client) -> None:
    assert told.get("/articles/99").code == "unknown-article"
    assert told.get("/api/v1/articles/99", **BROWSER).code == "unknown-article"


@pytest.mark.parametrize(
    "path",
    [
        "",
        "/diff/0/1?view=inline",
        "/versions/0.txt",
        "/feed.atom?older=2026-01-20T00:00:00Z,9",
        "/timemap",
        "/timegate",
    ],
)
def test_the_pages_of_a_merged_article_lead_to_those_of_the_kept_one(told: Client, backend: Backend, path: str) -> None:
    told.capture([*PARAGRAPHS, "And a bell."], url=f"{URL}-copy", seen_at=START.isoformat())
    backend.store.merge(1, 2)
    answer = told.get(f"/articles/2{path}")
    assert (answer.status, answer.headers["location"]) == (301, f"/articles/1{path}")
    assert told.get(answer.headers["location"]).status in (200, 302)
    assert told.get("/api/v1/articles/2").json["article"]["id"] == 1
    stranger = backend.anyone.get(f"/articles/2{path}", **BROWSER)
    assert "/login" in stranger.headers["location"], "nobody learns of it before signing in"


def test_a_hidden_article_is_gone_with_a_reason(told: Client, backend: Backend) -> None:
    backend.store.owner.hide(1, "A court forbids it.")
    for path in ("/articles/1/diff/0/1", "/articles/1/versions/0", "/articles/1/timemap", "/articles/1/feed.atom"):
        answer = told.get(path, **BROWSER)
        assert answer.status == 410
        assert b"A court forbids it." in answer.body
    assert NEW_TITLE not in _text(_open(told, "/"))


def test_hostile_texts_stay_texts(client: Client) -> None:
    client.capture([HOSTILE, PARAGRAPHS[0]], title=HOSTILE, seen_at=START.isoformat())
    client.capture([HOSTILE + " more", PARAGRAPHS[0]], title=HOSTILE, seen_at=(START + timedelta(hours=1)).isoformat())
    for path in (
        "/",
        "/articles",
        "/articles/1",
        "/articles/1/diff/0/1",
        "/articles/1/diff/0/1?view=inline",
        "/articles/1/versions/0",
        "/search?q=reversed",
        f"/search?q={quote(HOSTILE)}",
        f"/?source={quote(HOSTILE)}",
    ):
        answer = client.get(path, **BROWSER)
        assert answer.status in (200, 400)
        page = _parsed(answer)
        assert page.xpath("//b | //*[@onclick] | //*[@style]") == []
        assert [each.get("src") for each in page.xpath("//script")] == ["/static/page-times.js"]
        assert "".join(page.xpath("//script/text()")) == ""
        assert "alert(1)" in page.text_content() or path == "/articles/1/diff/0/1"


def test_pages_keep_their_policy_and_say_nothing_to_robots_that_is_not_theirs(told: Client) -> None:
    page = told.get("/", **BROWSER)
    assert "script-src 'self';" in page.headers["content-security-policy"]
    assert "default-src 'none'" in page.headers["content-security-policy"]
    assert "Disallow: /articles/*/versions/" in told.get("/robots.txt").body.decode()


def test_every_link_of_every_page_leads_somewhere(told: Client) -> None:
    seen: set[str] = set()
    waiting = ["/"]
    while waiting:
        path = waiting.pop()
        if path in seen:
            continue
        seen.add(path)
        answer = _follow(told, path)
        assert answer.status == 200, path
        if answer.headers["content-type"].startswith("text/html"):
            page = _parsed(answer)
            ids = set(page.xpath("//@id"))
            for link in page.xpath("//a/@href | //link/@href"):
                if link.startswith("#"):
                    assert link[1:] in ids, f"{path}: {link}"
                elif re.match(r"https?://127\.0\.0\.1", link):
                    waiting.append("/" + link.split("/", 3)[3])
                elif link.startswith("/"):
                    waiting.append(link.partition("#")[0])
    assert len(seen) > 30


def _follow(client: Client, path: str) -> Answer:
    answer = client.get(path, **BROWSER)
    while answer.status in (301, 302, 303):
        answer = client.get(answer.headers["location"], **BROWSER)
    return answer


def test_an_edit_on_the_last_day_that_there_is_has_a_chart(store: Store, client: Client) -> None:
    far = datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC)  # as an import of earlier releases took in
    for n, paragraphs in enumerate((PARAGRAPHS, changed("400", "900"))):
        store.record(replace(capture(paragraphs), seen_at=far - timedelta(hours=1 - n)), START)
    _open(client, "/")
