"""The pages and routes of triage: what forms do, who may, and what is said of it."""

from __future__ import annotations

import json
import re
from collections import Counter
from gettext import NullTranslations
from typing import TYPE_CHECKING

import pytest

from rowback.model import Scope
from rowback.store.audience import Audience
from rowback.store.review_acts import ReviewAct
from rowback.text.tongue import Language
from rowback.web.pages import catalogues

from .backend import Client
from .samples import at, capture, changed
from .visitor import Visitor, at_home, by_link, owner_at_home

if TYPE_CHECKING:
    from pathlib import Path

    from rowback.store import Store

    from .backend import Answer, Backend
    from .program import Program

API = "/api/v1/triage"
OF_EVERY_STEP = {
    "Mark as seen", "Mark as not seen", "Give it a star", "Take the star off", "Note", "Change the note",
    "Your note, which nobody else sees", "Save the note", "seen", "not seen", "starred",
}  # fmt: skip


class Counted(NullTranslations):
    """English that counts how often each sentence is asked for."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: Counter[str] = Counter()

    def gettext(self, message: str) -> str:
        self.asked[message] += 1
        return message

    def pgettext(self, context: str, message: str) -> str:
        del context
        return self.gettext(message)


@pytest.fixture
def told(backend: Backend) -> Backend:
    """A backend with three steps, whose ids are 1 to 3."""
    for n in range(4):
        backend.store.record(capture(changed("400", f"{500 + n}"), minutes=60 * n), at(60 * n))
    return backend


@pytest.fixture
def owner(told: Backend) -> Visitor:
    return owner_at_home(told)


def _press(visitor: Visitor, page: str, **values: str) -> Answer:
    answer = visitor.press(page, page.partition("?")[0], next=page, **values)
    assert answer.status == 303, answer
    assert answer.headers["location"] == page
    return visitor.get(page)


def _listed(answer: Answer) -> list[int]:
    return [int(each) for each in re.findall(r'id="step-(\d+)"', answer.body.decode())]


def test_what_is_pressed_is_done_said_and_undone(owner: Visitor) -> None:
    page = "/triage?q=is:unseen"
    assert _listed(owner.get(page)) == [3, 2, 1]
    after = _press(owner, page, do="see", change="2")
    assert "Marked 1 step as seen." in after.body.decode()
    assert _listed(after) == [3, 1]
    after = _press(owner, page, do="undo")
    assert "Undone: Marked 1 step as seen." in after.body.decode()
    assert _listed(after) == [3, 2, 1]
    assert "There is nothing left to undo." in _press(owner, page, do="undo").body.decode()


def test_a_button_beside_a_step_is_for_that_alone(owner: Visitor) -> None:
    _press(owner, "/triage", one="star 1", change="3")
    assert _listed(owner.get("/triage?q=is:starred")) == [1]
    after = _press(
        owner, "/triage", one="note 2", **{"note-2": "<b>Mine</b>", "note-3": "not this", "note": "nor this"}
    )
    assert "&lt;b&gt;Mine&lt;/b&gt;" in after.body.decode()
    assert _listed(owner.get("/triage?q=note:mine")) == [2]
    assert _listed(owner.get("/triage?q=note:this")) == []


def test_what_every_step_says_is_translated_once_a_page(owner: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    words = Counted()
    spoken = Language("de", words, str, str)
    monkeypatch.setattr(catalogues, "language", lambda _: spoken)
    _press(owner, "/triage", do="star", change="1")
    _press(owner, "/triage", do="see", change="2")
    asked = []
    for page, steps in (("/triage?q=is:starred", [1]), ("/triage", [3, 2, 1])):
        words.asked.clear()
        assert _listed(owner.get(page, Accept_Language="de")) == steps
        asked.append({each: words.asked[each] for each in OF_EVERY_STEP})
    assert asked[0] == asked[1]
    assert min(asked[0].values()) == 1


def test_a_whole_list_is_seen_from_the_first_on_the_page(told: Backend, owner: Visitor) -> None:
    until = re.search(r'name="until" value="([^"]+)"', owner.get("/triage?q=is:unseen").body.decode())
    assert until is not None
    told.store.record(capture(changed("400", "700"), minutes=600), at(600))
    after = _press(owner, "/triage?q=is:unseen", do="see-all", q="is:unseen", until=until[1])
    assert "Marked 3 steps as seen." in after.body.decode()
    assert _listed(after) == [4]


def test_without_a_choice_it_is_said_what_to_do(owner: Visitor) -> None:
    assert "tick the boxes" in _press(owner, "/triage", do="star").body.decode()
    assert "Write the note first" in _press(owner, "/triage", do="add-note", change="1", note=" ").body.decode()


@pytest.mark.parametrize(
    ("values", "status"),
    [
        ({"do": "forget", "change": "1"}, 400),
        ({"do": "star", "change": "x"}, 400),
        ({"do": "star", "change": "99999"}, 404),
        ({"one": "star"}, 400),
        ({"do": "take-out", "change": "1", "collection": "none"}, 400),
        ({"do": "see-all"}, 400),
        ({"do": "see-all", "until": "x"}, 400),
        ({"do": "see-all", "until": "2026-01-10T08:00:00Z,1", "q": "is:x"}, 400),
    ],
)
def test_what_no_page_sends_is_refused(owner: Visitor, values: dict[str, str], status: int) -> None:
    assert owner.press("/triage", "/triage", **values).status == status
    assert _listed(owner.get("/triage?q=is:seen")) == _listed(owner.get("/triage?q=is:starred")) == []


def test_a_form_of_another_page_is_refused_and_leads_nowhere_else(owner: Visitor) -> None:
    assert owner.send("/triage", do="star", change="1").status == 403
    answer = owner.press("/triage", "/triage", do="star", change="1", next="https://evil.example/")
    assert answer.headers["location"] == "/"


def test_collections_are_made_renamed_and_deleted(owner: Visitor) -> None:
    page = "/triage/collections"
    assert "You have no collection yet" in owner.get(page).body.decode()
    assert "Made the collection A &amp; B." in _press(owner, page, do="make-collection", name="A & B").body.decode()
    _press(owner, "/triage", do="collect", change="2", collection="a & b")
    assert _listed(owner.get("/triage?q=in:%22A%20%26%20B%22")) == [2]
    _press(owner, page, do="rename-collection", collection_id="1", name="C")
    assert "Deleted the collection C." in _press(owner, page, do="delete-collection", collection_id="1").body.decode()
    assert owner.get("/triage?q=in:c").status == 400
    _press(owner, page, do="undo")
    assert _listed(owner.get("/triage?q=in:c")) == [2]
    assert owner.press(page, page, do="delete-collection", collection_id="9").status == 404
    assert owner.press(page, page, do="burn").status == 400


def test_each_reader_has_their_own_whatever_they_may_do(told: Backend, owner: Visitor) -> None:
    _press(owner, "/triage", one="note 1", **{"note-1": "The owner’s."})
    ada = at_home(told)
    code = told.store.readers.invite("Ada", Scope.READ, told.clock())
    secret, _ = told.store.readers.enter(code, "a browser", told.clock())
    assert secret
    bea = told.store.readers.join(
        told.store.readers.invite("Bea", Scope.CAPTURE, told.clock()), "x", None, told.clock()
    )[0]
    hers = Client(told.server.port, bea)
    assert [each["note"] for each in hers.get(API).json["changes"]] == ["", "", ""]
    assert hers.post(API, {"do": "star", "changes": [1]}).json["changed"] == 1
    assert _listed(owner.get("/triage?q=is:starred")) == []
    assert ada.get("/triage").status == 302


def test_tokens_that_only_read_change_nothing(told: Backend, owner: Visitor) -> None:
    _press(owner, "/triage", one="star 1")
    reads = Client(told.server.port, told.store.access.new_token("reads", told.clock(), scope=Scope.READ))
    assert [each["id"] for each in reads.get(f"{API}?q=is:starred").json["changes"]] == [1]
    assert reads.post(API, {"do": "unstar", "changes": [1]}).code == "insufficient-scope"
    looks = by_link(told, at_home(told), Scope.READ)
    page = looks.get("/triage").body.decode()
    assert 'name="change"' not in page
    assert looks.press("/triage", "/triage", do="unstar", change="1").status == 403
    assert _listed(owner.get("/triage?q=is:starred")) == [1]


@pytest.mark.parametrize("path", ["/triage", "/triage/collections", "/triage/notes.csv", API])
def test_strangers_are_told_nothing(told: Backend, path: str) -> None:
    assert told.anyone.get(path, Accept="application/json").status == 401


@pytest.mark.parametrize("path", ["/search/feed.atom?q=is:unseen", "/api/v1/search?q=in:x"])
def test_elsewhere_what_is_ones_own_is_told_to_be_asked_here(told: Backend, path: str) -> None:
    answer = told.client.get(path)
    assert answer.status == 400
    assert "Triage" in answer.json["detail"]


def test_the_search_page_asks_for_ones_own_too(owner: Visitor) -> None:
    _press(owner, "/triage", one="star 2")
    page = owner.get("/search?q=is:starred").body.decode()
    assert page.count('<li class="step">') == 1


def test_pages_of_the_api_go_on_and_acts_are_told(told: Backend) -> None:
    first = told.client.get(f"{API}?limit=2").json
    assert [each["id"] for each in first["changes"]] == [3, 2]
    rest = told.client.get(f"{API}?limit=2&older={first['older']}").json
    assert ([each["id"] for each in rest["changes"]], rest["older"]) == ([1], None)
    assert told.client.post(API, {"do": "collect", "changes": [1, 2], "collection": "x"}).json["changed"] == 2
    assert told.client.post(API, {"do": "undo"}).json == {"do": "undo", "changed": 2, "undone": "collect"}
    assert told.client.get(f"{API}?q=in:x").json["changes"] == [], "the collection stays, and is empty"


@pytest.mark.parametrize(
    "body",
    [
        {"do": "star"},
        {"do": "star", "changes": []},
        {"do": "star", "changes": [True]},
        {"do": "star", "changes": [0]},
        {"do": "star", "changes": [2**63]},
        {"do": "star", "changes": "1"},
        {"do": "star", "changes": list(range(1, 502))},
        {"do": "note", "changes": [1], "note": 5},
        {"do": "note", "changes": [1], "note": "x" * 10_001},
        {"do": "collect", "changes": [1]},
        {"do": ["star"], "changes": [1]},
    ],
)
def test_a_body_that_is_none_is_told(told: Backend, body: object) -> None:
    assert told.client.post(API, body).code == "bad-input"


def test_the_command_prints_notes(store: Store, tmp_path: Path, rowback: Program) -> None:
    for n in range(2):
        store.record(capture(changed("400", f"{500 + n}"), minutes=60 * n), at(60 * n))
    assert "Nothing is noted yet" in rowback("notes").err
    mine = store.view(Audience.TRUSTED)
    mine.review_acts.do(ReviewAct("note", (1,), text="Ask the office.\nTwice."), at(90))
    assert "  Ask the office.\n  Twice.\n" in rowback("notes").out
    assert rowback("notes", "--json").json["note"] == "Ask the office.\nTwice."
    assert rowback("notes", "--csv").out.startswith("noted_at,note,")
    assert rowback("notes", "--csv", "--json").out == ""
    assert "no reader named Ada" in rowback("notes", "--reader", "Ada").err


def test_files_of_notes_are_its_readers(owner: Visitor) -> None:
    _press(owner, "/triage", one="note 1", **{"note-1": "=1+1"})
    answer = owner.get("/triage/notes.csv")
    assert answer.headers["content-type"].startswith("text/csv")
    assert "attachment" in answer.headers["content-disposition"]
    assert ",'=1+1," in answer.body.decode()
    assert json.loads(owner.get("/triage/notes.jsonl").body)["note"] == "=1+1"
