"""More than one reader: what only another's browser brought is answered about as what is unknown, whatever anyone does."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rowback.errors import NotAnArticle
from rowback.model import Capture, Origin, Scope
from rowback.store import Store
from rowback.store.audience import Audience
from rowback.store.reader_articles import readers_of
from rowback.web.app import create_app
from rowback.web.guard.rights import RIGHTS, is_public

from .backend import Clock
from .new_stores import new_store
from .samples import PARAGRAPHS, START, URL, at, changed, content
from .strangers import SECRET, SECRET_URL, questions, tell_listed, tell_secret

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask.testing import FlaskClient
    from werkzeug.test import TestResponse

ADA, BEA = "Ada", "Bea"
PAGE = "text/html"
C_URL = "https://quay.example/seen-by-all"


def _token(store: Store, name: str, scope: Scope = Scope.CAPTURE) -> str:
    return store.readers.join(store.readers.invite(name, scope, START), "a browser", None, START)[0]


def _id(store: Store, name: str) -> int:
    return store.readers.named(name).id


@pytest.fixture(scope="module", params=["the owner's", "another reader's"])
def stores(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Store, Store, str, str]]:
    """A store with what only a browser brought, its twin where that was never recorded, and Bea's tokens for both."""
    folder = tmp_path_factory.mktemp("apart")
    made = new_store(folder / "with.db"), new_store(folder / "without.db")
    for store in made:
        _token(store, ADA)
        tell_listed(store)
    tell_secret(made[0], None if request.param == "the owner's" else _id(made[0], ADA))
    yield (*made, _token(made[0], BEA), _token(made[1], BEA))
    for store in made:
        store.close()


def _told(answer: TestResponse) -> tuple[int, list[tuple[str, str]], bytes]:
    """An answer without what is random in forms."""
    headers = sorted((name, value) for name, value in answer.headers if name != "Set-Cookie")
    return answer.status_code, headers, re.sub(rb'(name="csrf" value=)"[^"]*"', rb"\1", answer.data)


def test_a_reader_cannot_tell_what_another_brought_from_what_is_unknown(stores: tuple[Store, Store, str, str]) -> None:
    store, without, token, twins = stores
    apps = [create_app(each, now=Clock()) for each in (store, without)]
    owners = {"Authorization": f"Bearer {store.access.new_token('owner asks', START)}"}
    owner, reader, twin = apps[0].test_client(), apps[0].test_client(), apps[1].test_client()
    told = owner.get(f"/api/v1/edits?url={SECRET_URL}", headers=owners).get_json()
    differing = set()
    for question in questions(apps[0], [edit["id"] for edit in told["edits"]]):
        seen = _told(question.of(owner, **owners, Accept=PAGE))  # whose answers may be kept
        found = _told(question.of(reader, Authorization=f"Bearer {token}", Accept=PAGE))
        expected = _told(question.of(twin, Authorization=f"Bearer {twins}", Accept=PAGE))
        assert found == expected, question
        differing |= {question.endpoint} if seen[2] != found[2] else set()
    assert differing == {rule.endpoint for rule in apps[0].url_map.iter_rules() if is_public(rule.endpoint)}


FORMS = {"article.check_now", "find.capture", "follow.act", "follow.choose"}  # of pages: they take a session
# How what needs the scope `capture` is asked about an article that others brought.
WRITES = {
    "api.captures": (
        "POST",
        "/api/v1/captures",
        {"url": SECRET_URL, "title": "Another", "blocks": [{"kind": "p", "text": "A story of nothing at all."}]},
    ),
    "api.follow": ("PUT", f"/api/v1/articles/{SECRET}/follow", {}),
    "checks.ask": ("POST", f"/api/v1/articles/{SECRET}/check", {}),
    "checks.standing": ("GET", f"/api/v1/articles/{SECRET}/check", None),
    "triage_api.act": ("POST", "/api/v1/triage", {"do": "star", "changes": [9_999]}),
    "backfills.ask": ("POST", "/api/v1/backfills", {"url": SECRET_URL}),
    "backfills.standing": ("GET", f"/api/v1/backfills?url={SECRET_URL}", None),
    "backfills.stop": ("DELETE", f"/api/v1/backfills?url={SECRET_URL}", None),
}


def test_what_a_reader_may_do_opens_nothing_of_others(stores: tuple[Store, Store, str, str]) -> None:
    store, _, token, _ = stores
    owners = {"Authorization": f"Bearer {store.access.new_token('owner writes', START)}"}
    client = create_app(store, now=Clock()).test_client()
    assert client.post("/api/v1/backfills", json={"url": SECRET_URL}, headers=owners).status_code == 202
    assert {endpoint for endpoint, scope in RIGHTS.items() if scope is Scope.CAPTURE} - FORMS == WRITES.keys()
    for endpoint, (method, path, body) in WRITES.items():
        answer = client.open(path, method=method, json=body, headers={"Authorization": f"Bearer {token}"})
        assert answer.status_code in (404, 422), (endpoint, answer.data)
        assert b"night" not in answer.data.replace(SECRET_URL.encode(), b""), endpoint
    assert _asks(client, token, SECRET_URL).status_code == 404
    assert _asks(client, token, SECRET_URL).get_json().get("backfill") is None
    assert store.view(Audience(_id(store, BEA))).articles.get(SECRET) is None
    assert client.get(f"/api/v1/backfills?url={SECRET_URL}", headers=owners).get_json()["backfill"]["state"] == "queued"


