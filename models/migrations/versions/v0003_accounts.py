"""The onboarding itself: accounts, their milestones and actions, drafts, the send ledger, and the webhook inbox."""

from alembic import op

from models.migrations.security import secure_for_app

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

ACCOUNTS = """
CREATE TABLE accounts (
    org_id uuid NOT NULL REFERENCES organizations,
    id uuid NOT NULL,
    company_name text NOT NULL DEFAULT '',
    contact_name text NOT NULL DEFAULT '',
    contact_email text NOT NULL DEFAULT '',
    contact_email_norm text NOT NULL DEFAULT '',
    arr_minor bigint,
    currency text NOT NULL DEFAULT 'USD',
    close_date date,
    industry text NOT NULL DEFAULT '',
    size text NOT NULL DEFAULT '',
    website text NOT NULL DEFAULT '',
    segment text NOT NULL DEFAULT '',
    notes text NOT NULL DEFAULT '',
    ae_name text NOT NULL DEFAULT '',
    ae_email text NOT NULL DEFAULT '',
    csm_id uuid,
    time_zone text NOT NULL DEFAULT 'UTC',
    go_live_target date,
    custom jsonb NOT NULL DEFAULT '{}',
    facts_version integer NOT NULL DEFAULT 1,
    crm_provider text,
    crm_connection_id uuid,
    crm_deal_id text,
    crm_company_id text,
    template_id uuid NOT NULL,
    template_version_id uuid NOT NULL,
    plan jsonb NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    status text NOT NULL DEFAULT 'SETUP'
        CHECK (status IN ('SETUP', 'PENDING_HANDOFF', 'ACTIVE', 'PAUSED', 'LIVE', 'CANCELLED')),
    milestone_key text,
    progress integer NOT NULL DEFAULT 0,
    live_at timestamptz,
    revision integer NOT NULL DEFAULT 0,
    updated_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (org_id, id),
    UNIQUE (org_id, crm_connection_id, crm_deal_id),
    FOREIGN KEY (org_id, csm_id) REFERENCES members (org_id, id),
    FOREIGN KEY (org_id, crm_connection_id) REFERENCES connections (org_id, id),
    FOREIGN KEY (org_id, template_id) REFERENCES templates (org_id, id),
    FOREIGN KEY (org_id, template_version_id) REFERENCES template_versions (org_id, id)
);
CREATE INDEX accounts_latest_idx ON accounts (org_id, updated_at DESC, id);
CREATE INDEX accounts_status_idx ON accounts (org_id, status, updated_at DESC, id);
"""

PROGRESS = """
CREATE TABLE milestones (
    org_id uuid NOT NULL REFERENCES organizations,
    account_id uuid NOT NULL,
    key text NOT NULL,
    position integer NOT NULL,
    name text NOT NULL,
    status text NOT NULL DEFAULT 'NOT_STARTED'
        CHECK (status IN ('NOT_STARTED', 'IN_PROGRESS', 'COMPLETED', 'SKIPPED')),
    started_at timestamptz,
    completed_at timestamptz,
    revision integer NOT NULL DEFAULT 0,
    PRIMARY KEY (org_id, account_id, key),
    FOREIGN KEY (org_id, account_id) REFERENCES accounts (org_id, id)
);
CREATE TABLE actions (
    org_id uuid NOT NULL REFERENCES organizations,
    account_id uuid NOT NULL,
    key text NOT NULL,
    milestone_key text NOT NULL,
    position integer NOT NULL,
    type text NOT NULL CHECK (type IN (
        'SEND_EMAIL', 'REQUEST_DOCS', 'REQUEST_ASSETS', 'COLLECT_INFO', 'SCHEDULE_MEETING', 'SLACK_MESSAGE')),
    label text NOT NULL,
    required boolean NOT NULL DEFAULT true,
    status text NOT NULL DEFAULT 'PENDING' CHECK (status IN (
        'PENDING', 'SCHEDULED', 'DRAFTING', 'READY', 'APPROVED', 'EXECUTING', 'EXECUTED', 'COMPLETED', 'SKIPPED',
        'CANCELLED', 'FAILED', 'UNCERTAIN')),
    due_at timestamptz,
    draft_id uuid,
    draft_revision integer NOT NULL DEFAULT 0,
    content_hash text,
    send_at timestamptz,
    decided_by text NOT NULL DEFAULT '',
    reason text NOT NULL DEFAULT '',
    subject text NOT NULL DEFAULT '',
    attempt integer NOT NULL DEFAULT 0,
    revision integer NOT NULL DEFAULT 0,
    updated_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (org_id, account_id, key),
    FOREIGN KEY (org_id, account_id) REFERENCES accounts (org_id, id)
);
CREATE INDEX actions_inbox_idx ON actions (org_id, status, due_at, account_id, key);
"""

