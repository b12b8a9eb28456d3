"""The road's second half: handoffs, the links that let people in, and the customer's portal with its forms."""

from alembic import op

from models.migrations.security import allow, allow_portal, secure_for_app

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

EARLIER = """
ALTER TABLE organizations
    ADD brand_color text NOT NULL DEFAULT '#444bb5' CHECK (brand_color ~ '^#[0-9a-f]{6}$'),
    ADD logo_url text NOT NULL DEFAULT '',
    ADD portal_intro text NOT NULL DEFAULT '';
ALTER TABLE accounts ADD portal jsonb, ADD portal_at timestamptz;
ALTER TABLE actions
    ADD response text NOT NULL DEFAULT '' CHECK (response IN ('', 'awaiting', 'submitted', 'returned')),
    ADD submission_id uuid;
"""

HANDOFFS = """
CREATE TABLE contacts (
    org_id uuid NOT NULL REFERENCES organizations,
    id uuid NOT NULL,
    account_id uuid NOT NULL,
    name text NOT NULL,
    email text NOT NULL,
    email_norm text NOT NULL,
    title text NOT NULL DEFAULT '',
    role text NOT NULL DEFAULT 'portal_member' CHECK (role IN ('portal_admin', 'portal_member', 'portal_viewer')),
    active boolean NOT NULL DEFAULT true,
    created_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (org_id, id),
    UNIQUE (org_id, account_id, email_norm),
    FOREIGN KEY (org_id, account_id) REFERENCES accounts (org_id, id)
);
CREATE TABLE handoffs (
    org_id uuid NOT NULL REFERENCES organizations,
    account_id uuid NOT NULL,
    questions jsonb NOT NULL,
    status text NOT NULL DEFAULT 'PREPARING'
        CHECK (status IN ('PREPARING', 'OPEN', 'SUBMITTED', 'RETURNED', 'ACCEPTED')),
    reason text NOT NULL DEFAULT '',
    submitted_at timestamptz,
    submitted_by text NOT NULL DEFAULT '',
    csm_id uuid,
    due_at timestamptz,
    revision integer NOT NULL DEFAULT 0,
    updated_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (org_id, account_id),
    FOREIGN KEY (org_id, account_id) REFERENCES accounts (org_id, id),
    FOREIGN KEY (org_id, csm_id) REFERENCES members (org_id, id)
);
CREATE TABLE handoff_answers (
    org_id uuid NOT NULL REFERENCES organizations,
    account_id uuid NOT NULL,
    question text NOT NULL,
    value jsonb NOT NULL DEFAULT 'null',
    origin text NOT NULL CHECK (origin IN ('ai', 'template', 'ae')),
    sources jsonb NOT NULL DEFAULT '[]',
    model text NOT NULL DEFAULT '',
    pending boolean NOT NULL DEFAULT false,
    revision integer NOT NULL DEFAULT 1,
    updated_at timestamptz NOT NULL DEFAULT now(),
    updated_by text NOT NULL DEFAULT '',
    PRIMARY KEY (org_id, account_id, question),
    FOREIGN KEY (org_id, account_id) REFERENCES accounts (org_id, id)
);
"""

LINKS = """
CREATE TABLE links (
    org_id uuid NOT NULL REFERENCES organizations,
    id uuid NOT NULL,
    account_id uuid NOT NULL,
    purpose text NOT NULL CHECK (purpose IN ('handoff', 'portal_login')),
    recipient text NOT NULL,
    contact_id uuid,
    token_hash bytea NOT NULL,
    expires_at timestamptz NOT NULL,
    max_uses integer,
    uses integer NOT NULL DEFAULT 0,
    revoked_at timestamptz,
    created_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (org_id, id),
    UNIQUE (org_id, token_hash),
    FOREIGN KEY (org_id, account_id) REFERENCES accounts (org_id, id),
    FOREIGN KEY (org_id, contact_id) REFERENCES contacts (org_id, id)
);
CREATE INDEX links_account_idx ON links (org_id, account_id, purpose);
CREATE INDEX links_token_idx ON links (token_hash);
CREATE TABLE portal_sessions (
    org_id uuid NOT NULL REFERENCES organizations,
    id uuid NOT NULL,
    account_id uuid NOT NULL,
    kind text NOT NULL CHECK (kind IN ('handoff', 'portal')),
    link_id uuid NOT NULL,
    contact_id uuid,
    email text NOT NULL,
    name text NOT NULL DEFAULT '',
    token_hash bytea NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    last_seen_at timestamptz NOT NULL DEFAULT now(),
    expires_at timestamptz NOT NULL,
    revoked_at timestamptz,
    PRIMARY KEY (org_id, id),
    UNIQUE (org_id, token_hash),
    FOREIGN KEY (org_id, account_id) REFERENCES accounts (org_id, id),
    FOREIGN KEY (org_id, link_id) REFERENCES links (org_id, id),
    FOREIGN KEY (org_id, contact_id) REFERENCES contacts (org_id, id)
);
CREATE INDEX portal_sessions_account_idx ON portal_sessions (org_id, account_id);
CREATE INDEX portal_sessions_token_idx ON portal_sessions (token_hash);
"""

