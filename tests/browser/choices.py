"""The reader's choices about reading, made in the options as a reader does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .deadline import until

if TYPE_CHECKING:
    from .reader import Reader


def choose(reader: Reader, name: str, on: bool) -> None:
    """Put the switch `name` (`keep`, `links`) of the options on or off; the tab in front stays the current one."""
    page = reader.tab()
    reader.new_tab()
    reader.open_extension("options/index.html")
    until(lambda: reader.ask("text", f"#{name}-note"), "the options to say what is chosen")
    if is_on(reader, name) != on:
        reader.click(f"#reading-{name}")
    until(lambda: is_on(reader, name) == on, f"the switch {name}")
    reader.close_tab()
    reader.switch(page)


def is_on(reader: Reader, name: str) -> bool:
    return bool(reader.run_in_page("(id) => document.getElementById(id).checked", f"reading-{name}"))
