"""Paragraphs of real pages are found where they stand, and nowhere else: on their own page, on another article's page, and
on the next version's page."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

import pytest

from rowback.diff.blocks.align import align
from rowback.model import Block
from tests.browser.backend import Backend
from tests.browser.conftest import Readers
from tests.browser.reader import Reader
from tests.browser.site import Site
from tests.evaluation.browsing import reading
from tests.evaluation.conftest import Score
from tests.evaluation.corpus import Corpus
from tests.evaluation.twins import TITLE, cases_of, reworded

ASKING = ("anchoring", "twins")
SCRIPT = "\n".join(
    path.read_text(encoding="utf-8")
    for path in (
        *reading(),
        *(Path(__file__).parent / f"{name}.js" for name in ASKING),
    )
)
QUIET = {
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'"
}  # the page as its publisher sent it
CONTEXT = 48  # characters of the neighbours, as the backend gives them
SHORT = 40  # characters; a shorter text is near to many others
ALIKE = 0.9  # the share of its letters that a range and the paragraph it should be have in common


@dataclass(frozen=True)
class Text:
    """A paragraph to find; `at` are the places where the corpus says that it stands, `times` how often."""

    exact: str
    prefix: str
    suffix: str
    index: int
    at: tuple[str, ...]
    times: int

    def asked(self) -> dict[str, Any]:
        return {
            "exact": self.exact,
            "prefix": self.prefix,
            "suffix": self.suffix,
            "index": self.index,
            "at": list(self.at),
        }


@pytest.fixture(scope="module")
def reader(module_readers: Readers, backend: Backend) -> Reader:
    """A browser; the extension in it has no site granted and keeps out."""
    return module_readers.start(backend.url)


def texts_of(paragraphs: list[str], places: list[Any]) -> list[Text]:
    """Paragraphs with their neighbours' ends, as the backend would anchor them: rows' cells parted as it parts them."""
    paragraphs = [text.replace(" | ", " │ ") for text in paragraphs]
    return [
        Text(
            exact=text,
            prefix=paragraphs[n - 1][-CONTEXT:] if n else "",
            suffix=paragraphs[n + 1][:CONTEXT] if n + 1 < len(paragraphs) else "",
            index=n + 1,
            at=tuple(path for path in (place.get("xpath"), *place.get("others", ())) if path),
            times=place["n"],
        )
        for n, (text, place) in enumerate(zip(paragraphs, places, strict=True))
    ]


def ask(reader: Reader, texts: list[Text], together: bool, stored: list[str] | None = None) -> list[dict[str, Any]]:
    """Where each text is found; `stored`: the whole version, its title first, where the extension has asked for it."""
    asked = [text.asked() for text in texts]
    found: list[dict[str, Any]] = reader.ask_beside(SCRIPT, "anchoring", together, asked, stored)
    return found


def judge(text: Text, answer: dict[str, Any], successors: tuple[str, ...] = ()) -> str:
    """`right`, `wrong`, `missed`, or, where the corpus knows no place, `unknown` or `near`: at what it was altered to."""
    if not answer["found"]:
        return "missed" if text.times else "unknown"
    if text.times:
        same_elsewhere = text.times > 1 and answer["same"]
        is_known = answer["known"] > 0
        return "right" if answer["inside"] or same_elsewhere or (not is_known and answer["same"]) else "wrong"
    if answer["same"]:
        return "unknown"  # the same words, which the corpus' stricter comparing did not see
    return "near" if any(is_of(answer["text"], successor) for successor in successors) else "wrong"


def is_of(found: str, paragraph: str) -> bool:
    """Whether a found text is a paragraph, or all but its end (a row's last cell)."""
    one, other = ("".join(text.replace("|", "").split()) for text in (found, paragraph))
    return one in other or SequenceMatcher(None, one, other, autojunk=False).ratio() >= ALIKE


def successors_of(old: list[str], new: list[str]) -> dict[int, tuple[str, ...]]:
    """What became of each old paragraph, by the backend's own aligning."""
    links = align([Block("p", text) for text in old], [Block("p", text) for text in new])
    return {n: tuple(new[k] for k in link.new) for link in links for n in link.old}


def put(site: Site, url: str, html: str) -> str:
    return site.put(url.replace("https://", "http://"), html, QUIET)


def pages(corpus: Corpus) -> list[tuple[Any, str]]:
    items = corpus.json("pages/index.json")["items"]
    return [
        (
            item,
            (corpus.folder / "pages" / item["file"]).read_bytes().decode(item["charset"] or "utf-8", "replace"),
        )
        for item in items
    ]


def test_paragraphs_of_real_pages_are_found_there_and_not_on_a_foreign_page(
    corpus: Corpus,
    score: Score,
    reader: Reader,
    browser: str,
    site: Site,
) -> None:
    alone: Counter[str] = Counter()
    together: Counter[str] = Counter()
    foreign = 0
    every = pages(corpus)
    texts = [texts_of(item["gold_paragraphs"], item["dom_oracle"]["paragraphs"]) for item, _ in every]
    for n, (item, html) in enumerate(every):
        reader.open(put(site, item["url"], html))
        for tally, is_together in ((alone, False), (together, True)):
            for text, answer in zip(texts[n], ask(reader, texts[n], is_together), strict=True):
                verdict = judge(text, answer)
                tally[verdict] += 1
                if verdict in ("wrong", "missed"):
                    print(
                        f"{item['id']} [{text.index}] {verdict} (together: {is_together}): {text.exact[:70]!r} {answer}"
                    )
        strangers = texts[(n + 1) % len(every)]
        for is_together in (False, True):
            found = [answer for answer in ask(reader, strangers, is_together) if answer["found"]]
            foreign += len(found)
            print(*(f"{item['id']}: foreign text found: {answer}" for answer in found), sep="\n", end="")
    print(f"\nalone: {dict(alone)}\ntogether: {dict(together)}")
    for name, tally in (("alone", alone), ("together", together)):
        placed = tally["right"] + tally["wrong"] + tally["missed"]
        score(f"anchoring in {browser}: gold paragraphs found, {name}, %", 100 * tally["right"] / placed)
        score(f"anchoring in {browser}: in a wrong place, {name}", tally["wrong"])
    score(f"anchoring in {browser}: foreign paragraphs in a wrong place", foreign)


def test_old_paragraphs_are_found_on_the_next_versions_page(
    corpus: Corpus,
    score: Score,
    reader: Reader,
    browser: str,
    site: Site,
) -> None:
    tally: Counter[str] = Counter()
    for item in corpus.json("pairs/html-index.json")["items"]:
        for old, new in zip(item["versions"], item["versions"][1:], strict=False):
            if not old.get("next_dom"):
                continue
            html = (corpus.folder / "pairs" / new["file"]).read_text(encoding="utf-8", errors="replace")
            reader.open(put(site, f"http://pairs.corpus-post.test/{item['id']}/{new['version']}", html))
            texts = texts_of(old["paragraphs"], old["next_dom"])
            successors = successors_of(old["paragraphs"], new["paragraphs"])
            for text, answer in zip(texts, ask(reader, texts, True), strict=True):
                verdict = judge(text, answer, successors.get(text.index - 1, ()))
                tally[verdict] += 1
                if verdict in ("wrong", "missed", "near"):
                    print(f"{item['id']} → {new['version']} [{text.index}] {verdict}: {text.exact[:90]!r} {answer}")
    print(dict(tally))
    placed = tally["right"] + tally["wrong"] + tally["missed"]
    score(f"anchoring in {browser}: old paragraphs found on the next page, %", 100 * tally["right"] / placed)
    score(f"anchoring in {browser}: old paragraphs in a wrong place", tally["wrong"])
    score(f"anchoring in {browser}: altered paragraphs found", tally["near"])  # how many there are nobody counted


def test_edited_quotes_of_real_pages_are_found(
    corpus: Corpus, score: Score, reader: Reader, browser: str, site: Site
) -> None:
    """The page is another one than the store has: each fourth paragraph reads otherwise there."""
    tally: Counter[str] = Counter()
    for item, html in pages(corpus):
        reader.open(put(site, item["url"], html))
        texts = [
            replace(text, exact=otherwise(text.exact)) if text.index % 4 == 0 else text
            for text in texts_of(item["gold_paragraphs"], item["dom_oracle"]["paragraphs"])
        ]
        answers = ask(reader, texts, True, [TITLE, *(text.exact for text in texts)])
        for text, answer in zip(texts, answers, strict=True):
            if text.index % 4 or text.times != 1 or len(text.exact) < SHORT:
                continue
            verdict = "right" if answer["found"] and answer["inside"] else "wrong" if answer["found"] else "missed"
            tally[verdict] += 1
            if verdict != "right":
                print(f"{item['id']} [{text.index}] {verdict}: {text.exact[:90]!r} {answer}")
    print(dict(tally))
    score(f"anchoring in {browser}: edited quotes found, %", 100 * tally["right"] / tally.total())
    score(f"anchoring in {browser}: edited quotes in a wrong place", tally["wrong"])


def otherwise(text: str) -> str:
    """With other names and figures here and there, a word less and two more."""
    words = reworded(text, 3, 4).split(" ")
    middle = len(words) // 2
    return " ".join((*words[: middle - 1], "it", "seems", *words[middle:]))


def test_marks_never_stand_on_a_twin(corpus: Corpus, score: Score, reader: Reader, browser: str, site: Site) -> None:
    tallies: dict[str, Counter[str]] = {}
    for item, html in pages(corpus):
        reader.open(put(site, item["url"], html))
        cases = cases_of(texts_of(item["gold_paragraphs"], item["dom_oracle"]["paragraphs"]))
        roles = reader.ask_beside(SCRIPT, "twins", [case.asked() for case in cases])
        for case, role in zip(cases, roles, strict=True):
            verdict = "none" if role is None else "right" if role == "own" else "wrong"
            tallies.setdefault(case.name, Counter())[verdict] += 1
            if verdict == "wrong":
                print(f"{item['id']} {case.name}: {case.edit['anchor']['exact'][:90]!r} on the {role}")
    print(*(f"{name}: {dict(tally)}" for name, tally in tallies.items()), sep="\n")
    own = [tally for tally in tallies.values() if tally["right"]]
    score(f"twins in {browser}: marks on the wrong paragraph", sum(tally["wrong"] for tally in tallies.values()))
    score(
        f"twins in {browser}: of paragraphs that are there, marked, %",
        100 * sum(tally["right"] for tally in own) / sum(tally.total() for tally in own),
    )
