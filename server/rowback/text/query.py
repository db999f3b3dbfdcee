"""Reads what people type into a search box.

    ferry "state television" hop*        all of these, in one block or headline
    -ferry                               and not this
    title:ferry                          in a headline
    removed:allegedly  added:"at least"  words that an edit took out, or put in
    label:figure  source:example.com     what an edit touches; where the article comes from
    before:2026-02  after:2026-01-31     when it stood (for edits: when the edit was seen); a day, a month, a year
    is:unseen  in:"my list"  note:ferry  edits that the reader who asks has not seen, put into a collection, noted

What is to be looked for in the texts comes out as a tree (`sought.py`), which each engine of the store asks in its way.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import regex

from rowback.errors import BadInput
from rowback.text.sought import AllOf, AnyOf, Phrase, Sought, Within, Without
from rowback.text.spacing import half_width, spaced
from rowback.text.tongue import gettext

if TYPE_CHECKING:
    from collections.abc import Iterable

MAX_QUERY_CHARACTERS = 500
MAX_TERMS = 32  # more are a pasted text, not a search
OWN_FIELDS = ("is", "in", "note")  # of what a reader made of edits
FIELDS = ("title", "removed", "added", "label", "source", "before", "after", *OWN_FIELDS)
STATES = ("unseen", "seen", "starred", "noted")
_EMPTY_FIELDS = frozenset(f"{name}:" for name in FIELDS)
_TERM = regex.compile(r'(?P<minus>-?)(?:(?P<field>[A-Za-z_]+):)?(?:"(?P<phrase>[^"]*)"?|(?P<word>[^\s"]+))')
_WORD = regex.compile(r"[\p{L}\p{N}\p{Co}]")  # what an index makes words of: see `words.py`
_SOURCE = regex.compile(r"^(?:https?://)?(?:www\.)?")
_DATE = regex.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")


@dataclass(frozen=True, slots=True)
class Term:
    """A word or phrase to look for. `is_prefix`: words that begin with it count too; `words_meant` are all of these, where
    they are known."""

    text: str
    is_prefix: bool = False
    words_meant: tuple[str, ...] = ()

    def sought(self) -> Phrase | AnyOf:
        """What to look for: each way to write it, or each of the words that are meant."""
        is_prefix = self.is_prefix and not self.words_meant
        told = tuple(Phrase(form, is_prefix) for form in self.words_meant or self.forms())
        return told[0] if len(told) == 1 else AnyOf(told)

    def forms(self) -> tuple[str, ...]:
        """How it may be written: letters of full width (`ＡＢＣ`) also as the plain ones that `spaced` indexes."""
        return tuple(dict.fromkeys((spaced(self.text).strip(), spaced(half_width(self.text)).strip())))

    def words(self) -> tuple[Phrase, ...]:
        """Its single words, each by itself."""
        return tuple(Phrase(word) for word in spaced(self.text).split() if _WORD.search(word))


@dataclass(frozen=True, slots=True)
class Query:
    """A search, read. `after` is included in the period, `before` is not."""

    terms: tuple[Term, ...] = ()
    without: tuple[Term, ...] = ()
    title: tuple[Term, ...] = ()
    removed: tuple[Term, ...] = ()
    added: tuple[Term, ...] = ()
    labels: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    before: datetime | None = None
    after: datetime | None = None
    states: tuple[str, ...] = ()
    collections: tuple[str, ...] = ()
    note: tuple[Term, ...] = ()

    @property
    def is_own(self) -> bool:
        """Whether it asks for what its reader made of edits."""
        return bool(self.states or self.collections or self.note)

    @property
    def is_about_edits(self) -> bool:
        """Whether edits are looked for, not texts: it names what an edit did or a reader made of it, or no words at all."""
        return bool(self.labels or self.removed or self.added or self.is_own) or not (self.terms or self.title)


def parse(text: str) -> Query:
    """The query that a person typed. Raises `BadInput`, saying which part cannot be read and how to write it."""
    found: dict[str, list[str]] = {name: [] for name in FIELDS}
    terms: dict[str, list[Term]] = {name: [] for name in ("", "-", "title", "removed", "added", "note")}
    for match in _matches(text):
        field = (match["field"] or "").lower()
        if match["field"] and field not in FIELDS:
            if match["phrase"] is None and match["word"].startswith("//"):
                raise BadInput(gettext("To find an article by its address, paste the address alone."))
            raise BadInput(
                gettext(
                    "There is no field %(field)s. The fields are: %(fields)s.",
                    field=match["field"][:40],
                    fields=", ".join(FIELDS),
                )
            )
        if match["minus"] and field:
            raise BadInput(gettext("Only words can be left out: write -word, without a field."))
        if field in terms or not field:
            _add_term(terms["-" if match["minus"] else field], match, field)
        else:
            found[field].append(_value(match, field))
    if terms["-"] and not any(terms[name] for name in ("", "title", "removed", "added")):
        raise BadInput(gettext("Say what to look for besides what to leave out."))
    query = Query(
        terms=tuple(terms[""]),
        without=tuple(terms["-"]),
        title=tuple(terms["title"]),
        removed=tuple(terms["removed"]),
        added=tuple(terms["added"]),
        labels=tuple(label.lower() for label in found["label"]),
        sources=tuple(_source(source) for source in found["source"]),
        before=_date("before", found["before"]),
        after=_date("after", found["after"]),
        states=tuple(_state(given) for given in found["is"]),
        collections=tuple(found["in"]),
        note=tuple(terms["note"]),
    )
    if query.before and query.after and query.before <= query.after:
        raise BadInput(gettext("Nothing lies before one date and after a later one: exchange `before:` and `after:`."))
    if query == Query():
        raise BadInput(gettext("Type at least one word to look for."))
    return query


def _matches(text: str) -> list[regex.Match[str]]:
    matches = list(_TERM.finditer(text.replace("\0", " ").replace("“", '"').replace("”", '"')))
    if len(matches) > MAX_TERMS:
        raise BadInput(f"A search has at most {MAX_TERMS} words. Put a phrase in quotation marks.")
    return matches


def _add_term(into: list[Term], match: regex.Match[str], field: str) -> None:
    text = match["phrase"] if match["phrase"] is not None else match["word"]
    if not field and text.lower() in _EMPTY_FIELDS:
        raise BadInput(f"Write what to look for right after {text.lower()}, without a space.")
    if not _WORD.search(text):
        if field:
            raise BadInput(gettext("`%(field)s:` wants a word after it, as in %(field)s:ferry.", field=field))
        return  # a dash or a bracket between words says nothing
    is_prefix = match["word"] is not None and text.endswith("*")
    into.append(Term(text.rstrip("*").strip() if is_prefix else text.strip(), is_prefix))


def _source(given: str) -> str:
    """The host of what was typed or pasted, as sources are named."""
    return _SOURCE.sub("", given.lower()).partition("/")[0]


def _value(match: regex.Match[str], field: str) -> str:
    value = (match["phrase"] if match["phrase"] is not None else match["word"]).strip()
    if not value:
        raise BadInput(gettext("`%(field)s:` wants something after it.", field=field))
    return str(value)


def _state(given: str) -> str:
    state = given.lower()
    if state not in STATES:
        raise BadInput(
            gettext(
                "Nothing can be is:%(given)s. Write one of: %(states)s.", given=given[:20], states=", ".join(STATES)
            )
        )
    return state


def _date(field: str, given: Iterable[str]) -> datetime | None:
    """The beginning of the day, month or year that is named last."""
    found = None
    for text in given:
        match = _DATE.fullmatch(text)
        year, month, day = (int(part) if part else 1 for part in match.groups()) if match else (0, 0, 0)
        try:
            found = datetime(year, month, day, tzinfo=UTC)
        except ValueError as error:
            raise BadInput(
                gettext(
                    "%(field)s:%(given)s is no date. Write %(field)s:2026-01-31, 2026-01 or 2026.",
                    field=field,
                    given=text[:20],
                )
            ) from error
    return found


def all_of(terms: Iterable[Term], without: Iterable[Term] = ()) -> Sought:
    """What rows hold that have all of some terms and none of others."""
    return _but(AllOf(tuple(term.sought() for term in terms)), without)


def of_edits(query: Query) -> Sought | None:
    """What is looked for in the changed words of steps, None when that is nothing.

    A phrase that one changed word belongs to is found by the words around it.
    """
    parts: list[Sought] = [_touched(term, "deleted", "before") for term in query.removed]
    parts += [_touched(term, "inserted", "after") for term in query.added]
    parts += [AllOf((term.sought(),)) for term in query.terms]
    return _but(AllOf(tuple(parts)), query.without) if parts else None


def _but(wanted: AllOf, without: Iterable[Term]) -> Sought:
    unwanted = tuple(term.sought() for term in without)
    return Without(wanted, AnyOf(unwanted)) if unwanted else wanted


def _touched(term: Term, changed: str, around: str) -> Sought:
    words = term.words()
    if len(words) < 2:
        return Within(changed, term.sought())
    return AllOf((Within(around, term.sought()), Within(changed, AnyOf(words))))
