"""What SQLite does otherwise than other engines."""
