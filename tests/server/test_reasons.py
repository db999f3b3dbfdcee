"""Reasons that are stored in English are told in the reader's language: each that the poller can give is known."""

from __future__ import annotations

import ast
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rowback.store.check_words import in_words
from rowback.store.checks_wanted import CheckState, WantedCheck
from rowback.store.work import Outcome
from rowback.text import tongue
from rowback.text.reasons import REASONS, is_told, recognised, told
from rowback.web.pages.catalogues import language

from .catalogues import PACKAGE, TRANSLATED

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

# Where the words are that a request of the poller can end with, and how they are given.
FILES = (
    "article_check.py", "asking_first.py", "addresses.py", "decoding.py", "feed_reading.py", "fetch.py", "network.py",
    "putting_off.py", "robots.py", "sampling.py", "visit.py",
)  # fmt: skip
# Where the words are of why a page that was captured is not believed.
DOUBTERS = (
    "apart/pool.py", "capture/putting_off.py", "store/belief.py", "store/intake.py", "text/copied.py", "text/doubts.py",
    "text/extract.py", "text/walls.py",
)  # fmt: skip
# Where the words are of why an archive, another backend or the target of an alert did not do what it was asked.
ELSEWHERE = (
    "alerts/sending.py", "alerts/through_apprise.py", "alerts/webhook.py", "archive/backfill.py", "archive/cdx.py",
    "archive/knocking.py", "archive/payload.py", "archive/peer_answers.py", "archive/peers.py",
    "archive/reading_copies.py", "archive/timemap.py",
)  # fmt: skip
GIVEN_BY = {
    "Doubt",
    "NotAnArticle",
    "PageTooCostly",
    "Trouble",
    "Nothing",
    "Refusal",
    "NoAnswer",
    "FetchFailed",
    "ForbiddenURL",
    "TooLarge",
    "BadURL",
    "UnfitSource",
    "Undelivered",
    "_failed",
    "_refused",
    "failure",
}
NAMED = {"reason", "said"}
LEFT = {
    "The page is packed as x, which was not asked for.": "a server's fault that its makers look for, in English",
}
UNTOLD = {
    "Reading it takes longer than x.": "its limit is a phrase in English",
    "The page has more than x MB of HTML.": "refused before it is stored; told to who sent it",
    "The article has more than x blocks.": "refused before it is stored; told to who sent it",
    "The article has more than x characters.": "refused before it is stored; told to who sent it",
}
UNSAID = {
    "x did not take the messagex.": "told with a status in brackets or without: both are known",
    'Alerts of this kind need Apprise: pip install "x". Then start x again.': "a command of this machine, in English",
}


@pytest.fixture
def german() -> Iterator[None]:
    tongue.speak(language("de"))
    yield
    tongue.speak(None)


def _text(node: ast.expr) -> str | None:
    """What a literal says, with `x` for each value; None for what is none."""
    if isinstance(node, ast.Constant):
        return node.value if isinstance(node.value, str) and " " in node.value else None
    if isinstance(node, ast.JoinedStr):
        return "".join(str(part.value) if isinstance(part, ast.Constant) else "x" for part in node.values)
    return None


def _given(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        found: list[ast.expr] = []
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in GIVEN_BY:
            found = [*node.args, *(each.value for each in node.keywords)]
        elif isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name) and node.targets[0].id in NAMED:
            found = [node.value]
        for each in found:
            branches = [each.body, each.orelse] if isinstance(each, ast.IfExp) else [each]
            yield from filter(None, map(_text, branches))


def test_every_reason_that_the_poller_gives_is_known() -> None:
    given_now = {text for name in FILES for text in _given(PACKAGE / "capture" / name)}
    assert len(given_now) > 20
    assert {text for text in given_now if recognised(text) is None} == LEFT.keys()


def _kept(path: Path) -> Iterator[str]:
    """The sentences that a module keeps as constants, also in a table."""
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.Assign):
            values = node.value.values if isinstance(node.value, ast.Dict) else [node.value]
            yield from (text for text in map(_text, values) if text is not None and text.endswith("."))


def test_every_doubt_in_a_page_is_known() -> None:
    given_now = {text for name in DOUBTERS for text in (*_given(PACKAGE / name), *_kept(PACKAGE / name))}
    assert len(given_now) > 20
    assert {text for text in given_now if recognised(text) is None} == UNTOLD.keys()


def test_every_reason_of_what_is_asked_elsewhere_is_known() -> None:
    given_now = {text for name in ELSEWHERE for text in (*_given(PACKAGE / name), *_kept(PACKAGE / name))}
    assert len(given_now) > 20
    assert {text for text in given_now if recognised(text) is None} == UNSAID.keys()


@pytest.mark.parametrize("template", REASONS)
def test_each_is_recognised_as_itself_and_said_as_it_was_stored_in_english(template: str) -> None:
    values = {name: f"v{name}" for name in ("address", "cause", "day", "detail", "error", "host", "number", "status")}
    stored = template % values
    found = recognised(stored)
    assert found is not None
    assert found[0] == template
    assert found[0] % found[1] == stored
    assert told(stored) == stored


@given(st.text())
def test_what_is_not_ours_stays_as_it_is(text: str) -> None:
    tongue.speak(language("ja"))
    try:
        found = recognised(text)
        assert found is not None or told(text) == text
        assert found is None or found[0] % found[1] == text
    finally:
        tongue.speak(None)


@pytest.mark.usefixtures("german")
def test_a_reason_within_a_reason_is_told_too() -> None:
    said = told("its robots.txt cannot be read just now (the server answered 503), so nothing is asked for")
    assert "der Server antwortete mit \u2068503\u2069" in said
    cause = "a.example could not be read: Connection refused"
    said = told(f"its robots.txt cannot be read just now ({cause}), so nothing is asked for")
    assert "\u2068a.example\u2069 war nicht lesbar: \u2068Connection refused\u2069), daher" in said
    assert told("the server answered 404 <b>%s</b>") == "the server answered 404 <b>%s</b>"
    assert not is_told("Errno 111")


@pytest.mark.parametrize("tag", TRANSLATED)
def test_no_language_leaves_one_in_english(tag: str) -> None:
    tongue.speak(language(tag))
    try:
        assert [each for each in REASONS if tongue.gettext(each) == each] == []
    finally:
        tongue.speak(None)


@pytest.mark.usefixtures("german")
def test_a_look_that_was_asked_for_tells_its_reason() -> None:
    at = datetime(2031, 5, 6, tzinfo=UTC)
    over = WantedCheck(
        CheckState.DONE, at, None, at, Outcome.FAILED, "A redirect leads to no address.", is_attended=True
    )
    assert in_words(over, str).endswith("(Eine Weiterleitung führt zu keiner Adresse)")
