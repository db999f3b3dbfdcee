"""The number of the rules by which pages are read.

A version remembers it. Whatever comes out of a page differently after a change makes it one more: stored texts are then read
anew, and what only the new rules make of them is told as no edit.
"""

from __future__ import annotations

READING = 13  # 0 is what versions have that were stored before they remembered it
