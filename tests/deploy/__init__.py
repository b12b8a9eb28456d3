"""The local stack: stand-ins, servers and the supervisor."""
