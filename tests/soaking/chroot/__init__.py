"""Bare Debians and an ordinary user in them: each way to install Rowback leads to a backend that stores and answers."""
