"""What PostgreSQL does otherwise than other engines."""
