"""The customer's portal: how one gets in, and its home."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from fastapi import APIRouter, Request, Response
from sqlmodel import col, select

from api.deps import App, Customer
from api.entry import enter
from api.handoff_views import LinkAsked, OpenLink
from api.link_requests import ask_for_portal
from api.portal_shapes import AskForPortalLink, PortalCsm, PortalHome, PortalMe, PortalOrganization, PortalView
from api.problems import described, unavailable
from api.strict_json import StrictJsonRoute
from api.visitors import COOKIES, PORTAL, Visitor, clear_visit_cookie, end_visit, set_visit_cookie
from domain.portal import PortalView as RecordedView
from models.accounts import Account
from models.members import Member
from models.organizations import Organization
from models.session import AsyncSession

router = APIRouter(prefix="/portal-api", tags=["portal-page"], route_class=StrictJsonRoute)


@router.post("/links", status_code=202, responses=described(403, 429))
async def ask_for_portal_link(app: App, request: Request, asked: AskForPortalLink) -> LinkAsked:
    """Mail a link that opens once within ten minutes, to the address on record and nowhere else."""
    return await ask_for_portal(app, request, asked)


@router.post("/session", status_code=204, responses=described(403, 410, 429))
async def open_portal(app: App, request: Request, response: Response, asked: OpenLink) -> None:
    """Let this browser in by the link. 410 says why not: `expired`, `used`, `unknown`."""
    set_visit_cookie(response, PORTAL, await enter(app, request, PORTAL, asked.token))


@router.delete("/session", status_code=204, responses=described(403))
async def leave_portal(app: App, request: Request, response: Response) -> None:
    """End the session, if there is one."""
    await end_visit(app.database, PORTAL, request.cookies.get(COOKIES[PORTAL]))
    clear_visit_cookie(response, PORTAL)


@router.get("/portal", responses=described(401, 503))
async def read_portal(app: App, request: Request, response: Response, visitor: Customer) -> PortalHome:
    """Where we are: asked of the account's workflow, or as recorded last when that does not answer in time."""
    live = await app.portal_views.live(visitor.place)
    async with app.database.portal(*visitor.place) as session:
        known = await _known(session, visitor)
    if live is None and known.view is None:
        raise unavailable("portal_unavailable", "Your portal is not ready yet. Try again in a moment.")
    # The session lasts another thirty days from here; so shall the cookie.
    set_visit_cookie(response, PORTAL, request.cookies[COOKIES[PORTAL]])
    return PortalHome(
        **known.fields,
        view=PortalView.model_validate((live.view if live else known.view), from_attributes=True),
        as_of=live.at if live else known.at,
        live=live is not None,
    )


@dataclass(frozen=True)
class _Known:
    """What is on record: the fields of the home that do not come from the workflow, and the view of that moment."""

    fields: dict[str, Any]
    view: RecordedView | None
    at: datetime


async def _known(session: AsyncSession, visitor: Visitor) -> _Known:
    # Only the columns that the role of these pages may read.
    brand = select(Organization.name, Organization.brand_color, Organization.support_email, Organization.portal_intro)
    name, brand_color, support_email, portal_intro = (await session.exec(brand)).one()
    shown = select(Account.company_name, col(Account.go_live_target), col(Account.portal), col(Account.portal_at))
    company_name, go_live_target, portal, portal_at = (await session.exec(shown)).one()
    csm = (await session.exec(select(Member.name, Member.email_norm))).one_or_none()
    return _Known(
        fields={
            "organization": PortalOrganization(
                name=name, brand_color=brand_color, support_email=support_email, portal_intro=portal_intro
            ),
            "company_name": company_name,
            "me": PortalMe.model_validate(visitor, from_attributes=True),
            "csm": PortalCsm(name=csm[0], email=csm[1]) if csm else None,
            "go_live_target": go_live_target,
        },
        view=RecordedView.model_validate(portal) if portal else None,
        at=portal_at or datetime.now(UTC),
    )
