"""The migrations of the store: each module here adds its own."""

from sqlite_utils.migrations import Migrations

migrations = Migrations("rowback")
