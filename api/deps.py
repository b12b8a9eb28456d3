"""What routes ask for: the process's services, the member behind the cookie, and a session in their organisation."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request
from temporalio.client import Client

from api.feed import Feed
from api.limits import AttemptLimit
from api.passwords import Passwords
from api.permissions import ROUTES
from api.problems import ApiError
from api.sessions import COOKIE, Caller, find_caller
from integrations.vault import Vault
from models.session import AsyncSession, Database
from settings import Settings


@dataclass(frozen=True)
class Services:
    """What one API process holds for as long as it runs."""

    settings: Settings
    database: Database
    temporal: Client
    vault: Vault
    feed: Feed
    passwords: Passwords
    attempts_by_email: AttemptLimit
    attempts_by_address: AttemptLimit


def services(request: Request) -> Services:
    """The process's services."""
    found: Services = request.app.state.services
    return found


async def member(request: Request, services: Annotated[Services, Depends(services)]) -> Caller:
    """The active member behind the cookie, if their role allows this route."""
    caller = await find_caller(services.database, request.cookies.get(COOKIE))
    if caller is None:
        raise ApiError(401, "logged_out", "Log in to go on.")
    if not caller.may(ROUTES.get(request.scope["route"].name)):
        raise ApiError(403, "not_allowed", "Your role does not allow this.")
    return caller


async def tenant(
    caller: Annotated[Caller, Depends(member)], services: Annotated[Services, Depends(services)]
) -> AsyncIterator[AsyncSession]:
    """One transaction in the member's organisation; committed before the answer leaves."""
    async with services.database.org(caller.org_id) as session:
        yield session


App = Annotated[Services, Depends(services)]
Member = Annotated[Caller, Depends(member)]
Session = Annotated[AsyncSession, Depends(tenant, scope="function")]
