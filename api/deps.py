"""What routes ask for: the process's services, who is behind the cookie, and a session in their organisation."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request
from temporalio.client import Client

from api.feed import Feed
from api.limits import AttemptLimit
from api.passwords import Passwords
from api.permissions import ROUTES
from api.portal_views import PortalViews
from api.problems import ApiError
from api.sessions import COOKIE, Caller, find_caller
from api.visitors import COOKIES, HANDOFF, PORTAL, Visitor, find_visitor
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
    tokens_by_address: AttemptLimit
    links_by_address: AttemptLimit
    links_by_person: AttemptLimit
    rewrites: AttemptLimit
    portal_views: PortalViews


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


async def executive(request: Request, services: Annotated[Services, Depends(services)]) -> Visitor:
    """The account executive behind the link's session."""
    return await _visitor(request, services, HANDOFF)


async def customer(request: Request, services: Annotated[Services, Depends(services)]) -> Visitor:
    """The contact behind the portal's session, if their role allows this route."""
    return await _visitor(request, services, PORTAL)


async def _visitor(request: Request, services: Services, kind: str) -> Visitor:
    found = await find_visitor(services.database, kind, request.cookies.get(COOKIES[kind]))
    if found is None:
        raise ApiError(401, "logged_out", "Open your link again, or ask for a new one.")
    if not found.may(ROUTES.get(request.scope["route"].name)):
        raise ApiError(403, "not_allowed", "You may look, but not change anything here.")
    return found


async def tenant(
    caller: Annotated[Caller, Depends(member)], services: Annotated[Services, Depends(services)]
) -> AsyncIterator[AsyncSession]:
    """One transaction in the member's organisation; committed before the answer leaves."""
    async with services.database.org(caller.org_id) as session:
        yield session


App = Annotated[Services, Depends(services)]
Member = Annotated[Caller, Depends(member)]
Executive = Annotated[Visitor, Depends(executive)]
Customer = Annotated[Visitor, Depends(customer)]
Session = Annotated[AsyncSession, Depends(tenant, scope="function")]
