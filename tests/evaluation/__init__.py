"""Measures Rowback on a corpus of real documents that is not part of the project. Skips, saying so, without it."""
