"""Programs are told 401 in a document that they can read; a person's browser is led to the login."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from .backend import Backend

PAGE_FIRST = "text/html,application/xhtml+xml,application/xml;q=0.9"
PLACES = ("/", "/articles/1", "/feed.atom", "/search/feed.rss?q=boat", "/status", "/metrics", "/articles/1/timemap")
PEOPLE: dict[str, dict[str, str]] = {
    "Chrome": {"Accept": f"{PAGE_FIRST},image/avif,image/webp,*/*;q=0.8,application/signed-exchange;v=b3;q=0.7"},
    "Firefox": {"Accept": f"{PAGE_FIRST},image/avif,image/webp,image/png,image/svg+xml,*/*;q=0.8"},
    "Safari": {"Accept": f"{PAGE_FIRST},*/*;q=0.8"},
    "a text browser": {"Accept": "text/html, text/plain, text/css, application/xhtml+xml, */*;q=0.01"},
    "a text browser of any file": {"Accept": "text/html, text/*;q=0.5, image/*, application/*"},
    "only pages": {"Accept": "text/html"},
    "a page of some level": {"Accept": "Text/HTML;level=1, application/json;q=0.5"},
    "a click, told by the browser": {
        "Accept": "*/*",
        "Sec-Fetch-Site": "none",
        "Sec-Fetch-Mode": "navigate",
        "Sec-Fetch-Dest": "document",
    },
    "a browser that tells its mode alone": {"Accept": "*/*", "Sec-Fetch-Mode": "navigate"},
}
PROGRAMS: dict[str, dict[str, str]] = {
    "nothing said": {},
    "curl": {"Accept": "*/*"},
    "Prometheus": {"Accept": "application/openmetrics-text;version=1.0.0,text/plain;version=0.0.4;q=0.5,*/*;q=0.1"},
    "a feed reader": {"Accept": "application/atom+xml, application/rss+xml, application/xml;q=0.8, */*;q=0.1"},
    "a feed reader that takes pages, too": {
        "Accept": "application/xml, application/atom+xml, application/feed+json, text/html, */*;q=0.9"
    },
    "a feed reader that takes pages rather than nothing": {
        "Accept": "application/rss+xml, text/xml;q=0.8, text/html;q=0.7, */*;q=0.1"
    },
    "a feed reader of old XML": {"Accept": "text/html, text/xml"},
    "a program that would take a page": {"Accept": "application/json, text/plain, text/html"},
    "a reader of tables": {"Accept": "text/csv,text/html"},
    "no page on any account": {"Accept": "text/html;q=0, */*"},
    "a page's script": {
        "Accept": "text/html",
        "Sec-Fetch-Site": "same-origin",
        "Sec-Fetch-Mode": "cors",
        "Sec-Fetch-Dest": "empty",
    },
    "a program's fetch": {"Accept": "text/html", "Sec-Fetch-Mode": "cors"},
    "a frame": {"Accept": PAGE_FIRST, "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "iframe"},
    "a picture": {"Accept": "text/html", "Sec-Fetch-Dest": "image"},
}


@pytest.mark.parametrize("who", PEOPLE)
def test_a_person_is_led_to_the_login(backend: Backend, who: str) -> None:
    backend.client.capture()
    for place in PLACES:
        answer = backend.anyone.get(place, **PEOPLE[who])
        assert answer.status == 302, place
        assert answer.headers["location"].startswith("/login?next=/"), place


@pytest.mark.parametrize("who", PROGRAMS)
def test_a_program_is_told_that_a_token_is_needed(backend: Backend, who: str) -> None:
    backend.client.capture()
    for place in PLACES:
        answer = backend.anyone.get(place, **PROGRAMS[who])
        assert (answer.status, answer.code) == (401, "no-token"), place
        assert answer.headers["www-authenticate"].startswith("Bearer"), place
        asked = backend.anyone.send("HEAD", place, None, **PROGRAMS[who])
        assert (asked.status, asked.body) == (401, b""), place


def test_the_api_leads_nobody_to_the_login(backend: Backend) -> None:
    for headers in (PEOPLE | PROGRAMS).values():
        answer = backend.anyone.get("/api/v1/articles", **headers)
        assert (answer.status, answer.code) == (401, "no-token")


def test_errors_are_pages_for_people_and_documents_for_programs(backend: Backend) -> None:
    for headers in PEOPLE.values():
        answer = backend.client.get("/articles/99", **headers)
        assert (answer.status, answer.headers["content-type"]) == (404, "text/html; charset=utf-8"), headers
    for headers in PROGRAMS.values():
        assert backend.client.get("/articles/99", **headers).code == "unknown-article", headers
