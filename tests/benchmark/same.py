"""Whether two checkouts tell and read the same, byte for byte: `python -m tests.benchmark.same --reference PATH_OR_COMMIT`.

All articles of the corpus are told, and edited by chance once more; invented ones are where there is no corpus. All its pages
are read, and those of `tests/cases`. For neighbouring commits: what is told and read is meant to change with the rules.
Ends with 1 where anything differs.
"""

from __future__ import annotations

import argparse
import random
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from operator import methodcaller
from pathlib import Path
from typing import TYPE_CHECKING

from tests.benchmark.articles import Newsroom
from tests.benchmark.histories import Told, chains, text_of
from tests.benchmark.reference import ROOT, reference_tree
from tests.benchmark.tellers import teller
from tests.evaluation.articles import read_articles, read_others
from tests.evaluation.corpus import find_corpus
from tests.server.read import pages
from tests.server.samples import URL

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.benchmark.histories import Text, Texts
    from tests.benchmark.tellers import Teller

INVENTED = 40
BATCH = 40  # pages asked at a time
# Other ways to write a text: what folding, labels and alignment decide by.
WAYS: tuple[Callable[[str], str], ...] = (
    lambda text: text.replace("'", "’").replace('"', "“"),
    lambda text: text.replace(" ", "\N{NO-BREAK SPACE}", 2),
    lambda text: text.replace("-", "–"),
    lambda text: text.replace("1", "2").replace("one", "two"),
    lambda text: text.replace(" is ", " is not ").replace(" will ", " may "),
    lambda text: text.replace("said", "told"),
    lambda text: text.replace("e", "e\N{COMBINING ACUTE ACCENT}", 1),
    lambda text: " ".join(text.split()[::-1]),
    lambda text: text[: len(text) // 2],
    lambda text: f"{text} {text}",
    lambda text: f"Correction: {text}",
    str.upper,
    str.title,
)


def main() -> None:
    """Prints how much is the same."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.benchmark.same", description=(__doc__ or "").partition("\n")[0]
    )
    parser.add_argument("--reference", default="HEAD", help="a folder with a checkout, or a commit of this one")
    given = parser.parse_args()
    found = [*_articles()]
    with ExitStack() as stack:
        folder = Path(given.reference)
        root = folder.resolve() if folder.is_dir() else stack.enter_context(reference_tree(given.reference))
        if root is None:
            raise SystemExit(f"{given.reference} is no folder, and no commit of this repository.")
        sides = [stack.enter_context(teller(each, found)) for each in (ROOT, root)]
        differing = _compare_articles(sides, found) + _compare_pages(sides)
    sys.exit(differing > 0)


def _compare_articles(sides: list[Teller], found: list[Told]) -> int:
    differing = 0
    for kind in found:
        numbers = list(map(str, range(len(kind.articles))))
        differing += compare(sides, kind.name, numbers, methodcaller("digests", kind.name))
    return differing


def _compare_pages(sides: list[Teller]) -> int:
    found = _pages()
    names = [name for name, _, _ in found]
    asked = [(url, raw) for _, url, raw in found]

    def read(side: Teller) -> list[str]:
        return [each for n in range(0, len(asked), BATCH) for each in side.readings(asked[n : n + BATCH])]

    return compare(sides, "pages read", names, read)


def compare(sides: list[Teller], what: str, names: list[str], ask: Callable[[Teller], list[str]]) -> int:
    """Prints a line; how many differ."""
    with ThreadPoolExecutor() as both:
        ours, theirs = both.map(ask, sides)
    differing = [name for name, a, b in zip(names, ours, theirs, strict=True) if a != b]
    some = f": {', '.join(differing[:10])}" if differing else ""
    print(f"{what:40}{len(names) - len(differing):6} the same{len(differing):6} different{some}", flush=True)
    return len(differing)


def _articles() -> list[Told]:
    real = [[text_of(version) for version in chain["versions"]] for chain in chains()]
    chance = random.Random(5)  # noqa: S311 - the same edits each time
    articles = real or [_invented(seed) for seed in range(INVENTED)]
    name = "articles" if real else "invented articles"
    return [
        Told(f"{name} told", articles),
        Told(f"{name} edited and told", [_spoilt(chance, each) for each in articles]),
    ]


def _invented(seed: int) -> Texts:
    versions = Newsroom(seed).history(12, 5, 3)
    return [(version.content.title, [block.text for block in version.content.blocks]) for version in versions]


def _spoilt(chance: random.Random, texts: Texts) -> Texts:
    """Each version edited on its own."""
    return [_edited(chance, title, paragraphs[:60]) for title, paragraphs in texts[:6]]


def _edited(chance: random.Random, title: str, paragraphs: list[str]) -> Text:
    texts = list(paragraphs) or [title]
    for _ in range(chance.randint(1, 6)):
        place, how = chance.randrange(len(texts)), chance.randrange(7)
        if how < 4:
            texts[place] = chance.choice(WAYS)(texts[place])
        elif how == 4:
            texts.insert(chance.randrange(len(texts)), texts.pop(place))
        elif how == 5:
            half = len(texts[place]) // 2
            texts[place : place + 1] = [texts[place][:half], texts[place][half:]]
        else:
            texts[place : place + 2] = [" ".join(texts[place : place + 2])]
    return (chance.choice(WAYS)(title) if chance.random() < 0.3 else title), texts


def _pages() -> list[tuple[str, str, bytes]]:
    """Their names, addresses and HTML."""
    made = pages().items()
    found = [(name, URL, source if isinstance(source, bytes) else source.encode()) for name, source in made]
    corpus = find_corpus()
    if corpus is None:
        return found
    steps = [
        (f"{item['id']} {version['version']}", item["url"], (corpus.folder / "pairs" / version["file"]).read_bytes())
        for item in corpus.json("pairs/html-index.json")["items"]
        for version in item["versions"]
    ]
    articles = [(page.id, page.url, page.raw) for page in read_articles(corpus)]
    others = [(page.id, page.url, page.raw) for page in read_others(corpus)]
    return [*found, *articles, *others, *steps]


if __name__ == "__main__":
    main()