CONTENT = """
CREATE TABLE drafts (
    org_id uuid NOT NULL REFERENCES organizations,
    id uuid NOT NULL,
    account_id uuid NOT NULL,
    action_key text NOT NULL,
    revision integer NOT NULL DEFAULT 0,
    origin text NOT NULL CHECK (origin IN ('template', 'ai', 'csm')),
    source jsonb NOT NULL DEFAULT '{}',
    content jsonb NOT NULL,
    content_hash text NOT NULL,
    unresolved jsonb NOT NULL DEFAULT '[]',
    author_id uuid,
    created_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (org_id, id),
    FOREIGN KEY (org_id, account_id) REFERENCES accounts (org_id, id),
    FOREIGN KEY (org_id, author_id) REFERENCES members (org_id, id)
);
CREATE TABLE sends (
    org_id uuid NOT NULL REFERENCES organizations,
    id uuid NOT NULL,
    account_id uuid NOT NULL,
    action_key text NOT NULL,
    decision_id uuid NOT NULL,
    occurrence integer NOT NULL DEFAULT 0,
    content_hash text NOT NULL,
    message_id text NOT NULL,
    status text NOT NULL DEFAULT 'intended'
        CHECK (status IN ('intended', 'claimed', 'sent', 'failed', 'uncertain')),
    attempt integer NOT NULL DEFAULT 0,
    claim_id uuid,
    claimed_at timestamptz,
    sent_at timestamptz,
    provider_ref text NOT NULL DEFAULT '',
    error text NOT NULL DEFAULT '',
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (org_id, id),
    UNIQUE (org_id, account_id, action_key, decision_id, occurrence),
    FOREIGN KEY (org_id, account_id) REFERENCES accounts (org_id, id)
);
"""

INBOX = """
CREATE TABLE webhook_events (
    org_id uuid NOT NULL REFERENCES organizations,
    id uuid NOT NULL,
    connection_id uuid NOT NULL,
    event_key text NOT NULL,
    body jsonb NOT NULL,
    body_hash bytea NOT NULL,
    status text NOT NULL DEFAULT 'pending'
        CHECK (status IN ('pending', 'done', 'ignored', 'rejected', 'attention')),
    reason text NOT NULL DEFAULT '',
    account_id uuid,
    attempts integer NOT NULL DEFAULT 0,
    occurred_at timestamptz,
    received_at timestamptz NOT NULL DEFAULT now(),
    handled_at timestamptz,
    PRIMARY KEY (org_id, id),
    UNIQUE (org_id, connection_id, event_key),
    FOREIGN KEY (org_id, connection_id) REFERENCES connections (org_id, id),
    FOREIGN KEY (org_id, account_id) REFERENCES accounts (org_id, id)
);
"""


def upgrade() -> None:
    for tables in (ACCOUNTS, PROGRESS, CONTENT, INBOX):
        op.execute(tables)
    secure_for_app("accounts", "SELECT, INSERT, UPDATE")
    # A plan that is changed under way loses milestones and actions.
    secure_for_app("milestones", "SELECT, INSERT, UPDATE, DELETE")
    secure_for_app("actions", "SELECT, INSERT, UPDATE, DELETE")
    # What was approved must stay what it was: an edit is a new row.
    secure_for_app("drafts", "SELECT, INSERT")
    progress = "status, attempt, claim_id, claimed_at, sent_at, provider_ref, error, updated_at"
    secure_for_app("sends", f"SELECT, INSERT, UPDATE ({progress})")
    handling = "status, reason, account_id, attempts, handled_at"
    secure_for_app("webhook_events", f"SELECT, INSERT, UPDATE ({handling})")
