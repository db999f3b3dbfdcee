"""Twins of real paragraphs: the same with other names and figures; and pages that are newer than what is stored of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tests.evaluation.test_anchoring import Text

NAMES = ("Northgate", "Ellsworth", "Marlow", "Quentin", "Sandhurst", "Bellamy", "Tarrant", "Oakfield", "Pemberton")
MIN_LETTERS = 60  # of a paragraph that has a twin
MIN_TOLD = 2  # names and figures in it
MOST = 12  # paragraphs of a page
CONTEXT = 48  # characters of the neighbours, as the backend gives them
TITLE = "A headline that stands nowhere"


@dataclass(frozen=True)
class Case:
    """A page that is newer than the store. `page`: role and text of the paragraphs in the place of the edited one."""

    name: str
    at: str
    edit: dict[str, Any]
    stored: tuple[str, ...]
    page: tuple[tuple[str, str], ...]

    def asked(self) -> dict[str, Any]:
        page = [{"role": role, "text": text} for role, text in self.page]
        return {"edit": self.edit, "stored": list(self.stored), "at": self.at, "page": page}

    def has_own(self) -> bool:
        """Whether the edited paragraph is on the page, in whatever wording."""
        return any(role == "own" for role, _ in self.page)


def reworded(text: str, turn: int, every: int = 1) -> str:
    """With other names and figures: each, or each second one, the third …; another `turn`, others."""
    words = text.split(" ")
    told = [n for n, word in enumerate(words) if _is_told(word, n)]
    for count, n in enumerate(told[::every]):
        words[n] = _other(words[n], turn + count)
    return " ".join(words)


def _is_told(word: str, n: int) -> bool:
    return any(character.isdigit() for character in word) or (n > 0 and len(word) > 2 and word[0].isupper())


def _other(word: str, turn: int) -> str:
    if any(character.isdigit() for character in word):
        shift = 1 + turn % 8
        return "".join(str((int(c) + shift) % 10) if c in "0123456789" else c for c in word)
    letters = "".join(c for c in word if c.isalpha())
    return word.replace(letters, NAMES[(turn + len(letters)) % len(NAMES)])


def cases_of(texts: list[Text]) -> list[Case]:
    """Each paragraph that stands once on its page, with a twin stored behind it, and what may have become of the two."""
    fit = [text for text in texts if text.times == 1 and text.at and _has_twin(text.exact)]
    return [case for text in fit[:MOST] for case in _cases(text, [other.exact for other in texts])]


def _has_twin(text: str) -> bool:
    told = [word for n, word in enumerate(text.split(" ")) if _is_told(word, n)]
    return len(text) >= MIN_LETTERS and len(told) >= MIN_TOLD


def _cases(text: Text, all_texts: list[str]) -> list[Case]:
    own, twin = text.exact, reworded(text.exact, 2)
    newer, newer_twin, stranger = reworded(own, 5, 3), reworded(twin, 6, 3), reworded(own, 7)
    stored = (TITLE, *all_texts[: text.index], twin, *all_texts[text.index :])
    anchor = {"exact": own, "prefix": text.prefix, "suffix": twin[:CONTEXT], "near": None}
    edit = {"id": "edit", "block": {"kind": "p", "index": text.index}, "anchor": anchor}
    pages = {
        "own newer, twin stands": (("own", newer), ("twin", twin)),
        "twin alone": (("twin", twin),),
        "twin alone, newer": (("twin", newer_twin),),
        "both newer": (("own", newer), ("twin", newer_twin)),
        "new twin before": (("twin", stranger), ("own", own), ("twin", twin)),
        "own newer, twin gone": (("own", newer),),
    }
    return [Case(name, text.at[0], edit, stored, page) for name, page in pages.items()]
