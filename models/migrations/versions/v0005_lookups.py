"""Who asks for a new link? Contacts are found by id or address, account executives by address, before a tenant is."""

from alembic import op

from models.migrations.security import allow

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

ACCESSOR = """
CREATE FUNCTION app.presented_contact() RETURNS text LANGUAGE plpgsql STABLE PARALLEL SAFE
SET search_path = pg_catalog AS $$
DECLARE v text := current_setting('app.contact', true);
BEGIN
    IF v IS NULL OR v = '' THEN
        RAISE EXCEPTION 'app.contact is not set' USING ERRCODE = '42501';
    END IF;
    RETURN v;
END $$
"""
# The router looks across organisations, so these don't start with one.
INDEXES = """
CREATE INDEX contacts_id_idx ON contacts ((id::text));
CREATE INDEX contacts_email_idx ON contacts (email_norm);
CREATE INDEX accounts_ae_idx ON accounts (lower(ae_email));
"""
CONTACT = "(id)::text = (SELECT app.presented_contact()) OR email_norm = (SELECT app.presented_contact())"


def upgrade() -> None:
    op.execute(ACCESSOR)
    op.execute("REVOKE ALL ON FUNCTION app.presented_contact() FROM PUBLIC")
    op.execute("GRANT EXECUTE ON FUNCTION app.presented_contact() TO thread_router")
    op.execute(INDEXES)
    allow("contacts", "thread_router", "SELECT (org_id, id, account_id, email_norm)", CONTACT)
    email = "lower(ae_email) = (SELECT app.presented_email())"
    allow("accounts", "thread_router", "SELECT (org_id, id, ae_email)", email)
