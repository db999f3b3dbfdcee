"""Why something could not be read, told in the language that is spoken. Reasons are stored, and told to programs, in English:
here is each that is foreseen, as a sentence with its values. What else servers and libraries say stays as they say it.
"""

from __future__ import annotations

from rowback.text.doubt_words import DOUBTS
from rowback.text.elsewhere_words import ELSEWHERE
from rowback.text.tongue import ENGLISH, gettext, marked, tag

# Of two that fit, the first: the more particular one stands above. Values of these names are one word each.
_WORDS = frozenset({"day", "error", "host", "number", "status"})
_NESTED = frozenset({"cause", "detail"})  # reasons in a reason, with or without their full stop
_STOPS = ".。"
_ISOLATE, _POP = "\N{FIRST STRONG ISOLATE}", "\N{POP DIRECTIONAL ISOLATE}"
REASONS = (
    marked("nothing new"),
    marked("the server answered 304 to a first question"),
    marked("the server answered %(status)s"),
    marked("its robots.txt asks robots to stay away"),
    marked("its robots.txt cannot be read just now (%(cause)s), so nothing is asked for"),
    marked("the archive shows no copies of this publisher"),
    marked("only a browser shows what stands behind the # of its address"),
    marked("it leads to another host (%(host)s) that does not tell the story for good"),
    marked("it leads to another page for now (%(address)s)"),
    marked("it leads to %(host)s and not to the article"),
    marked("the article is not stored any more"),
    marked("the feed is not followed any more"),
    marked("the program could not cope: %(error)s"),
    marked("set aside: %(number)s pollers ended in the middle of it, one after the other"),
    marked("it did not answer in time"),
    marked("the whole page took too long"),
    marked("its certificate is not valid (%(detail)s)"),
    marked("it is a single article"),
    marked("it names no articles"),
    marked("its newest article is of %(day)s"),
    marked("a page without articles"),
    marked("neither a feed nor a page that leads to articles"),
    marked("the host is being asked just now"),
    marked("More than %(number)s redirects."),
    marked("A redirect leads to no address."),
    marked("The host %(host)s could not be looked up: too many other look-ups hang."),
    marked("The host %(host)s could not be looked up in time."),
    marked("The outgoing proxy at %(host)s does not answer."),
    marked("The host %(host)s has no address."),
    marked("The host %(host)s is not known."),
    marked("Port %(number)s is not one of the web's. Rowback fetches web pages only."),
    marked("%(host)s is on a private network. Rowback fetches public pages only."),
    marked(
        "%(host)s is on a private network (%(address)s). Rowback fetches public pages only; the setting fetch_hosts allows a "
        "host."
    ),
    marked("%(host)s could not be read: %(detail)s."),
    marked("The packed page is broken."),
    marked("The packed page is cut off."),
    marked("The page has more than %(number)s MB."),
    marked("The packed page has more than %(number)s MB."),
    *DOUBTS,
    *ELSEWHERE,
)


class _Marks(dict[str, str]):
    """Each value as its name between two marks that no sentence has."""

    def __missing__(self, name: str) -> str:
        return f"\0{name}\0"


_PIECES = tuple((template, (template % _Marks()).split("\0")) for template in REASONS)


def told(reason: str) -> str:
    """A reason in the language that is spoken; as it is where it was not foreseen, and in English."""
    found = recognised(reason) if tag() != ENGLISH else None
    if found is None:
        return reason
    template, values = found
    return gettext(template, **{name: _shown(name, value) for name, value in values.items()})


def is_told(reason: str) -> bool:
    """Whether a reason is told in the language that is spoken."""
    return tag() == ENGLISH or recognised(reason) is not None


def recognised(reason: str) -> tuple[str, dict[str, str]] | None:
    """The sentence of `REASONS` that a reason is, with its values; None for any other."""
    for template, pieces in _PIECES:
        values = _values(reason, pieces)
        if values is not None:
            return template, values
    return None


def _values(reason: str, pieces: list[str]) -> dict[str, str] | None:
    """What stands in the places of a template; None where a reason is not of it."""
    (first, *inner), names = pieces[::2], pieces[1::2]
    if not names:
        return {} if reason == first else None
    last = inner.pop()
    if not reason.startswith(first) or not reason.endswith(last) or len(reason) <= len(first) + len(last):
        return None
    left = reason[len(first) : len(reason) - len(last)]
    found = []
    for literal in inner:
        value, is_there, left = left.partition(literal)
        if not is_there:
            return None
        found.append(value)
    values = dict(zip(names, [*found, left], strict=True))
    return values if all(_fits(name, value) for name, value in values.items()) else None


def _fits(name: str, value: str) -> bool:
    return bool(value) and not (name in _WORDS and " " in value)


def _shown(name: str, value: str) -> str:
    """A value in a sentence that may run the other way: it keeps its own direction, unless it is a reason itself."""
    if name in _NESTED:
        for whole in (value, f"{value}."):
            if recognised(whole) is not None:
                return told(whole).rstrip(_STOPS)
    return f"{_ISOLATE}{value}{_POP}"
