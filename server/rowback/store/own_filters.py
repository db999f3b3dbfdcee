"""What a reader made of steps as conditions on lists of them: `is:unseen`, `is:starred`, `in:COLLECTION`, `note:words`."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from rowback.errors import BadInput
from rowback.text.tongue import gettext

if TYPE_CHECKING:
    from rowback.store.engine import Db
    from rowback.store.stretches import Condition
    from rowback.text.query import Query

UNSEEN = "unseen"
# Those that leave out more than they let through are found by the rows of a reader's own, which are few. To who marked
# nothing yet everything is unseen.
_OF_READER = "select change_id from reviews where reader_id = ? and"
_KEEPS_UNSEEN = "select 1 from readers where id = ? and keeps_unseen = 1"
_UNSEEN = (
    f"(not exists ({_KEEPS_UNSEEN}) or exists "
    "(select 1 from unseen where reader_id = ? and at_us = changes.seen_us and step_id = changes.id))"
)
_CONDITIONS = {
    "seen": f"id in ({_OF_READER} seen = 1)",
    "starred": f"id in ({_OF_READER} starred = 1)",
    "noted": f"id in ({_OF_READER} note <> '')",
}
_IN = (
    "id in (select change_id from collections join collected on collection_id = collections.id "
    "join reviews on reviews.id = review_id where collections.reader_id = ? and collections.folded = ? "
    "and deleted_by is null)"
)
_NOTE = f"id in ({_OF_READER} note <> '' and instr(folded, ?) > 0)"


@dataclass(frozen=True, slots=True)
class OwnFilters:
    """Which steps, by what a reader made of them: all of `states`, in all of `collections`, with all words in the note."""

    reader: int
    states: tuple[str, ...] = ()
    collections: tuple[str, ...] = ()
    note: tuple[str, ...] = ()

    def conditions(self) -> list[Condition]:
        """SQL conditions on `changes`, each with its values."""
        return [
            *((_UNSEEN, [self.reader, self.reader]) for state in self.states if state == UNSEEN),
            *((_CONDITIONS[state], [self.reader]) for state in self.states if state != UNSEEN),
            *((_IN, [self.reader, folded(name)]) for name in self.collections),
            *((_NOTE, [self.reader, folded(word)]) for word in self.note),
        ]

    def only_unseen(self) -> OwnFilters:
        """The same, and not seen."""
        return replace(self, states=(*self.without_unseen().states, UNSEEN))

    def without_unseen(self) -> OwnFilters:
        """The same, seen or not."""
        return replace(self, states=tuple(state for state in self.states if state != UNSEEN))

    def keeps_unseen(self, db: Db) -> bool:
        """Whether only what is unseen is asked for, of a reader for whom that is kept."""
        return UNSEEN in self.states and db.execute(_KEEPS_UNSEEN, [self.reader]).fetchone() is not None


def own_filters(query: Query, reader: int | None) -> OwnFilters | None:
    """What a query asks of its reader's own; None where it asks nothing. Raises `BadInput` where nobody's is meant."""
    if not query.is_own:
        return None
    if not reader:
        raise BadInput(
            gettext("`is:`, `in:` and `note:` ask for what a reader marked: look under Triage, in a browser signed in.")
        )
    return OwnFilters(reader, query.states, query.collections, tuple(term.text for term in query.note))


def folded(text: str) -> str:
    """A text as names and notes are compared: case, width and the way accents are written say nothing."""
    return " ".join(unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold()).split())
