"""Lists of actions show what has waited longest first: their index is in that order."""

from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("DROP INDEX actions_inbox_idx")
    op.execute("CREATE INDEX actions_inbox_idx ON actions (org_id, status, updated_at, account_id, key)")
