"""Edits that a publisher might make, put into real pages: a figure, a name, a sentence that is gone, a word of the
standfirst; and figures of all kinds that change in sentences of their own. Where, is chosen without Rowback.

    python -m tests.evaluation.true_edits           makes them on every page; prints what was not told as it is
    python -m tests.evaluation.true_edits WORD …    only on pages whose name holds a word
"""

from __future__ import annotations

import html
import sys
import tempfile
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import lxml.html
import regex

from rowback.told import EditKind
from tests.evaluation.articles import read_articles
from tests.evaluation.corpus import find_corpus
from tests.evaluation.looks import Look, look_again
from tests.evaluation.noises import WORDS, language_of
from tests.evaluation.places import Cut, changed, find_places
from tests.evaluation.readings import letters
from tests.evaluation.sides import side
from tests.evaluation.spread import spread

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rowback.told import Edit
    from tests.evaluation.articles import ArticlePage
    from tests.evaluation.looks import Outcome
    from tests.evaluation.places import Paragraph, Places

STAND_IN = "Tolvanen"  # a name that no page has
ADDED = 3  # to a figure
FIGURE = regex.compile(r"(?<![\p{L}\p{N}.,:/#&_-])\p{Nd}{1,4}(?![\p{L}\p{N}.,:/_-]*\p{N})(?!\w)")
NAME = regex.compile(r"(?<=\p{Ll}[,]? )\p{Lu}\p{Ll}{3,}(?!\w)")
WORD = regex.compile(r"(?<![\p{L}\p{N}&;])(?:\p{L}\p{M}*){4,}(?![\p{L}\p{N};])")
SENTENCE = regex.compile(r"(?<=[.!?।] )\S[^.!?।]{20,}[.!?।](?: |(?=$))|(?<=。)[^。]{10,}。")
MOST_OF_IT = 0.5  # of a paragraph: what is left would be another
MIN_STANDFIRST = 40  # letters
# Edits that would be made in something else than the article, a person says: promotions, rules for comments, cookies, tweets.
NOT_OF_THE_ARTICLE = {
    "haniotika-nea-gr": ("word", "sentence", "figures"),
    "abendblatt-de": ("name",),
    "actu-fr": ("name",),
    "news-sky-com-1": ("sentence",),
    "prospectmagazine-co-uk": ("sentence",),
    "world-kbs-co-kr": ("sentence", "word"),
    "lost-09-www-independent-co-uk": ("name",),
}
ROUNDS = 2  # times that each figure changes: what changes again and again is not learned to be noise
FIRST_FIGURE = 31
STEP = 3


@dataclass(frozen=True)
class TrueEdit:
    """An edit of the HTML, and the words that it takes and brings."""

    name: str
    cut: Cut
    old: str
    new: str


@dataclass(frozen=True)
class Told:
    """How an edit was told: `kind` is `change`, another kind of edit, or why it was not told; `extra` are edits told besides.
    `is_labelled`: as one of a figure."""

    page: str
    name: str
    kind: str
    extra: tuple[str, ...] = ()
    is_labelled: bool = False
    old: str = ""

    @property
    def is_right(self) -> bool:
        """Whether it was told as a change of its paragraph."""
        return self.kind == EditKind.CHANGE


