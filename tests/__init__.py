"""Tests by layer: what a folder is called is what it tests."""
