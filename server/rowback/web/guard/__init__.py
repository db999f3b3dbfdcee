"""Who may talk to the backend, and which articles they are shown."""
