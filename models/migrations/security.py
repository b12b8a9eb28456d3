"""How does a revision put a table under row security? Revisions use these, so that every table is closed alike.

Past revisions run through this file too: add to it, but do not change what it does for the tables there are.
"""

from alembic import op

TENANT = "org_id = (SELECT app.org())"
ACCOUNT = "account_id = (SELECT app.account())"


def secure(table: str) -> None:
    """Close a table to everybody, its owner included; `allow` then opens it."""
    op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
    op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
    op.execute(f"REVOKE ALL ON {table} FROM PUBLIC")


def allow(table: str, role: str, privileges: str, rows: str = TENANT) -> None:
    """Let a role use `privileges` on those rows for which the condition `rows` holds, read or written.

    The condition calls its function in a `(SELECT …)`: evaluated once a query, not once a row.
    """
    op.execute(f"CREATE POLICY {role} ON {table} TO {role} USING ({rows}) WITH CHECK ({rows})")
    op.execute(f"GRANT {privileges} ON {table} TO {role}")


def secure_for_app(table: str, privileges: str) -> None:
    """Close a tenant's table to all but `thread_app`, which gets `privileges` on one organisation's rows."""
    secure(table)
    allow(table, "thread_app", privileges)


def allow_portal(table: str, privileges: str, rows: str = ACCOUNT) -> None:
    """Let `thread_portal` use `privileges` on the rows of one account of its organisation."""
    allow(table, "thread_portal", privileges, f"{TENANT} AND {rows}")
