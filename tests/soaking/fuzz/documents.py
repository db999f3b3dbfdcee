"""The pages that mutations begin with: the demo newspaper's, and some of our own with every kind of block."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cache

from rowback.demo.stock import stock
from rowback.demo.stories import load_stories
from tests.benchmark.articles import Newsroom
from tests.server.samples import page

BASE = "https://packet.example"
MADE = 12  # pages of invented words
KINDS = """\
<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Lighthouse to be painted | Echo</title>
<link rel="canonical" href="https://packet.example/news/lighthouse">
<meta property="og:title" content="Lighthouse to be painted">
<script type="application/ld+json">{"@context": "https://schema.org", "@type": "NewsArticle",
"headline": "Lighthouse to be painted", "datePublished": "2026-01-10T08:00:00Z", "isAccessibleForFree": true}</script></head>
<body><header><nav><a href="/">Home</a> <a href="/news">News</a></nav></header><main><article>
<h1>Lighthouse to be painted</h1>
<p class="lead">The council will have the lighthouse painted white by May, it said on Tuesday.</p>
<figure><img src="/l.jpg" alt="The lighthouse">
<figcaption>The lighthouse as it stands today, seen from the pier.</figcaption></figure>
<h2>What it costs</h2><ul><li>Paint: 12,400 euros, for three coats on every side.</li><li>Scaffolding: 8,100 euros.</li></ul>
<blockquote><p>“It has been grey for long enough,” said the harbour master, who will pick the shade herself.</p></blockquote>
<table><tr><th>Year</th><th>Colour</th></tr><tr><td>1911</td><td>white</td></tr><tr><td>1954</td><td>grey</td></tr></table>
<pre>  low tide   06:10
  high tide  12:25</pre><p>Work begins <b>on 2 March</b> and <i>ends</i> before the first regatta.<br>Rain may delay it.</p>
<p>Corrected on 11 January: an earlier version of this article gave the wrong year.</p></article>
<aside><h3>More</h3><ul><li><a href="/a">A bridge reopens</a></li><li><a href="/b">Herring is back</a></li></ul></aside>
</main><footer><p>© The Packet. We use cookies to keep you signed in.</p></footer></body></html>
"""


@cache
def documents() -> tuple[str, ...]:
    """All of them."""
    found: list[str] = [page(), KINDS]
    stock(lambda _url, html, _at: found.append(html), BASE, load_stories(), datetime(2026, 1, 10, 8, 0, tzinfo=UTC))
    for seed in range(MADE):
        newsroom = Newsroom(seed)
        found.append(page(newsroom.paragraphs(4 + seed), newsroom.sentence()))
    return tuple(found)
