"""The worker process: runs the workflows and activities of every account, and the dispatcher of accepted work."""

import asyncio
import signal
import sys
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import structlog
from sqlalchemy.exc import SQLAlchemyError
from temporalio.client import Client
from temporalio.worker import PollerBehaviorSimpleMaximum, Worker
from temporalio.worker.workflow_sandbox import SandboxedWorkflowRunner, SandboxRestrictions

from activities.accounts import START_ACCOUNT, Accounts
from activities.deals import WEBHOOK_EVENT, Deals
from activities.dispatcher import Dispatcher
from activities.drafts import Drafts
from activities.email import Emails
from activities.handoffs import Handoffs
from activities.notices import Notices
from activities.portal_links import HANDOFF_LINK, PORTAL_LINK, PortalLinks
from activities.records import Records
from activities.responses import CUSTOMER_RESPONSE, Responses
from domain.events import CustomerResponded
from domain.messages import AccountStart
from finish import finish
from integrations.hubspot import HubSpot
from integrations.openai import OpenAIWriter
from integrations.ports import Mailer, Writer
from integrations.smtp import SmtpMailer
from integrations.vault import Vault, VaultError
from logs import configure_logs
from models.forms import Submission
from models.session import Database, PrivilegedRole
from settings import Settings, get_settings
from workflows.account import AccountWorkflow
from workflows.client import account_handle, connect, start_account

WORKFLOWS = [AccountWorkflow]
PASSED_THROUGH = ("domain", "activities", "pydantic", "pydantic_core", "markdown_it", "mdurl")

log = structlog.get_logger()


def sandbox() -> SandboxedWorkflowRunner:
    """Runs workflows where clocks, randomness and I/O are out of reach."""
    return SandboxedWorkflowRunner(restrictions=SandboxRestrictions.default.with_passthrough_modules(*PASSED_THROUGH))


def activities(database: Database, mailer: Mailer, writer: Writer | None, public_url: str) -> list[Callable[..., Any]]:
    """Every activity an account can ask for."""
    emails = Emails(database, mailer, public_url)
    handoffs = Handoffs(database, writer)
    return [
        Drafts(database, public_url).generate_draft,
        emails.send_email,
        emails.collect_info,
        emails.settle_send,
        handoffs.prepare_handoff,
        handoffs.regenerate_answer,
        Notices(database, mailer, public_url).send_notice,
        Records(database).record_account,
    ]


def make_writer(settings: Settings) -> Writer | None:
    """The model that drafts, where one is configured."""
    key = settings.openai_api_key.get_secret_value()
    if not key:
        return None
    return OpenAIWriter(key, settings.openai_base_url, settings.openai_model, settings.openai_timeout_seconds)


def make_worker(client: Client, database: Database, settings: Settings) -> Worker:
    """The Temporal worker with everything an account needs, on one queue so that activities start eagerly."""
    return Worker(
        client,
        task_queue=settings.temporal_task_queue,
        workflows=WORKFLOWS,
        activities=activities(database, SmtpMailer(settings), make_writer(settings), settings.public_url),
        workflow_runner=sandbox(),
        max_cached_workflows=5000,
        max_eager_activity_reservations_per_workflow_task=12,
        workflow_task_poller_behavior=PollerBehaviorSimpleMaximum(20),
        nonsticky_to_sticky_poll_ratio=0.4,
        activity_task_poller_behavior=PollerBehaviorSimpleMaximum(10),
        sticky_queue_schedule_to_start_timeout=timedelta(seconds=2),
        graceful_shutdown_timeout=timedelta(seconds=20),
    )


def make_dispatcher(client: Client, database: Database, settings: Settings) -> Dispatcher:
    """The dispatcher with a handler for each kind of work."""

    async def start(begin: AccountStart, company_name: str) -> None:
        await start_account(client, begin, task_queue=settings.temporal_task_queue, company_name=company_name)

    def hubspot(token: str, connection: str) -> HubSpot:
        return HubSpot(token, settings.hubspot_url, connection)

    deals = Deals(database, Vault(settings.vault_keys.get_secret_value()), hubspot)

    async def signal_response(submission: Submission, responded: CustomerResponded) -> None:
        handle = account_handle(client, submission.org_id, submission.account_id)
        await handle.signal("customer_responded", responded)

    links = PortalLinks(database, SmtpMailer(settings), settings.public_url)
    handlers = {
        WEBHOOK_EVENT: deals.handle,
        START_ACCOUNT: Accounts(database, start).start,
        PORTAL_LINK: links.portal_link,
        HANDOFF_LINK: links.handoff_link,
        CUSTOMER_RESPONSE: Responses(database, signal_response).tell,
    }
    return Dispatcher(database, handlers)


async def run(settings: Settings) -> None:
    """Work until SIGTERM or SIGINT."""
    database = Database.from_settings(settings)
    await database.refuse_privileged()
    client = await connect(settings)
    stop = asyncio.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(name, stop.set)
    async with make_worker(client, database, settings):
        dispatcher = asyncio.create_task(make_dispatcher(client, database, settings).run())
        log.info("worker_started", task_queue=settings.temporal_task_queue)
        await stop.wait()
        dispatcher.cancel()
    await database.close()


def main() -> None:
    """Run, and leave with one clear line when that is impossible."""
    settings = get_settings()
    configure_logs(settings)
    try:
        asyncio.run(run(settings))
    except (PrivilegedRole, SQLAlchemyError, VaultError, OSError, RuntimeError) as error:
        reason = str(error).strip().splitlines()[0]
        sys.stderr.write(f"The worker can't run: {reason}\n")
        finish(1)
    finish(0)


if __name__ == "__main__":
    main()
