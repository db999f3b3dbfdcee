"""How the two sides of a pipe talk: pickled values, each after its length in eight bytes.

What comes back from a process that read a hostile page is not believed to be harmless: only Rowback's own values and errors,
and instants, are made from it.
"""

from __future__ import annotations

import io
import pickle
import struct
from dataclasses import is_dataclass
from datetime import datetime, timedelta, timezone
from enum import Enum
from typing import IO, Any

from rowback.errors import RowbackError

MAX_FRAME = 1 << 28  # bytes; what is taken in at once, 16 MB, and what is told of it are much smaller
_LENGTH = struct.Struct(">Q")
_OWN = "rowback."
_INSTANTS: dict[tuple[str, str], type] = {
    ("datetime", found.__name__): found for found in (datetime, timedelta, timezone)
}


def send(pipe: IO[bytes], frame: bytes) -> None:
    """Writes one frame. Raises `OSError`."""
    pipe.write(_LENGTH.pack(len(frame)))
    pipe.write(frame)
    pipe.flush()


def receive(pipe: IO[bytes]) -> bytes | None:
    """The next frame; None where the other side has ended, or says what nobody says. Raises `OSError`."""
    head = pipe.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        return None
    size = _LENGTH.unpack(head)[0]
    frame = pipe.read(size) if size <= MAX_FRAME else b""
    return frame if len(frame) == size else None


def packed(value: object) -> bytes:
    """A value as a frame. A function goes by its name, and must be found under it."""
    return pickle.dumps(value, pickle.HIGHEST_PROTOCOL)


def unpacked_safely(frame: bytes) -> Any:
    """The value in a frame from a process that read hostile text. Raises `pickle.UnpicklingError` for any other class."""
    return _Careful(io.BytesIO(frame)).load()


def _is_value(found: type) -> bool:
    """Whether making one does nothing else."""
    is_frozen = is_dataclass(found) and found.__dataclass_params__.frozen  # type: ignore[attr-defined]
    return is_frozen or issubclass(found, (Enum, RowbackError))


class _Careful(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> type:
        known = _INSTANTS.get((module, name))
        if known is not None:
            return known
        if module.startswith(_OWN) and "." not in name:
            found = super().find_class(module, name)
            if isinstance(found, type) and found.__module__ == module and _is_value(found):
                return found
        raise pickle.UnpicklingError(f"{module}.{name} is no value")
