"""Reads the corpus: at `ROWBACK_CORPUS`, else in `shared/data` beside the checkout."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from rowback.model import Block, Content, Origin, Version

BESIDE = Path(__file__).parents[3] / "shared" / "data"
START = datetime(2020, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Corpus:
    """The folder, and what is in it as decoded JSON."""

    folder: Path

    def json(self, path: str) -> Any:
        """A whole JSON file."""
        return json.loads((self.folder / path).read_text(encoding="utf-8"))

    def lines(self, path: str) -> list[Any]:
        """A JSON Lines file."""
        return [json.loads(line) for line in (self.folder / path).read_text(encoding="utf-8").splitlines() if line]

    def chains(self) -> dict[str, Any]:
        """Revision chains by id."""
        return {chain["id"]: chain for chain in self.lines("pairs/chains.jsonl")}


def find_corpus() -> Corpus | None:
    """The corpus, None where there is none."""
    folder = Path(os.environ.get("ROWBACK_CORPUS") or BESIDE)
    return Corpus(folder) if (folder / "pairs" / "chains.jsonl").is_file() else None


def versions(chain: Any) -> list[Version]:
    """A chain's versions as the store would give them, an hour apart."""
    return [
        Version(
            number=number,
            seen_at=START + timedelta(hours=number),
            last_seen_at=START + timedelta(hours=number),
            origin=Origin.IMPORT,
            content=Content(
                found["title"] or "", tuple(Block("p", text) for text in found["paragraphs"] if text.strip())
            ),
        )
        for number, found in enumerate(chain["versions"])
    ]
