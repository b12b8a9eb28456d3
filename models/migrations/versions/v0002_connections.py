"""What onboarding is made of, and who is linked: templates, connections to vendors, and their secrets."""

from alembic import op

from models.migrations.security import allow, secure_for_app

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

TABLES = """
CREATE TABLE templates (
    org_id uuid NOT NULL REFERENCES organizations,
    id uuid NOT NULL,
    name text NOT NULL,
    description text NOT NULL DEFAULT '',
    segment text NOT NULL DEFAULT '',
    archived_at timestamptz,
    created_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (org_id, id),
    UNIQUE (org_id, name)
);
CREATE TABLE template_versions (
    org_id uuid NOT NULL REFERENCES organizations,
    id uuid NOT NULL,
    template_id uuid NOT NULL,
    number integer NOT NULL,
    config jsonb NOT NULL,
    published_at timestamptz NOT NULL DEFAULT now(),
    published_by uuid,
    PRIMARY KEY (org_id, id),
    UNIQUE (org_id, template_id, number),
    FOREIGN KEY (org_id, template_id) REFERENCES templates (org_id, id),
    FOREIGN KEY (org_id, published_by) REFERENCES members (org_id, id)
);
CREATE TABLE connections (
    org_id uuid NOT NULL REFERENCES organizations,
    id uuid NOT NULL,
    provider text NOT NULL CHECK (provider IN ('hubspot')),
    label text NOT NULL DEFAULT '',
    external_id text NOT NULL DEFAULT '',
    endpoint_id text NOT NULL,
    status text NOT NULL DEFAULT 'connected' CHECK (status IN ('connected', 'needs_reconnect', 'disconnected')),
    template_id uuid,
    created_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (org_id, id),
    UNIQUE (org_id, endpoint_id),
    FOREIGN KEY (org_id, template_id) REFERENCES templates (org_id, id)
);
CREATE TABLE vault_keys (
    org_id uuid NOT NULL REFERENCES organizations,
    id uuid NOT NULL,
    kek_id text NOT NULL,
    wrapped_key bytea NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (org_id, id)
);
CREATE TABLE secrets (
    org_id uuid NOT NULL REFERENCES organizations,
    id uuid NOT NULL,
    connection_id uuid NOT NULL,
    name text NOT NULL,
    key_id uuid NOT NULL,
    nonce bytea NOT NULL,
    ciphertext bytea NOT NULL,
    version integer NOT NULL DEFAULT 1,
    created_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (org_id, id),
    UNIQUE (org_id, connection_id, name),
    FOREIGN KEY (org_id, connection_id) REFERENCES connections (org_id, id),
    FOREIGN KEY (org_id, key_id) REFERENCES vault_keys (org_id, id)
);
"""


def upgrade() -> None:
    op.execute(TABLES)
    secure_for_app("templates", "SELECT, INSERT, UPDATE (name, description, segment, archived_at)")
    # A published version never changes: accounts were started on what it says.
    secure_for_app("template_versions", "SELECT, INSERT")
    changeable = "label, external_id, endpoint_id, status, template_id"
    secure_for_app("connections", f"SELECT, INSERT, UPDATE ({changeable})")
    secure_for_app("vault_keys", "SELECT, INSERT, UPDATE (kek_id, wrapped_key)")
    secure_for_app("secrets", "SELECT, INSERT, UPDATE (key_id, nonce, ciphertext, version), DELETE")
    endpoint = "endpoint_id = (SELECT app.presented_endpoint())"
    allow("connections", "thread_router", "SELECT (org_id, id, endpoint_id)", endpoint)
