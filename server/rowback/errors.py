"""Every error Rowback raises on purpose, in one tree.

    RowbackError                     status  code
    ├── BadInput                      400    bad-input
    │   ├── BadURL                    400    bad-url
    │   ├── NotAnArticle              422    not-an-article
    │   ├── PageTooCostly             422    page-too-costly
    │   └── TooLarge                  413    too-large
    ├── NotFound                      404    not-found
    │   ├── NoPicture                 404    no-picture
    │   ├── UnknownArticle            404    unknown-article
    │   ├── UnknownBackfill           404    unknown-backfill
    │   ├── UnknownEdit               404    unknown-edit
    │   ├── UnknownSource             404    unknown-source
    │   └── UnknownVersion            404    unknown-version
    ├── HiddenArticle                 410    hidden-article
    ├── InvitationOver                400    invitation-over
    ├── PairingPending                400    pairing-pending
    ├── PairingDenied                 400    pairing-denied
    ├── PairingExpired                400    pairing-expired
    ├── Refused                       403    refused
    │   ├── ForbiddenURL              403    forbidden-url
    │   ├── ForeignOrigin             403    foreign-origin
    │   ├── InsufficientScope         403    insufficient-scope
    │   ├── NoToken                   401    no-token
    │   ├── TooManyAttempts           429    too-many-attempts
    │   │   └── TooManyRequests       429    too-many-requests
    │   └── UntrustedHost             400    untrusted-host
    ├── WrongMediaType                415    wrong-media-type
    ├── WrongCoding                   415    wrong-coding
    ├── FetchFailed                   502    fetch-failed
    │   ├── NoAnswer                  502    fetch-failed
    │   │   └── BrokenOff             502    fetch-failed
    │   ├── Undelivered               502    fetch-failed
    │   └── UnfitSource               502    fetch-failed
    ├── StoreError                    503    store-unavailable
    ├── Busy                          503    busy
    └── SettingsError                  –     (command line only)

`code` is the stable word for programs; the message is for people and says what to do.
"""

from __future__ import annotations

from rowback.command import as_typed


class RowbackError(Exception):
    """Anything Rowback refuses or cannot do. The message is one or two full sentences for a person."""

    status = 500
    code = "error"
    title = "Something went wrong"

    def __str__(self) -> str:
        """The message, with commands as they are typed here."""
        return as_typed(super().__str__())


class BadInput(RowbackError):
    """A request, file or argument that does not fit its description."""

    status, code, title = 400, "bad-input", "The request does not fit its description"

    def __init__(self, detail: str, field: str = "") -> None:
        super().__init__(detail)
        self.field = field
        """The field of a form that it is about, where that is known."""


class BadURL(BadInput):
    """A string that is no http(s) URL of a page."""

    status, code, title = 400, "bad-url", "Not the address of a web page"


class NotAnArticle(BadInput):
    """HTML in which nothing reads like an article. `reason` is one of `model.Reason`."""

    status, code, title = 422, "not-an-article", "Nothing here reads like an article"

    def __init__(self, detail: str, reason: str = "no-text") -> None:
        super().__init__(detail)
        self.reason = reason


class PageTooCostly(BadInput):
    """A page or document that takes more time or memory to read than is given to one."""

    status, code, title = 422, "page-too-costly", "Reading this takes more than is given to one page"


class TooLarge(BadInput):
    """More bytes, blocks or URLs than Rowback takes at once."""

    status, code, title = 413, "too-large", "Larger than Rowback accepts"


class NotFound(RowbackError):
    """Something named that is not in the store."""

    status, code, title = 404, "not-found", "Not found"


class UnknownArticle(NotFound):
    """A URL or id that no stored article has."""

    status, code, title = 404, "unknown-article", "No versions of this article are stored"
    backfill: dict[str, object] | None = None
    """How far the fetching of its past is, in the shape of the API, where that goes on."""


class UnknownBackfill(NotFound):
    """A URL for which no archive was asked."""

    status, code, title = 404, "unknown-backfill", "No archive was asked about this article"


class UnknownVersion(NotFound):
    """A version number the article does not have."""

    status, code, title = 404, "unknown-version", "The article has no such version"


class UnknownSource(NotFound):
    """A source of which no article is stored."""

    status, code, title = 404, "unknown-source", "No article of this source is stored"


class UnknownEdit(NotFound):
    """An id that no edit between two versions has."""

    status, code, title = 404, "unknown-edit", "There is no such edit"


