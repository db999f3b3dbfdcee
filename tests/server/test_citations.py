"""Citations of an edit hold hostile headlines and texts as words: no form takes a sign of theirs for its own."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import jsonschema_rs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rowback.diff.words.compare import DELETE, EQUAL, INSERT, Segment
from rowback.web.pages.citations import CitedEdit, as_bibtex, as_csl, as_markdown, as_text

from .samples import START

CITED = CitedEdit(
    key="rowback-1-0a-0b-e1",
    headline="Ferry",
    source="harbour-echo.example",
    seen_at=START,
    is_day=False,
    before=(Segment(EQUAL, "It took "), Segment(DELETE, "400 "), Segment(EQUAL, "boats.")),
    after=(Segment(EQUAL, "It took "), Segment(INSERT, " 900"), Segment(EQUAL, " boats.")),
    address="https://rowback.example/articles/1/edits/0a-0b-e1",
    original="https://harbour-echo.example/a?b=1&c={2}%7D#d",
    credit="",
    read_on=START.date(),
)
SIGNS = "\\{}~^$&#_%\"'<>[]*`|@,="
# Of https://resource.citationstyles.org/schema/latest/input/json/csl-data.json: what concerns the fields that are written.
_DATE = {
    "type": "object",
    "properties": {"date-parts": {"type": "array", "items": {"type": "array", "minItems": 1, "maxItems": 3}}},
    "additionalProperties": False,
}
_TEXT = {"type": "string"}
CSL: dict[str, Any] = {
    "type": "array",
    "items": {
        "type": "object",
        "properties": {
            "type": {"enum": ["webpage", "article-newspaper", "post"]},
            **dict.fromkeys(("id", "title", "container-title", "URL", "archive", "note"), _TEXT),
            **dict.fromkeys(("issued", "accessed"), _DATE),
        },
        "required": ["type", "id"],
        "additionalProperties": False,
    },
}


def test_text_says_what_where_when_and_both_sides() -> None:
    assert as_text(CITED).split("\n\n") == [
        "“Ferry”, harbour-echo.example: an edit first seen 10 January 2026, 08:00 UTC.",
        "Before: It took 400 boats.",
        "After: It took  900 boats.",
        f"Kept by Rowback: {CITED.address}",
        f"Original: {CITED.original}\n",
    ]
    assert "10 January 2026." in as_text(replace(CITED, is_day=True))
    assert as_text(replace(CITED, before=())).split("\n\n")[1] == "Before: (nothing)"
    assert as_text(replace(CITED, credit="as archived by X: https://x.example/")).endswith("https://x.example/\n")


def test_markdown_marks_words_and_not_the_spaces_beside_them() -> None:
    told = as_markdown(CITED)
    assert "Before: It took ~~400~~ boats." in told
    assert "After: It took  **900** boats." in told
    assert f"<{CITED.address}>" in told


@pytest.mark.parametrize("sign", "\\`*_[]<>#|~&!")
def test_markdown_takes_no_sign_of_a_text_for_its_own(sign: str) -> None:
    cited = replace(CITED, headline=f"a{sign}b", before=(Segment(DELETE, f"c{sign}d"),))
    told = as_markdown(cited)
    assert f"a\\{sign}b" in told
    assert f"~~c\\{sign}d~~" in told


@given(st.text(alphabet=st.one_of(st.sampled_from(SIGNS), st.characters(codec="utf-8")), max_size=60))
def test_bibtex_has_one_entry_whatever_a_text_holds(text: str) -> None:
    told = as_bibtex(
        replace(CITED, headline=text, before=(Segment(DELETE, text),), source=text, original=f"https://a/{text}")
    )
    depth, ends = 0, 0
    for sign in told:  # BibTeX counts braces so
        depth += (sign == "{") - (sign == "}")
        ends += sign == "}" and depth == 0
        assert depth >= 0
    assert (depth, ends) == (0, 1)
    assert told.startswith("@misc{rowback-1-0a-0b-e1,\n")


def test_bibtex_names_the_month_and_escapes_what_tex_obeys() -> None:
    told = as_bibtex(replace(CITED, headline="100 % of {a} & $b_c# \\input ~^"))
    assert "\n  month = jan,\n" in told
    assert (
        r"title = {{100 \% of \textbraceleft{}a\textbraceright{} \& \$b\_c\# \textbackslash{}input "
        r"\textasciitilde{}\textasciicircum{}}}" in told
    )


@given(st.text(max_size=40), st.text(max_size=40))
def test_csl_is_what_its_schema_says(headline: str, text: str) -> None:
    cited = replace(CITED, headline=headline, after=(Segment(INSERT, text),))
    (item,) = found = json.loads(as_csl(cited))
    jsonschema_rs.validate(CSL, found)
    assert item["issued"] == {"date-parts": [[2026, 1, 10]]}
    assert item["URL"] == CITED.address
