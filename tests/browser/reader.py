"""A reader at a browser with the extension installed: what every browser under test can do, in the same words.

`Reader` holds what differs between the browsers (driving them); `tests/browser/overlay.py` holds what a reader then
sees. Neither knows anything of the extension beyond its observable contract.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from pathlib import Path
from typing import Any, NewType

from .deadline import until

Tab = NewType("Tab", str)

PROBE = (Path(__file__).parent / "probe.js").read_text(encoding="utf-8")
ALL_SITES = ("http://*/*", "https://*/*")
WINDOW = (1280, 900)


class Reader(ABC):
    """One browser, one fresh profile, the extension just installed. `close` ends all of it."""

    name: str

    def __init__(self) -> None:
        self.provoked: set[str] = set()  # parts of the messages of errors that tests provoke on purpose

    # Pages

    @abstractmethod
    def open(self, url: str) -> None:
        """Load `url` in the current tab."""

    @abstractmethod
    def reload(self) -> None: ...

    @abstractmethod
    def back(self) -> None: ...

    @abstractmethod
    def forward(self) -> None: ...

    @abstractmethod
    def ask(self, question: str, *args: Any) -> Any:
        """What a function of `probe.js` answers about the current tab."""

    @abstractmethod
    def ask_beside(self, script: str, function: str, *args: Any) -> Any:
        """The value of a JavaScript function called, after a script, beside the page as `ask` is."""

    @abstractmethod
    def run_in_page(self, function: str, *args: Any) -> Any:
        """The value of a JavaScript function called in the page's own world."""

    @abstractmethod
    def await_in_page(self, function: str, *args: Any) -> Any:
        """What an asynchronous function called in the page's own world comes to."""

    # Hands

    @abstractmethod
    def click_at(self, x: int, y: int) -> None: ...

    @abstractmethod
    def press(self, key: str) -> None:
        """One key by its DOM name: `Tab`, `Enter`, `Escape`, `ArrowRight`, `Shift+Tab`, `j`…"""

    @abstractmethod
    def type(self, text: str) -> None: ...

    @abstractmethod
    def tap_at(self, x: int, y: int) -> None:
        """A finger's short touch."""

    def click(self, css: str) -> None:
        """A real mouse click on the middle of an element of the overlay or the page, once it is there and keeps still."""
        last: list[dict[str, int] | None] = [None]

        def still() -> dict[str, int] | None:
            before, last[0] = last[0], self.ask("point", css)
            return last[0] if last[0] == before else None

        point = until(still, f"{css} to be shown, keep still and be free to click")
        self.click_at(point["x"], point["y"])

    # Eyes

    @abstractmethod
    def screenshot(self, path: Path) -> None:
        """What the window shows, as PNG."""

    @abstractmethod
    def accessible(self, css: str) -> tuple[str, str]:
        """Role and name that the browser gives assistive technology for an element of the overlay or the page."""

    @abstractmethod
    def all_errors(self) -> list[str]:
        """Everything that went to a console as an error since the start, from pages and from the extension."""

    def errors(self) -> list[str]:
        """All errors but those that a test provokes on purpose."""
        return [error for error in self.all_errors() if not any(text in error for text in self.provoked)]

    @abstractmethod
    def dark(self, on: bool) -> None: ...

    @abstractmethod
    def own_colours(self, on: bool) -> None:
        """Show pages in colours of the reader's own (forced colours)."""

    @abstractmethod
    def calm(self, on: bool) -> None:
        """Ask pages to move nothing."""

    @abstractmethod
    def coarse(self, on: bool) -> None:
        """Whether the current tab is on a screen that is touched, not pointed at."""

    @abstractmethod
    def text_size(self, pixels: int) -> None:
        """The size of text that the reader set in the browser, for the current tab; browsers come with 16."""

    @abstractmethod
    def on_paper(self, on: bool) -> None:
        """Show pages as they would be printed."""

    @abstractmethod
    def resize(self, width: int, height: int) -> None: ...

    # Tabs

    @abstractmethod
    def tab(self) -> Tab: ...

    @abstractmethod
    def tabs(self) -> list[Tab]: ...

    @abstractmethod
    def address(self) -> str:
        """Where the current tab is."""

    @abstractmethod
    def new_tab(self) -> Tab:
        """A new empty tab, now the current one."""

    @abstractmethod
    def switch(self, tab: Tab) -> None: ...

    @abstractmethod
    def close_tab(self) -> None:
        """Close the current tab; the first of the others becomes current."""

    @abstractmethod
    def open_beside(self, path: str) -> Tab:
        """Open a page of the extension in a tab behind the current one and look at it there.

        That is how a popup is tried: for the browser, the tab in front stays the active one.
        """

    # The extension

    @abstractmethod
    def press_toolbar(self) -> None:
        """A press on the extension's toolbar button, by the browser's own doing: what it gives for this tab is given. The
        popup that opens is closed again, as no driver reaches into it: `open_beside` shows the same."""

    @abstractmethod
    def extension_url(self, path: str) -> str: ...

    @abstractmethod
    def toolbar_badge_text(self) -> str:
        """What stands on the extension's toolbar button while the current tab is in front."""

    @abstractmethod
    def toolbar_title(self) -> str:
        """What the toolbar button says of the current tab."""

    @abstractmethod
    def command(self, name: str) -> None:
        """What the browser does when the keys of one of the extension's commands are pressed."""

    @abstractmethod
    def has_panel_open(self) -> bool:
        """Whether the browser shows our panel at its side (not in a tab)."""

    @abstractmethod
    def kill_worker(self) -> None:
        """End the extension's worker, as browsers do whenever it idles; it may start again when something calls it."""

    @abstractmethod
    def accept_prompts(self) -> None:
        """From now on, answer the browser's own permission prompts with yes."""

    @abstractmethod
    def disable_extension(self) -> None: ...

    @abstractmethod
    def close(self) -> None: ...

    def open_extension(self, path: str) -> None:
        self.open(self.extension_url(path))

    def tab_at(self, address: str) -> Tab | None:
        """The first tab whose address begins so; else none, and the current tab stays."""
        before = self.tab()
        for tab in self.tabs():
            self.switch(tab)
            found = self.address().startswith(address)
            self.switch(before)
            if found:
                return tab
        return None

    def go_to_onboarding(self) -> None:
        """Go to the tab that the extension opens by itself when it is installed."""
        until(self._find_onboarding, "the onboarding page to be opened")

    def _find_onboarding(self) -> bool:
        for tab in self.tabs():
            self.switch(tab)
            if self.address().startswith(self.extension_url("onboarding/")):
                return True
        return False

    def grant_all_sites(self) -> None:
        """What the onboarding page asks for, given the way a person gives it. The current tab is that page then."""
        self.accept_prompts()
        self.go_to_onboarding()
        # What is said of the connection stands above the button, and moves it.
        states = (None, "", "checking")
        until(lambda: self.ask("attribute", "#connection", "data-state") not in states, "the connection to be told")
        self.click("#allow-all-sites")
        until(self.has_all_sites, "all sites to be granted")

    @abstractmethod
    def revoke_all_sites(self) -> None:
        """Take every site back in the browser's own settings."""

    @abstractmethod
    def has_all_sites(self) -> bool: ...