class NoPicture(NotFound):
    """An edit that this backend cannot make a picture of."""

    status, code, title = 404, "no-picture", "There is no such picture"


class HiddenArticle(RowbackError):
    """An article that the owner hides. The message is the owner's reason."""

    status, code, title = 410, "hidden-article", "The owner of this backend does not show this article"


class PairingPending(RowbackError):
    """A pairing that the owner has not decided yet. `retry_after_s`: seconds until asking again is heard."""

    status, code, title = 400, "pairing-pending", "The owner has not answered yet"

    def __init__(self, detail: str, retry_after_s: int) -> None:
        super().__init__(detail)
        self.retry_after_s = retry_after_s


class PairingDenied(RowbackError):
    """A pairing to which the owner said no."""

    status, code, title = 400, "pairing-denied", "The owner said no"


class PairingExpired(RowbackError):
    """A pairing that nobody knows: it was never begun, took too long, or its token was fetched already."""

    status, code, title = 400, "pairing-expired", "This pairing is over"


class InvitationOver(RowbackError):
    """An invitation that nobody knows: it was used, has expired, or never was."""

    status, code, title = 400, "invitation-over", "This invitation is over"


class Refused(RowbackError):
    """A request that is understood and not allowed."""

    status, code, title = 403, "refused", "Not allowed"


class ForbiddenURL(Refused):
    """An address that Rowback never fetches: not http(s), or a host on a private network."""

    status, code, title = 403, "forbidden-url", "This address is never fetched"


class ForeignOrigin(Refused):
    """A request made by a web page, or by an extension that is not paired."""

    status, code, title = 403, "foreign-origin", "Requests from this origin are refused"


class InsufficientScope(Refused):
    """A token or session that may do less than what was asked."""

    status, code, title = 403, "insufficient-scope", "This token or session may not do that"


class NoToken(Refused):
    """A request without a valid bearer token."""

    status, code, title = 401, "no-token", "A token is needed"


class TooManyAttempts(Refused):
    """Wrong tokens or codes given one after the other, or too many pairings begun. `retry_after_s`: seconds to wait."""

    status, code, title = 429, "too-many-attempts", "Too many attempts"

    def __init__(self, detail: str, retry_after_s: int) -> None:
        super().__init__(detail)
        self.retry_after_s = retry_after_s


class TooManyRequests(TooManyAttempts):
    """A stranger's request beyond what one address may ask for in a minute. `retry_after_s`: seconds to wait."""

    code, title = "too-many-requests", "Too many requests"


class UntrustedHost(Refused):
    """A request addressed to a host name that this backend does not go by."""

    status, code, title = 400, "untrusted-host", "This backend does not go by that name"


class WrongMediaType(RowbackError):
    """A write whose body is not declared as JSON."""

    status, code, title = 415, "wrong-media-type", "Writes must be application/json"


class WrongCoding(RowbackError):
    """A body that is packed otherwise than is taken from whoever sent it."""

    status, code, title = 415, "wrong-coding", "The body is packed in a way that is not taken here"


class FetchFailed(RowbackError):
    """A page that could not be had from its server."""

    status, code, title = 502, "fetch-failed", "The page could not be fetched"


class NoAnswer(FetchFailed):
    """No server answered to the end, or the host is not known: of what is there nothing was learned."""


class BrokenOff(NoAnswer):
    """An answer began, and its body did not come to its end: the server is there."""


class Undelivered(FetchFailed):
    """A message of an alert that its target did not take. `retry_after_s`: seconds that it asked to be left alone for."""

    def __init__(self, detail: str, retry_after_s: float = 0.0) -> None:
        super().__init__(detail)
        self.retry_after_s = retry_after_s


class UnfitSource(FetchFailed):
    """A source of earlier versions that cannot be asked until somebody changes something, there or here."""


class StoreError(RowbackError):
    """The database is missing, locked, read-only, full or no Rowback database."""

    status, code, title = 503, "store-unavailable", "The database cannot be used just now"

    def __init__(self, detail: str, untold: str = "The database cannot be used just now.") -> None:
        super().__init__(detail)
        self.untold = untold
        """The same for a stranger: without paths and numbers."""


class Busy(RowbackError):
    """More is asked for at once than can be computed."""

    status, code, title = 503, "busy", "Too much is asked for at once"


class SettingsError(RowbackError):
    """A setting, flag or environment variable that does not fit its description."""

    code, title = "bad-setting", "A setting does not fit its description"
