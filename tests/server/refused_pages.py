"""Pages that are no article, one for every reason that a program is told."""

from __future__ import annotations

from rowback.model import Reason

from .front_pages import FRONTS
from .samples import PARAGRAPHS, URL, page
from .stories import SITE

LONG = tuple(f"{text} That was said in part {n} of the notice." for n in range(3) for text in PARAGRAPHS)
KNOWN = page(LONG)
"""What is known of `URL` when these pages come."""
OTHER = f"{SITE}/news/refused"

REFUSED: dict[Reason, tuple[str, str]] = {
    Reason.NO_TEXT: (OTHER, "<p></p>"),
    Reason.CONSENT: (
        OTHER,
        page(
            [
                "We and our 75 partners keep information on a device, as cookies, with your consent.",
                "Accept all",
                "Manage options",
            ],
            "We value your privacy",
        ),
    ),
    Reason.BOT_CHECK: (OTHER, page(["Checking your browser before you go on to the post."], "Just a moment...")),
    Reason.SCRIPTS: (
        OTHER,
        page(["JavaScript is required. Please enable JavaScript to read on."], "Enable JavaScript"),
    ),
    Reason.ERROR: (OTHER, page(["The page you are looking for does not exist."], "Page not found")),
    Reason.CUT: (URL, page([*LONG[:3], "Subscribe to read the full story."])),
    Reason.SHORT: (URL, page(["The notice stands on the board."])),
    Reason.ANOTHER: (URL, page(["A heron was seen on the roof of the town hall."], "Heron on the roof")),
    Reason.FRONT: (f"{SITE}/news/", FRONTS["cards"]()),
    Reason.SHOP: (
        OTHER,
        page(
            ["A lamp for the chart table, with a switch that can be found in the dark."],
            "Chart lamp",
            "<meta property='og:type' content='product'>",
        ),
    ),
    Reason.FORUM: (f"{SITE}/forum/thread-12", page(["Does anybody know when the ferry goes on Sundays?"], "Sundays")),
    Reason.SERVICE: (
        f"{SITE}/contact",
        page(["Write to us whenever you like, and we answer within a day."], "Contact"),
    ),
}
"""By reason: the address that is captured, and its page."""