def _asks(client: FlaskClient, token: str, url: str) -> TestResponse:
    return client.get(f"/api/v1/edits?url={url}", headers={"Authorization": f"Bearer {token}"})


def _sent(
    url: str, text: list[str] | tuple[str, ...], n: float, reader: int | None, canonical: str | None = None
) -> Capture:
    return Capture(url, content("Ferry", text), at(n), Origin.BROWSER, canonical, reader=reader)


@pytest.fixture
def house(store: Store) -> tuple[Store, int, int]:
    """A store, with the numbers of two readers."""
    for name in (ADA, BEA):
        store.readers.invite(name, None, START)
    return store, _id(store, ADA), _id(store, BEA)


def _sees(store: Store, *readers: int) -> list[bool]:
    return [store.view(Audience(each)).articles.find(URL) is not None for each in readers]


def test_who_brought_an_article_sees_it_and_so_does_the_owner(house: tuple[Store, int, int]) -> None:
    store, ada, bea = house
    store.record(_sent(URL, PARAGRAPHS, 0, ada), at(0))
    assert _sees(store, 1, ada, bea, 0) == [True, True, False, False]
    store.record(_sent(URL, changed("400", "900"), 5, bea), at(5))
    assert _sees(store, 1, ada, bea, 0) == [True, True, True, False], "who has read the same shares its history"


def test_what_the_owner_alone_read_is_the_owners(house: tuple[Store, int, int]) -> None:
    store, ada, bea = house
    store.record(_sent(URL, PARAGRAPHS, 0, 1), at(0))
    assert _sees(store, 1, ada, bea) == [True, False, False]
    assert readers_of_all(store) == {}, "a backend with one reader notes nothing"


def readers_of_all(store: Store) -> dict[int, frozenset[int]]:
    with store._connection.read() as db:
        ids = [row[0] for row in db.execute("select id from articles").fetchall()]
        return {each: found for each in ids if (found := readers_of(db, each))}


@pytest.mark.parametrize("origin", [Origin.API, Origin.IMPORT, Origin.BROWSER])
def test_what_a_reader_brings_lists_nothing_whatever_it_says(store: Store, origin: Origin) -> None:
    ada, bea = _token(store, ADA), _token(store, BEA)
    client = create_app(store, now=Clock()).test_client()
    blocks = [{"kind": "p", "text": text} for text in PARAGRAPHS]
    body = {"url": URL, "title": "Ferry", "blocks": blocks, "origin": origin.value}
    answer = client.post("/api/v1/captures", json=body, headers={"Authorization": f"Bearer {ada}"})
    assert (answer.status_code, answer.get_json()["article"]["listed"]) == (201, False)
    assert [_asks(client, each, URL).status_code for each in (ada, bea)] == [200, 404]


def test_an_address_alone_opens_no_article(house: tuple[Store, int, int]) -> None:
    store, ada, bea = house
    store.record(_sent(URL, PARAGRAPHS, 0, ada), at(0))
    with pytest.raises(NotAnArticle, match="another story"):
        store.record(_sent(URL, ["I made this up."], 5, bea), at(5))
    assert _sees(store, bea) == [False]


def test_what_the_owner_follows_is_not_deleted_with_a_reader(house: tuple[Store, int, int]) -> None:
    store, ada, _ = house
    for n, url in enumerate((URL, f"{URL}-2", f"{URL}-3")):
        store.record(_sent(url, [*PARAGRAPHS, f"Story {n}."], n, ada), at(n))
    store.set_followed(1, at(9), 1)
    store.record(_sent(f"{URL}-2", [*PARAGRAPHS, "Story 1."], 9, 1), at(9))
    assert store.readers.delete(ada) == 1
    assert store.owner.finish_forgetting()
    assert store.articles.find(f"{URL}-3") is None
    assert [store.articles.find(url) is None for url in (URL, f"{URL}-2")] == [False, False]
    assert b"Story 2." not in store.path.read_bytes()


def test_what_the_owner_read_first_is_not_deleted_with_a_reader(house: tuple[Store, int, int]) -> None:
    store, ada, _ = house
    for n, reader in enumerate((1, ada)):
        store.record(_sent(URL, PARAGRAPHS, n, reader), at(n))
    assert store.readers.delete(ada) == 0
    assert _sees(store, 1) == [True]


