"""The API over a real server and a real file: the main job, and who is refused."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest

from .samples import PARAGRAPHS, START, URL

if TYPE_CHECKING:
    from .backend import Backend, Client

EDITS = f"/api/v1/edits?url={quote(URL, safe='')}"
EXTENSION = "chrome-extension://abcdefghijklmnopabcdefghijklmnop"
OTHER_EXTENSION = "moz-extension://5d1f6c0e-4b0d-4c3e-9a57-2f1f0b9ce001"
CHANGED = (PARAGRAPHS[0].replace(PARAGRAPHS[0].split()[3], "quandary"), *PARAGRAPHS[1:])


def _store_two(client: Client) -> None:
    assert client.capture(seen_at=START.isoformat()).status == 201
    assert client.capture(CHANGED, seen_at=(START + timedelta(hours=1)).isoformat()).status == 201


def test_edits_tell_what_changed_and_when(client: Client) -> None:
    _store_two(client)
    told = client.get(EDITS).json
    assert [version["later"] for version in told["versions"]] == [None, "about 1 hour later"]
    (edit,) = told["edits"]
    assert (edit["kind"], edit["block"]) == ("change", {"kind": "p", "index": 1})
    assert "<ins>quandary</ins>" in edit["markup"]
    assert edit["anchor"]["exact"] == CHANGED[0]
    assert [wording["text"] for wording in edit["wordings"]] == [PARAGRAPHS[0]]
    assert told["passing"] == []


def test_the_same_text_again_makes_no_version(client: Client) -> None:
    _store_two(client)
    again = client.capture(CHANGED, seen_at=(START + timedelta(hours=2)).isoformat())
    assert (again.status, again.json["version"], again.json["new_version"]) == (200, 1, False)


def test_an_unchanged_answer_is_not_sent_again(client: Client) -> None:
    _store_two(client)
    etag = client.get(EDITS).headers["etag"]
    assert client.get(EDITS, If_None_Match=etag).status == 304
    assert client.get(EDITS, If_None_Match=f"W/{etag}").status == 304
    client.capture(seen_at=(START + timedelta(hours=3)).isoformat())
    assert client.get(EDITS, If_None_Match=etag).status == 200


def test_an_answer_says_each_header_once_and_an_unchanged_one_nothing_of_a_body(client: Client) -> None:
    _store_two(client)
    whole = client.get(EDITS)
    assert [", " in whole.headers[name] for name in ("content-type", "content-length", "etag")] == 3 * [False]
    assert whole.headers["content-type"] == "application/json"
    assert int(whole.headers["content-length"]) == len(whole.body)
    unchanged = client.get(EDITS, If_None_Match=whole.headers["etag"])
    assert unchanged.headers["etag"] == whole.headers["etag"]
    assert unchanged.headers.keys().isdisjoint({"content-type", "content-length", "transfer-encoding"})


@pytest.mark.parametrize(
    ("query", "numbers"),
    [
        ("", (0, 1)),
        ("&from=previous", (0, 1)),
        ("&from=1&to=0", (1, 0)),
        (f"&from={quote((START + timedelta(minutes=90)).isoformat())}", (1, 1)),
        (f"&from={(START - timedelta(days=1)).isoformat()}", (0, 1)),
    ],
)
def test_any_two_versions_can_be_named(client: Client, query: str, numbers: tuple[int, int]) -> None:
    _store_two(client)
    told = client.get(EDITS + query).json
    assert (told["from"], told["to"]) == numbers
    assert len(told["edits"]) == (numbers[0] != numbers[1])


@pytest.mark.parametrize(
    ("path", "status", "code"),
    [
        (EDITS, 404, "unknown-article"),
        ("/api/v1/edits?url=nonsense", 400, "bad-url"),
        ("/api/v1/edits", 400, "bad-input"),
        ("/api/v1/nothing", 404, "not-found"),
        ("/api/v1/articles/999", 404, "unknown-article"),
        ("/api/v1/search?q=x&limit=0", 400, "bad-input"),
    ],
)
def test_errors_are_problems_with_a_code(client: Client, path: str, status: int, code: str) -> None:
    answer = client.get(path)
    assert (answer.status, answer.code) == (status, code)


@pytest.mark.parametrize(
    "path",
    [
        "/api/v1/edits?url=https://example.com/ferry&to=7",
        "/api/v1/edits?url=https://example.com/ferry&from=7",
        "/api/v1/edits?url=https://example.com/ferry&to=0000000007",
        "/api/v1/articles/1/versions/7",
        "/articles/1/versions/7.json",
    ],
)
def test_a_version_that_is_not_there_is_told_alike_everywhere(client: Client, path: str) -> None:
    client.capture(url="https://example.com/ferry")
    answer = client.get(path)
    assert (answer.status, answer.code) == (404, "unknown-version")
    assert answer.json["detail"] == "The article has version 0 only; there is no version 7."


NO_PLACES = ["x", "2026-01-10", "2026-01-10T09:30:00Z", "2026-01-10T09:30:00,1", ",1", f"{'9' * 999},1"]
NO_IDS = ["", "-1", "1.5", "\u0661", "x", "9" * 999]


@pytest.mark.parametrize("path", ["/api/v1/articles?before=", "/feed.json?older="])
@pytest.mark.parametrize("where", [*NO_PLACES, *(f"2026-01-10T09:30:00Z,{id_}" for id_ in NO_IDS)])
def test_a_place_in_a_list_that_no_answer_gave_is_refused_everywhere(client: Client, path: str, where: str) -> None:
    assert client.get(path + quote(where), Accept="application/json").status == 400


@pytest.mark.parametrize("path", ["/api/v1/articles?before=", "/articles?older="])
@pytest.mark.parametrize("where", ["2026-01-10T09:30:00Z,1", "2026-01-10t09:30:00.5+01:00,9223372036854775808", ""])
def test_a_place_in_a_list_is_read_alike_everywhere(client: Client, path: str, where: str) -> None:
    assert client.get(path + quote(where), Accept="application/json").status == 200


@pytest.mark.parametrize(
    ("html", "status", "code"),
    [
        ("", 422, "not-an-article"),
        ("\x00\x01\x02" * 100, 422, "not-an-article"),
        ("<script>alert(1)</script>", 422, "not-an-article"),
        ("<p>" + "x" * 10_000_000, 413, "too-large"),
    ],
    ids=["empty", "binary", "only a script", "10 MB"],
)
def test_pages_that_are_no_articles_are_refused(client: Client, html: str, status: int, code: str) -> None:
    answer = client.post("/api/v1/captures", {"url": URL, "html": html})
    assert (answer.status, answer.code) == (status, code)
    assert client.get(EDITS).code == "unknown-article"


def test_hostile_text_stays_text(client: Client) -> None:
    _store_two(client)
    client.capture(["<script>alert(1)</script>", *CHANGED[1:]], seen_at=(START + timedelta(hours=2)).isoformat())
    markup = "".join(edit["markup"] for edit in client.get(EDITS).json["edits"])
    assert "<script" not in markup
    assert "&lt;script&gt;" in markup


@pytest.mark.parametrize("count", [1, 5_000])
def test_articles_of_one_block_and_of_thousands(client: Client, count: int) -> None:
    texts = [f"Paragraph {n} tells of the day." for n in range(count)]
    client.capture(texts, seen_at=START.isoformat())
    client.capture([*texts[:-1], "Another end."], seen_at=(START + timedelta(hours=1)).isoformat())
    assert {edit["kind"] for edit in client.get(EDITS).json["edits"]} <= {"change", "insert", "delete"}


REFUSALS = [
    ({"Host": "rebound.example"}, 400, "untrusted-host"),
    ({"Origin": "https://news.example"}, 403, "foreign-origin"),
    ({"Origin": "null"}, 403, "foreign-origin"),
    ({"Sec_Fetch_Site": "cross-site"}, 403, "foreign-origin"),
    ({"Sec_Fetch_Site": "same-site"}, 403, "foreign-origin"),
    ({"Authorization": "Bearer wrong"}, 401, "no-token"),
    ({"Authorization": "Basic eDp5"}, 401, "no-token"),
]


@pytest.mark.parametrize(("headers", "status", "code"), REFUSALS, ids=[str(row[0]) for row in REFUSALS])
def test_strangers_are_refused(client: Client, headers: dict[str, str], status: int, code: str) -> None:
    answer = client.get("/api/v1/articles", **headers)
    assert (answer.status, answer.code) == (status, code)
    assert "access-control-allow-origin" not in answer.headers
    assert answer.headers["x-frame-options"] == "DENY"


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::1]", "localhost."])
def test_this_machine_goes_by_its_names(client: Client, host: str) -> None:
    assert client.get("/api/v1/articles", Host=f"{host}:{client.port}").status == 200


def test_writes_must_be_json(client: Client) -> None:
    assert client.send("POST", "/api/v1/captures", b"{}", Content_Type="text/plain").code == "wrong-media-type"


def test_a_method_that_a_route_does_not_take_is_told_as_such(client: Client) -> None:
    assert client.send("POST", EDITS, b"x", Content_Type="text/plain").code == "method-not-allowed"


def test_following_needs_no_body(client: Client) -> None:
    article_id = client.capture().json["article"]["id"]
    assert client.send("PUT", f"/api/v1/articles/{article_id}/follow").status == 200


@pytest.mark.parametrize(
    "body", [b"[" * 100_000 + b"]" * 100_000, b'{"a":' * 50_000 + b"1" + b"}" * 50_000, b"{", b'{"url": "\xff"}']
)
def test_a_body_that_is_no_json_is_told_as_such(client: Client, body: bytes) -> None:
    answer = client.send("POST", "/api/v1/captures", body, Content_Type="application/json")
    assert (answer.status, answer.code) == (400, "bad-input")
    assert answer.json["detail"] == "The body is not JSON in UTF-8."


def test_half_a_character_is_no_address(client: Client) -> None:
    assert client.post("/api/v1/lookup", {"urls": ["https://example.com/\ud800"]}).code == "bad-input"


def test_without_a_token_only_health_and_the_document_answer(backend: Backend) -> None:
    assert backend.anyone.get("/api/v1/health").json["status"] == "ok"
    assert backend.anyone.get("/openapi.json").status == 200
    assert backend.anyone.get(EDITS).code == "no-token"
