"""Who is asking: organisations, the people in them, and what the database knows of its caller."""

from alembic import op

from models.migrations.security import allow, secure, secure_for_app

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

# function, its type, the setting it reads, how the text becomes the type
ACCESSORS = (
    ("org", "uuid", "app.org_id", "v::uuid"),
    ("account", "uuid", "app.account_id", "v::uuid"),
    ("presented_email", "text", "app.email", "v"),
    ("presented_token_hash", "bytea", "app.token_hash", "decode(v, 'hex')"),
    ("presented_endpoint", "text", "app.endpoint_id", "v"),
)

TABLES = """
CREATE TABLE organizations (
    org_id uuid PRIMARY KEY,
    name text NOT NULL,
    support_email text NOT NULL DEFAULT '',
    time_zone text NOT NULL DEFAULT 'UTC',
    default_csm_id uuid,
    recall_seconds integer NOT NULL DEFAULT 10 CHECK (recall_seconds BETWEEN 0 AND 600),
    event_seq bigint NOT NULL DEFAULT 0,
    created_at timestamptz NOT NULL DEFAULT now()
);
CREATE TABLE identities (
    id uuid PRIMARY KEY,
    email_norm text NOT NULL UNIQUE,
    name text NOT NULL DEFAULT '',
    password_hash text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now()
);
CREATE TABLE members (
    org_id uuid NOT NULL REFERENCES organizations,
    id uuid NOT NULL,
    identity_id uuid NOT NULL,
    email_norm text NOT NULL,
    name text NOT NULL,
    role text NOT NULL CHECK (role IN ('admin', 'csm')),
    active boolean NOT NULL DEFAULT true,
    created_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (org_id, id),
    UNIQUE (org_id, email_norm)
);
ALTER TABLE organizations ADD FOREIGN KEY (org_id, default_csm_id) REFERENCES members (org_id, id);
CREATE TABLE sessions (
    org_id uuid NOT NULL REFERENCES organizations,
    id uuid NOT NULL,
    member_id uuid NOT NULL,
    token_hash bytea NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    last_seen_at timestamptz NOT NULL DEFAULT now(),
    expires_at timestamptz NOT NULL,
    revoked_at timestamptz,
    PRIMARY KEY (org_id, id),
    UNIQUE (org_id, token_hash),
    FOREIGN KEY (org_id, member_id) REFERENCES members (org_id, id)
);
CREATE TABLE live_events (
    org_id uuid NOT NULL REFERENCES organizations,
    id bigint NOT NULL,
    kind text NOT NULL,
    entity text NOT NULL,
    entity_id text NOT NULL,
    account_id uuid,
    revision integer NOT NULL DEFAULT 0,
    at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (org_id, id)
);
CREATE TABLE work (
    org_id uuid NOT NULL REFERENCES organizations,
    kind text NOT NULL,
    id uuid NOT NULL,
    due timestamptz NOT NULL DEFAULT now(),
    attempts integer NOT NULL DEFAULT 0,
    PRIMARY KEY (org_id, kind, id)
);
CREATE INDEX work_due_idx ON work (due);
"""


def upgrade() -> None:
    create_accessors()
    op.execute(TABLES)
    settings = "name, support_email, time_zone, default_csm_id, recall_seconds, event_seq"
    secure_for_app("organizations", f"SELECT, INSERT, UPDATE ({settings})")
    secure_for_app("members", "SELECT, INSERT, UPDATE (email_norm, name, role, active)")
    secure_for_app("sessions", "SELECT, INSERT, UPDATE (last_seen_at, expires_at, revoked_at)")
    secure_for_app("live_events", "SELECT, INSERT")
    secure_for_app("work", "SELECT, INSERT, UPDATE (due, attempts), DELETE")
    open_to_router()


def create_accessors() -> None:
    """Functions that say who the caller is, and refuse to answer when it has not said: loud, not empty."""
    op.execute("CREATE SCHEMA app")
    op.execute("REVOKE ALL ON SCHEMA public FROM PUBLIC")
    op.execute("GRANT USAGE ON SCHEMA app, public TO thread_app, thread_portal, thread_router")
    for name, type_, setting, value in ACCESSORS:
        op.execute(
            f"""
            CREATE FUNCTION app.{name}() RETURNS {type_} LANGUAGE plpgsql STABLE PARALLEL SAFE
            SET search_path = pg_catalog AS $$
            DECLARE v text := current_setting('{setting}', true);
            BEGIN
                IF v IS NULL OR v = '' THEN
                    RAISE EXCEPTION '{setting} is not set' USING ERRCODE = '42501';
                END IF;
                RETURN {value};
            END $$
            """
        )
        op.execute(f"REVOKE ALL ON FUNCTION app.{name}() FROM PUBLIC")
    op.execute("GRANT EXECUTE ON FUNCTION app.org() TO thread_app, thread_portal")
    op.execute("GRANT EXECUTE ON FUNCTION app.account() TO thread_portal")
    for name in ("presented_email", "presented_token_hash", "presented_endpoint"):
        op.execute(f"GRANT EXECUTE ON FUNCTION app.{name}() TO thread_router")


def open_to_router() -> None:
    """What is looked up before the organisation is known: only by the value that the caller presents."""
    email = "email_norm = (SELECT app.presented_email())"
    secure("identities")
    allow("identities", "thread_router", "SELECT, INSERT, UPDATE (name, password_hash)", email)
    seen = "org_id, id, identity_id, email_norm, name, role, active"
    allow("members", "thread_router", f"SELECT ({seen})", email)
    token = "token_hash = (SELECT app.presented_token_hash())"  # noqa: S105  (a condition)
    allow("sessions", "thread_router", "SELECT (org_id, id, token_hash)", token)
    # Every organisation's: the table holds ids and times only, and a worker must find what is due anywhere.
    allow("work", "thread_router", "SELECT, UPDATE (due, attempts)", "true")
