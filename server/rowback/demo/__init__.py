"""The demo: a small invented newspaper whose articles change, and a browser to read it with."""
