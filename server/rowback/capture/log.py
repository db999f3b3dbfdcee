"""What the poller does, on stderr: a line for people, or a JSON object a line for programs."""

from __future__ import annotations

import json
import logging
from datetime import UTC, datetime
from typing import Any


class JSONLines(logging.Formatter):
    """One object a line: `at`, `level`, `message`; of a job `kind`, `url`, `host`, `outcome`, `reason` `then`."""

    def format(self, record: logging.LogRecord) -> str:
        """The line for a record."""
        line: dict[str, Any] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "message": record.getMessage(),
        }
        job, done = getattr(record, "job", None), getattr(record, "done", None)
        if job is not None:
            line |= {"kind": job.kind.value, "url": job.url, "host": job.host}
        if done is not None:
            line |= {"outcome": done.outcome.value, "reason": done.reason, "then": done.then}
        if record.exc_info:
            line["traceback"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False)


def log_to_stderr(*, as_json: bool) -> None:
    """Sends the log of everything in Rowback to stderr."""
    handler = logging.StreamHandler()
    handler.setFormatter(JSONLines() if as_json else logging.Formatter("%(asctime)s %(message)s", "%H:%M:%S"))
    logger = logging.getLogger("rowback")
    logger.handlers[:] = [handler]
    logger.setLevel(logging.INFO)
