"""Logging in and out, and who one is."""

from uuid import UUID

from fastapi import APIRouter, Request, Response
from sqlmodel import select

from api.deps import App, Services
from api.deps import Member as Caller
from api.limits import network
from api.permissions import Permission, may
from api.problems import CHOOSE, ApiError, described
from api.session_views import LogIn, Me, MyMember, MyOrganization
from api.sessions import COOKIE, clear_cookie, end_session, open_session, set_cookie
from api.shapes import Named
from api.strict_json import StrictJsonRoute
from models.identities import Identity
from models.members import Member
from models.organizations import Organization
from settings import Settings

router = APIRouter(prefix="/api/session", tags=["session"], route_class=StrictJsonRoute)


@router.post("", responses=described(401, 403, 429) | CHOOSE)
async def log_in(app: App, request: Request, response: Response, asked: LogIn) -> Me:
    """Start a session. With several organisations and none chosen, the answer is 409 and names them."""
    email = asked.email.strip().lower()
    address = network(request.client.host if request.client else "")
    app.attempts_by_address.take(address)
    app.attempts_by_email.take(email)
    identity, memberships = await _identify(app, email)
    if not await app.passwords.matches(asked.password, identity.password_hash if identity else None):
        raise _wrong()
    app.attempts_by_address.give_back(address)
    app.attempts_by_email.give_back(email)
    org_id = await _choose(app, memberships, asked.organization_id)
    async with app.database.org(org_id) as session:
        organization = await session.get_one(Organization, org_id)
        member = await session.get_one(Member, (org_id, memberships[org_id]))
        token = await open_session(session, member)
    set_cookie(response, token)
    return _me(app.settings, organization, member)


@router.get("", responses=described(401))
async def read_session(app: App, caller: Caller) -> Me:
    """Who is logged in here."""
    return _me(app.settings, caller.organization, caller.member)


@router.delete("", status_code=204, responses=described(403))
async def log_out(app: App, request: Request, response: Response) -> None:
    """End the session, if there is one."""
    await end_session(app.database, request.cookies.get(COOKIE))
    clear_cookie(response)


async def _identify(app: Services, email: str) -> tuple[Identity | None, dict[UUID, UUID]]:
    """Who has that e-mail, and their active memberships: organisation to member."""
    async with app.database.router(email=email) as session:
        identity = (await session.exec(select(Identity).where(Identity.email_norm == email))).one_or_none()
        if identity is None:
            return None, {}
        query = select(Member.org_id, Member.id).where(Member.email_norm == email, Member.identity_id == identity.id)
        return identity, dict((await session.exec(query.where(Member.active))).all())


async def _choose(app: Services, memberships: dict[UUID, UUID], wanted: UUID | None) -> UUID:
    if wanted is not None and wanted in memberships:
        return wanted
    if wanted is not None or not memberships:
        raise _wrong()
    if len(memberships) == 1:
        return next(iter(memberships))
    choices = [await _named(app, org_id) for org_id in memberships]
    listed = [choice.model_dump(mode="json") for choice in sorted(choices, key=lambda choice: choice.name)]
    detail = "You belong to several organizations. Choose one."
    raise ApiError(409, "choose_organization", detail, extra={"organizations": listed})


async def _named(app: Services, org_id: UUID) -> Named:
    async with app.database.org(org_id) as session:
        organization = await session.get_one(Organization, org_id)
        return Named(id=org_id, name=organization.name)


def _wrong() -> ApiError:
    return ApiError(401, "wrong_log_in", "E-mail or password is wrong.")


def _me(settings: Settings, organization: Organization, member: Member) -> Me:
    admin = may(member.role, Permission.OPERATE)
    return Me(
        organization=MyOrganization(
            id=organization.org_id,
            name=organization.name,
            recall_seconds=organization.recall_seconds,
            time_zone=organization.time_zone,
        ),
        member=MyMember(id=member.id, name=member.name, email=member.email_norm, role=member.role),
        temporal_ui_url=settings.temporal_ui_url if admin else None,
    )
