"""Tests of the backend. Tables are in `tests/cases`; what several files share is in the modules without `test_`."""
