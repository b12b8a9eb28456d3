"""What does a customer's portal show right now? The account's workflow is asked, within a budget, and once for all.

An answer serves everybody for two seconds. When no worker answers, nobody is asked for a while: the recorded view is
there without waiting.
"""

import asyncio
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

import structlog
from temporalio.client import Client, WorkflowQueryFailedError, WorkflowQueryRejectedError
from temporalio.service import RPCError, RPCStatusCode

from domain.messages import PORTAL_QUERY
from domain.portal import PortalView
from workflows.client import account_handle

BUDGET_SECONDS = 0.5
KEPT_SECONDS = 2.0
REST_SECONDS = 5.0

log = structlog.get_logger()

Place = tuple[UUID, UUID]
Ask = Callable[[Place], Awaitable[PortalView]]


class NoView(Exception):
    """This account's workflow can't say now, while those of other accounts may; `seconds` is when to ask again."""

    def __init__(self, seconds: float) -> None:
        super().__init__(seconds)
        self.seconds = seconds


@dataclass(frozen=True)
class LiveView:
    """What the workflow said, and when."""

    view: PortalView
    at: datetime


class PortalViews:
    """The live views of one process; `ask` queries one account, and raises NoView or whatever went wrong."""

    def __init__(
        self,
        ask: Ask,
        *,
        clock: Callable[[], float] = time.monotonic,
        budget: float = BUDGET_SECONDS,
        most: int = 10_000,
    ) -> None:
        self._ask = ask
        self._clock = clock
        self._budget = budget
        self._most = most
        self._kept: OrderedDict[Place, tuple[float, LiveView | None]] = OrderedDict()  # until when, and what
        self._asking: dict[Place, asyncio.Task[LiveView | None]] = {}
        self._rests_until = 0.0

    async def live(self, place: Place) -> LiveView | None:
        """The view of that account (organisation, account); None when it can't be had now."""
        kept = self._kept.get(place)
        if kept is not None and self._clock() < kept[0]:
            return kept[1]
        if place not in self._asking:
            if self._clock() < self._rests_until:
                return None
            self._asking[place] = asyncio.create_task(self._asked(place))
        # A visitor who leaves does not take the answer away from the others.
        return await asyncio.shield(self._asking[place])

    def forget(self, place: Place) -> None:
        """Something was decided about the account: what was seen before is old."""
        self._kept.pop(place, None)
        self._asking.pop(place, None)

    async def _asked(self, place: Place) -> LiveView | None:
        seen: LiveView | None = None
        seconds = KEPT_SECONDS
        try:
            async with asyncio.timeout(self._budget):
                seen = LiveView(await self._ask(place), datetime.now(UTC))
        except NoView as error:
            seconds = error.seconds
        except Exception as error:  # whatever it is, there is the recorded view
            log.warning("portal_views_rest", reason=repr(error))
            self._rests_until = self._clock() + REST_SECONDS
            seconds = 0
        if self._asking.get(place) is asyncio.current_task():  # not forgotten meanwhile
            del self._asking[place]
            self._keep(place, seconds, seen)
        return seen

    def _keep(self, place: Place, seconds: float, seen: LiveView | None) -> None:
        self._kept[place] = self._clock() + seconds, seen
        self._kept.move_to_end(place)
        if len(self._kept) > self._most:
            self._kept.popitem(last=False)


def asker(client: Client) -> Ask:
    """Asks the workflows of this server."""

    async def ask(place: Place) -> PortalView:
        try:
            view: PortalView = await account_handle(client, *place).query(
                PORTAL_QUERY, result_type=PortalView, rpc_timeout=timedelta(seconds=BUDGET_SECONDS)
            )
        except (WorkflowQueryFailedError, WorkflowQueryRejectedError) as error:
            raise NoView(REST_SECONDS) from error
        except RPCError as error:
            if error.status is RPCStatusCode.NOT_FOUND:
                raise NoView(REST_SECONDS) from error
            if error.status is RPCStatusCode.RESOURCE_EXHAUSTED:  # one query of a workflow waits at a time
                raise NoView(0) from error
            raise
        return view

    return ask
