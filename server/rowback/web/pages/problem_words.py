"""What pages that tell of a problem call it; in documents for programs titles are in English."""

from __future__ import annotations

from rowback.text.tongue import gettext, marked

# Titles of errors that people meet; `rowback.errors` has them all.
TITLES = frozenset(
    {
        marked("Something went wrong"),
        marked("The request does not fit its description"),
        marked("Not the address of a web page"),
        marked("Nothing here reads like an article"),
        marked("Reading this takes more than is given to one page"),
        marked("Larger than Rowback accepts"),
        marked("Not found"),
        marked("No versions of this article are stored"),
        marked("The article has no such version"),
        marked("No article of this source is stored"),
        marked("There is no such edit"),
        marked("There is no such picture"),
        marked("The owner of this backend does not show this article"),
        marked("This pairing is over"),
        marked("This invitation is over"),
        marked("Not allowed"),
        marked("This address is never fetched"),
        marked("Requests from this origin are refused"),
        marked("This token or session may not do that"),
        marked("A token is needed"),
        marked("Too many attempts"),
        marked("Too many requests"),
        marked("This backend does not go by that name"),
        marked("The page could not be fetched"),
        marked("The database cannot be used just now"),
        marked("Too much is asked for at once"),
        marked("Internal Server Error"),
        marked("Method Not Allowed"),
    }
)
# Those of errors that only programs make.
FOR_PROGRAMS = frozenset(
    {
        "No archive was asked about this article",
        "The owner has not answered yet",
        "The owner said no",
        "Writes must be application/json",
        "The body is packed in a way that is not taken here",
        "A setting does not fit its description",
    }
)


def title(text: str) -> str:
    """A title in the spoken language."""
    return gettext(text) if text in TITLES else text
