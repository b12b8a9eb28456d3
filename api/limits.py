"""May this be tried again so soon? Token buckets in memory: each API process counts for itself."""

import ipaddress
import math
import time
from collections import OrderedDict
from collections.abc import Callable

from api.problems import ApiError


class AttemptLimit:
    """Allows `burst` attempts of a key at once and one more every `seconds`."""

    def __init__(
        self, burst: int, seconds: float, *, most_keys: int = 10_000, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._burst = burst
        self._seconds = seconds
        self._most_keys = most_keys
        self._clock = clock
        self._full_at: OrderedDict[str, float] = OrderedDict()  # when the key's bucket will be full again

    def take(self, key: str) -> None:
        """Count an attempt; raises 429 with the wait when there were too many."""
        now = self._clock()
        full_at = max(self._full_at.get(key, now), now) + self._seconds
        wait = full_at - now - self._burst * self._seconds
        if wait > 0:
            seconds = math.ceil(wait)
            detail = f"Too many attempts. Try again in {seconds} s."
            raise ApiError(429, "too_many_attempts", detail, headers={"Retry-After": str(seconds)})
        self._full_at[key] = full_at
        self._full_at.move_to_end(key)
        if len(self._full_at) > self._most_keys:
            self._full_at.popitem(last=False)

    def give_back(self, key: str) -> None:
        """Forget one attempt: it was a good one."""
        if key in self._full_at:
            self._full_at[key] -= self._seconds


def network(host: str) -> str:
    """The key to count an address by: IPv6 by its /64, which is what one customer of a provider gets."""
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return host
    return str(ipaddress.ip_network((address, 64), strict=False)) if address.version == 6 else host
