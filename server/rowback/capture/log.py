"""What the poller does, on stderr: a line for people, or a JSON object a line for programs.

It names addresses and quotes servers: nothing of that reaches a terminal as more than text, and none makes a line of its own.
"""

from __future__ import annotations

import json
import logging
from datetime import UTC, datetime
from typing import Any

from rowback.text.plain import in_json, line, visible

INSTANT = "%Y-%m-%d %H:%M:%SZ"  # in UTC, as all that the backend tells
MAX_LINE = 2_000  # characters of one message; it may hold an address and a reason


class PlainLines(logging.Formatter):
    """The format of `logging`, with what a terminal obeys left out: a message is one line, a traceback follows on more."""

    def formatTime(self, record: logging.LogRecord, datefmt: str | None = None) -> str:  # noqa: N802 (of logging)
        """The instant of a record, in UTC."""
        return f"{datetime.fromtimestamp(record.created, UTC):{datefmt or INSTANT}}"

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 (of logging)
        """The line for a record, without its traceback."""
        return line(super().formatMessage(record), MAX_LINE)

    def format(self, record: logging.LogRecord) -> str:
        """The line for a record, with its traceback."""
        return visible(super().format(record))


class JSONLines(logging.Formatter):
    """One object a line: `at`, `level`, `message`; of a job `kind`, `url`, `host`, `outcome`, `reason` `then`."""

    def format(self, record: logging.LogRecord) -> str:
        """The line for a record."""
        told: dict[str, Any] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "message": record.getMessage(),
        }
        job, done = getattr(record, "job", None), getattr(record, "done", None)
        if job is not None:
            told |= {"kind": job.kind.value, "url": job.url, "host": job.host}
        if done is not None:
            told |= {"outcome": done.outcome.value, "reason": done.reason, "then": done.then}
        if record.exc_info:
            told["traceback"] = self.formatException(record.exc_info)
        return in_json(json.dumps(told, ensure_ascii=False))


def log_to_stderr(*, as_json: bool, only_warnings: bool = False) -> None:
    """Sends the log of everything in Rowback to stderr, and what libraries warn of."""
    handler = logging.StreamHandler()
    handler.setFormatter(JSONLines() if as_json else PlainLines("%(asctime)s %(message)s", INSTANT))
    everything = logging.getLogger()
    everything.handlers[:] = [handler]
    everything.setLevel(logging.WARNING)
    logging.getLogger("rowback").setLevel(logging.WARNING if only_warnings else logging.INFO)


def warn_plainly() -> None:
    """What libraries warn of while nothing logs is plain, too: some quote the page that they read."""
    if logging.lastResort is not None:
        logging.lastResort.setFormatter(PlainLines())
