"""Captures that no publisher would send, and what a backend says of them afterwards."""
