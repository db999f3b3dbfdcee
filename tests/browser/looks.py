"""Pages of the backend as they may be looked at: light, dark, on a telephone, in other languages, by the keyboard."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from .deadline import until
from .reader import WINDOW
from .test_pages_small import PHONE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .reader import Reader

LANGUAGES = ("ar", "de", "ja")
TELEPHONE = "telephone"
LOOKS = ("light", "dark", TELEPHONE, *LANGUAGES)
_PLACES = "() => document.querySelectorAll('a, button, input, select, textarea, summary, [tabindex]').length"
_LANGUAGE = "() => document.readyState === 'complete' && document.documentElement.lang"


@contextmanager
def looking(reader: Reader, address: str, look: str) -> Iterator[None]:
    """Opens a page in a look, and takes the look away in the end."""
    reader.dark(look == "dark")
    reader.resize(*(PHONE if look == TELEPHONE else WINDOW))
    reader.coarse(look == TELEPHONE)
    try:
        reader.open(address)
        if look in LANGUAGES:
            speak(reader, look)
        yield
    finally:
        if look in LANGUAGES:
            reader.open(address)
            speak(reader, "")
        reader.coarse(False)
        reader.resize(*WINDOW)
        reader.dark(False)


def speak(reader: Reader, language: str) -> None:
    """Chooses the language of the pages; none: the browser's own, which is English."""
    reader.run_in_page(f"() => {{ document.querySelector('#language').value = '{language}'; }}")
    reader.click("form.language button")
    until(lambda: asked(reader, _LANGUAGE) == (language or "en"), "the page, whole, in that language")


def asked(reader: Reader, question: str, *values: Any) -> Any:
    """What the page says; None while another takes its place."""
    try:
        return reader.run_in_page(question, *values)
    except Exception:  # noqa: BLE001 (each browser has its own for a page that goes)
        return None


def tab_to(reader: Reader, css: str) -> None:
    """Goes on by the Tab key until something has the focus."""
    for _ in range(int(reader.run_in_page(_PLACES)) + 1):  # a backend that other tests told much has long lists
        reader.press("Tab")
        if reader.run_in_page("(css) => document.activeElement.matches(css)", css):
            return
    raise AssertionError(f"the Tab key leads to no {css}")
