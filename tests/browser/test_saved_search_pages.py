"""Saved searches and their alerts in real browsers: the whole way by keyboard, and every look of the pages."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest

from tests.server.alert_targets import HOST, WebhookTarget, webhook_target

from .backend import Backend
from .cases import COST, RUST, TITLE, story
from .conftest import OUTPUT
from .deadline import until
from .looks import LOOKS, TELEPHONE, asked, looking
from .test_accessibility import violations
from .test_pages import CUT
from .test_pages_small import COARSE, FINE, SMALL, UNFOLD

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .reader import Reader

EDITED = story("told-by-alerts", (TITLE, COST.format("four"), RUST), (TITLE, COST.format("nine"), RUST))
LONG = "Landungsbrückenpfeilerschutzverordnungsänderungen – 東京 – الجسر"
TEXT = "() => document.querySelector('main').innerText"
WHOLE = "() => document.readyState === 'complete' && document.querySelector('main').innerText"
OPENED = "() => document.querySelector('.alert details').open"
PATH = "() => decodeURIComponent(location.pathname)"
FOCUS = "(css) => document.querySelector(css).focus()"


@pytest.fixture(scope="module")
def target() -> Iterator[WebhookTarget]:
    with webhook_target() as made:
        yield made


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Backend]:
    """A backend whose owner lets it send to this machine."""
    backend = Backend(tmp_path_factory.mktemp("told"), environment={"ROWBACK_FETCH_HOSTS": HOST})
    backend.start()
    backend.tell(EDITED)
    yield backend
    backend.stop()


@pytest.fixture(scope="module", autouse=True)
def _signed_in(connected: Reader, desk: Backend) -> None:
    connected.open(desk.sign_in_link())


def _says(reader: Reader, text: str) -> None:
    until(lambda: text in (asked(reader, WHOLE) or ""), f"the page, whole, to say {text!r}")


def _typed(reader: Reader, css: str, text: str) -> None:
    reader.run_in_page(FOCUS, css)
    reader.type(text)


def _entered(reader: Reader, css: str) -> None:
    reader.run_in_page(FOCUS, css)
    reader.press("Enter")


def test_a_search_is_saved_told_tried_out_and_removed_by_keyboard(
    reader: Reader, desk: Backend, target: WebhookTarget
) -> None:
    name, before = f"Figures ({type(reader).__name__})", len(target.posted)
    reader.open(f"{desk.url}/search?q=label%3Afigure")
    _entered(reader, "a[href*='searches?q=']")
    until(lambda: asked(reader, PATH) == "/searches", "the list of saved searches")
    assert reader.run_in_page("() => document.querySelector('#search-query').value") == "label:figure"
    _typed(reader, "#search-name", name)
    reader.press("Enter")
    until(lambda: asked(reader, PATH) == f"/searches/{name}", "the page of the search")
    assert TITLE in reader.run_in_page(TEXT)
    assert reader.run_in_page("() => document.querySelectorAll('main a[href*=\"/feed.\"]').length") > 0
    _typed(reader, "#target", target.url())
    _typed(reader, "#quiet-from", "22")
    _typed(reader, "#quiet-until", "7")
    reader.press("Enter")
    _says(reader, "shown this once")
    assert "s3cret" not in reader.run_in_page("() => document.documentElement.outerHTML")
    assert violations(reader, "body") == []
    _entered(reader, ".alert button[value=test]")
    _says(reader, "took the test message")
    assert len(target.posted) == before + 1
    assert "quiet from 22:00 to 7:00" in reader.run_in_page(TEXT)
    _entered(reader, ".alert summary")
    until(lambda: asked(reader, OPENED), "the messages to unfold")
    _says(reader, "a test · sent")
    _entered(reader, ".alert button[value=remove]")
    _says(reader, f"Removed: http://{HOST}/…")
    assert violations(reader, "body") == []
    reader.screenshot(OUTPUT / f"searches-removed-{type(reader).__name__}.png")
    _entered(reader, "button[value=undo]")
    _says(reader, "Undone: Removed")
    assert "quiet from 22:00 to 7:00" in reader.run_in_page(TEXT)
    reader.open(f"{desk.url}/searches")
    _entered(reader, f"form:has(input[value='{name}']) button[value=remove]")
    _says(reader, f"Removed: {name}.")
    _entered(reader, "button[value=undo]")
    _says(reader, f"Undone: Removed: {name}.")
    _entered(reader, f"form:has(input[value='{name}']) button[value=remove]")
    _says(reader, f"Removed: {name}.")


def test_what_cannot_be_set_says_why_and_what_to_do(reader: Reader, desk: Backend) -> None:
    name = f"Refused ({type(reader).__name__})"
    desk.save_search(name, "label:figure", "https://hooks.example.org/hook")
    reader.provoked |= {"400", "BAD REQUEST"}
    reader.open(f"{desk.url}/searches/{quote(name)}")
    reader.run_in_page(UNFOLD)
    _typed(reader, "#target", "file:///etc/passwd")
    reader.press("Enter")
    _says(reader, "A target begins with one of")
    assert reader.run_in_page("() => document.activeElement.id") == "target"
    assert "passwd" not in reader.run_in_page(TEXT)
    assert violations(reader, "body") == []
    reader.screenshot(OUTPUT / f"searches-refused-{type(reader).__name__}.png")


@pytest.fixture(scope="module")
def pages(desk: Backend, connected: Reader) -> dict[str, str]:
    """The pages by name: with a long name and a message that could not be sent, and of a search that finds nothing."""
    kind = type(connected).__name__
    full, empty = f"{LONG[:40]} {kind}", f"Nothing yet {kind}"
    desk.save_search(full, "label:figure", "https://nowhere.test/hook")
    desk.save_search(empty, "added:zyxomma", "https://hooks.example.org/hook")
    connected.open(f"{desk.url}/searches/{quote(full)}")
    connected.click(".alert button[value=test]")
    until(lambda: "could not be sent" in (asked(connected, TEXT) or ""), "the test to fail")
    return {"list": "/searches", "full": f"/searches/{quote(full)}", "empty": f"/searches/{quote(empty)}"}


@pytest.mark.parametrize("page", ["list", "full", "empty"])
@pytest.mark.parametrize("look", LOOKS)
def test_they_are_readable_in_every_look(
    page: str, look: str, reader: Reader, desk: Backend, pages: dict[str, str]
) -> None:
    with looking(reader, desk.url + pages[page], look):
        reader.run_in_page(UNFOLD)
        assert reader.run_in_page(CUT) == []
        assert reader.run_in_page(SMALL, COARSE if look == TELEPHONE else FINE) == []
        assert violations(reader, "body") == []
        reader.run_in_page("() => document.querySelector('#alerts, h1').scrollIntoView()")
        reader.screenshot(OUTPUT / f"searches-{page}-{look}-{type(reader).__name__}.png")
