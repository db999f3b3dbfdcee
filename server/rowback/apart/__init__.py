"""Work on what strangers wrote, done apart: in processes of their own, each with so much time and memory, and no more."""
