"""The HTTP side: the API for the extension and for programs, and pages for people."""
