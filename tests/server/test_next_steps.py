"""Where there is nothing to show, a page says what to do next, and what waits says for what."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import lxml.html
import pytest

from rowback.web.app import create_app

from .samples import PARAGRAPHS, START, changed
from .visitor import Visitor, owner_at_home

if TYPE_CHECKING:
    from .backend import Backend

WAITS = "No poller runs"
BACKFILL = "Look for earlier versions"


@pytest.fixture
def owner(backend: Backend) -> Visitor:
    """The owner, at a browser on the machine itself."""
    return owner_at_home(backend)


def _parsed(page: str) -> str:
    found: Any = lxml.html.document_fromstring(page).xpath("//main")
    (main,) = found
    return " ".join(main.text_content().split())


def _text(visitor: Visitor, path: str) -> str:
    return _parsed(visitor.get(path).body.decode())


def _strangers(backend: Backend, path: str) -> str:
    """The same for somebody without a token, where reading is public."""
    app = create_app(backend.store, is_public=True, now=backend.clock)
    return _parsed(app.test_client().get(path).get_data(as_text=True))


def test_an_empty_store_tells_its_owner_how_to_begin_and_strangers_that_nothing_is_there(
    owner: Visitor, backend: Backend
) -> None:
    told = _text(owner, "/")
    assert "five ways to begin" in told
    assert "Follow a site" in told
    told = _strangers(backend, "/")
    assert "Nothing is shown here yet" in told
    assert "rowback" not in told


def test_a_store_without_edits_names_archives_to_its_owner(owner: Visitor, backend: Backend) -> None:
    backend.client.capture()
    assert BACKFILL in _text(owner, "/")
    assert BACKFILL not in _strangers(backend, "/")


def test_an_article_with_one_version_says_when_an_edit_shows_and_where_earlier_ones_may_be(
    owner: Visitor, backend: Backend
) -> None:
    backend.client.capture()
    told = _text(owner, "/articles/1")
    assert "one shows when a second version is seen" in told
    assert BACKFILL in told
    backend.client.capture(changed("400", "900"), seen_at=backend.clock().isoformat())
    assert BACKFILL not in _text(owner, "/articles/1")


def test_what_waits_for_a_poller_says_so_while_none_runs_to_its_owner(owner: Visitor, backend: Backend) -> None:
    backend.client.capture()
    backend.store.set_followed(1, backend.clock())
    for path in ("/", "/articles/1"):
        assert WAITS in _text(owner, path)
        assert WAITS not in _strangers(backend, path)
    backend.store.presence.note("test", backend.clock())
    for path in ("/", "/articles/1"):
        assert WAITS not in _text(owner, path)


def test_where_nothing_waits_no_poller_is_missed(owner: Visitor, backend: Backend) -> None:
    assert WAITS not in _text(owner, "/")
    backend.client.capture(seen_at=START.isoformat())
    backend.store.set_followed(1, None)
    for path in ("/", "/articles/1"):
        assert WAITS not in _text(owner, path)


def test_lists_say_of_an_article_what_its_page_says(owner: Visitor, backend: Backend) -> None:
    backend.client.capture()
    backend.store.set_followed(1, backend.clock())
    assert "followed" in _text(owner, "/articles").split()
    backend.store.set_followed(1, None)
    assert "not followed" in _text(owner, "/articles")
    assert "Not followed" in _text(owner, "/articles/1")


def test_a_source_without_edits_leads_to_its_articles_and_to_following_it(owner: Visitor, backend: Backend) -> None:
    backend.client.capture(PARAGRAPHS)
    told = _text(owner, "/?source=nowhere.example")
    assert "No article of that source was edited yet" in told
    assert "follow the site" in told
    assert "follow the site" not in _strangers(backend, "/?source=nowhere.example")


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/search?q=zyxomma", "An article that is not stored is found by its address."),
        ("/search?q=removed:zyxomma", "Try fewer words or a longer period."),
        ("/status", "Paste the address of one that you read"),
        ("/access", "a code stands there"),
        ("/articles?older=2000-01-01T00:00:00Z,1", "Go to the newest"),
        ("/articles/1/diff/0/0", "they are one"),
        ("/articles/1/diff/0/0", "all that changed since the first"),
    ],
)
def test_a_page_with_nothing_to_show_says_the_next_step(path: str, said: str, owner: Visitor, backend: Backend) -> None:
    backend.client.capture()
    if path == "/access":
        backend.store.access.revoke("tests")
    assert said in _text(owner, path)
