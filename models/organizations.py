"""What is an organisation, the tenant that everything else belongs to?"""

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import BigInteger, CheckConstraint, ForeignKeyConstraint, Text, text
from sqlmodel import Field, SQLModel

from models.columns import number, stamp, words


class Organization(SQLModel, table=True):
    """A company that onboards its customers with Thread.

    `recall_seconds` is how long an approval can be taken back; `event_seq` numbers the organisation's live events.
    The customer's portal shows the brand and `portal_intro`.
    """

    __tablename__ = "organizations"
    __table_args__ = (
        # Members need their organisation first: the cycle is closed after both tables exist.
        ForeignKeyConstraint(["org_id", "default_csm_id"], ["members.org_id", "members.id"], use_alter=True),
        CheckConstraint("recall_seconds BETWEEN 0 AND 600", name="recall_seconds"),
        CheckConstraint("brand_color ~ '^#[0-9a-f]{6}$'", name="brand_color"),
    )

    org_id: UUID = Field(default_factory=uuid4, primary_key=True)
    name: str = Field(sa_type=Text)
    support_email: str = words()
    time_zone: str = words("UTC")
    default_csm_id: UUID | None = None
    recall_seconds: int = number(10)
    event_seq: int = Field(default=0, sa_type=BigInteger, sa_column_kwargs={"server_default": text("0")})
    brand_color: str = words("#444bb5")
    logo_url: str = words()
    portal_intro: str = words()
    created_at: datetime = stamp()
