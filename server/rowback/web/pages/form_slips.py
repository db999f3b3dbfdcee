"""What was wrong in a form that was sent, so that its page shows the form again as it was filled in, with the error beside
the field. What is a secret is not shown again: whoever sent it types it anew.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import request

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rowback.errors import BadInput

MAX_TYPED = 8_192  # characters of a field that are shown again: more than any field takes
_SECRET = frozenset({"csrf", "target", "token", "code"})


@dataclass(frozen=True, slots=True)
class Slip:
    """An error in one field of a form of a page, and what was typed into all of them."""

    form: str
    field: str
    told: str
    typed: Mapping[str, str]


def slip(form: str, error: BadInput, fields: Sequence[str]) -> Slip:
    """The slip in this request's form, which has these fields: an error that is of none of them stands beside the first."""
    typed = {name: text[:MAX_TYPED] for name, text in request.form.items() if name not in _SECRET}
    return Slip(form, error.field if error.field in fields else fields[0], str(error), typed)
