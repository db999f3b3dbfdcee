"""Pages, answers and the command about sources: each number leads to as much as it says, in any period."""

from __future__ import annotations

import json
import re
from html import unescape
from typing import TYPE_CHECKING

import pytest

from rowback.model import Capture, Origin
from rowback.web.app import create_app

from .samples import PARAGRAPHS, at, changed, content

if TYPE_CHECKING:
    from collections.abc import Iterable

    from flask.testing import FlaskClient

    from rowback.store import Store

    from .program import Program

SITE = "harbour-echo.example"
PAGE = f"/sources/{SITE}"
A_LINK = re.compile(r'<a href="([^"]+)">([0-9]+)</a>')
A_DAY = 24 * 60


@pytest.fixture
def filled(store: Store) -> Store:
    """A site with an article whose headline came back, one that was checked alone, one seen once; and a night's reading."""
    told: dict[str, list[tuple[float, str, Iterable[str]]]] = {
        "turns": [(0, "A", PARAGRAPHS), (60, "B", changed("400", "900")), (A_DAY, "A", changed("400", "900"))],
        "checked": [(0, "C", PARAGRAPHS), (2 * A_DAY, "C", PARAGRAPHS)],
        "once": [(30, "D", PARAGRAPHS)],
    }
    for name, looks in told.items():
        for n, (minutes, title, text) in enumerate(looks):
            origin = Origin.POLL if n else Origin.FEED
            store.record(Capture(f"https://{SITE}/{name}", content(title, text), at(minutes), origin), at(minutes))
    night = Capture("https://night.example/x", content("Night", PARAGRAPHS), at(0), Origin.BROWSER)
    store.record(night, at(0))
    store.steps.catch_up()
    return store


@pytest.fixture
def stranger(filled: Store) -> FlaskClient:
    """Whoever reads a public backend, a week later."""
    return create_app(filled, is_public=True, now=lambda: at(7 * A_DAY)).test_client()


def _rows(page: str) -> int:
    return page.count('<li class="step">') + page.count('<th scope="row"><a href="/articles/')


@pytest.mark.parametrize("period", ["", "?from=2026-01-10&to=2026-01-10", "?from=2026-01-11", "?to=2026-01-10"])
def test_every_number_leads_to_as_many(stranger: FlaskClient, period: str) -> None:
    page = stranger.get(f"{PAGE}{period}").text
    links = [(unescape(address), int(number)) for address, number in A_LINK.findall(page) if address[0] == "/"]
    assert len(links) > 10
    assert {address: _rows(stranger.get(address).text) for address, _ in links} == dict(links)


def test_numbers_of_the_list_are_those_of_the_source(stranger: FlaskClient) -> None:
    found = set(A_LINK.findall(stranger.get("/sources").text))
    assert found
    assert found <= set(A_LINK.findall(stranger.get(PAGE).text))


def test_how_closely_it_was_watched_stands_beside(stranger: FlaskClient) -> None:
    text = re.sub(r"<[^>]+>|\s+", " ", stranger.get(PAGE).text)
    assert "6 checks by this backend in 8 days" in " ".join(text.split())
    assert "The longest gap: 5 days" in " ".join(text.split())


@pytest.mark.parametrize(
    ("looks", "told"),
    [
        ((0,), ("0 were seen more than once", "The median of 0 articles, from")),
        ((0, 60), ("1 was seen more than once", "1 edit in 1 step, over 1 article seen", "Of 1 article, from")),
        ((0, 60, 120), ("1 was seen more than once", "2 edits in 2 steps, over 1 article", "Of 2 steps, those")),
    ],
)
def test_one_is_told_otherwise_than_many(store: Store, looks: tuple[int, ...], told: tuple[str, ...]) -> None:
    for n, minutes in enumerate(looks):
        text = changed("400", f"{500 + n}")
        store.record(Capture(f"https://{SITE}/one", content("A", text), at(minutes), Origin.FEED), at(minutes))
    page = create_app(store, is_public=True, now=lambda: at(A_DAY)).test_client().get(PAGE).text
    words = " ".join(re.sub(r"<[^>]+>", "", page).split())
    assert [each for each in told if each not in words] == []


@pytest.mark.parametrize("path", ["/sources/night.example", "/sources/night.example/articles"])
@pytest.mark.parametrize("api", ["", "/api/v1"])
def test_a_source_that_was_only_read_is_as_one_that_nobody_knows(stranger: FlaskClient, path: str, api: str) -> None:
    if api and path.endswith("articles"):
        return
    answer, other = stranger.get(api + path), stranger.get((api + path).replace("night", "nowhere"))
    assert answer.status_code == other.status_code == 404
    assert answer.get_json()["code"] == "unknown-source"
    assert answer.data == other.data


@pytest.mark.parametrize(
    ("address", "words"),
    [
        (f"{PAGE}?from=lately", "is no day"),
        (f"{PAGE}?from=2026-02-01&to=2026-01-01", "exchange its two days"),
        (f"{PAGE}/articles?which=best", "one of these"),
        (f"{PAGE}/articles?older=x", "Go back to the first page"),
        ("/?weekday=8", "a number from 1 to 7"),
        ("/?hour=24", "a number from 0 to 23"),
        ("/api/v1/sources?since=lately", "is a day"),
        ("/api/v1/sources?since=2026-02-01&until=2026-01-01", "exchange"),
    ],
)
def test_what_cannot_be_read_says_what_to_write(stranger: FlaskClient, address: str, words: str) -> None:
    answer = stranger.get(address)
    assert answer.status_code == 400
    assert words in answer.get_json()["detail"]


def test_a_day_of_the_api_is_whole(stranger: FlaskClient) -> None:
    def steps(query: str) -> int:
        found: int = stranger.get(f"/api/v1{PAGE}?{query}").get_json()["steps"]["all"]
        return found

    assert steps("") == 2
    assert steps("since=2026-01-10&until=2026-01-10") == 1
    assert steps("since=2026-01-11") == 1
    assert steps("until=2026-01-10T09:00:00Z") == 0
    assert steps("since=2026-01-10T09:00:00Z&until=2026-01-10T09:00:01Z") == 1


def test_answers_go_on_behind_a_source(filled: Store) -> None:
    client = create_app(filled, now=lambda: at(9)).test_client()
    token = {"Authorization": f"Bearer {filled.access.new_token('walker', at(0))}"}
    first = client.get("/api/v1/sources?limit=1", headers=token).get_json()
    assert [each["source"] for each in first["sources"]] == [SITE] == [first["next"]]
    last = client.get(f"/api/v1/sources?limit=1&after={first['next']}", headers=token).get_json()
    assert [each["source"] for each in last["sources"]] == ["night.example"]
    assert last["next"] is None


def test_the_command_says_the_same(rowback: Program) -> None:
    for minutes, text in ((0, PARAGRAPHS), (60, changed("400", "900"))):
        body = [{"kind": "p", "text": each} for each in text]
        line = {"url": f"https://{SITE}/a", "seen_at": at(minutes).isoformat(), "title": "A", "blocks": body}
        rowback.ok("import", "-", stdin=json.dumps(line))
    (told,) = rowback("sources", "--json").json["sources"]
    assert (told["source"], told["steps"]["all"], told["articles"]["seen_again"]) == (SITE, 1, 1)
    one = rowback("sources", SITE, "--until", "2026-01-09", "--json").json
    assert (one["steps"]["all"], one["articles"]["all"]) == (0, 0)
    assert "edited: 1 of 1 article seen more than once (100%)" in rowback("sources", SITE).out