def choose_edits(places: Places) -> list[TrueEdit]:
    """Up to three, each in a paragraph of its own whose words stand once on the page: a figure as early as can be, a name
    about the middle, a sentence as late as can be, but for the last paragraph, which is often about the author."""
    counts = Counter(letters(each.text) for each in places.paragraphs)
    left = [each for each in places.paragraphs if counts[letters(each.text)] == 1]
    left = left[:-1] if len(left) > 3 else left
    found: list[TrueEdit] = []
    for name, pattern, order in (
        ("sentence", SENTENCE, left[::-1]),
        ("figure", FIGURE, left),
        ("name", NAME, left[len(left) // 2 :] + left[: len(left) // 2]),
        ("word", WORD, left[len(left) // 2 :] + left[: len(left) // 2]),  # in scripts without capitals
    ):
        if name == "word" and any(each.name == "name" for each in found):
            continue
        free = [each for each in order if not any(each.start <= edit.cut.start < each.end for edit in found)]
        found += list(_edits_in(free, name, pattern))[:1]
    return sorted(found, key=lambda edit: edit.cut.start)


def _edits_in(paragraphs: list[Paragraph], name: str, pattern: regex.Pattern[str]) -> Iterator[TrueEdit]:
    for paragraph in paragraphs:
        for run in paragraph.runs:
            match = pattern.search(run.text)
            if match is None or len(match[0]) > MOST_OF_IT * len(paragraph.text):
                continue
            new = {"sentence": "", "figure": str(int(match[0]) + ADDED) if name == "figure" else ""}.get(name, STAND_IN)
            cut = Cut(run.start + match.start(), run.start + match.end(), new)
            yield TrueEdit(name, cut, match[0].strip(), new)


def make_edits(template: Path, page: ArticlePage) -> list[Told]:
    """Makes the edits of a page one after the other, an hour apart."""
    places = find_places(page.text, page.gold)
    edits = [edit for edit in choose_edits(places) if edit.name not in NOT_OF_THE_ARTICLE.get(page.id, ())]
    looks = [Look(changed(places, *(edit.cut for edit in edits[:n]))) for n in range(len(edits) + 1)]
    outcome = look_again(template, page, "edits", looks)
    return [_told(page, edit, outcome, n) for n, edit in enumerate(edits, 1)]


def edit_standfirst(template: Path, page: ArticlePage) -> list[Told]:
    """Edits a word of the standfirst: where it is read, and then in the page's description of itself as well."""
    places = find_places(page.text, page.gold)
    described = _descriptions(page.text)
    found = []
    for run in places.above:
        match = WORD.search(run.text, len(run.text) // 3)
        if match is None or letters(html.unescape(run.text)) not in described:
            continue
        cut = Cut(run.start + match.start(), run.start + match.end(), STAND_IN)
        alone = changed(places, cut)
        both = regex.sub(r"<meta[^>]*>", lambda meta: meta[0].replace(match[0], STAND_IN), alone)  # noqa: B023
        for name, new in (("standfirst", alone), ("standfirst and description", both)):
            outcome = look_again(template, page, name, [Look(page.text), Look(new)])
            found.append(_told(page, TrueEdit(name, cut, match[0], STAND_IN), outcome, 1))
        break
    return found


def change_figures(template: Path, page: ArticlePage) -> list[Told]:
    """Puts sentences with a death toll, a score, a price and a count of votes among the paragraphs; each changes in turn."""
    places = find_places(page.text, page.gold)
    sentences = WORDS["figures"].get(language_of(page.text), WORDS["figures"]["en"])
    if len(places.paragraphs) <= 1 or "figures" in NOT_OF_THE_ARTICLE.get(page.id, ()):
        return []
    before = places.paragraphs[1]

    def look(n: int) -> Look:
        figures = [
            FIRST_FIGURE + STEP * ((n + len(sentences) - 1 - k) // len(sentences)) for k in range(len(sentences))
        ]
        texts = (text.format(n=figure) for text, figure in zip(sentences, figures, strict=True))
        return Look(
            changed(places, Cut(before.start, before.start, "".join(f"{before.tag}{each}</p>" for each in texts)))
        )

    count = ROUNDS * len(sentences)
    outcome = look_again(template, page, "figures", [look(n) for n in range(count + 1)])
    told = []
    for n in range(1, count + 1):
        old = FIRST_FIGURE + STEP * ((n - 1) // len(sentences))
        cut = Cut(before.start, before.start, "")
        told.append(_told(page, TrueEdit("figures", cut, str(old), str(old + STEP)), outcome, n))
    return told


def _told(page: ArticlePage, edit: TrueEdit, outcome: Outcome, look: int) -> Told:
    made = next((each for each in outcome.versions if each.look == look), None)
    if made is None:
        why = "refused" if not outcome.is_stored or look in outcome.refused else "not seen"
        return Told(page.id, edit.name, why, old=edit.old)
    own = [each for each in made.edits if _is_of(each, edit)]
    extra = tuple(each.markup for each in made.edits if each not in own)
    if not own:
        return Told(page.id, edit.name, "not seen", extra, old=edit.old)
    kind = own[0].kind if len(own) == 1 else "several"
    return Told(page.id, edit.name, str(kind), extra, "figure" in own[0].labels, edit.old)


def _is_of(told: Edit, edit: TrueEdit) -> bool:
    """Whether what was told has the words that were taken on its old side alone, and the new ones on its new side, if any."""
    old, new = (letters(" ".join(side(told.markup, dropped))) for dropped in ("ins", "del"))
    words, brought = letters(html.unescape(edit.old)), letters(edit.new)
    is_gone = told.kind == EditKind.DELETE
    return old.count(words) > new.count(words) and (is_gone or not brought or new.count(brought) > old.count(brought))


def _descriptions(text: str) -> set[str]:
    tree = lxml.html.document_fromstring(text.encode(), parser=lxml.html.HTMLParser(encoding="utf-8"))
    metas = (
        node for node in tree.iter("meta") if str(node.get("name") or node.get("property")).endswith("description")
    )
    return {told for told in (letters(node.get("content") or "") for node in metas) if len(told) >= MIN_STANDFIRST}


def main() -> None:
    """See the module."""
    corpus = find_corpus()
    if corpus is None:
        sys.exit("No corpus: set ROWBACK_CORPUS to its folder.")
    words = sys.argv[1:]
    pages = [(page,) for page in read_articles(corpus) if not words or any(word in page.id for word in words)]
    tally: Counter[tuple[str, str]] = Counter()
    with tempfile.TemporaryDirectory() as folder:
        for task in (make_edits, edit_standfirst, change_figures):
            for found in spread(Path(folder), task, pages):
                for each in found:
                    tally[each.name, each.kind] += 1
                    if not each.is_right or each.extra or (each.name == "figures" and not each.is_labelled):
                        print(
                            f"{each.page:32} {each.name:12} {each.kind:9} {each.old[:50]!r} {'; '.join(each.extra)[:160]}"
                        )
    print(*(f"{name}: {kind} {count}" for (name, kind), count in sorted(tally.items())), sep="\n")


if __name__ == "__main__":
    main()
