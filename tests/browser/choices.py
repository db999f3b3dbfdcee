"""The options as a reader finds them, and the reader's choices about reading, made there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .deadline import until

if TYPE_CHECKING:
    from .reader import Reader


FILLED = ("#backend-help", "#token-help", "#keep-note", "#links-note", "#notify-note", "#keys")  # by what is asked for


def open_options(reader: Reader) -> None:
    """Open the options in the current tab, until all is filled in: what comes late moves what is below it."""
    reader.open_extension("options/index.html")
    until(lambda: all(reader.ask("text", css) for css in FILLED), "the options to be filled in")
    until(
        lambda: reader.ask("attribute", "#connection", "data-state") not in {None, "", "checking"},
        "the options to say how the connection is",
    )


def choose(reader: Reader, name: str, on: bool) -> None:
    """Put the switch `name` (`keep`, `links`) of the options on or off; the tab in front stays the current one."""
    page = reader.tab()
    reader.new_tab()
    open_options(reader)
    if is_on(reader, name) != on:
        reader.click(f"#reading-{name}")
    until(lambda: is_on(reader, name) == on, f"the switch {name}")
    reader.close_tab()
    reader.switch(page)


def is_on(reader: Reader, name: str) -> bool:
    return bool(reader.run_in_page("(id) => document.getElementById(id).checked", f"reading-{name}"))
