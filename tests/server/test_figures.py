"""A figure that changed is told as one, whole, however it is written; how it is set is no change of it.

Rows of `cases/figures.json`: `changed` with what is marked, `form` where only the typesetting differs. `lang` is the language
of the article around them (English), null for none of ours.
"""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rowback.diff.labels.numerals import han_figures, roman_figure
from rowback.diff.labels.typeset import typeset
from rowback.diff.labels.values import value
from rowback.diff.telling.step import Step, tell_step
from rowback.diff.words.compare import compare
from rowback.diff.words.tokens import tokenize
from rowback.model import Block, Content
from rowback.text.normalize import comparable

from .cases import cases
from .languages import SENTENCES
from .strategies import PROSE

TABLE: dict[str, list[dict[str, Any]]] = cases("figures")
MARKS = ("[-{}-]", "{}", "{{+{}+}}")
# What figures are written with, and what stands beside them.
SIGNS = "0123456789" * 3 + ".,:-–—−/ %€$'amphst½²〜十万年\u00a0()+ⅡIVX&@#_"
RAGGED = st.text(alphabet=SIGNS, max_size=30)
HYPHENS = "-‐‑‒–−"
# The same digit: as it is, full-width, Arabic-Indic, Devanagari, Bengali, Thai.
ZEROS = "0０٠०০๐"
LANGUAGES = st.sampled_from([*SENTENCES, None])


# Of no language with words for labels.
OTHERWISE = "Паром ушёл из гавани рано утром и прибыл вовремя."


def _told(old: str, new: str, lang: str | None = "en") -> Step:
    """A paragraph's edit behind a sentence that stays, in an article in that language."""
    before = SENTENCES[lang] if lang else OTHERWISE
    was, now = (Content("News", (Block("p", f"{before} {text}"),)) for text in (old, new))
    return tell_step(was, now)


@pytest.mark.parametrize("row", TABLE["changed"], ids=[f"{row['old']} → {row['new']}" for row in TABLE["changed"]])
def test_another_figure_is_told_as_one_and_marked_whole(row: dict[str, Any]) -> None:
    step = _told(row["old"], row["new"], row.get("lang", "en"))
    assert "figure" in step.labels
    assert not step.is_minor
    marked = "".join(MARKS[segment.op + 1].format(segment.text) for segment in compare(row["old"], row["new"]))
    assert marked == row["marked"]


@pytest.mark.parametrize("row", TABLE["form"], ids=[f"{row['old']} → {row['new']}" for row in TABLE["form"]])
def test_the_same_set_otherwise_is_minor_both_ways(row: dict[str, Any]) -> None:
    for old, new in ((row["old"], row["new"]), (row["new"], row["old"])):
        step = _told(old, new, row.get("lang", "en"))
        assert {"figure", "date", "name"}.isdisjoint(step.labels), step.labels
        assert step.is_minor


@given(RAGGED, RAGGED, st.permutations("0123456789"), LANGUAGES)
def test_no_edit_of_a_digit_is_minor(before: str, after: str, digits: list[str], lang: str | None) -> None:
    step = _told(f"It was {before}{digits[0]}{after} then.", f"It was {before}{digits[1]}{after} then.", lang)
    assert not step.is_minor
    assert {"figure", "date"} & set(step.labels)


@given(
    PROSE, PROSE, st.sampled_from(["{}", "{}-9", "12-{}", "4.{}-5.5", "£{}m", "{}:1", "F-{}", "{}%", "−{}"]), st.data()
)
def test_a_digit_in_prose_is_a_figure(before: str, after: str, written: str, data: st.DataObject) -> None:
    was, now = data.draw(st.lists(st.integers(1, 98).map(str), min_size=2, max_size=2, unique=True))
    step = _told(
        f"{before} boat {written.format(was)} boat {after}", f"{before} boat {written.format(now)} boat {after}"
    )
    assert "figure" in step.labels
    assert not step.is_minor


@given(st.text(alphabet="0123456789-., wx%€", max_size=30), st.data(), LANGUAGES)
def test_other_dashes_and_digits_of_other_scripts_are_form(text: str, data: st.DataObject, lang: str | None) -> None:
    other = "".join(data.draw(_written(sign)) for sign in text)
    if comparable(text) == comparable(other):
        return
    step = _told(f"It was {text} then.", f"It was {other} then.", lang)
    assert {"figure", "date", "name"}.isdisjoint(step.labels), step.labels
    assert step.is_minor


def _written(sign: str) -> st.SearchStrategy[str]:
    if sign == "-":
        return st.sampled_from(HYPHENS)
    return st.sampled_from([chr(ord(zero) + int(sign)) for zero in ZEROS]) if sign.isdecimal() else st.just(sign)


@pytest.mark.parametrize(
    "figure",
    "12-9 12–9 12:9 4.5-5.5 £4.5m–£5.5m 9.30–17.00 5pm-6pm 2024-25 F-16 F-1.5 v1.2 737-800 −5–−3 $5-7 10%-12% 1,200.50 "
    "12,34,567 ٢٫٥ １２−９ 3-year-old 二十一 三分之二 3亿5000万 12\u00a0400 2½ 10² ₹5".split(" "),
)
def test_a_figure_is_one_token(figure: str) -> None:
    assert tokenize(f"was {figure} then")[2] == figure


def test_groups_of_digits_behind_spaces_are_one_token() -> None:
    assert "12 400" in tokenize("some 12 400 boats")
    assert "2024" in tokenize("in 2024 400 boats")
    assert "020 7946 0958" in tokenize("call 020 7946 0958 now")


@pytest.mark.parametrize(
    ("number", "point", "comma"),
    [
        ("4,000", "4000", "4.000"),
        ("4.000", "4.000", "4000"),
        ("0,125", "0.125", "0.125"),
        ("1,200.50", "1200.50", "1200.50"),
        ("1.200,50", "1200.50", "1200.50"),
        ("1 200,50", "1200.50", "1200.50"),
        ("1'250'000", "1250000", "1250000"),
        ("1.250.000", "1250000", "1250000"),
        ("12,34,567", "1234567", "1234567"),
        ("4,5", "4.5", "4.5"),
        ("10.1.2", "10.1.2", "10.1.2"),
        ("14:05", "14:05", "14:05"),
        ("1,2.5", "1,2.5", "1,2.5"),
    ],
)
def test_a_number_is_its_value_whatever_its_groups(number: str, point: str, comma: str) -> None:
    assert (value(number, decimal_comma=False), value(number, decimal_comma=True)) == (point, comma)


def test_numerals_of_east_asia_and_rome_have_values() -> None:
    han = "十二 二十一 三百 两 万 三千五百万 三亿五千万 二〇二六 廿一 万亿 三分之一 十 十分".split()
    expected = "12 21 300 2 10000 35000000 350000000 2026 21 1000000000000 3+1 10 ".split(" ")
    assert ["+".join(han_figures(token)) for token in han] == expected
    roman = "II XIV XIXe Ve MCMXC XL IIX DC I".split()
    assert [roman_figure(token) for token in roman] == ["2", "14", "19", "5", "1990", "", "", "", ""]
    assert roman_figure("V", "Charles") == "5"


@given(st.text(max_size=40))
def test_typesetting_keeps_every_digit(text: str) -> None:
    folded = typeset(comparable(text))
    assert len(re.findall(r"\d", folded)) >= len(re.findall(r"\d", comparable(text)))
    assert typeset(folded) == folded
