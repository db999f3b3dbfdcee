"""A bare Debian and an ordinary user in it: each way to install Rowback leads to a backend that stores and answers."""