FORMS = """
CREATE TABLE portal_requests (
    org_id uuid NOT NULL REFERENCES organizations,
    account_id uuid NOT NULL,
    action_key text NOT NULL,
    type text NOT NULL,
    draft_id uuid NOT NULL,
    content jsonb NOT NULL,
    opened_at timestamptz NOT NULL DEFAULT now(),
    closed_at timestamptz,
    PRIMARY KEY (org_id, account_id, action_key),
    FOREIGN KEY (org_id, account_id) REFERENCES accounts (org_id, id),
    FOREIGN KEY (org_id, draft_id) REFERENCES drafts (org_id, id)
);
CREATE TABLE form_drafts (
    org_id uuid NOT NULL REFERENCES organizations,
    account_id uuid NOT NULL,
    action_key text NOT NULL,
    values jsonb NOT NULL DEFAULT '{}',
    revision integer NOT NULL DEFAULT 0,
    updated_at timestamptz NOT NULL DEFAULT now(),
    updated_by text NOT NULL DEFAULT '',
    PRIMARY KEY (org_id, account_id, action_key),
    FOREIGN KEY (org_id, account_id) REFERENCES accounts (org_id, id)
);
CREATE TABLE submissions (
    org_id uuid NOT NULL REFERENCES organizations,
    id uuid NOT NULL,
    account_id uuid NOT NULL,
    action_key text NOT NULL,
    values jsonb NOT NULL,
    values_hash text NOT NULL,
    submitted_by uuid,
    submitted_name text NOT NULL DEFAULT '',
    submitted_at timestamptz NOT NULL DEFAULT now(),
    draft_id uuid NOT NULL,
    PRIMARY KEY (org_id, id),
    FOREIGN KEY (org_id, account_id) REFERENCES accounts (org_id, id),
    FOREIGN KEY (org_id, submitted_by) REFERENCES contacts (org_id, id),
    FOREIGN KEY (org_id, draft_id) REFERENCES drafts (org_id, id)
);
CREATE INDEX submissions_action_idx ON submissions (org_id, account_id, action_key, submitted_at);
"""


def upgrade() -> None:
    for tables in (EARLIER, HANDOFFS, LINKS, FORMS):
        op.execute(tables)
    open_to_app()
    open_to_router()
    open_to_portal()


def open_to_app() -> None:
    op.execute("GRANT UPDATE (brand_color, logo_url, portal_intro) ON organizations TO thread_app")
    secure_for_app("contacts", "SELECT, INSERT, UPDATE (name, email, email_norm, title, role, active)")
    # Not the questions: an account keeps the wording that it started with.
    progress = "status, reason, submitted_at, submitted_by, csm_id, due_at, revision, updated_at"
    secure_for_app("handoffs", f"SELECT, INSERT, UPDATE ({progress})")
    answer = "value, origin, sources, model, pending, revision, updated_at, updated_by"
    secure_for_app("handoff_answers", f"SELECT, INSERT, UPDATE ({answer})")
    # Not whom a link is for, nor what it opens.
    secure_for_app("links", "SELECT, INSERT, UPDATE (expires_at, max_uses, uses, revoked_at)")
    secure_for_app("portal_sessions", "SELECT, INSERT, UPDATE (last_seen_at, expires_at, revoked_at)")
    secure_for_app("portal_requests", "SELECT, INSERT, UPDATE (type, draft_id, content, opened_at, closed_at)")
    # What the customer typed and sent is theirs to write.
    secure_for_app("form_drafts", "SELECT")
    secure_for_app("submissions", "SELECT")


def open_to_router() -> None:
    token = "token_hash = (SELECT app.presented_token_hash())"  # noqa: S105  (a condition)
    for table in ("links", "portal_sessions"):
        allow(table, "thread_router", "SELECT (org_id, id, account_id, token_hash)", token)


def open_to_portal() -> None:
    """One account of one organisation: the account itself, what hangs on it, and whose brand and CSM it has."""
    # An organisation's row belongs to no account: its name and looks are the same for all of them.
    brand = "org_id, name, support_email, time_zone, brand_color, logo_url, portal_intro"
    allow("organizations", "thread_portal", f"SELECT ({brand})")
    people = "csm_id, contact_name, contact_email, ae_name, ae_email"
    shown = f"org_id, id, company_name, status, portal, portal_at, go_live_target, time_zone, {people}"
    allow_portal("accounts", f"SELECT ({shown})", "id = (SELECT app.account())")
    csm = "SELECT csm_id FROM accounts WHERE org_id = (SELECT app.org()) AND id = (SELECT app.account())"
    allow_portal("members", "SELECT (org_id, id, name, email_norm)", f"id = ({csm})")
    for table in ("contacts", "handoffs", "portal_requests"):
        allow_portal(table, "SELECT")
    allow_portal("portal_sessions", "SELECT, UPDATE (last_seen_at)")
    allow_portal("handoff_answers", "SELECT, UPDATE (value, origin, revision, updated_at, updated_by)")
    allow_portal("form_drafts", "SELECT, INSERT, UPDATE (values, revision, updated_at, updated_by)")
    allow_portal("submissions", "SELECT, INSERT")
