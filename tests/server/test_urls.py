"""Which addresses lead to the same article. The rules are rows of `cases/urls.json`; of tracking: `test_tracking.py`."""

from __future__ import annotations

from itertools import combinations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rowback.errors import BadURL
from rowback.text.canonicals import believable_canonical, foreign_canonical
from rowback.text.links import joined, looks_like_article
from rowback.text.urls import (
    MAX_HOST_LENGTH,
    MAX_PARAMETERS,
    MAX_URL_LENGTH,
    PageURL,
    identify,
    identify_asked,
)

from .cases import cases

TABLE: dict[str, list[dict[str, Any]]] = cases("urls")
# What addresses are made of, put together at random: reaches further than random characters.
_PIECES = (
    "https:// http:// www. m. amp. google.com cdn.ampproject.org echo.example co.uk /amp/s/ /c/s/ /amp .amp .html "
    "/ ? # & = #! #/ "
    ";jsessionid= (S( )) _escaped_fragment_= sid= "
    "utm_source=x id=1 ; : 80 443 @ [ ] ::1 127.0.0.1 %20 %2f %00 % .. . xn-- \\ é İ ½ ⒈ 記 \u00ad \u200d a 1 \t \x00 \ud800"
).split(" ")
_STARTS = ("", "https://", "http://echo.example/", "https://google.com/amp/s/", "https://x.cdn.ampproject.org/c/s/")
ADDRESSES = st.one_of(
    st.text(),
    st.builds(
        lambda start, pieces: start + "".join(pieces),
        st.sampled_from(_STARTS),
        st.lists(st.one_of(st.sampled_from(_PIECES), st.text(max_size=3)), max_size=8),
    ),
)


def _whys(rows: list[dict[str, Any]]) -> list[str]:
    return [row.get("why") or row["url"] for row in rows]


@pytest.mark.parametrize("row", TABLE["same"], ids=_whys(TABLE["same"]))
def test_one_article(row: dict[str, Any]) -> None:
    keys = {identify(url).key for url in row["urls"]}
    assert len(keys) == 1, keys


@pytest.mark.parametrize("row", TABLE["different"], ids=_whys(TABLE["different"]))
def test_different_articles(row: dict[str, Any]) -> None:
    for one, other in combinations(row["urls"], 2):
        assert identify(one).key != identify(other).key


@pytest.mark.parametrize("row", TABLE["links"], ids=_whys(TABLE["links"]))
def test_the_link_opens_the_page_without_tracking(row: dict[str, Any]) -> None:
    assert identify(row["url"]).link == row["link"]


@pytest.mark.parametrize("row", TABLE["bad"], ids=_whys(TABLE["bad"]))
def test_no_address_of_a_page(row: dict[str, Any]) -> None:
    with pytest.raises(BadURL) as refused:
        identify(row["url"])
    assert str(refused.value).endswith(".")


def test_an_address_may_be_long_but_not_endless() -> None:
    longest = "https://echo.example/".ljust(MAX_URL_LENGTH, "a")
    assert identify(longest).link == longest
    with pytest.raises(BadURL):
        identify(longest + "a")
    assert joined("https://echo.example/news/", longest) == longest
    assert joined("https://echo.example/news/", longest + "a") == ""
    assert not looks_like_article(f"https://echo.example/2026/01/31/{'a' * MAX_URL_LENGTH}", longest)


@pytest.mark.parametrize(
    "url",
    [
        f"https://{'a' * (MAX_HOST_LENGTH + 1)}/news",
        f"//{'a.' * MAX_HOST_LENGTH}/news",
        f" \tht\ntps:/\r/{'a' * (MAX_HOST_LENGTH + 1)}/news",
        f"https://{'u' * MAX_HOST_LENGTH}@echo.example/news",
        f"https://echo.example/news?{'a=b&' * (MAX_PARAMETERS + 1)}",
    ],
)
def test_an_address_with_an_endless_part_is_none(url: str) -> None:
    assert joined("https://echo.example/", url) == ""
    assert not looks_like_article(url, "https://echo.example/")
    for ask in (identify, identify_asked):
        with pytest.raises(BadURL, match=r"longer host|no host|http"):
            ask(url)


@pytest.mark.parametrize("row", TABLE["canonicals"], ids=_whys(TABLE["canonicals"]))
def test_a_canonical_address_is_believed_on_its_own_host(row: dict[str, Any]) -> None:
    assert believable_canonical(row["page"], row["canonical"]) == row["believed"]


@pytest.mark.parametrize("row", TABLE["asked"], ids=_whys(TABLE["asked"]))
def test_only_viewers_stand_for_another_host_and_only_when_asked(row: dict[str, Any]) -> None:
    assert identify_asked(row["url"]).link == (row["link"] or identify(row["url"]).link)


def test_a_viewer_of_no_page_is_no_address() -> None:
    with pytest.raises(BadURL):
        identify_asked("https://www.google.com/amp/s/echo example.example/a")


@given(ADDRESSES, ADDRESSES)
def test_a_canonical_address_is_either_of_the_own_host_or_of_another(page: str, canonical: str) -> None:
    here = _identified(page)
    if here is not None:
        believed, foreign = believable_canonical(page, canonical), foreign_canonical(page, canonical)
        assert believed is None or foreign is None
        assert believed is None or identify(believed).site == here.site
        assert foreign is None or identify(foreign).site != here.site


@given(ADDRESSES)
def test_every_string_is_an_address_or_refused(url: str) -> None:
    page = _identified(url)
    if page is not None:
        assert page.key
        assert page.host
        assert page.link.startswith(("http://", "https://"))


@given(ADDRESSES)
def test_the_link_of_an_address_leads_to_the_same_article(url: str) -> None:
    page = _identified(url)
    if page is not None:
        assert identify(page.link) == page


@given(ADDRESSES, ADDRESSES)
def test_any_canonical_address_is_believed_or_not(page: str, canonical: str) -> None:
    believed = believable_canonical(page, canonical)
    assert believed is None or identify(believed).link == believed


def _identified(url: str) -> PageURL | None:
    try:
        return identify(url)
    except BadURL:
        return None
