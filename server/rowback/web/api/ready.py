"""`/api/v1/ready`: whether what is asked of the backend can be done. Anyone may ask, and is told no paths."""

from __future__ import annotations

import shutil
import threading
import time
from typing import TYPE_CHECKING

from flask import Blueprint, Response, jsonify

from rowback.errors import StoreError

if TYPE_CHECKING:
    from collections.abc import Callable

    from rowback.store import Store

KEPT_S = 5.0  # a look is a write: whoever asks more often gets the last answer
MIN_FREE_BYTES = 1 << 20  # below this a write or two fit, and then none does


def create_ready(store: Store, clock: Callable[[], float] = time.monotonic) -> Blueprint:
    """The blueprint of the one route. `clock` counts seconds."""
    ready_api = Blueprint("ready_api", __name__, url_prefix="/api/v1")
    readiness = Readiness(store, clock)

    @ready_api.get("/ready")
    def ready() -> Response:
        reason = readiness.reason()
        if reason is not None:
            raise StoreError(reason)
        return jsonify(status="ready")

    return ready_api


class Readiness:
    """What a store is found to be, looked at now and then. Safe for threads."""

    def __init__(self, store: Store, clock: Callable[[], float]) -> None:
        self._store = store
        self._clock = clock
        self._looking = threading.Lock()
        self._kept: tuple[float, str | None] | None = None

    def reason(self) -> str | None:
        """Why the store cannot be used just now, None when it can."""
        with self._looking:
            if self._kept is None or self._clock() - self._kept[0] >= KEPT_S:
                found = self._look()
                self._kept = (self._clock(), found)
            return self._kept[1]

    def _look(self) -> str | None:
        try:
            self._store.probe()
            free = shutil.disk_usage(self._store.path.parent).free
        except StoreError as error:
            return error.untold
        except OSError:
            return "The folder of the database cannot be read."
        if self._store.known_damage is not None:
            return "The database is damaged."
        return None if free >= MIN_FREE_BYTES else "The disk is full."
