"""Logging in and out, and who one is."""

from fastapi import APIRouter

from api.problems import CHOOSE, described
from api.session_views import LogIn, Me

router = APIRouter(prefix="/api/session", tags=["session"])


@router.post("", responses=described(401, 403, 429) | CHOOSE)
async def log_in(asked: LogIn) -> Me:
    """Start a session."""
    raise NotImplementedError


@router.get("", responses=described(401))
async def read_session() -> Me:
    """Who is logged in here."""
    raise NotImplementedError


@router.delete("", status_code=204, responses=described(403))
async def log_out() -> None:
    """End the session, if there is one."""
    raise NotImplementedError
