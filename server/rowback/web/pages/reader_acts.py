"""What the owner does with readers on the page of who may use this backend: invite, rename, end their devices, delete."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import request

from rowback.errors import BadInput
from rowback.model import Scope
from rowback.store.audience import OWNER
from rowback.store.readers import LASTS, SCOPES
from rowback.text.tongue import gettext, ngettext
from rowback.web.guard.one_time import invitation_link
from rowback.web.guard.visibility import MAX_ID
from rowback.web.request import base, whole_number

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from rowback.store import Store
    from rowback.store.access import Token
    from rowback.store.readers import Reader
    from rowback.store.sessions import Session


@dataclass(frozen=True, slots=True)
class Invitation:
    """An invitation as it is shown, once."""

    name: str
    code: str
    link: str
    until: datetime


@dataclass(frozen=True, slots=True)
class Devices:
    """A reader with the tokens and the signed-in browsers that are theirs."""

    reader: Reader
    tokens: tuple[Token, ...]
    sessions: tuple[Session, ...]

    @property
    def last_used_at(self) -> datetime | None:
        """When one of them was used last."""
        used = [*(each.last_used_at for each in self.tokens), *(each.last_seen_at for each in self.sessions)]
        return max((at for at in used if at is not None), default=None)


def devices_of(store: Store, tokens: Sequence[Token], sessions: Sequence[Session], at: datetime) -> list[Devices]:
    """All readers but the owner, each with their own."""
    return [
        Devices(
            reader,
            tuple(each for each in tokens if each.reader == reader.id),
            tuple(each for each in sessions if each.reader == reader.id),
        )
        for reader in store.readers.all(at)
        if reader.id != OWNER
    ]


def invite(store: Store, at: datetime) -> Invitation:
    """Makes the invitation that a form asks for. Raises `BadInput`."""
    name = " ".join(request.form.get("name", "").split())
    code = store.readers.invite(name, _scope(), at)
    return Invitation(name, code, invitation_link(base(), code), at + LASTS)


def rename(store: Store) -> str:
    """Gives a reader another name. What to say of it."""
    name = request.form.get("name", "")
    store.readers.rename(_reader(), name)
    return gettext("Renamed: %(name)s.", name=" ".join(name.split()))


def end(store: Store) -> str:
    """Ends all devices of a reader. What to say of it."""
    count = store.readers.end(_reader())
    return ngettext(
        "Ended: %(num)s device. What was read stays; a new invitation lets one in again.",
        "Ended: %(num)s devices. What was read stays; a new invitation lets one in again.",
        count,
    )


def delete(store: Store) -> str:
    """Forgets a reader. What to say of it."""
    count = store.readers.delete(_reader())
    store.owner.finish_forgetting()
    return ngettext(
        "Deleted, with %(num)s article that no one else had.",
        "Deleted, with %(num)s articles that no one else had.",
        count,
    )


def _reader() -> int:
    reader_id = whole_number(request.form.get("reader", ""), MAX_ID)
    if reader_id is None:
        raise BadInput("Choose a reader of the list.")
    return reader_id


def _scope() -> Scope | None:
    given = request.form.get("scope", "")
    if given not in ("", *SCOPES):
        raise BadInput(f"A reader's scope is one of {', '.join(SCOPES)}.", "scope")
    return Scope(given) if given else None
