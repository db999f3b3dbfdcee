"""Noise that pages have around and among an article's paragraphs, put into real pages: what it says changes from look to
look, and nobody edited the article. The texts, in many languages, are in `noise.json`.

    python -m tests.evaluation.noises               captures every page with every noise; prints what made a version
    python -m tests.evaluation.noises WORD …        only noises and pages whose name holds a word
"""

from __future__ import annotations

import json
import sys
import tempfile
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import regex

from tests.evaluation.articles import read_articles
from tests.evaluation.corpus import find_corpus
from tests.evaluation.looks import Look, Outcome, look_again
from tests.evaluation.places import Cut, changed, find_places
from tests.evaluation.spread import spread

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.evaluation.articles import ArticlePage
    from tests.evaluation.places import Places

WORDS: dict[str, Any] = json.loads((Path(__file__).parent / "noise.json").read_text(encoding="utf-8"))
LOOKS = 6
LEARNED = 3  # looks, after which nothing that only comes and goes is new any more
LEFT = (4, 3, 2, 1, 0, 0)  # articles that may still be read
COUNTS = (132, 147, 151, 98, 203, 117)
MINUTES = (4, 19, 37, 52, 8, 27)
NAME = "Ines Tolvanen"


@dataclass(frozen=True)
class Noise:
    """`place` says where in a page it goes, None where the page has no such place; `made` makes the HTML of a look, given
    the number of the page and its language. `is_telling` where a class, an id or what a line says gives it away."""

    name: str
    is_telling: bool
    place: Callable[[Places], int | None]
    made: Callable[[int, str, int], str]


def under_headline(places: Places) -> int | None:
    return places.headline_end


def before_text(places: Places) -> int | None:
    return places.paragraphs[0].start if places.paragraphs else None


