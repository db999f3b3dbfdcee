"""A label may be of several words, joined by hyphens: it goes through everything under one name."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import pytest

from rowback.diff.labels import rules
from rowback.diff.labels.rules import LABELS
from rowback.diff.telling.excerpt import TELLING
from rowback.web.pages import glossary, install, newest, search

from .cases import cases
from .messages import english, message_name
from .samples import PARAGRAPHS, START, URL, changed

if TYPE_CHECKING:
    from .backend import Client

ROWS: list[dict[str, Any]] = cases("message-names")
NAME, SHOWN = "place-name", "place name"
# What an excerpt shows in reading order: the words themselves say enough, or too little.
NOT_TELLING = {
    "addition",
    "removal",
    "rolled-off",
    "moved",
    "correction",
    "attribution",
    "typo",
    "punctuation",
    "formatting",
    "rewritten",
}


@pytest.mark.parametrize("row", ROWS, ids=[row["why"] for row in ROWS])
def test_a_word_of_the_backends_has_one_message_in_the_extension(row: dict[str, Any]) -> None:
    assert message_name(row["family"], row["word"]) == row["message"]
    if row["shown"] is not None:
        assert glossary.word(row["word"]) == row["shown"]


def test_no_two_labels_share_a_message() -> None:
    assert len({message_name("label", name) for name in LABELS}) == len(LABELS)
    assert {message_name("label", name) for name in LABELS} <= english().keys()


def test_every_label_is_known_to_be_telling_or_not() -> None:
    assert set(TELLING) | NOT_TELLING == set(LABELS), "say in which order excerpts prefer it, or here that they do not"
    assert not set(TELLING) & NOT_TELLING


@pytest.fixture
def labelled(client: Client, monkeypatch: pytest.MonkeyPatch) -> Client:
    """A backend with one label more, of two words, and an article with an edit that has it."""
    rule = (NAME, lambda change: "Skarvik" in change.new)
    monkeypatch.setattr(rules, "_RULES", (*rules._RULES, rule))
    for module in (glossary, install, newest, search, rules):
        monkeypatch.setattr(module, "LABELS", (*LABELS, NAME))
    monkeypatch.setitem(glossary.MEANINGS, NAME, "a town, a river, a mountain")
    client.capture(PARAGRAPHS, seen_at=START.isoformat())
    client.capture(changed("harbour office", "Skarvik office"), seen_at=(START + timedelta(hours=1)).isoformat())
    return client


def test_a_label_of_two_words_is_told_by_the_api(labelled: Client) -> None:
    (edit,) = labelled.get(f"/api/v1/edits?url={quote(URL, safe='')}").json["edits"]
    assert NAME in edit["labels"]
    assert len(labelled.get(f"/api/v1/search?q=label:{NAME}").json["results"]) == 1


@pytest.mark.parametrize("path", [f"/?label={NAME}", "/articles/1", "/articles/1/diff/0/1", f"/search?q=label:{NAME}"])
def test_a_label_of_two_words_is_shown_as_words_and_leads_to_its_list(labelled: Client, path: str) -> None:
    page = labelled.get(path, Accept="text/html").body.decode()
    assert f'href="/?label={NAME}"' in page
    assert f">{SHOWN}</a>" in page


def test_a_list_of_a_label_of_two_words_is_named_and_explained(labelled: Client) -> None:
    page = labelled.get(f"/?label={NAME}", Accept="text/html").body.decode()
    assert f"label {SHOWN}" in page
    assert "a town, a river, a mountain" in page
    assert f'<option selected value="{NAME}">{SHOWN}</option>' in page
    assert f">{SHOWN}</a>" in labelled.get("/about", Accept="text/html").body.decode()


@pytest.mark.parametrize("kind", ["atom", "rss", "json"])
def test_a_feed_of_a_label_of_two_words_holds_its_edits(labelled: Client, kind: str) -> None:
    feed = labelled.get(f"/feed.{kind}?label={NAME}").body.decode()
    assert "Skarvik" in feed
    assert NAME in feed
    assert kind != "json" or NAME in json.loads(feed)["items"][0]["tags"]
