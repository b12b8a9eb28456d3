"""The accounts of an organisation: the list, and one account with its milestones."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query

from api.account_views import AccountDetail, AccountPage
from api.problems import described
from domain.state import AccountStatus

router = APIRouter(prefix="/api/accounts", tags=["accounts"])


@router.get("", responses=described(401))
async def list_accounts(
    cursor: str | None = None,
    limit: Annotated[int, Query(ge=1, le=100)] = 50,
    status: AccountStatus | None = None,
    mine: bool = False,
) -> AccountPage:
    """The organisation's accounts, the latest change first."""
    raise NotImplementedError


@router.get("/{account_id}", responses=described(401, 404))
async def read_account(account_id: UUID) -> AccountDetail:
    """One account."""
    raise NotImplementedError
