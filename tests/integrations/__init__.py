"""Vendors: the real adapters and their fakes answer the same."""
