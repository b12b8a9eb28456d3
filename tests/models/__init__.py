"""The tables and the door to them, on a real PostgreSQL."""
