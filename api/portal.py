"""The customer's portal: how one gets in, and its home."""

from fastapi import APIRouter, Request, Response

from api.deps import App
from api.handoff_views import LinkAsked, OpenLink
from api.portal_shapes import AskForPortalLink, PortalHome
from api.problems import described
from api.strict_json import StrictJsonRoute

router = APIRouter(prefix="/portal-api", tags=["portal-page"], route_class=StrictJsonRoute)


@router.post("/links", status_code=202, responses=described(403, 429))
async def ask_for_portal_link(app: App, request: Request, asked: AskForPortalLink) -> LinkAsked:
    """Mail a link that opens once within ten minutes, to the address on record and nowhere else."""
    raise NotImplementedError


@router.post("/session", status_code=204, responses=described(403, 410, 429))
async def open_portal(app: App, request: Request, response: Response, asked: OpenLink) -> None:
    """Let this browser in by the link. 410 says why not: `expired`, `used`, `unknown`."""
    raise NotImplementedError


@router.delete("/session", status_code=204, responses=described(403))
async def leave_portal(app: App, request: Request, response: Response) -> None:
    """End the session, if there is one."""
    raise NotImplementedError


@router.get("/portal", responses=described(401, 503))
async def read_portal(app: App, response: Response) -> PortalHome:
    """Where we are: asked of the account's workflow, or as recorded last when that does not answer in time."""
    raise NotImplementedError
