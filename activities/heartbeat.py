"""How does Temporal learn within seconds that a worker died in the middle of an activity?"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from temporalio import activity

_EVERY_SECONDS = 3.0


@asynccontextmanager
async def heartbeating() -> AsyncIterator[None]:
    """Report that this activity is alive for as long as the block runs."""
    beat = asyncio.create_task(_beat())
    try:
        yield
    finally:
        beat.cancel()


async def _beat() -> None:
    while True:
        await asyncio.sleep(_EVERY_SECONDS)
        activity.heartbeat()