def in_text(places: Places) -> int | None:
    return places.paragraphs[len(places.paragraphs) // 2].start if len(places.paragraphs) > 1 else None


def below_text(places: Places) -> int | None:
    return places.paragraphs[-1].end if places.paragraphs else None


def at_top(places: Places) -> int | None:
    return places.body_start


def at_end(places: Places) -> int | None:
    return places.body_end


def _in_turn(name: str, number: int) -> Any:
    """What a table says in one of its languages: another for every third page, so that a sample sees them all."""
    texts = list(WORDS[name].values())
    return texts[number // 3 % len(texts)]


def _line(name: str, before: str = "") -> Callable[[int, str, int], str]:
    """A line of its own; what it counts differs at every look."""

    def made(number: int, language: str, look: int) -> str:
        counts = {"n": MINUTES[look], "d": 3 + look // 2, "h": 1 + 2 * look}
        counts["n"] = {"meter": LEFT, "readers": COUNTS, "shares": COUNTS}.get(name, MINUTES)[look]
        return f'<div class="x7f3a">{before}{str(_in_turn(name, number)).format(**counts)}</div>'

    return made


def _today(number: int, language: str, look: int) -> str:
    day = look % 5
    return f'<div class="x7f3a"><span>{_in_turn("weekday", number)[day].format(d=8 + day)}</span></div>'


def _newsletter(attributes: str) -> Callable[[int, str, int], str]:
    """Not there, there, there with other words, and again."""

    def made(number: int, language: str, look: int) -> str:
        if look % 3 == 0:
            return ""
        heading, text, button = WORDS["newsletter"].get(language, WORDS["newsletter"]["en"])[look % 3 - 1]
        return f"<div {attributes}><h3>{heading}</h3><p>{text}</p><button type='button'>{button}</button></div>"

    return made


def _cookies(attributes: str) -> Callable[[int, str, int], str]:
    """There and not there in turns."""

    def made(number: int, language: str, look: int) -> str:
        text, button = WORDS["cookies"].get(language, WORDS["cookies"]["en"])
        return f"<div {attributes}><p>{text}</p><button type='button'>{button}</button></div>" if look % 2 else ""

    return made


def _stories(look: int, count: int) -> list[list[str]]:
    pool = WORDS["headlines"]
    return [pool[(look * 4 + n) % len(pool)] for n in range(count)]


def _most_read(attributes: str) -> Callable[[int, str, int], str]:
    """A heading, and other links at every look."""

    def made(number: int, language: str, look: int) -> str:
        heading = WORDS["most read"].get(language, WORDS["most read"]["en"])
        links = "".join(f"<li><a href='/story/{len(title)}'>{title}</a></li>" for title, _ in _stories(look, 5))
        return f"<div {attributes}><h3>{heading}</h3><ol>{links}</ol></div>"

    return made


def _card(attributes: str) -> Callable[[int, str, int], str]:
    """Another story at every look, with a sentence about it."""

    def made(number: int, language: str, look: int) -> str:
        ((title, teaser),) = _stories(look, 1)
        return f'<div {attributes}><a href="/story/{len(title)}"><h3>{title}</h3></a><p>{teaser}</p></div>'

    return made


NOISES = (
    Noise("minutes ago under the headline", True, under_headline, _line("ago")),
    Noise("updated minutes ago under the headline", True, under_headline, _line("updated ago")),
    Noise("updated minutes ago before the text", True, before_text, _line("updated ago")),
    Noise("updated at a time before the text", True, before_text, _line("updated at")),
    Noise("name and minutes ago before the text", True, before_text, _line("ago", f"{NAME} | ")),
    Noise("newsletter with a telling class", True, in_text, _newsletter('class="newsletter-signup"')),
    Noise("cookie banner with a telling id", True, at_end, _cookies('id="cookie-banner"')),
    Noise("free articles left", True, in_text, _line("meter")),
    Noise("people reading", True, before_text, _line("readers")),
    Noise("number of comments", True, below_text, _line("shares")),
    Noise("most read with a telling class", True, below_text, _most_read('class="most-read"')),
    Noise("card of another story with a telling class", True, in_text, _card('class="related-card"')),
    Noise("today's date at the top", True, at_top, _today),
    Noise("newsletter without a name", False, in_text, _newsletter('class="x7f3a"')),
    Noise("cookie banner without a name at the top", False, at_top, _cookies('class="x7f3a"')),
    Noise("cookie banner without a name at the end", False, at_end, _cookies('class="x7f3a"')),
    Noise("most read without a name", False, below_text, _most_read('class="x7f3a"')),
    Noise("card of another story without a name", False, in_text, _card('class="x7f3a"')),
)


def capture_noises(template: Path, page: ArticlePage, number: int, names: tuple[str, ...]) -> list[Outcome]:
    """Captures a page with noises, one after the other, each in a store of its own (a copy of `template`, which is empty)."""
    places = find_places(page.text, page.gold)
    language = language_of(page.text)
    found = []
    for noise in NOISES:
        place = noise.place(places) if noise.name in names else None
        if place is None:
            continue
        looks = [Look(changed(places, Cut(place, place, noise.made(number, language, look)))) for look in range(LOOKS)]
        found.append(look_again(template, page, noise.name, looks))
    return found


def language_of(text: str) -> str:
    told = regex.search(r"<html[^>]*?\blang=[\"']?([a-zA-Z]+)", text)
    return told[1].lower() if told else "en"


def main() -> None:
    """See the module."""
    corpus = find_corpus()
    if corpus is None:
        sys.exit("No corpus: set ROWBACK_CORPUS to its folder.")
    words = sys.argv[1:]
    pages = list(enumerate(read_articles(corpus)))
    kinds = tuple(noise.name for noise in NOISES if any(word in noise.name for word in words)) or tuple(
        noise.name for noise in NOISES
    )
    chosen = [(n, page) for n, page in pages if any(word in page.id for word in words)] or pages
    tried, late = Counter[str](), Counter[str]()
    with tempfile.TemporaryDirectory() as folder:
        tasks = [(page, n, kinds) for n, page in chosen]
        for outcomes in spread(Path(folder), capture_noises, tasks):
            for each in outcomes:
                tried[each.name] += each.is_stored
                late[each.name] += bool(each.versions_after(LEARNED))
                if each.versions:
                    print(f"{each.page:40} {each.name:42} at looks {each.looks()}: {each.said()}")
    for name in kinds:
        print(f"{name:45} {late[name]:3} of {tried[name]} pages made a version after look {LEARNED}")


if __name__ == "__main__":
    main()
