"""How often and how long each kind of activity is tried: the named retry policies."""

from datetime import timedelta
from typing import TypedDict

from temporalio.common import RetryPolicy


class ActivityOptions(TypedDict):
    """What `workflow.execute_activity` takes besides the activity itself."""

    start_to_close_timeout: timedelta
    heartbeat_timeout: timedelta
    retry_policy: RetryPolicy


class LocalActivityOptions(TypedDict):
    """What `workflow.execute_local_activity` takes besides the activity itself."""

    start_to_close_timeout: timedelta
    retry_policy: RetryPolicy


UNTIL_IT_WORKS = RetryPolicy(initial_interval=timedelta(seconds=1), maximum_interval=timedelta(minutes=5))
"""For work that can only be held up by an outage: tried for ever, ever more slowly."""

DRAFT = ActivityOptions(
    start_to_close_timeout=timedelta(seconds=120),
    heartbeat_timeout=timedelta(seconds=10),
    retry_policy=UNTIL_IT_WORKS,
)
SEND = ActivityOptions(  # longer than the mailer's own limit, so that a send is never cut off by us
    start_to_close_timeout=timedelta(seconds=90),
    heartbeat_timeout=timedelta(seconds=10),
    retry_policy=UNTIL_IT_WORKS,
)
RECORD = LocalActivityOptions(
    start_to_close_timeout=timedelta(seconds=20),
    retry_policy=RetryPolicy(initial_interval=timedelta(milliseconds=200), maximum_interval=timedelta(seconds=30)),
)
