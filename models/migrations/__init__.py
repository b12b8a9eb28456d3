"""How the schema came to be: one revision a change, run as `thread_owner`."""
