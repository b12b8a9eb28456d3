"""The HTTP face: authenticate, parse, load the row, send one signal or query, map the answer."""
