"""Durable shells around the pure machines of `domain`: they wait, send, and hold state."""
