"""Is this the person's password? Two at a time, since each check is meant to be expensive."""

import asyncio

from pwdlib import PasswordHash


class Passwords:
    """Argon2 behind a semaphore, so that a flood of log-ins can't take the machine."""

    def __init__(self, at_once: int = 2) -> None:
        self._hasher = PasswordHash.recommended()
        self._limit = asyncio.Semaphore(at_once)
        self._nobody = self._hasher.hash("the password of nobody")

    async def matches(self, password: str, password_hash: str | None) -> bool:
        """Whether the password is right; an unknown person (None) costs the same time and is always wrong."""
        async with self._limit:
            right = await asyncio.to_thread(self._hasher.verify, password, password_hash or self._nobody)
        return right and password_hash is not None
