"""Which phases does an account's onboarding have? A read model: activities alone write it."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Text
from sqlmodel import Field

from domain.state import MilestoneStatus
from models.columns import Owned, belongs_to, moment, number, one_of, owned_by_organization, words


class Milestone(Owned, table=True):
    """A phase of one account's plan."""

    __tablename__ = "milestones"
    __table_args__ = (
        owned_by_organization(),
        belongs_to("accounts", "account_id"),
        one_of("status", MilestoneStatus),
    )

    account_id: UUID = Field(primary_key=True)
    key: str = Field(primary_key=True, sa_type=Text)
    position: int
    name: str = Field(sa_type=Text)
    status: str = words(MilestoneStatus.NOT_STARTED.value)
    started_at: datetime | None = moment()
    completed_at: datetime | None = moment()
    revision: int = number()
