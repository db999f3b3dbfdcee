"""Whole short lines that stand in an article and are not of it, and the notes that are."""
