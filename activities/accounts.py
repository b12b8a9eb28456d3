"""How does an account get its workflow? By a piece of work that is kept until the workflow runs."""

from collections.abc import Awaitable, Callable
from uuid import UUID

from domain.messages import AccountStart
from domain.plan import Plan, outline
from models.accounts import Account
from models.organizations import Organization
from models.session import AsyncSession, Database
from models.work import WorkItem, add_work

START_ACCOUNT = "start_account"

Starter = Callable[[AccountStart, str], Awaitable[None]]


async def ask_to_start(session: AsyncSession, org_id: UUID, account_id: UUID) -> None:
    """In the transaction that inserts the account: its workflow will be started, whatever crashes next."""
    await add_work(session, org_id, START_ACCOUNT, account_id)


class Accounts:
    """Starts the workflows of new accounts; `starter` gets the input and the company's name."""

    def __init__(self, database: Database, starter: Starter) -> None:
        self._database = database
        self._starter = starter

    async def start(self, item: WorkItem) -> None:
        """Start the account's workflow; one that runs already is left alone."""
        async with self._database.org(item.org_id) as session:
            account = await session.get_one(Account, (item.org_id, item.id))
            organization = await session.get_one(Organization, item.org_id)
            start = AccountStart(
                org_id=item.org_id,
                account_id=account.id,
                outline=outline(Plan.model_validate(account.plan)),
                recall_seconds=organization.recall_seconds,
                csm_id=account.csm_id,
            )
        await self._starter(start, account.company_name)
