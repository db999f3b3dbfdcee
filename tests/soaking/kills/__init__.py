"""`kill -9`, again and again, while captures come in: nothing that was acknowledged may be lost."""
