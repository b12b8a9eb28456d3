"""An account on a real Temporal server and a real PostgreSQL, replayed from the start at every task."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlmodel import select
from temporalio.client import Client

from domain import events as e
from domain.actors import Actor
from domain.plan import Plan
from domain.state import ActionStatus
from integrations.errors import OutcomeUnknown, Refused
from integrations.fakes import FakeMailer
from integrations.ports import Email
from models.accounts import Account
from models.drafts import Draft
from models.forms import PortalRequest
from models.sends import Send
from models.session import Database
from settings import Settings
from tests.conftest import OrgFactory, Tenant
from tests.domain.plans import after, at_start, email, form, plan
from tests.rows import make_account
from tests.workflows.running import Running, start, worker
from workflows.account import AccountWorkflow
from workflows.client import connect


@pytest.fixture(scope="module")
async def client(settings: Settings) -> Client:
    return await connect(settings)


@pytest.fixture
def mailer() -> FakeMailer:
    return FakeMailer()


@pytest.fixture
async def queue(client: Client, database: Database, mailer: FakeMailer) -> AsyncIterator[str]:
    async with worker(client, database, mailer) as name:
        yield name


class Opener:
    """Opens accounts of a fresh organisation."""

    def __init__(self, client: Client, database: Database, tenant: Tenant, queue: str) -> None:
        self.client, self.database, self.tenant, self.queue = client, database, tenant, queue

    async def open(self, of: Plan, *, taken_over: bool = True, **more: Any) -> Running:
        options = {name: more.pop(name) for name in ("recall_seconds", "reminder_hours") if name in more}
        account_id = await make_account(self.database, self.tenant, of, **more)
        return await start(
            self.client, self.database, self.tenant, account_id, of, self.queue, taken_over=taken_over, **options
        )


@pytest.fixture
async def opener(client: Client, database: Database, org: OrgFactory, queue: str) -> Opener:
    return Opener(client, database, await org(), queue)


async def sends(running: Running) -> list[Send]:
    async with running.database.org(running.tenant.org_id) as session:
        found = await session.exec(select(Send).where(Send.account_id == running.account_id))
        return list(found)


async def account(running: Running) -> Account:
    async with running.database.org(running.tenant.org_id) as session:
        return await session.get_one(Account, (running.tenant.org_id, running.account_id))


async def test_an_approved_draft_is_sent_once_exactly_as_approved(opener: Opener, mailer: FakeMailer) -> None:
    running = await opener.open(plan([email("welcome")]), recall_seconds=1)
    row = await running.until("welcome", ActionStatus.READY)
    assert mailer.sent == []
    receipt = await running.approve(row)
    assert receipt.accepted
    await running.until("welcome", ActionStatus.COMPLETED)
    [sent] = mailer.sent
    async with running.database.org(running.tenant.org_id) as session:
        draft = await session.get_one(Draft, (running.tenant.org_id, row.draft_id))
    for name in ("to", "cc", "bcc"):
        assert list(getattr(sent, name)) == draft.content[name]
    for name in ("subject", "text", "html", "from_name", "from_address", "reply_to"):
        assert getattr(sent, name) == draft.content[name]
    assert [send.status for send in await sends(running)] == ["sent"]
    assert (await account(running)).status == "LIVE"


async def test_a_recalled_approval_is_not_sent(opener: Opener, mailer: FakeMailer) -> None:
    running = await opener.open(plan([email("welcome")]), recall_seconds=2)
    row = await running.until("welcome", ActionStatus.READY)
    await running.approve(row)
    recalled = await running.decide(e.RecallAction, "recall_action", "welcome", revision=1)
    assert recalled.accepted
    await asyncio.sleep(3)
    await running.until("welcome", ActionStatus.READY)
    assert mailer.sent == []


async def test_a_draft_falls_due_after_its_delay_and_follow_ups_follow(opener: Opener) -> None:
    second = 1 / 3600
    of = plan([email("now"), email("later", at_start(second))], [email("next"), email("then", after("next", second))])
    running = await opener.open(of)
    for key in ("now", "later", "next", "then"):
        row = await running.until(key, ActionStatus.READY)
        await running.approve(row)
        await running.until(key, ActionStatus.COMPLETED)
    assert (await account(running)).status == "LIVE"
    description = await running.handle.describe()
    assert description.raw_description.workflow_execution_info.execution.run_id != running.handle.first_execution_run_id


async def test_a_fact_that_changed_since_the_approval_stops_the_send(opener: Opener, mailer: FakeMailer) -> None:
    running = await opener.open(plan([email("welcome")]), recall_seconds=1)
    row = await running.until("welcome", ActionStatus.READY)
    await running.approve(row)
    async with running.database.org(running.tenant.org_id) as session:
        stored = await session.get_one(Account, (running.tenant.org_id, running.account_id))
        stored.contact_email = "new@bluefern.example"
    again = await running.until_fits("welcome", lambda a: a is not None and a.draft_revision == 2)
    assert again.status == ActionStatus.READY
    assert again.reason == "Changed since it was approved: to."
    assert mailer.sent == []
    await running.approve(again)
    await running.until("welcome", ActionStatus.COMPLETED)
    assert [list(sent.to) for sent in mailer.sent] == [["new@bluefern.example"]]


async def test_a_refused_send_says_why_and_is_retried_by_a_person(opener: Opener, mailer: FakeMailer) -> None:
    running = await opener.open(plan([email("welcome")]))
    mailer.failures.append(Refused("550 no such mailbox"))
    await running.approve(await running.until("welcome", ActionStatus.READY))
    failed = await running.until("welcome", ActionStatus.FAILED)
    assert "550 no such mailbox" in failed.reason
    await running.decide(e.RetryAction, "retry_action", "welcome")
    await running.until("welcome", ActionStatus.COMPLETED)
    assert len(mailer.sent) == 1
    assert [(send.status, send.attempt) for send in await sends(running)] == [("sent", 2)]


@pytest.mark.parametrize(("arrived", "status", "ledger"), [(True, "COMPLETED", "sent"), (False, "READY", "failed")])
async def test_an_unknown_outcome_asks_a_person(
    opener: Opener, mailer: FakeMailer, arrived: bool, status: str, ledger: str
) -> None:
    running = await opener.open(plan([email("welcome")]))
    mailer.failures.append(OutcomeUnknown("no reply"))
    await running.approve(await running.until("welcome", ActionStatus.READY))
    await running.until("welcome", ActionStatus.UNCERTAIN)
    assert mailer.sent == []
    await running.decide(e.ResolveAction, "resolve_action", "welcome", sent=arrived)
    await running.until("welcome", ActionStatus(status))
    assert [send.status for send in await sends(running)] == [ledger]


async def test_refused_decisions_leave_a_receipt_and_change_nothing(opener: Opener, mailer: FakeMailer) -> None:
    running = await opener.open(plan([email("welcome")]))
    row = await running.until("welcome", ActionStatus.READY)
    stale = await running.approve(row, content_hash="other")
    foreign = await running.approve(row, org_id=UUID(int=5))
    unknown = await running.decide(e.RetryAction, "retry_action", "nothing")
    assert [stale.reason, foreign.reason, unknown.reason] == ["stale_draft", "unknown_action", "unknown_action"]
    assert mailer.sent == []


async def test_a_double_click_is_one_approval(opener: Opener, mailer: FakeMailer) -> None:
    running = await opener.open(plan([email("welcome"), email("other")]))
    row = await running.until("welcome", ActionStatus.READY)
    decision_id = uuid4()
    first, second = await asyncio.gather(*(running.approve(row, decision_id=decision_id) for _ in range(2)))
    assert first == second
    await running.until("welcome", ActionStatus.COMPLETED)
    await asyncio.sleep(0.5)
    assert len(mailer.sent) == 1


AE = Actor(name="Ari Sales")
DANA = Actor(contact_id=UUID(int=4), name="Dana")


async def test_a_handoff_goes_to_the_ae_and_back_to_the_csm(opener: Opener, mailer: FakeMailer) -> None:
    running = await opener.open(
        plan([email("welcome")]), taken_over=False, ae_name="Ari Sales", ae_email="ari@vendor.example"
    )
    [link] = await arrived(mailer, "Hand over Blue Fern")
    assert link.to == ("ari@vendor.example",)
    assert "/h#t=" in link.text
    assert (await account(running)).status == "PENDING_HANDOFF"
    assert (await running.action("welcome")).status == ActionStatus.PENDING  # type: ignore[union-attr]
    csm_id = running.tenant.member_id
    submitted = await running.decide(e.SubmitHandoff, "submit_handoff", by=AE, csm_id=csm_id)
    assert submitted.accepted
    [told] = await arrived(mailer, "Blue Fern is yours")
    assert told.to == (running.tenant.email,)
    await running.decide(e.ReturnHandoff, "return_handoff", text="Which promises?")
    [question] = await arrived(mailer, "A question about Blue Fern")
    assert "Which promises?" in question.text
    await running.decide(e.SubmitHandoff, "submit_handoff", by=AE, csm_id=csm_id)
    await running.take_over()
    await running.until("welcome", ActionStatus.READY)
    assert len(await arrived(mailer, "Hand over Blue Fern")) == 1


async def test_the_ae_is_reminded_and_then_ops_are_told(
    client: Client, database: Database, org: OrgFactory, queue: str, mailer: FakeMailer
) -> None:
    opener, second = Opener(client, database, await org(role="admin"), queue), 1 / 3600
    await opener.open(
        plan([email("welcome")]),
        taken_over=False,
        reminder_hours=(second, 2 * second),
        ae_name="Ari Sales",
        ae_email="ari@vendor.example",
    )
    [reminder] = await arrived(mailer, "Reminder: hand over Blue Fern")
    assert "/h#t=" in reminder.text
    [alert] = await arrived(mailer, "Nobody has handed over Blue Fern")
    assert alert.to == (opener.tenant.email,)


async def test_a_form_is_opened_answered_returned_and_accepted(opener: Opener, mailer: FakeMailer) -> None:
    running = await opener.open(plan([form("data")]))
    await running.approve(await running.until("data", ActionStatus.READY))
    await running.until("data", ActionStatus.EXECUTED)
    assert len(mailer.sent) == 1
    async with running.database.org(running.tenant.org_id) as session:
        request = await session.get_one(PortalRequest, (running.tenant.org_id, running.account_id, "data"))
    assert request.content["fields"][0]["key"] == "seats"
    view = await running.handle.query(AccountWorkflow.portal)
    assert [task.key for task in view.todo] == ["data"]

    first, second = uuid4(), uuid4()
    await running.decide(e.CustomerResponded, "customer_responded", "data", by=DANA, submission_id=first)
    await running.decide(e.ReturnResponse, "return_response", "data", submission_id=first, text="Which region?")
    returned = await running.until_fits("data", lambda a: a is not None and a.response == "returned")
    assert returned.reason == "Which region?"
    await running.decide(e.CustomerResponded, "customer_responded", "data", by=DANA, submission_id=second)
    accepted = await running.decide(e.AcceptResponse, "accept_response", "data", submission_id=second)
    assert accepted.accepted
    await running.until("data", ActionStatus.COMPLETED)
    live = await account(running)
    assert live.status == "LIVE"
    assert live.portal is not None
    assert live.portal["progress"] == 100


async def arrived(mailer: FakeMailer, subject: str) -> list[Email]:
    """The messages of that subject, once there are any."""
    async with asyncio.timeout(20):
        while not (found := [message for message in mailer.sent if message.subject == subject]):
            await asyncio.sleep(0.05)
    return found