def test_what_was_listed_since_is_not_deleted_with_a_reader(house: tuple[Store, int, int]) -> None:
    store, ada, bea = house
    store.record(_sent(URL, PARAGRAPHS, 0, ada), at(0))
    store.articles.bring(1)
    assert _sees(store, bea) == [True]
    assert store.readers.delete(ada) == 0
    assert _sees(store, 1, bea) == [True, True]


def test_parts_of_an_article_stay_its_readers(house: tuple[Store, int, int]) -> None:
    store, ada, bea = house
    for n in range(2):
        store.record(_sent(URL, [*PARAGRAPHS, f"Line {n}."], n, ada), at(n))
    kept, other = store.part(URL, at(9), [1])
    for reader, is_seen in ((ada, True), (bea, False)):
        view = store.view(Audience(reader))
        assert [view.articles.get(each.id) is not None for each in (kept, other)] == [is_seen, is_seen]


URLS = (URL, f"{URL}-other", C_URL, f"{URL}?page=2")
Act = tuple[str, int, int]
ACTS = st.lists(
    st.tuples(
        st.sampled_from(["reads", "reads and says it is", "the backend checks", "follows", "stops"]),
        st.integers(0, len(URLS) - 1),
        st.integers(0, len(URLS) - 1),
    ),
    min_size=2,
    max_size=7,
)


@settings(max_examples=40, deadline=None)
@given(acts=ACTS, is_owner=st.booleans())
def test_nothing_a_reader_does_shows_another_what_only_they_had(
    acts: list[Act], is_owner: bool, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """One article is listed, one is Bea's. Whatever Ada, or the owner, reads, and wherever it says that it belongs: what was
    said in an article that Bea did not see is in nothing that she is told later."""
    store = new_store(tmp_path_factory.mktemp("acts") / "rowback.db")
    token, _ = _token(store, BEA), _token(store, ADA)
    bea, ada = _id(store, BEA), 1 if is_owner else _id(store, ADA)
    store.record(Capture(C_URL, content("Ferry", PARAGRAPHS), at(0), Origin.FEED), at(0))
    store.record(_sent(URLS[1], PARAGRAPHS, 0, bea), at(0))
    client = create_app(store, now=Clock()).test_client()
    unseen: list[str] = []
    for n, act in enumerate(acts, 1):
        word = f"unheard{n}"
        article_id = _do(store, act, n, ada, f"Nobody else knows of the boat {word}.")
        if article_id is not None and store.view(Audience(bea)).articles.get(article_id) is None:
            unseen.append(word)
        for each in unseen:
            assert not store.view(Audience(bea)).search.find(each, 5), (each, act)
    told = _all_told(client, token)
    assert not [each for each in unseen if each in told]
    store.close()


def _do(store: Store, act: Act, n: int, ada: int, said: str) -> int | None:
    """Does it; where something was stored, the article's id."""
    what, where, belongs = act
    url = URLS[where]
    found = store.view(Audience(ada)).articles.find(url)
    if what in ("follows", "stops"):
        if found is not None:
            store.set_followed(found.id, at(60 * n) if what == "follows" else None, ada)
        return None
    reader, origin = (ada, Origin.BROWSER) if what != "the backend checks" else (None, Origin.POLL)
    if reader is None and found is None:
        return None  # nothing to check
    canonical = None if what == "reads" else URLS[belongs]
    told = Capture(url, content("Ferry", [*PARAGRAPHS, said]), at(60 * n), origin, canonical, reader=reader)
    try:
        return store.record(told, at(60 * n)).article.id
    except NotAnArticle:
        return None


def _all_told(client: FlaskClient, token: str) -> str:
    """What a reader is told of everything that is listed for them."""
    brought = {"Authorization": f"Bearer {token}"}
    listed = client.get("/api/v1/articles?limit=500", headers=brought).get_json()["articles"]
    paths = [f"/api/v1/edits?url={each['url']}" for each in listed] + [f"/articles/{each['id']}" for each in listed]
    return "".join(
        client.get(path, headers=brought).get_data(as_text=True)
        for path in (*paths, "/api/v1/changes", "/feed.json", "/", "/articles")
    )


def test_readers_articles_are_merged_only_where_all_see_them(house: tuple[Store, int, int]) -> None:
    store, ada, bea = house
    store.record(_sent(f"{URL}-a", PARAGRAPHS, 0, ada), at(0))
    store.record(_sent(f"{URL}-b", PARAGRAPHS, 0, bea), at(0))
    store.record(Capture(f"{URL}-c", content("Ferry", PARAGRAPHS), at(0), Origin.FEED), at(0))
    for reader in (ada, None):
        for belongs in ("b", "c"):
            told = _sent(
                f"{URL}-a", [*PARAGRAPHS, "Nobody else knows of the blue boat."], 60, reader, f"{URL}-{belongs}"
            )
            store.record(told, at(60))
    assert not store.view(Audience(bea)).search.find("blue boat", 10)
    assert len(store.view(Audience(ada)).search.find("blue boat", 10)) == 1
