"""How long does a vendor ask us to wait? `Retry-After` comes as a whole or decimal number of seconds, or as a date."""

import math
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

LONGEST = timedelta(days=1)  # nobody asks for more in earnest, HubSpot for that much (477, moving between data centres)


def retry_after(asked: str | None) -> timedelta | None:
    """The wait, between nothing and a day; None when the header is missing or makes no sense."""
    seconds = as_seconds(asked or "")
    return None if seconds is None else timedelta(seconds=min(max(seconds, 0), LONGEST.total_seconds()))


def as_seconds(text: str) -> float | None:
    """The seconds that a number, or a date from now on, stands for."""
    try:
        number = float(text)
        return number if math.isfinite(number) else None
    except ValueError:
        pass
    try:
        moment = parsedate_to_datetime(text)
    except ValueError:
        return None
    return (moment.replace(tzinfo=moment.tzinfo or UTC) - datetime.now(UTC)).total_seconds()
