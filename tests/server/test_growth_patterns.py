"""No pattern of the program takes more than about linear time, whatever text it is given; or its text is cut before it.

The patterns are found by walking the modules: a new one is tried without being asked for.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from functools import partial

import pytest

from rowback.text.encoding import _SAMPLE_BYTES
from rowback.text.lines.line import MAX_LINE_CHARACTERS, is_line

from .growing import MOST, growth, spent
from .patterns import ELSEWHERE, Used, inline, used
from .pumps import texts

# What is looked through beforehand, at a small size; where that takes long, the growth is measured.
SMALL, LARGE = 4_000, 16_000
LONG_S = 0.003
TINY, TINY_S = 40, 0.01  # what grows exponentially shows at this size

PATTERNS = {each.name: each for each in used()}
# Patterns that are not linear, with the characters they are given at most, and the place that sees to it.
BOUNDED: dict[str, tuple[int, str]] = {
    # lists of buttons, followed accounts, cookies, posts: `.{0,60}` between words; what a skip link passes is gone back over
    **dict.fromkeys(
        (f"text.lines.line._PATTERNS[{n}][0]" for n in (1, 2, 3, 6, 7)), (MAX_LINE_CHARACTERS, "lines.line.line_of")
    ),
    # at each place of a line the words of all languages are tried
    **dict.fromkeys(
        (f"text.lines.{name}.VOCABULARY.pattern" for name in ("times", "counters", "offers")),
        (MAX_LINE_CHARACTERS, "lines.line.line_of"),
    ),
    "text.encoding._LANGUAGE": (_SAMPLE_BYTES, "encoding._guessed"),  # 1,000 characters from each beginning of a tag
}
# Patterns inside functions, and why they see nothing that a page or a stranger wrote.
INLINE = {
    "apart/limits.py:is_worn": "what the system says of a process of ours",
    "demo/browser.py:_at": "what the installed browser says of its version",
    "demo/launch.py:_snap_name": "the first line of a script on this machine",
    "diff/labels/lexicon/entries.py:compound": "makes `Lexicon.compound`, which is tried as all others",
    "diff/labels/lexicon/entries.py:opening": "makes `Lexicon.correction`, which is tried as all others",
    "extension.py:_manifest": "our own version",
    "store/backups.py:outdated": "names of files in the owner's own folder of backups",
    "text/lines/vocabulary.py:vocabulary": "words of our own tables; each is tried as `VOCABULARY.pattern`",
    "text/snippet.py:around": "the words looked for, as literals, in `MAX_READ_CHARACTERS` of a text",
    "web/api/prepared.py:prepared": "marks of our own in what we wrote as JSON: letters and digits between quotes",
}


@pytest.mark.parametrize("name", PATTERNS)
def test_a_pattern_takes_linear_time_or_a_short_text(name: str) -> None:
    each = PATTERNS[name]
    most = BOUNDED[name][0] if name in BOUNDED else None
    tiny, small = _given(each, TINY), _given(each, min(SMALL, most or SMALL))
    for work in _works(each):
        for text in tiny:
            assert spent(work, text) < TINY_S, f"{text!r}"
        for number, text in enumerate(small):
            if most is None and spent(work, text) >= LONG_S:
                sizes = (SMALL, LARGE)
                assert growth(partial(_one, each, number), work, sizes) <= MOST, f"{text[:60]!r}…{text[-4:]!r}"


def _works(each: Used) -> list[Callable[[str | bytes], object]]:
    """The ways in which a pattern is applied."""
    pattern = each.pattern
    ways: list[Callable[[str | bytes], object]] = []
    if "match" in each.methods:
        ways.append(pattern.match)
    if "fullmatch" in each.methods:
        ways.append(pattern.fullmatch)
    if not each.is_anchored:
        ways.append(lambda text: deque(pattern.finditer(text), maxlen=0))
    return ways


def _given(each: Used, size: int) -> list[str | bytes]:
    written = each.pattern.pattern
    if isinstance(written, bytes):
        return [text.encode() for text in texts(written.decode("latin-1"), size)]
    return list(texts(written, size))


def _one(each: Used, number: int, size: int) -> str | bytes:
    return _given(each, size)[number]


def test_every_pattern_inside_a_function_is_known() -> None:
    assert inline() == INLINE.keys()


def test_what_is_said_of_a_pattern_is_of_one_that_is_there() -> None:
    assert BOUNDED.keys() <= PATTERNS.keys()
    variables = {name.partition("[")[0].removesuffix(".correction") for name in PATTERNS}
    assert ELSEWHERE.keys() <= variables


def test_the_patterns_of_lines_are_given_lines_only(monkeypatch: pytest.MonkeyPatch) -> None:
    given: list[int] = []

    class Watched:
        def fullmatch(self, text: str) -> None:
            given.append(len(text))

    monkeypatch.setattr("rowback.text.lines.line._PATTERNS", ((Watched(), None),))
    monkeypatch.setattr("rowback.text.lines.phrases._LINKED", Watched())
    for size in (10, MAX_LINE_CHARACTERS, MAX_LINE_CHARACTERS + 1, 10_000):
        is_line("x" * size, links=1.0)
        is_line("x " * (size // 2), links=1.0)
    assert given
    assert max(given) <= MAX_LINE_CHARACTERS
