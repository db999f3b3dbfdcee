"""What an edit touches. Rows of `cases/labels.json`; where `labels` are left out only `minor` counts.

`lang` is the language of the article (English), null for none; `names` are known of the rest of the article; `is_paged` says
that a block only went to another page of the text, or came from there.
"""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from rowback.diff.labels.change import GivenReading
from rowback.diff.labels.lexicon import LEXICONS, NO_WORDS, lexicon_of
from rowback.diff.labels.names import is_known_name, known_names, read_of, without_genitive
from rowback.diff.labels.rules import LABELS, is_minor, label
from rowback.diff.words.compare import compare
from rowback.text.normalize import comparable
from rowback.told import EditKind

from .cases import cases
from .languages import SENTENCES

ROWS: list[dict[str, Any]] = cases("labels")
A_PARAGRAPH = 3


@pytest.mark.parametrize("row", ROWS, ids=[row["why"] for row in ROWS])
def test_labelled_as_a_person_would(row: dict[str, Any]) -> None:
    kind, old, new = EditKind(row.get("kind", "change")), row["old"], row["new"]
    reading = GivenReading(LEXICONS.get(row.get("lang", "en"), NO_WORDS), frozenset(row.get("names", ())))
    is_paged = row.get("is_paged", False)
    labels = label(kind, row.get("index", A_PARAGRAPH), old, new, compare(old, new), reading, is_paged=is_paged)
    assert list(labels) == row.get("labels", list(labels))
    assert is_minor(kind, labels) is row["minor"]


def test_figures_and_negations_are_never_minor() -> None:
    for substance in ("figure", "name", "negation"):
        for form in ("typo", "punctuation"):
            assert not is_minor(EditKind.CHANGE, (substance, form))


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        *SENTENCES.items(),
        (None, "Båten gikk fra havnen klokken seks og kom ikke for sent fram."),
        (None, "Паром ушёл из гавани в шесть утра и прибыл вовремя."),
        (None, "渡し船は月曜日の朝六時に港を出た。"),
        (None, "Ferry timetable"),
        (None, ""),
    ],
)
def test_the_language_is_told_from_the_text_or_left_open(lang: str | None, text: str) -> None:
    assert lexicon_of([text, ""]) is (LEXICONS[lang] if lang else NO_WORDS)


def test_names_are_those_that_stand_inside_sentences_and_never_without_a_capital() -> None:
    told = [
        "Boats left when Ruiz came.",
        "Reyes saw that Boats were late.",
        "The boats of Reyes, and those of J. Marsh.",
    ]
    assert known_names(read_of(told), LEXICONS["en"]) == {"Ruiz", "Reyes", "Marsh"}


_PIECES = "Ruiz|ruiz| |  |, |. |J. |A|'s|’s|-|É|ß|İ|ǅ|May|\n|_|1|U.S".split("|")
_WRITTEN = st.lists(st.sampled_from(_PIECES)).map("".join)


@given(_WRITTEN, _WRITTEN.filter(lambda word: word[:1].isupper()))
@example("Then came Ruiz's boat", "Ruiz")
@example("Then came Ruiz, and ruiz", "Ruiz")
@example("Then came Ruiz, and_ruiz", "Ruiz")
def test_a_name_is_found_alone_as_among_all(text: str, word: str) -> None:
    lexicon, name = LEXICONS["en"], without_genitive(word)
    assert is_known_name(name, read_of([text]), lexicon) == (name in known_names(read_of([text]), lexicon))


def test_every_label_has_cases_for_and_against_it() -> None:
    labels = [set(row["labels"]) for row in ROWS if "labels" in row]
    for name in LABELS:
        assert any(name in each for each in labels), f"no case has the label {name}"
        assert any(name not in each for each in labels)


def test_lexicons_are_folded_as_texts_are() -> None:
    for lexicon in LEXICONS.values():
        lists = (
            lexicon.frequent,
            lexicon.negations,
            lexicon.hedges,
            lexicon.dates,
            lexicon.attributions,
            lexicon.numbers,
        )
        for word in (word for each in lists for word in each):
            assert word == comparable(word).lower(), word
