"""Why a page that was captured is not believed, as sentences that pages translate: each as it is stored, in English.
Where they are said is no matter of this file; `rowback.text.reasons` recognises a stored one by it.
"""

from __future__ import annotations

from rowback.text.tongue import marked

# Of two that fit, the first: the more particular one stands above.
DOUBTS = (
    marked("The site asked whether a person is reading, and showed no article."),
    marked("The site showed its consent wall, and no article."),
    marked("The site answered with an error page."),
    marked("The page shows its article only to a browser that runs its scripts. Capture it from the browser."),
    marked("The page came without the text of the article that is known, and shows it perhaps only to a browser."),
    marked(
        "The site no longer shows the article's text to the server, perhaps only to a browser that runs its scripts."
    ),
    marked("The site no longer shows its text to the server: most of its articles came without it in the same hours."),
    marked("The page showed only the beginning of the article that is known already."),
    marked("The page showed only the beginning of the article that is known from soon after."),
    marked("The copy shows only the beginning of the article that is known from the time around it."),
    marked("The page had another headline and nothing of the article that is known."),
    marked("The article has suddenly lost nearly all of its text. If it stays so, it is believed."),
    marked("At the very same instant the page itself said something else."),
    marked("The archive kept one of the site's front pages where the article was."),
    marked("The site shows one of its front pages where the article was."),
    marked("It tells another story than what is stored for this address."),
    marked("It was read from another host than the article, whose text is taken from its own host only."),
    marked("It was read from another host than %(address)s, whose text is taken from its own host only."),
    marked("The page only leads on to another address."),
    marked("The page is too tangled to read."),
    marked("No article text was found in the page."),
    marked("Reading it takes more memory than is given to one page."),
    marked("The program that read it did not survive it."),
    marked("%(number)s pollers ended while they read it, one after the other."),
    marked("It leads to the site's front page."),
    marked("%(address)s is XML, and no web page."),
    marked("%(address)s is %(detail)s, not a web page."),
)
