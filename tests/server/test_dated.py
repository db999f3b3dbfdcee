"""An addition that was reworded later is told with both times: by the API, on the pages, by `rowback edits`."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import lxml.html
import pytest
from click.testing import CliRunner

from rowback.cli import main
from rowback.errors import PageTooCostly
from rowback.model import Capture, Origin
from rowback.text.dated import dated
from rowback.told import Happening, Moment, Times
from rowback.web.app import create_app
from rowback.web.pages import side_by_side

from .backend import Clock
from .promises import edit_of
from .samples import PARAGRAPHS, TITLE, URL, at, capture, content

if TYPE_CHECKING:
    from pathlib import Path

    from rowback.store import Store

    from .backend import Client

ADDED = "A fifth boat is being built on the island, and is to sail from June."
REWORDED, AGAIN = ADDED.replace("fifth", "sixth"), ADDED.replace("fifth", "seventh")
TEXTS = (PARAGRAPHS, (*PARAGRAPHS, ADDED), (*PARAGRAPHS, REWORDED), (*PARAGRAPHS, AGAIN))
EDITS = f"/api/v1/edits?url={quote(URL, safe='')}"
ADDED_SAID = (
    "added on 10 January 2026, 09:00 UTC; reworded on 10 January 2026, 10:00 UTC and on 10 January 2026, 11:00 UTC"
)


@pytest.fixture
def edited(client: Client) -> Client:
    for n, texts in enumerate(TEXTS):
        client.capture(texts, seen_at=at(60 * n).isoformat())
        client.capture(texts, seen_at=at(60 * n + 20).isoformat())
    return client


def _moment(version: int) -> dict[str, Any]:
    hour = 8 + version
    return {"version": version, "after": f"2026-01-10T{hour - 1:02}:20:00Z", "seen_at": f"2026-01-10T{hour:02}:00:00Z"}


def test_the_api_tells_when_a_block_was_added_and_when_it_was_reworded(edited: Client) -> None:
    (edit,) = edited.get(EDITS).json["edits"]
    assert edit["kind"] == "insert"
    assert edit["times"] == [
        {"what": "added", "count": 1, "first": _moment(1), "last": _moment(1)},
        {"what": "reworded", "count": 2, "first": _moment(2), "last": _moment(3)},
    ]
    assert edit_of(edit).times[1].last.seen_at == datetime.fromisoformat("2026-01-10T11:00:00Z")


def test_the_api_tells_of_the_versions_that_are_asked_for(edited: Client) -> None:
    (edit,) = edited.get(f"{EDITS}&from=1&to=2").json["edits"]
    assert edit["times"] == [{"what": "reworded", "count": 1, "first": _moment(2), "last": _moment(2)}]
    (edit,) = edited.get(f"{EDITS}&from=3&to=0").json["edits"]
    assert edit["times"] == []


def _said(client: Client, path: str) -> tuple[list[str], list[str]]:
    """What is told of times, and where that leads."""
    page: Any = lxml.html.document_fromstring(client.get(path, Accept="text/html").body.decode())
    told = page.xpath("//*[contains(@class, 'times')]")
    return [" ".join(each.text_content().split()) for each in told], [
        link.get("href") for each in told for link in each.xpath(".//a")
    ]


STEPS = [f"/articles/1/diff/{n}/{n + 1}" for n in range(3)]


def test_an_articles_page_tells_both_times_and_leads_to_the_steps(edited: Client) -> None:
    assert _said(edited, "/articles/1") == ([ADDED_SAID], STEPS)


@pytest.mark.parametrize("view", ["", "?view=inline"])
def test_two_versions_side_by_side_tell_what_those_between_them_know(edited: Client, view: str) -> None:
    told, links = _said(edited, f"/articles/1/diff/0/3{view}")
    assert set(told) == {ADDED_SAID}
    assert links == STEPS * len(told)
    told, _ = _said(edited, f"/articles/1/diff/1/3{view}")
    assert set(told) == {ADDED_SAID.partition("; ")[2]}
    for path in ("/articles/1/diff/1/2", "/articles/1/diff/3/0"):
        assert _said(edited, path + view) == ([], [])


def test_where_the_steps_cost_too_much_two_versions_are_shown_without_times(
    edited: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object, **__: object) -> None:
        raise PageTooCostly("It takes too long.")

    monkeypatch.setattr(side_by_side, "lay_out_within", refused)
    assert _said(edited, "/articles/1/diff/0/3") == ([], [])
    assert "A seventh boat" in edited.get("/articles/1/diff/0/3").body.decode()


def test_a_headline_is_dated_side_by_side(client: Client) -> None:
    for n, day in enumerate(("Monday", "Tuesday", "Friday")):
        client.capture(title=TITLE.replace("Monday", day), seen_at=at(60 * n).isoformat())
    for view in ("", "?view=inline"):
        told, _ = _said(client, f"/articles/1/diff/0/2{view}")
        assert set(told) == {"reworded on 10 January 2026, 09:00 UTC and on 10 January 2026, 10:00 UTC"}


def test_a_moved_block_is_dated_where_it_stands_now(client: Client) -> None:
    for n, texts in enumerate(
        (PARAGRAPHS, PARAGRAPHS[1:] + PARAGRAPHS[:1], PARAGRAPHS[1:] + PARAGRAPHS[:1] + (ADDED,))
    ):
        client.capture(texts, seen_at=at(60 * n).isoformat())
    told, _ = _said(client, "/articles/1/diff/0/2?view=inline")
    assert told == ["moved on 10 January 2026, 09:00 UTC", "added on 10 January 2026, 10:00 UTC"]


def test_a_terminal_is_told_both_times(store: Store, tmp_path: Path) -> None:
    for n, texts in enumerate(TEXTS):
        store.record(capture(texts, minutes=60 * n), at(60 * n))
    done = CliRunner().invoke(main, ["edits", URL, "--db", str(tmp_path / "rowback.db")])
    said = "added on 2026-01-10 09:00 UTC; reworded on 2026-01-10 10:00 UTC and on 2026-01-10 11:00 UTC"
    assert said in done.stdout.splitlines()


def test_strangers_are_told_the_day_of_what_a_browser_saw_first(store: Store) -> None:
    for n, texts in enumerate(TEXTS):
        origin = Origin.POLL if n in (0, 3) else Origin.BROWSER
        store.record(Capture(URL, content(TITLE, texts), at(60 * n), origin), at(60 * n))
    found = store.articles.find(URL)
    assert found is not None
    store.owner.set_listed(found.id, listed=True)
    stranger = create_app(store, is_public=True, now=Clock()).test_client()
    told = stranger.get(EDITS).get_json()
    for times in told["edits"][0]["times"]:
        for moment in (times["first"], times["last"]):
            assert moment["seen_at"] == told["versions"][moment["version"]]["seen_at"]
            assert (moment["seen_at"] == at(60 * moment["version"]).strftime("%FT%TZ")) is (moment["version"] == 3)
    for path in ("/articles/1", "/articles/1/diff/0/3"):
        page = stranger.get(path, headers={"Accept": "text/html"}).get_data(as_text=True)
        assert "added on" in page
        assert "09:00 UTC" not in page


def _moments(count: int, what: Happening, *versions: int, unseen: int = 60) -> Times:
    """Nobody had looked for so many minutes before."""
    first, last = (Moment(n, at(60 * n - unseen), at(60 * n)) for n in (versions[0], versions[-1]))
    return Times(what, count, first, last)


@pytest.mark.parametrize(
    ("times", "said"),
    [
        ([_moments(1, Happening.ADDED, 1)], "added on 1"),
        ([_moments(2, Happening.REWORDED, 1, 4)], "reworded on 1 and on 4"),
        ([_moments(1_200, Happening.REWORDED, 1, 1_300)], "reworded 1,200 times, first on 1, last on 1300"),
        (
            [_moments(1, Happening.REMOVED, 1), _moments(1, Happening.RETURNED, 2), _moments(1, Happening.MOVED, 2)],
            "removed on 1; back on 2; moved on 2",
        ),
        ([_moments(1, what, n) for n, what in enumerate(Happening)], None),
        ([_moments(1, Happening.ADDED, 3, unseen=61)], "added between 3 and 3"),
        (
            [_moments(2, Happening.REWORDED, 1, 4, unseen=999), _moments(1, Happening.REMOVED, 5)],
            "reworded between 1 and 1 and between 4 and 4; removed on 5",
        ),
        (
            [_moments(3, Happening.MOVED, 1, 4, unseen=999)],
            "moved 3 times, first between 1 and 1, last between 4 and 4",
        ),
    ],
)
def test_what_happened_is_said_in_a_sentence(times: list[Times], said: str | None) -> None:
    told = "".join(piece if isinstance(piece, str) else str(piece.version) for piece in dated(times))
    assert said in (None, told)


def test_what_happened_while_nobody_looked_lies_between_the_two_looks() -> None:
    told = [piece for piece in dated([_moments(1, Happening.ADDED, 3, unseen=600)]) if isinstance(piece, Moment)]
    assert [each.seen_at for each in told] == [at(-420), at(180)]
