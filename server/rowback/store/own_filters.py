"""What a reader made of steps as conditions on lists of them: `is:unseen`, `is:starred`, `in:COLLECTION`, `note:words`."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rowback.errors import BadInput
from rowback.text.tongue import gettext

if TYPE_CHECKING:
    from rowback.store.stretches import Condition
    from rowback.text.query import Query

# Those that leave out more than they let through are found by the rows of a reader's own, which are few. The `+` keeps
# SQLite from going through all that the reader has seen.
_OF_READER = "select change_id from reviews where reader_id = ? and"
_CONDITIONS = {
    "unseen": f"+id not in ({_OF_READER} seen = 1)",
    "seen": f"id in ({_OF_READER} seen = 1)",
    "starred": f"id in ({_OF_READER} starred = 1)",
    "noted": f"id in ({_OF_READER} note <> '')",
}
_IN = (
    "id in (select change_id from collections join collected on collection_id = collections.id "
    "join reviews on reviews.id = review_id where collections.reader_id = ? and collections.folded = ? "
    "and deleted_by is null)"
)
_NOTE = f"id in ({_OF_READER} note <> '' and instr(folded, ?))"


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
            *((_CONDITIONS[state], [self.reader]) for state in self.states),
            *((_IN, [self.reader, folded(name)]) for name in self.collections),
            *((_NOTE, [self.reader, folded(word)]) for word in self.note),
        ]


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
