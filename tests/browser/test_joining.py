"""A second reader: connected by the code or the link of an invitation, without another yes, and disconnected again."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

import pytest

from .backend import rowback
from .cases import FIGURE
from .choices import open_options
from .deadline import until
from .test_pages import NARROW, faults

if TYPE_CHECKING:
    from .backend import Backend
    from .conftest import Readers
    from .reader import Reader

    Snap = Callable[["Reader", str], None]


@pytest.mark.parametrize("how", ["the code", "the link"])
def test_who_was_invited_is_connected_at_once_and_can_leave(
    readers: Readers, own_backend: Backend, how: str, snap: Snap
) -> None:
    own_backend.start()
    own_backend.tell(FIGURE)
    link = rowback("invite", "Ada", "--at", own_backend.url, "--db", own_backend.database)
    reader = readers.start(own_backend.url)
    open_options(reader)
    if how == "the code":
        _type(reader, "#token", parse_qs(urlsplit(link).query)["code"][0].lower())
    else:
        _type(reader, "#backend", link)
    reader.click("#backend-form button[type=submit]")
    until(lambda: _state(reader) == "connected", lambda: f"the invitation to let the reader in: {_said(reader)}")
    snap(reader, f"joined-by-{how.split()[1]}")
    assert "Ada, Rowback in " in rowback("tokens", "--db", own_backend.database)
    assert reader.run_in_page("() => document.getElementById('backend').value") == own_backend.url

    reader.click("#disconnect")
    until(lambda: _state(reader) == "not-connected", "the extension to leave")
    snap(reader, "disconnected")
    assert "Ada, " not in rowback("tokens", "--db", own_backend.database)
    assert reader.errors() == []


def _type(reader: Reader, css: str, text: str) -> None:
    reader.run_in_page(
        "(css, text) => { document.querySelector(css).value = text; document.querySelector(css).focus(); }", css, text
    )


def _said(reader: Reader) -> str:
    """What the page says of the connection, for when it does not come about."""
    return " · ".join(str(reader.ask("text", css)) for css in ("#connection", "#backend-said"))


def _state(reader: Reader) -> str:
    return str(reader.ask("attribute", "#connection", "data-state"))


def test_the_owner_sees_readers_and_the_invited_what_to_do(own_backend: Backend, reader: Reader, snap: Snap) -> None:
    own_backend.start()
    links = [rowback("invite", name, "--at", own_backend.url, "--db", own_backend.database) for name in ("Ada", "Bea")]
    reader.open(links[0])
    assert "You are invited" in str(reader.ask("text", "main"))
    assert faults(reader, "page-join", snap) == {}
    reader.click("form[action$='/join'] button")
    until(lambda: "You read here as Ada" in str(reader.ask("text", "main")), "this browser to be signed in")
    reader.open(own_backend.sign_in_link())
    reader.open(f"{own_backend.url}/access")
    reader.click("#readers ~ .scroll summary")
    assert faults(reader, "page-access-readers", snap) == {}
    for size, name in ((NARROW, "narrow"), ((1280, 900), "wide")):
        reader.resize(*size)
        snap(reader, f"access-readers-{name}")
    reader.open(f"{own_backend.url}/removed")
    assert faults(reader, "page-removed", snap) == {}
