"""Who decides about an account."""

from uuid import UUID

from pydantic import BaseModel, ConfigDict


class Actor(BaseModel):
    """A member of the account's organisation, a contact of the account, or (neither) its AE."""

    model_config = ConfigDict(frozen=True)

    member_id: UUID | None = None
    contact_id: UUID | None = None
    name: str
