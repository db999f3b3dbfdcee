"""The largest page that is taken, and the largest article that is kept of it."""

from __future__ import annotations

MAX_HTML_BYTES = (
    6 * 1024 * 1024
)  # three times the largest real news page measured; 10 MB of pure text took 25 s to read
MAX_BLOCKS = 5_000  # of an article; the most in a real one measured are 530
MAX_TEXT_CHARACTERS = 600_000  # of an article: 100,000 words, ten times the longest real one measured
