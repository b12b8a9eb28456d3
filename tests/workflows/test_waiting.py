"""Weeks pass in milliseconds: waits on the time-skipping server, with the product's own activities."""

import asyncio
import shutil
import sys
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest
from temporalio.api.enums.v1 import IndexedValueType
from temporalio.api.operatorservice.v1 import AddSearchAttributesRequest
from temporalio.testing import WorkflowEnvironment

from deploy.temporal import SEARCH_ATTRIBUTES
from domain.state import ActionStatus
from integrations.fakes import FakeMailer
from models.session import Database
from tests.conftest import OrgFactory
from tests.domain.plans import after, at_start, email, plan
from tests.rows import make_account
from tests.workflows.running import Running, start, worker
from workflows.client import data_converter

KEYWORD = IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD


@pytest.fixture(scope="module")
async def skipping() -> AsyncIterator[WorkflowEnvironment]:
    """A server on which time passes at once whenever nothing else happens."""
    beside = Path(sys.executable).parent / "temporal-test-server"
    program = str(beside) if beside.exists() else shutil.which("temporal-test-server")
    environment = await WorkflowEnvironment.start_time_skipping(
        test_server_existing_path=program, data_converter=data_converter()
    )
    async with environment:
        wanted = AddSearchAttributesRequest(
            namespace=environment.client.namespace, search_attributes=dict.fromkeys(SEARCH_ATTRIBUTES, KEYWORD)
        )
        await environment.client.operator_service.add_search_attributes(wanted)
        yield environment


async def ready_after(running: Running, environment: WorkflowEnvironment, key: str, wait: timedelta) -> None:
    """The action is not drafted a minute before its time, and is once the time has come."""
    await environment.sleep(wait - timedelta(minutes=1))
    await asyncio.sleep(0.3)
    row = await running.action(key)
    assert row is not None
    assert row.status == ActionStatus.SCHEDULED
    await environment.sleep(timedelta(minutes=2))
    await running.until(key, ActionStatus.READY)


async def test_a_follow_up_of_a_year_comes_when_it_is_due(
    skipping: WorkflowEnvironment, database: Database, org: OrgFactory
) -> None:
    tenant, mailer = await org(), FakeMailer()
    of = plan([email("month", at_start(30 * 24)), email("year", after("month", 365 * 24))])
    account_id = await make_account(database, tenant, of)
    async with worker(skipping.client, database, mailer) as queue:
        running = await start(skipping.client, database, tenant, account_id, of, queue)
        await running.until("month", ActionStatus.SCHEDULED)
        await ready_after(running, skipping, "month", timedelta(days=30))
        row = await running.action("month")
        assert row is not None
        assert (await running.approve(row)).accepted
        await running.until("year", ActionStatus.SCHEDULED)
        await ready_after(running, skipping, "year", timedelta(days=365))
    assert len(mailer.sent) == 1


async def test_nobody_answers_the_handoff_for_a_year(
    skipping: WorkflowEnvironment, database: Database, org: OrgFactory
) -> None:
    tenant, mailer = await org(role="admin"), FakeMailer()
    of = plan([email("welcome")])
    account_id = await make_account(database, tenant, of, ae_name="Ari", ae_email="ari@vendor.example")
    async with worker(skipping.client, database, mailer) as queue:
        running = await start(skipping.client, database, tenant, account_id, of, queue, taken_over=False)
        for _ in range(6):
            await skipping.sleep(timedelta(days=61))
            await asyncio.sleep(0.5)
        await running.take_over()
        await running.until("welcome", ActionStatus.READY)
    subjects = [message.subject for message in mailer.sent]
    assert subjects == [
        "Hand over Blue Fern",
        "Reminder: hand over Blue Fern",
        "Reminder: hand over Blue Fern",
        "Nobody has handed over Blue Fern",
    ]
