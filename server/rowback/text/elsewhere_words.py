"""Why an archive, another backend or the target of an alert did not do what it was asked, as sentences that pages translate:
each as it is stored, in English. `rowback.text.reasons` recognises a stored one by it.
"""

from __future__ import annotations

from rowback.text.tongue import marked

# Of two that fit, the first: the more particular one stands above.
ELSEWHERE = (
    marked("The archive shows no copies of this publisher."),
    marked("The archive is busy."),
    marked("The archive does not answer."),
    marked("The archive is in trouble."),
    marked("The archive broke off in the middle of a copy."),
    marked("The archive could not be read, again and again."),
    marked("The archive leads elsewhere."),
    marked("The archive gave another page."),
    marked("The archive's list of copies cannot be read: it is no JSON."),
    marked("The archive's list of copies cannot be read: its JSON is broken."),
    marked("The archive's list of copies cannot be read: its first row names no columns."),
    marked("The archive's list of copies cannot be read: none of its lines is a copy."),
    marked("The archive's answer cannot be read: it is no TimeMap."),
    marked("The archive's TimeMap cannot be read: its JSON is broken."),
    marked("The archive's list has more than %(number)s MB."),
    marked("The archive's TimeMap has more than %(number)s MB."),
    marked("The answer has more than %(number)s MB."),
    marked("An article may have %(number)s blocks."),
    marked("That is no address."),
    marked("None of the versions that are listed there can be read: they have no number or no instant."),
    marked("today's requests to archives are used up"),
    marked("a copy says nothing: %(cause)s"),
    marked("It is not where it was listed."),
    marked("The chunked page is cut off."),
    marked("It leads to another address: name the backend by the one where it answers."),
    marked("It answers with another article than the one that it is asked about."),
    marked(
        "It gives its versions to nobody without a token. Its owner makes one with `rowback tokens new NAME --scope read`; "
        "it goes into the setting archive_tokens here."
    ),
    marked("It does not take the token that the setting archive_tokens has for it: ask its owner for a new one."),
    marked("It does not take our request: it answers %(status)s."),
    marked("What answers there is no Rowback: it has no API below that address."),
    marked("What answers there is no Rowback: %(detail)s."),
    marked("%(host)s did not take the message in %(number)s seconds."),
    marked("%(host)s did not take the message (%(status)s)."),
    marked("%(host)s did not take the message."),
    marked("%(host)s answered %(status)s."),
    marked("It could not be sent."),
    marked("Sending broke the program (%(error)s)."),
    marked("Bluesky did not say which server has the account."),
)
