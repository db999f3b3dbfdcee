"""Bringing histories in from elsewhere, and taking them out: one module a source."""
