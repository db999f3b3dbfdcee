"""The HTTP side, in three wings; each uses only those before it:

guard     who may do what: hosts, origins, tokens, sessions, what is shown of an article
api       `/api/v1` for the extension and for programs, and the document that describes it
pages     pages, feeds and Memento for people and their readers

`request` reads what the last two read out of a request; `problems` turns errors into answers; `app` puts it together.
"""
