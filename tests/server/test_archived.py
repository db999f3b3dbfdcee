"""A web archive's copy of an article: its address is the article's own, and its text is not taken from a browser. Which
addresses are copies is a table, `asked` in `cases/urls.json`."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rowback.capture.captures import from_copy
from rowback.errors import BadInput
from rowback.text.archived import archived, copy_at, instant, stamp_of

from .samples import page

if TYPE_CHECKING:
    from .backend import Backend

URL = "https://echo.example/news/ferry"
STAMP = "20260105183600"
COPIES = [
    f"https://web.archive.org/web/{STAMP}/{URL}",
    f"https://web.archive.org/web/2026id_/{URL}",
    f"https://arquivo.pt/noFrame/replay/{STAMP}id_/{URL}",
]


@pytest.mark.parametrize("copy", COPIES)
def test_edits_are_told_at_a_copy_of_the_article(backend: Backend, copy: str) -> None:
    known = backend.client.capture(url=URL).json["article"]
    query = urlencode({"url": copy})
    assert backend.client.get(f"/api/v1/edits?{query}").json["article"]["id"] == known["id"]
    assert backend.client.post("/api/v1/lookup", {"urls": [copy]}).json["results"][copy]["version_count"] == 1
    assert backend.client.get(f"/timemap/json/{copy}").status == 200


@pytest.mark.parametrize("copy", COPIES)
@pytest.mark.parametrize("more", [{}, {"origin": "browser", "canonical_url": URL}, {"anyway": True}])
def test_a_copy_that_a_browser_shows_stores_nothing(backend: Backend, copy: str, more: dict[str, object]) -> None:
    """Any archived page can change what stands at a neighbour's address there: scripts of all share one host."""
    newest = backend.client.capture(url=URL).json
    answer = backend.client.post("/api/v1/captures", {"url": copy, "html": page(title="Of old"), **more})
    assert (answer.status, answer.code) == (400, "bad-input")
    assert URL in answer.json["detail"]
    told = backend.client.get(f"/api/v1/edits?{urlencode({'url': URL})}").json
    assert (len(told["versions"]), told["article"]["title"]) == (1, newest["article"]["title"])
    assert len(backend.client.get("/api/v1/articles").json["articles"]) == 1


def test_a_copy_that_the_archive_gave_out_belongs_to_its_instant(backend: Backend) -> None:
    backend.client.capture(url=URL)
    recorded = backend.store.record(from_copy(COPIES[0], page(title="Of old")), datetime(2026, 4, 1, tzinfo=UTC))
    assert (recorded.article.url, recorded.version, recorded.article.version_count) == (URL, 0, 2)
    told = backend.client.get(f"/api/v1/edits?{urlencode({'url': COPIES[0]})}").json["versions"]
    assert [(each["seen_at"], each["origin"]) for each in told[:1]] == [("2026-01-05T18:36:00Z", "archive")]


@pytest.mark.parametrize("url", [COPIES[1], URL, f"https://evil.example/web/{STAMP}/{URL}"])
def test_what_tells_no_instant_is_no_copy_to_store(url: str) -> None:
    with pytest.raises(BadInput, match="from when"):
        from_copy(url, page())


@pytest.mark.parametrize("host", ["archive.today", "www.archive.ph", "Archive.IS."])
def test_what_an_archive_only_shows_is_not_stored(host: str) -> None:
    with pytest.raises(BadInput, match="changed it"):
        from_copy(f"https://{host}/{STAMP}/{URL}", page())


def test_an_address_that_is_none_is_still_said_to_be_so(backend: Backend) -> None:
    assert backend.client.post("/api/v1/captures", {"url": 7, "html": page()}).status == 400


@pytest.mark.parametrize(
    ("stamp", "expected"),
    [
        (STAMP, datetime(2026, 1, 5, 18, 36, tzinfo=UTC)),
        ("20260305", datetime(2026, 3, 5, tzinfo=UTC)),
        ("202603", datetime(2026, 3, 1, tzinfo=UTC)),
        ("2026", datetime(2026, 1, 1, tzinfo=UTC)),
        ("20", datetime(2000, 1, 1, tzinfo=UTC)),
        ("2", datetime(2000, 1, 1, tzinfo=UTC)),
        ("20260230", None),
        ("20260305250000", None),
        ("00000000000000", None),
        ("", None),
        ("202603051836001", None),
        ("２０２６", None),
        ("-2026", None),
    ],
)
def test_a_stamp_is_an_instant_however_short(stamp: str, expected: datetime | None) -> None:
    assert instant(stamp) == expected


@given(st.datetimes(min_value=datetime(1000, 1, 1), max_value=datetime(9999, 12, 31), timezones=st.just(UTC)))  # noqa: DTZ001
def test_an_instant_becomes_a_stamp_and_back(at: datetime) -> None:
    assert instant(stamp_of(at)) == at.replace(microsecond=0)


def test_a_copy_tells_its_instant_only_where_its_address_does() -> None:
    told = archived(COPIES[0]), archived(COPIES[1])
    assert [each.seen_at if each else None for each in told] == [datetime(2026, 1, 5, 18, 36, tzinfo=UTC), None]


def test_archives_that_the_owner_names_are_read_alike() -> None:
    copy = f"http://127.0.0.1:8391/news/{STAMP}/{URL}"
    assert archived(copy) is None
    assert archived(copy, {"127.0.0.1"}) is None
    found = archived(copy, {"127.0.0.1:8391"})
    assert found is not None
    assert (found.original, found.prefix) == (URL, "http://127.0.0.1:8391/news/")
    assert found == copy_at(copy)


@pytest.mark.parametrize("modifier", ["", "id_", "if_", "js_"])
def test_a_copy_is_given_out_in_several_ways(modifier: str) -> None:
    found = archived(COPIES[0])
    assert found is not None
    address = found.address(modifier)
    again = archived(address)
    assert again is not None
    assert (again.original, again.stamp, again.modifier, again.address()) == (URL, STAMP, modifier, COPIES[0])


@given(st.text(max_size=200) | st.from_regex(r"https?://web\.archive\.org/[\w/:.%*-]{0,80}", fullmatch=True))
def test_every_string_is_a_copy_of_a_web_page_or_none(url: str) -> None:
    found = archived(url)
    assert found is None or found.original.startswith(("http://", "https://"))
