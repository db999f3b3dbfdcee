"""Webhooks: a message as JSON, posted by our own fetcher with its checks of addresses, and signed.

The signature (header `Rowback-Signature: sha256=HEX`) is HMAC-SHA-256 (RFC 2104) of the body's bytes with the alert's secret.
No redirect is followed: what is told is for the server that the owner named.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from dataclasses import replace
from typing import TYPE_CHECKING

from rowback.errors import Undelivered

if TYPE_CHECKING:
    from rowback.alerts.messages import Message
    from rowback.capture.fetch import Fetcher
    from rowback.store.alerts import Target

MAX_SECONDS = 30.0  # for the whole request
_TAKEN = range(200, 300)


def send(target: Target, message: Message, key: str, fetcher: Fetcher) -> None:
    """Sends a message. Raises `Undelivered` for any answer but 2xx; `ForbiddenURL`, `FetchFailed` as the fetcher does."""
    body = json.dumps(message.told | {"id": key}, ensure_ascii=False).encode("utf-8", "replace")
    headers = {
        "Content-Type": "application/json",
        "Accept": "*/*",
        "Idempotency-Key": key,
        "Rowback-Signature": f"sha256={signature(target.secret, body)}",
    }
    own = replace(fetcher, before_each=_uncounted, max_seconds=MAX_SECONDS)
    answer = own.post(target.address, headers, body)
    if answer.status not in _TAKEN:
        asked = answer.headers.get("retry-after", "")
        retry_after_s = float(asked) if asked.isascii() and asked.isdigit() and len(asked) < 8 else 0.0
        raise Undelivered(f"{target.shown} answered {answer.status}.", retry_after_s)


def signature(secret: str, body: bytes) -> str:
    """What a body is signed with, in hexadecimal digits."""
    return hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()


def _uncounted(_url: str) -> None:
    """Messages are not counted among the day's requests: those are for what is watched."""
