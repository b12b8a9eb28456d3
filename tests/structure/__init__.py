"""Conventions as tests: each failure says what to do."""
