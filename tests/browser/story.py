"""Stories for tests: what an article said at each time, and the page that shows it."""

from __future__ import annotations

import html
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

TODAY = datetime.now(UTC).replace(microsecond=0)

STYLE = """
body { margin: 0; font: 18px/1.6 Georgia, serif; }
main { max-width: 38em; margin: 2em auto; padding: 0 1em; }
@media (prefers-color-scheme: dark) { body { background: #16181b; color: #e4e2dd; } }
"""


@dataclass(frozen=True)
class Text:
    """A title and its paragraphs."""

    title: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True)
class Story:
    """An article's URL and its versions, oldest first, each an hour younger than the one before."""

    url: str
    versions: tuple[Text, ...]
    lang: str = "en"
    direction: str = "ltr"

    def times(self) -> list[datetime]:
        newest = TODAY - timedelta(hours=1)
        return [newest - timedelta(hours=back) for back in reversed(range(len(self.versions)))]

    def page(self, head: str = "", tail: str = "", body: str | None = None) -> str:
        """The newest version as a news site would publish it; `head` and `tail` are markup, put in as it is."""
        now = self.versions[-1]
        paragraphs = "\n".join(f"<p>{html.escape(text)}</p>" for text in now.paragraphs)
        return f"""<!doctype html>
<html lang="{self.lang}" dir="{self.direction}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>{html.escape(now.title)} – The Lantern Post</title>
<meta property="og:type" content="article">
<link rel="canonical" href="{html.escape(self.url)}">
<style>{STYLE}</style>
{head}
</head>
<body>
<header><a href="/">The Lantern Post</a></header>
<main>
<article>
<h1>{html.escape(now.title)}</h1>
{paragraphs if body is None else body}
</article>
</main>
<footer>All of it invented.</footer>
{tail}
</body>
</html>
"""
