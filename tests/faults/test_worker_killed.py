"""The worker dies by `kill -9` between an approval and its send: nothing is lost, and nothing goes out twice."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import pytest
from temporalio.client import Client

from domain import events as e
from domain.actors import Actor
from domain.state import ActionStatus
from models.actions import Action
from models.session import Database
from settings import Settings
from tests.conftest import OrgFactory
from tests.domain.plans import email, plan
from tests.faults.processes import SlowMailbox, WorkerProcess, serving
from tests.rows import make_account
from tests.workflows.running import Running, start
from workflows.client import connect

WELCOME = plan([email("welcome")])


@dataclass
class Scene:
    """A deployment whose worker can die."""

    client: Client
    settings: Settings
    worker: WorkerProcess
    mailbox: SlowMailbox


@pytest.fixture
def mailbox() -> SlowMailbox:
    return SlowMailbox()


@pytest.fixture
async def scene(settings: Settings, mailbox: SlowMailbox, tmp_path: Path) -> AsyncIterator[Scene]:
    with serving(mailbox) as port:
        own = settings.model_copy(update={"smtp_port": port, "temporal_task_queue": f"faults-{uuid4().hex}"})
        worker = WorkerProcess(own, tmp_path / "worker.log")
        try:
            yield Scene(await connect(own), own, worker, mailbox)
        finally:
            worker.kill()


async def opened(scene: Scene, database: Database, org: OrgFactory, recall_seconds: int) -> tuple[Running, str]:
    tenant = await org()
    company = f"Company {uuid4().hex}"
    account_id = await make_account(database, tenant, WELCOME, company_name=company)
    queue = scene.settings.temporal_task_queue
    running = await start(scene.client, database, tenant, account_id, WELCOME, queue, recall_seconds=recall_seconds)
    return running, f"Hello {company}"


def approval(running: Running, row: Action) -> e.ApproveAction:
    return e.ApproveAction(
        org_id=running.tenant.org_id,
        decision_id=uuid4(),
        by=Actor(member_id=running.tenant.member_id, name="Robin"),
        action=row.key,
        revision=row.draft_revision,
        content_hash=row.content_hash or "",
    )


async def test_killed_within_the_recall_window_it_sends_once_after_its_restart(
    scene: Scene, database: Database, org: OrgFactory
) -> None:
    await scene.worker.start()
    running, subject = await opened(scene, database, org, recall_seconds=2)
    receipt = await running.approve(await running.until("welcome", ActionStatus.READY))
    assert receipt.accepted
    scene.worker.kill()
    await asyncio.sleep(2.5)
    assert scene.mailbox.count(subject) == 0
    await scene.worker.start()
    await running.until("welcome", ActionStatus.COMPLETED, seconds=30)
    assert scene.mailbox.count(subject) == 1


async def test_an_approval_given_while_no_worker_runs_is_kept(
    scene: Scene, database: Database, org: OrgFactory
) -> None:
    await scene.worker.start()
    running, subject = await opened(scene, database, org, recall_seconds=0)
    row = await running.until("welcome", ActionStatus.READY)
    scene.worker.kill()
    await running.handle.signal("approve_action", approval(running, row))
    await scene.worker.start()
    await running.until("welcome", ActionStatus.COMPLETED, seconds=30)
    assert scene.mailbox.count(subject) == 1


async def test_killed_in_the_middle_of_the_send_it_asks_instead_of_sending_again(
    scene: Scene, database: Database, org: OrgFactory
) -> None:
    await scene.worker.start()
    running, subject = await opened(scene, database, org, recall_seconds=0)
    scene.mailbox.answering.clear()
    await running.approve(await running.until("welcome", ActionStatus.READY))
    async with asyncio.timeout(20):
        while scene.mailbox.count(subject) == 0:
            await asyncio.sleep(0.05)
    scene.worker.kill()
    scene.mailbox.answering.set()
    await scene.worker.start()
    uncertain = await running.until("welcome", ActionStatus.UNCERTAIN, seconds=45)
    assert "not known whether the message left" in uncertain.reason
    assert scene.mailbox.count(subject) == 1
    await running.decide(e.ResolveAction, "resolve_action", "welcome", sent=True)
    await running.until("welcome", ActionStatus.COMPLETED)
    assert scene.mailbox.count(subject) == 1
