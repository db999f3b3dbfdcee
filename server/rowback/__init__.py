"""Rowback: what a news article used to say, shown on the page being read."""

__version__ = "0.2.0"
