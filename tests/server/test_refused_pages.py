"""Pages that are not believed, from the door to the doctor: nothing of the article changes, and nothing is hidden."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from rowback.model import Origin

from .samples import PARAGRAPHS, START, TITLE, URL, at, page

if TYPE_CHECKING:
    from pathlib import Path

    from .backend import Answer, Backend, Client
    from .program import Program

LONG = tuple(f"{text} That was said in part {n} of the notice." for n in range(3) for text in PARAGRAPHS)
WALL = page(
    [
        "We and our 812 partners store and/or access information on a device, as cookies, with your consent.",
        "Accept all",
    ],
    "We value your privacy",
)
CUT = page([*LONG[:3], "Subscribe to read the full story."], TITLE)
EDITS = f"/api/v1/edits?url={URL}"


def _send(client: Client, html: str, minutes: float, origin: str = "api") -> Answer:
    return client.post(
        "/api/v1/captures", {"url": URL, "html": html, "seen_at": at(minutes).isoformat(), "origin": origin}
    )


@pytest.mark.parametrize(
    ("html", "reason", "word"),
    [(WALL, "consent-wall", "consent"), (CUT, "cut", "beginning"), ("<p></p>", "no-text", "No article text")],
    ids=["consent wall", "paywall", "empty"],
)
def test_a_page_that_is_not_the_article_changes_nothing(
    backend: Backend, client: Client, html: str, reason: str, word: str
) -> None:
    assert _send(client, page(LONG), 0).status == 201
    before = client.get(EDITS).json
    answer = _send(client, html, 10)
    assert (answer.status, answer.code) == (422, "not-an-article")
    assert word in answer.json["detail"]
    assert answer.json["reason"] == reason
    assert client.get(EDITS).json == before
    (failed,) = backend.store.failures.newest(before["article"]["id"])
    assert (failed.reason, failed.url, failed.seen_at, failed.origin) == (reason, URL, at(10), Origin.API)


def test_a_wall_before_the_first_version_is_kept_too(backend: Backend, client: Client) -> None:
    assert _send(client, WALL, 0).status == 422
    assert [failed.article_id for failed in backend.store.failures.newest()] == [None]
    assert client.get(EDITS).code == "unknown-article"


def test_failed_captures_are_bounded(backend: Backend, client: Client) -> None:
    for minutes in range(25):
        _send(client, WALL, minutes)
    kept = backend.store.failures.newest(limit=100)
    assert [failed.seen_at for failed in kept] == [at(minutes) for minutes in range(24, 4, -1)]


def test_a_text_that_stays_short_is_believed_after_half_a_day(client: Client) -> None:
    _send(client, page(LONG * 3), 0)
    short = page(
        ["The harbour office has taken its notice back. There will be no early ferry, and no other change at all."]
    )
    statuses = [_send(client, short, minutes).status for minutes in (60, 120, 180, 900)]
    assert statuses == [422, 422, 422, 201]


def test_a_fuller_article_in_between_starts_the_wait_again(client: Client) -> None:
    _send(client, page(LONG * 3), 0)
    short = page(
        ["The harbour office has taken its notice back. There will be no early ferry, and no other change at all."]
    )
    pages = [(short, 60), (short, 120), (page(LONG * 3), 180), (short, 900)]
    assert [_send(client, html, minutes).status for html, minutes in pages] == [422, 422, 200, 422]


def test_what_a_reader_saw_whole_is_not_cut_by_a_server_that_sees_less(client: Client) -> None:
    _send(client, page(LONG), 0, "browser")
    assert _send(client, page(LONG[:4]), 10, "api").status == 422
    assert _send(client, page(LONG[:4]), 20, "browser").status == 201


def test_the_end_that_editors_cut_off_is_an_edit(client: Client) -> None:
    _send(client, page(LONG), 0)
    assert _send(client, page(LONG[:6]), 10).status == 201


def test_blocks_are_taken_as_they_are(client: Client) -> None:
    for n, paragraphs in enumerate((LONG, LONG[:1], ["Subscribe."], LONG)):
        body = {"url": URL, "title": TITLE, "blocks": [{"kind": "p", "text": text} for text in paragraphs]}
        assert client.post("/api/v1/captures", body | {"seen_at": at(n).isoformat()}).status == 201


def test_an_import_is_not_doubted_for_its_length(rowback: Program, tmp_path: Path) -> None:
    lines = tmp_path / "history.jsonl"
    texts = (LONG * 3, PARAGRAPHS[:1], LONG * 3)
    lines.write_text(
        "".join(
            json.dumps({"url": URL, "seen_at": at(n).isoformat(), "html": page(text)}) + "\n"
            for n, text in enumerate(texts)
        )
    )
    assert "3 new versions" in rowback.ok("import", lines).out


def test_the_doctor_tells_of_pages_that_were_not_believed(rowback: Program, tmp_path: Path) -> None:
    wall = tmp_path / "wall.html"
    wall.write_text(WALL)
    done = rowback("capture", wall, "--url", URL, "--at", START.isoformat())
    assert done.code == 1
    assert "consent wall" in done.err
    assert "consent-wall" in rowback("doctor").out


def test_two_articles_are_merged_by_their_addresses(rowback: Program, tmp_path: Path) -> None:
    for n, name in enumerate(("one", "other")):
        saved = tmp_path / f"{name}.html"
        saved.write_text(page([*PARAGRAPHS, f"Part {n}."]))
        rowback.ok("capture", saved, "--url", f"https://echo.example/{name}", "--at", at(n).isoformat())
    told = json.loads(rowback.ok("merge", "https://echo.example/one", "https://echo.example/other", "--json").out)
    assert told["version_count"] == 2
