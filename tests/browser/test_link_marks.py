"""Marks beside the links of a section front that lead to edited articles: where the reader wants them, and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from .cases import BUSES, COST, RUST, TITLE
from .choices import choose
from .deadline import stays, until

if TYPE_CHECKING:
    from collections.abc import Callable

    from .backend import Backend
    from .overlay import Overlay
    from .reader import Reader
    from .site import Site

SITE = "https://links.lantern-post.test"
STORY = f"{SITE}/2026/11/council-closes-the-bridge"
QUIET = f"{SITE}/2026/11/ferry-runs-all-night-long"
FRONT = f"""<!doctype html><html lang="en"><meta charset="utf-8"><title>The Lantern Post</title>
<style>body {{ font: 18px/1.5 Georgia, serif; max-width: 44em; margin: 2em auto; }}</style>
<h1>The Lantern Post</h1><h2>City</h2><ul>
<li><h3><a href="{STORY}">Council closes the old harbour bridge</a></h3><p>Buses take the northern road.</p></li>
<li><h3><a href="{QUIET}">The ferry runs all night long, for now</a></h3><p>Ten minutes apart.</p></li>
<li><h3><a href="https://else.test/2026/11/council-closes-the-bridge">The same bridge in another paper</a></h3></li></ul>
</html>"""


@pytest.fixture(scope="module", autouse=True)
def _published(backend: Backend, site: Site) -> None:
    for cost, at in (("four", "2026-01-01T08:00:00Z"), ("nine", "2026-01-01T09:00:00Z")):
        blocks = [{"kind": "p", "text": text} for text in (COST.format(cost), RUST, BUSES)]
        backend.api("POST", "/api/v1/captures", {"url": STORY, "title": TITLE, "blocks": blocks, "seen_at": at})
    site.put(f"{SITE}/city/", FRONT)


def marked(reader: Reader) -> str | None:
    found: str | None = reader.ask("attribute", "[data-link]", "data-link")
    return found


def test_links_are_marked_when_the_reader_wants_it_and_not_before(
    reader: Reader, overlay: Overlay, snap: Callable[[Reader, str], None]
) -> None:
    reader.open(f"{SITE}/city/")
    stays(lambda: overlay.state().hosts, 0, "no overlay on a front page")
    before = reader.ask("html")
    choose(reader, "links", on=True)
    until(lambda: marked(reader) == STORY, "the mark beside the edited story's link")
    assert "edited" in reader.ask("text", "[data-link]")
    assert reader.ask("html") == before, "the page is as it was"
    link = reader.ask("box", "h3 a")
    mark = reader.ask("box", "[data-link]")
    assert mark["left"] >= link["right"], "beside the link, not on it"
    snap(reader, "links")
    assert not reader.ask("overflows")
    choose(reader, "links", on=False)
    until(lambda: overlay.state().hosts == 0, "the marks to be gone")
