"""A store as large as years of following make it."""
