"""What log-in takes and tells."""

from typing import Annotated, Literal
from uuid import UUID

from pydantic import StringConstraints

from api.shapes import Asked, Told


class LogIn(Asked):
    """E-mail and password; `organization_id` only where the answer asked to choose one."""

    email: Annotated[str, StringConstraints(min_length=1, max_length=320)]
    password: Annotated[str, StringConstraints(min_length=1, max_length=1024)]
    organization_id: UUID | None = None


class MyOrganization(Told):
    """The organisation one is logged in to."""

    id: UUID
    name: str
    recall_seconds: int
    time_zone: str


class MyMember(Told):
    """Who one is there."""

    id: UUID
    name: str
    email: str
    role: Literal["admin", "csm"]


class Me(Told):
    """The person behind the session; `temporal_ui_url` is for admins."""

    organization: MyOrganization
    member: MyMember
    temporal_ui_url: str | None
