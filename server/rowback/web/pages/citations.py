"""An edit as others cite it: as text and Markdown in the reader's language, as BibTeX and CSL-JSON for programs that keep
references. Headlines and texts are hostile: each form escapes what it would take for its own.

Sources: CommonMark 0.31, section 2.4 (escapes); "BibTeXing" (Patashnik 1988), which counts braces whatever stands before
them; the JSON schema of input data of CSL 1.0.2.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

import regex

from rowback.diff.words.compare import DELETE, EQUAL, INSERT
from rowback.text.plain import line
from rowback.text.tongue import gettext
from rowback.text.web_links import as_written
from rowback.web.pages.wording import day, shown

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date, datetime

    from rowback.diff.words.compare import Segment

MAX_HEADLINE = 500  # characters
# What Markdown, with the tables and strokes that many renderers know, takes for its own.
_MARKDOWN = regex.compile(r"([\\`*_\[\]<>#|~&!$^=])")
_BIBTEX = {
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{sign: f"\\{sign}" for sign in "$&#_%"},
}
_BIBTEX_SIGNS = regex.compile(r"[\\{}~^$&#_%]")
_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()  # BibTeX knows them by these names
_EDGES = regex.compile(r"(\s*)(.*?)(\s*)", regex.DOTALL)


@dataclass(frozen=True, slots=True)
class CitedEdit:
    """What is cited. `key` names it in lists of references; `credit` says whose copy showed the text first, if one did;
    `read_on` is the day of the citation."""

    key: str
    headline: str
    source: str
    seen_at: datetime
    is_day: bool
    before: tuple[Segment, ...]
    after: tuple[Segment, ...]
    address: str
    original: str
    credit: str
    read_on: date

    @property
    def title(self) -> str:
        """The headline in one line."""
        return line(self.headline, MAX_HEADLINE)

    @property
    def at(self) -> str:
        """When the edit was seen, in words."""
        return day(self.seen_at) if self.is_day else shown(self.seen_at)


def as_text(cited: CitedEdit) -> str:
    """A paragraph a line."""
    return _in_lines(cited, plain, str, cited.address, cited.original)


def as_markdown(cited: CitedEdit) -> str:
    """The same, with ~~what went~~ and **what came**."""
    links = [f"<{_in_angles(each)}>" for each in (cited.address, cited.original)]
    return _in_lines(cited, _marked_down, _escaped, *links)


def _in_lines(
    cited: CitedEdit,
    told: Callable[[Sequence[Segment]], str],
    quoted: Callable[[str], str],
    address: str,
    original: str,
) -> str:
    values = {"headline": quoted(cited.title), "source": quoted(cited.source), "at": quoted(cited.at)}
    said = [
        gettext("“%(headline)s”, %(source)s: an edit first seen %(at)s.", **values),
        gettext("Before: %(text)s", text=told(cited.before) or gettext("(nothing)")),
        gettext("After: %(text)s", text=told(cited.after) or gettext("(nothing)")),
        gettext("Kept by Rowback: %(address)s", address=address),
        gettext("Original: %(address)s", address=original),
    ]
    if cited.credit:
        said.append(quoted(cited.credit))
    return "\n\n".join(said) + "\n"


def plain(segments: Sequence[Segment]) -> str:
    """The words of a side of an edit."""
    return "".join(each.text for each in segments).strip()


def _escaped(text: str) -> str:
    return _MARKDOWN.sub(r"\\\1", text)


def _in_angles(address: str) -> str:
    return as_written(address).replace("<", "%3C").replace(">", "%3E")


def _marked_down(segments: Sequence[Segment]) -> str:
    """Markdown takes signs beside white space for signs: they stand inside of it."""
    told = []
    for each in segments:
        mark = {DELETE: "~~", EQUAL: "", INSERT: "**"}[each.op]
        found = _EDGES.fullmatch(each.text)
        before, words, after = found.groups() if found else ("", each.text, "")
        told.append(f"{before}{mark}{_escaped(words)}{mark}{after}" if words else each.text)
    return "".join(told).strip()


def as_bibtex(cited: CitedEdit) -> str:
    """An entry of the kind `misc`, with the fields that biblatex knows besides."""
    at = cited.seen_at
    fields = {
        "title": f"{{{_tex(cited.title)}}}",
        "howpublished": _tex(cited.source),
        "year": str(at.year),
        "month": _MONTHS[at.month - 1],
        "day": str(at.day),
        "url": as_written(cited.address),
        "urldate": cited.read_on.isoformat(),
        "note": _tex(_note(cited)),
    }
    rows = [f"  {name} = {value if name == 'month' else f'{{{value}}}'}" for name, value in fields.items()]
    return f"@misc{{{cited.key},\n" + ",\n".join(rows) + "\n}\n"


def _tex(text: str) -> str:
    return _BIBTEX_SIGNS.sub(lambda sign: _BIBTEX[sign[0]], text)


def as_csl(cited: CitedEdit) -> str:
    """A list of one item, as the importers of reference managers read it."""
    at, read_on = cited.seen_at, cited.read_on
    item = {
        "id": cited.key,
        "type": "webpage",
        "title": cited.title,
        "container-title": cited.source,
        "issued": {"date-parts": [[at.year, at.month, at.day]]},
        "accessed": {"date-parts": [[read_on.year, read_on.month, read_on.day]]},
        "URL": as_written(cited.address),
        "archive": "Rowback",
        "note": _note(cited),
    }
    return json.dumps([item], ensure_ascii=False, indent=2) + "\n"


def _note(cited: CitedEdit) -> str:
    """In English, as all that is for programs."""
    before, after = plain(cited.before) or "(nothing)", plain(cited.after) or "(nothing)"
    said = [
        f"Edit kept by Rowback. Before: {before} After: {after} Original: {as_written(cited.original)}",
        cited.credit,
    ]
    return " ".join(each for each in said if each)
