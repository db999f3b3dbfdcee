"""The backend says its release with each answer, hears the extensions', and tells its owner which is the older one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from rowback import __version__
from rowback.web.guard.heard import MOST, Heard, release

if TYPE_CHECKING:
    from .backend import Client

HIGHER = "9999.0.0"
LOWER = "0.0.1"


def _said(client: Client, version: str | None) -> None:
    headers = {} if version is None else {"Rowback_Extension": version}
    assert client.get("/api/v1/articles?limit=1", **headers).status == 200


@pytest.mark.parametrize(
    ("version", "told"),
    [
        (LOWER, "0.0.1, older than this backend"),
        (HIGHER, "9999.0.0, newer than this backend"),
        (__version__, f"{__version__}</dd>"),
    ],
)
def test_the_status_page_tells_which_is_behind(client: Client, version: str, told: str) -> None:
    before = client.get("/status").body.decode()
    assert "than this backend" not in before
    _said(client, version)
    _said(client, None)
    text = client.get("/status").body.decode()
    assert "<dt>Extension" in text
    assert told in text
    assert ("than this backend" in text) == (version != __version__)


@pytest.mark.parametrize("said", ["", "0.1.0 ", "<b>1</b>", "1.2.3.4.5", "v1", "9999999.0", "1..2", "é"])
def test_what_is_no_release_is_not_heard(said: str) -> None:
    heard = Heard()
    heard.note("laptop", said)
    heard.note("laptop", None)
    assert heard.all() == []


def test_each_connection_is_remembered_as_it_spoke_last_and_not_too_many() -> None:
    heard = Heard()
    for version in (LOWER, HIGHER):
        heard.note("laptop", version)
    assert [(each.name, each.version, each.is_behind, each.is_ahead) for each in heard.all()] == [
        ("laptop", HIGHER, False, True)
    ]
    for number in range(MOST + 5):
        heard.note(f"other {number}", LOWER)
    assert len(heard.all()) == MOST
    assert all(each.is_behind for each in heard.all())


def test_releases_are_compared_as_numbers() -> None:
    told = ["0.2", "0.2.1", "0.9", "0.10.0", "1"]
    assert [release(each) for each in told] == sorted({release(each) for each in told})
    assert release("0.2") == release("0.2.0") == release("0.2.0.dev3")
    assert release("none") == (0, 0, 0, 0)


def test_every_answer_of_the_api_says_the_backends_release(client: Client) -> None:
    for path in ("/api/v1/health", "/api/v1/articles", "/api/v1/articles/9999"):
        assert client.get(path).headers["rowback-version"] == __version__
    assert "rowback-version" not in client.get("/status").headers
