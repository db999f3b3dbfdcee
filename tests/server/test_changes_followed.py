"""What was edited, as programs follow it: the API's route and `rowback latest`."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from rowback.cli import main

from .samples import PARAGRAPHS, at, changed

if TYPE_CHECKING:
    from .backend import Backend, Client

OTHER = "https://www.lantern-post.example/news/lighthouse"
ROUTE = "/api/v1/changes"


@pytest.fixture
def client(backend: Backend) -> Client:
    """A backend with three steps of two articles."""
    for minutes, text in ((0, PARAGRAPHS), (60, changed("400", "900")), (120, changed("six", "seven"))):
        backend.clock.at = at(minutes)
        backend.client.capture(text)
    backend.client.capture(PARAGRAPHS, url=OTHER)
    backend.clock.at = at(180)
    backend.client.capture([*PARAGRAPHS, "A second boat <b> sails."], url=OTHER)
    return backend.client


def test_each_answer_says_where_to_go_on(client: Client) -> None:
    first = client.get(f"{ROUTE}?limit=2").json
    second = client.get(f"{ROUTE}?limit=2&since={first['next']}").json
    told = [(each["article"]["id"], each["version"]) for each in (*first["changes"], *second["changes"])]
    assert told == [(1, 1), (1, 2), (2, 1)]
    last = client.get(f"{ROUTE}?since={second['next']}").json
    assert last == {"changes": [], "next": second["next"]}
    client.capture(changed("Friday", "Sunday"))
    (new,) = client.get(f"{ROUTE}?since={second['next']}").json["changes"]
    assert new["version"] == 3


def test_a_change_says_what_was_edited_and_when_it_was_recorded(client: Client) -> None:
    figure = client.get(f"{ROUTE}?label=figure&article=1").json["changes"][0]
    assert figure["recorded_at"] == "2026-01-10T09:00:00Z"
    assert (figure["minor"], figure["headline"], figure["unannounced"]) == (False, False, True)
    assert (figure["words_inserted"], figure["words_deleted"]) == (1, 1)
    assert "<del>400</del><ins>900</ins>" in figure["excerpt"]
    (added,) = client.get(f"{ROUTE}?source=lantern-post.example").json["changes"]
    assert added["excerpt"] == "<p><ins>A second boat &lt;b&gt; sails.</ins></p>"


def test_an_instant_is_when_it_was_recorded(client: Client) -> None:
    told = client.get(f"{ROUTE}?since=2026-01-10T10:00:00Z").json["changes"]
    assert [(each["article"]["id"], each["version"]) for each in told] == [(1, 2), (2, 1)]


def test_who_has_the_answer_is_told_so(client: Client) -> None:
    etag = client.get(ROUTE).headers["etag"]
    assert client.get(ROUTE, If_None_Match=etag).status == 304
    client.capture(changed("Friday", "Sunday"))
    assert client.get(ROUTE, If_None_Match=etag).status == 200


@pytest.mark.parametrize(
    "query",
    [*("since=lately", "since=-1", "since=1,2", "since=2026-01-10", "since=1,lately", f"since={'9' * 30}"),
     *("article=x", "article=-1", "limit=0", "limit=501", "from=2026")],
)  # fmt: skip
def test_what_is_no_place_is_said_to_be_none(client: Client, query: str) -> None:
    assert (client.get(f"{ROUTE}?{query}").status, client.get(f"{ROUTE}?{query}").code) == (400, "bad-input")


def _latest(backend: Backend, *options: str) -> str:
    ran = CliRunner().invoke(main, ["latest", "--db", str(backend.store.path), *options])
    assert ran.exit_code == 0, ran.output
    return ran.stdout


@pytest.mark.usefixtures("client")
def test_the_command_shows_the_newest_first_or_what_came_since(backend: Backend) -> None:
    newest = _latest(backend, "--limit", "2")
    assert newest.index("lantern-post") < newest.index("harbour-echo")
    assert "[-six-]{+seven+}" in newest
    assert "900" not in newest
    since = _latest(backend, "--since", "2026-01-10T09:30:00Z")
    assert since.index("harbour-echo") < since.index("lantern-post")
    assert "900" in _latest(backend, "--since", "2026-01-10")
    assert _latest(backend, "--since", "1m") == ""


@pytest.mark.usefixtures("client")
def test_programs_go_on_where_they_were(backend: Backend) -> None:
    first = json.loads(_latest(backend, "--json", "--since", "0", "--limit", "2"))
    rest = json.loads(_latest(backend, "--json", "--since", first["next"]))
    assert [each["version"] for each in (*first["changes"], *rest["changes"])] == [1, 2, 1]
    assert json.loads(_latest(backend, "--json", "--limit", "1"))["next"] == rest["next"]


def test_a_command_says_what_it_takes(backend: Backend) -> None:
    ran = CliRunner().invoke(main, ["latest", "--db", str(backend.store.path), "--since", "lately"])
    assert (ran.exit_code, "90m, 12h, 7d" in ran.stderr) == (1, True)
