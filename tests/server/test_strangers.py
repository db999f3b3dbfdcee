"""Where reading is public: strangers are answered about what only a reader's browser brought as about what is unknown, and
are not told who read when."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from rowback.errors import NotAnArticle
from rowback.model import Capture, Doubt, Origin, Reason, Scope
from rowback.pace import FIRST_CHECK
from rowback.store import Store
from rowback.store.audience import Audience
from rowback.store.sessions import SignInLink
from rowback.web.app import create_app
from rowback.web.guard.one_time import BY_LINK, LINK_LASTS
from rowback.web.guard.rights import is_public

from .backend import Clock
from .samples import PARAGRAPHS, START, URL, at, changed, content
from .strangers import SECRET, SECRET_URL, Question, questions, tell_listed, tell_secret

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask import Flask
    from werkzeug.test import TestResponse


@pytest.fixture(scope="module")
def stores(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Store, Store]]:
    """A store with what only a browser brought, and its twin where that was never recorded."""
    folder = tmp_path_factory.mktemp("strangers")
    made = Store(folder / "with.db"), Store(folder / "without.db")
    for store in made:
        tell_listed(store)
    tell_secret(made[0])
    yield made
    for store in made:
        store.close()


def _public(store: Store) -> Flask:
    return create_app(store, is_public=True, now=Clock())


def _told(answer: TestResponse) -> tuple[int, list[tuple[str, str]], bytes]:
    return answer.status_code, sorted(answer.headers), answer.data


def test_strangers_cannot_tell_what_a_browser_brought_from_what_is_unknown(stores: tuple[Store, Store]) -> None:
    apps = [_public(store) for store in stores]
    token = stores[0].access.new_token("owner", START)
    owner, visitor, twin = apps[0].test_client(), apps[0].test_client(), apps[1].test_client()
    told = owner.get(f"/api/v1/edits?url={SECRET_URL}", headers={"Authorization": f"Bearer {token}"}).get_json()
    page = owner.get(f"/articles/{SECRET}", headers={"Authorization": f"Bearer {token}", "Accept": "text/html"}).text
    names = re.findall(r"/edits/([^/\"?]+)\"", page)
    assert names, "the secret article shares its edits with its owner"
    asked = list(questions(apps[0], [edit["id"] for edit in told["edits"]], names))
    routes = {rule.endpoint for rule in apps[0].url_map.iter_rules() if is_public(rule.endpoint)}
    assert {question.endpoint for question in asked} == routes
    differing = set()
    for question in asked:
        for accepts in ("text/html", "application/json"):
            seen = question.of(owner, Authorization=f"Bearer {token}", Accept=accepts)  # whose answers may be kept
            found, expected = (_told(question.of(each, Accept=accepts)) for each in (visitor, twin))
            assert found == expected, question
            differing |= {question.endpoint} if seen.data != found[2] else set()
    assert differing == routes, "routes were asked of nothing secret"


@pytest.mark.parametrize("scope", list(Scope))
def test_whoever_has_a_token_sees_what_a_browser_brought(stores: tuple[Store, Store], scope: Scope) -> None:
    token = stores[0].access.new_token(f"for {scope}", START, scope=scope)
    visitor = _public(stores[0]).test_client()
    for path in (f"/api/v1/articles/{SECRET}", f"/articles/{SECRET}", f"/api/v1/edits?url={SECRET_URL}"):
        assert visitor.get(path, headers={"Authorization": f"Bearer {token}"}).status_code == 200
        assert visitor.get(path).status_code == 404


def test_steps_that_are_not_told_yet_are_not_counted_for_strangers(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Store, "_tell", lambda *_: None)
    for n in range(2):
        store.record(Capture(SECRET_URL, content("A", [f"Text {n}."]), at(n), Origin.BROWSER), at(5))
    assert store.steps.due() == 1
    assert store.view(Audience.STRANGERS).steps.due() == 0
    store.owner.set_listed(1, listed=True)
    assert store.view(Audience.STRANGERS).steps.due() == 1


# Instants of reading: their minutes, and those of the checks that are planned from then on, are no others'.
READ = [START + timedelta(days=day, hours=5, minutes=37, seconds=41.5) for day in range(4)]
READING = re.compile(rf"\b\d\d:(37|{(READ[0] + FIRST_CHECK).minute})\b|T\d\d:(37|{(READ[0] + FIRST_CHECK).minute})")
DAY = START + timedelta(days=1)
History = tuple[tuple[Origin, datetime, Sequence[str]], ...]
EDITED: History = (
    (Origin.FEED, START, PARAGRAPHS),
    (Origin.BROWSER, READ[0], changed("400", "900")),
    (Origin.POLL, DAY, changed("six", "seven")),
    (Origin.BROWSER, READ[1], changed("six", "seven")),
    (Origin.BROWSER, READ[2], changed("six", "nine")),
)
BETWEEN: History = EDITED[:3]  # of the article itself a stranger and its owner are told the same
TWO_COPIES: History = (
    (Origin.BROWSER, READ[0], changed("400", "900")),
    (Origin.FEED, DAY, PARAGRAPHS),
    (Origin.BROWSER, READ[1], changed("400", "900")),
)
HISTORIES = {"edited": EDITED, "between checks": BETWEEN, "two copies": TWO_COPIES}


def _tell_readings(store: Store, history: History = EDITED, *, paused: bool = True) -> None:
    for origin, seen_at, text in history:
        is_page = history is TWO_COPIES
        store.record(Capture(URL, content("Ferry", text), seen_at, origin, is_page=is_page), seen_at)
    refused = Capture(
        URL, content("", []), READ[3], Origin.BROWSER, doubt=Doubt(Reason.CONSENT, "It asks for consent.")
    )
    with pytest.raises(NotAnArticle):
        store.record(refused, READ[3])
    if paused:
        store.set_followed(1, None)


@pytest.mark.parametrize("paused", [False, True])
@pytest.mark.parametrize("history", HISTORIES)
def test_strangers_are_told_no_instant_at_which_somebody_read(store: Store, history: str, paused: bool) -> None:
    _tell_readings(store, HISTORIES[history], paused=paused)
    app = _public(store)
    token = store.access.new_token("owner", START)
    visitor, names = app.test_client(), {"Authorization": f"Bearer {token}"}
    told_to_owner = set()
    for question in _of_readings(app):
        if READING.search(_text(question.of(visitor, **names))):  # whose answers may be kept
            told_to_owner.add(question.endpoint)
        answer = question.of(visitor)
        assert not READING.search(_text(answer)), (question, _text(answer))
        assert not re.search(r'"browser"|>browser<', _text(answer)), question
    assert told_to_owner >= {"article.article_page", "api.edits", "memento.timemap", "version.version_page"}


def _of_readings(app: Flask) -> Iterator[Question]:
    skipped = {"about.about", "whats_new.page", "version.version_at"}
    yield from (
        question for question in questions(app) if question.endpoint not in skipped and "/2/" not in question.path
    )


def _text(answer: TestResponse) -> str:
    return f"{answer.headers}\n{answer.get_data(as_text=True)}"


def test_what_strangers_are_told_of_versions_is_in_order_and_true_of_checks(store: Store) -> None:
    _tell_readings(store)
    visitor = _public(store).test_client()
    told = visitor.get(f"/api/v1/edits?url={URL}").get_json()
    assert [(each["seen_at"], each["last_seen_at"], each["origin"], each["later"]) for each in told["versions"]] == [
        ("2026-01-10T08:00:00Z", "2026-01-10T08:00:00Z", "feed", None),
        ("2026-01-10T08:00:01Z", "2026-01-10T08:00:01Z", None, "on the same day"),
        ("2026-01-11T08:00:00Z", "2026-01-11T08:00:00Z", "poll", "1 day later"),
        ("2026-01-12T00:00:00Z", "2026-01-12T00:00:00Z", None, "1 day later"),
    ]
    page = visitor.get("/articles/1/versions/1").get_data(as_text=True)
    assert '<time datetime="2026-01-10T08:00:01Z">10 January 2026</time>' in page
    article = told["article"]
    first, edited, checked = (article[f"{name}_at"] for name in ("first_seen", "last_changed", "last_checked"))
    assert (first, edited, checked) == ("2026-01-10T08:00:00Z", "2026-01-12T00:00:00Z", "2026-01-12T00:00:00Z")
    assert article["next_check_at"] is None
    for each in told["versions"]:  # a link that names the instant leads to what it was told of
        found = visitor.get(f"/articles/1/at/{each['seen_at']}").headers["Location"]
        assert found == f"/articles/1/versions/{each['version']}"


def test_a_look_of_a_reader_changes_nothing_for_strangers(store: Store) -> None:
    _tell_readings(store, paused=False)
    app = _public(store)
    visitor, asked = app.test_client(), list(_of_readings(app))
    before = [_told(question.of(visitor)) for question in asked]
    again = READ[3] + timedelta(hours=1)
    store.record(Capture(URL, content("Ferry", EDITED[-1][2]), again, Origin.BROWSER), again)
    assert [_told(question.of(visitor)) for question in asked] == before


def test_a_session_does_not_open_the_api(stores: tuple[Store, Store]) -> None:
    """A cookie comes along by itself: with it, too, the API answers a stranger."""
    visitor = _public(stores[0]).test_client()
    code = stores[0].sessions.new_link(SignInLink(Scope.OWNER, None, "/"), Clock()(), LINK_LASTS)
    assert visitor.get(f"{BY_LINK}?code={code}").status_code == 303
    assert visitor.get(f"/articles/{SECRET}").status_code == 200
    assert visitor.get(f"/api/v1/articles/{SECRET}").status_code == 404


def test_answers_kept_for_its_owner_are_not_strangers(store: Store) -> None:
    _tell_readings(store)
    token = store.access.new_token("owner", START)
    visitor, names = _public(store).test_client(), {"Authorization": f"Bearer {token}"}
    for path in (f"/api/v1/edits?url={URL}", "/articles/1/feed.atom", "/feed.json", "/search/feed.rss?q=ferry"):
        kept = visitor.get(path, headers=names)
        answer = visitor.get(path, headers={"If-None-Match": kept.headers["ETag"]})
        assert answer.status_code == 200, path
        assert not READING.search(answer.get_data(as_text=True)), path
