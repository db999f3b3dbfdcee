"""Which elements stand by themselves, as browsers lay them out. The extension has the same list
(`content/find/text-index.js`)."""

from __future__ import annotations

HEADINGS = frozenset({"h2", "h3", "h4", "h5", "h6"})  # within an article
BLOCKS = frozenset(
    "p div h1 h2 h3 h4 h5 h6 li ul ol dl dt dd blockquote figure figcaption pre table caption tbody thead tfoot tr td th "
    "article section main header footer aside nav form fieldset address details summary hgroup body hr legend center "
    "menu dir search xmp listing plaintext amp-img amp-ad amp-iframe".split()
)
