"""Running Thread: the embedded stack for one machine, and what production needs."""
