"""Stand-in vendors for a machine without accounts: they answer and call as the real ones do."""
