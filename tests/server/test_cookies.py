"""Cookies live for one fetch: a page that sends one and wants it back is read, and nothing of it is left afterwards."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from rowback.capture.cookies import Cookies
from rowback.capture.fetch import Fetcher

from .test_fetch import TEXT, fetcher, site
from .websites import HOST

if TYPE_CHECKING:
    from http.server import BaseHTTPRequestHandler

    from .websites import Website

__all__ = ["fetcher", "site"]
OTHER = "other.example"


def test_a_page_that_wants_its_cookie_back_is_read(site: Website, fetcher: Fetcher) -> None:
    site.put("/meter", status=302, Location="/story", Set_Cookie="seen=1; Path=/")
    site.put("/page", TEXT)

    def story(request: BaseHTTPRequestHandler) -> None:
        site.answers["/page" if "seen=1" in request.headers.get("Cookie", "") else "/meter"](request)

    site.answers["/story"] = story
    assert fetcher.get(site.url("/story")).body == TEXT.encode()
    assert len(site.asked) == 2
    assert fetcher.get(site.url("/story")).body == TEXT.encode()
    assert [headers.get("Cookie") for _, headers in site.asked] == [None, "seen=1"] * 2


@pytest.mark.parametrize("domain", ["", "; Domain=news.example", "; Domain=example", "; Domain=other.example"])
def test_a_cookie_never_goes_to_another_site(site: Website, domain: str) -> None:
    site.put("/a", status=302, Location=site.url("/b", OTHER), Set_Cookie=f"who=me; Path=/{domain}")
    site.put("/b", TEXT)
    Fetcher({HOST, OTHER}, site.resolve).get(site.url("/a"))
    assert "Cookie" not in site.asked[-1][1]


COOKIE_ROWS: list[tuple[str, list[str], str, str | None]] = [
    ("https://www.echo.example/a", ["s=1"], "https://echo.example/a", None),
    ("https://www.echo.example/a", ["s=1; Domain=echo.example; Path=/"], "https://m.echo.example/", "s=1"),
    ("https://www.echo.co.uk/a", ["s=1; Domain=co.uk; Path=/"], "https://www.other.co.uk/", None),
    ("https://www.echo.co.uk/a", ["s=1; Domain=co.uk; Path=/"], "https://www.echo.co.uk/a", None),
    ("http://echo.example/a", ["s=1; Secure"], "http://echo.example/a", None),
    ("http://echo.example/a", ["s=1", "s=; Max-Age=0"], "http://echo.example/a", None),
    ("http://echo.example/a", ["s=1; Path=/news"], "http://echo.example/sport", None),
    ("http://echo.example/a", ["s=1", "t=2", "u=" + "x" * 5_000], "http://echo.example/a", "s=1; t=2"),
    ("http://127.0.0.1:1/a", ["s=1"], "http://127.0.0.2:1/a", None),
    ("http://user:secret@echo.example/a", ["s=1"], "http://echo.example/é", "s=1"),
]


@pytest.mark.parametrize(("url", "told", "asked", "sent"), COOKIE_ROWS)
def test_a_cookie_goes_where_its_domain_and_path_allow(url: str, told: list[str], asked: str, sent: str | None) -> None:
    jar = Cookies()
    jar.keep(url, told)
    assert jar.for_request(asked).get("Cookie") == sent
