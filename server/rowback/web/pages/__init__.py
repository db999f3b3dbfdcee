"""Pages for people, the feeds beside them, and Memento."""
