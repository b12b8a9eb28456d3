"""An account's workflow running on the product's own worker, with a mailer that keeps what it sends."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from sqlmodel import select
from temporalio.client import Client, WorkflowHandle, WorkflowQueryFailedError
from temporalio.worker import Worker

from domain import events as e
from domain.actors import Actor
from domain.messages import AccountStart
from domain.plan import Plan, outline
from domain.state import ActionStatus, Receipt
from integrations.fakes import FakeMailer, FakeWriter
from models.actions import Action
from models.session import Database
from tests.conftest import Tenant
from worker import activities, sandbox
from workflows.account import AccountWorkflow
from workflows.client import account_handle, start_account

PUBLIC_URL = "http://localhost:8400"


@asynccontextmanager
async def worker(
    client: Client, database: Database, mailer: FakeMailer, writer: FakeWriter | None = None
) -> AsyncIterator[str]:
    """The product's workflow and activities on a queue of their own."""
    queue = f"test-{uuid4().hex}"
    async with Worker(
        client,
        task_queue=queue,
        workflows=[AccountWorkflow],
        activities=activities(database, mailer, writer, PUBLIC_URL),
        workflow_runner=sandbox(),
        graceful_shutdown_timeout=timedelta(seconds=1),
        max_cached_workflows=0,  # every task replays the whole history: what is not deterministic fails here
    ):
        yield queue


@dataclass
class Running:
    """One account, as a test sees it: through its signals and its read model."""

    handle: WorkflowHandle[Any, Any]
    database: Database
    tenant: Tenant
    account_id: UUID

    async def action(self, key: str) -> Action | None:
        async with self.database.org(self.tenant.org_id) as session:
            found = await session.exec(select(Action).where(Action.account_id == self.account_id, Action.key == key))
            return found.first()

    async def until(self, key: str, status: ActionStatus, seconds: float = 20) -> Action:
        """The action's row, once it has that status."""

        def fits(action: Action | None) -> bool:
            return action is not None and action.status == status

        return await self.until_fits(key, fits, seconds)

    async def until_fits(self, key: str, fits: Callable[[Action | None], bool], seconds: float = 20) -> Action:
        action = None
        async with asyncio.timeout(seconds):
            while not fits(action := await self.action(key)):
                await asyncio.sleep(0.05)
        assert action is not None
        return action

    async def decide(self, decision: type[e.Decision], signal: str, key: str = "", **fields: object) -> Receipt:
        """Signal a decision, of the organisation's member unless `by` says otherwise, and wait for its receipt."""
        by = Actor(member_id=self.tenant.member_id, name="Robin")
        base = {"org_id": self.tenant.org_id, "decision_id": uuid4(), "by": by, "action": key}
        made = decision.model_validate(base | fields)
        await self.handle.signal(signal, made)
        async with asyncio.timeout(20):
            while (receipt := await self.receipt(made.decision_id)) is None:
                await asyncio.sleep(0.05)
        return receipt

    async def receipt(self, decision_id: UUID) -> Receipt | None:
        """What the workflow answers; None also while it can't be asked, which is what the API makes of it."""
        with suppress(WorkflowQueryFailedError):
            answer: Receipt | None = await self.handle.query(AccountWorkflow.receipt, str(decision_id))
            return answer
        return None

    async def take_over(self) -> None:
        """Take the account over without waiting for sales."""
        async with asyncio.timeout(20):
            while not (await self.decide(e.AcceptHandoff, "accept_handoff")).accepted:
                await asyncio.sleep(0.1)

    async def approve(self, row: Action, **fields: object) -> Receipt:
        shown = {"revision": row.draft_revision, "content_hash": row.content_hash}
        return await self.decide(e.ApproveAction, "approve_action", row.key, **(shown | fields))


async def start(
    client: Client,
    database: Database,
    tenant: Tenant,
    account_id: UUID,
    plan: Plan,
    queue: str,
    *,
    recall_seconds: int = 0,
    reminder_hours: tuple[float, ...] = (24, 72, 120),
    taken_over: bool = True,
) -> Running:
    """Start the account's workflow as the dispatcher does."""
    begin = AccountStart(
        org_id=tenant.org_id,
        account_id=account_id,
        outline=outline(plan),
        recall_seconds=recall_seconds,
        reminder_hours=reminder_hours,
        csm_id=tenant.member_id,
    )
    await start_account(client, begin, task_queue=queue, company_name="Blue Fern")
    running = Running(account_handle(client, tenant.org_id, account_id), database, tenant, account_id)
    if taken_over:
        await running.take_over()
    return running
