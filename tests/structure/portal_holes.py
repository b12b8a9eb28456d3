"""Holes in the wall around one account, for the guard to find: (statements, the part of the report that names it)."""

ORG = "org_id = (SELECT app.org())"
ACCOUNT = "account_id = (SELECT app.account())"


def _rows(table: str, rows: str) -> str:
    return f"ALTER POLICY thread_portal ON {table} USING ({rows}) WITH CHECK ({rows})"


def _said(table: str) -> str:
    return f"{table}: policy thread_portal for thread_portal says USING"


PORTAL_HOLES = {
    "portal: the account is not demanded": (_rows("contacts", ORG), _said("contacts")),
    "portal: the organisation is not demanded": (_rows("handoffs", ACCOUNT), _said("handoffs")),
    "portal: either will do": (_rows("submissions", f"{ORG} OR {ACCOUNT}"), _said("submissions")),
    "portal: all rows": (_rows("form_drafts", "true"), _said("form_drafts")),
    "portal: functions not wrapped": (
        _rows("portal_requests", "org_id = app.org() AND account_id = app.account()"),
        _said("portal_requests"),
    ),
    "portal: the wrong column": (
        _rows("portal_sessions", f"{ORG} AND id = (SELECT app.account())"),
        _said("portal_sessions"),
    ),
    "portal: every account": (_rows("accounts", ORG), _said("accounts")),
    "portal: every member": (_rows("members", ORG), _said("members")),
    "portal: every organisation": (_rows("organizations", "true"), _said("organizations")),
    "portal: writes what it would not show": (
        "ALTER POLICY thread_portal ON form_drafts WITH CHECK (true)",
        "form_drafts: policy thread_portal for thread_portal lets rows be written",
    ),
    "portal: policy missing": (
        "DROP POLICY thread_portal ON handoff_answers",
        "handoff_answers: no policy for thread_portal",
    ),
    "portal: row security off": (
        "ALTER TABLE submissions DISABLE ROW LEVEL SECURITY",
        "submissions: row security is not enabled",
    ),
    "portal: links": ("GRANT SELECT ON links TO thread_portal", "links: thread_portal was granted SELECT"),
    "portal: one more column of the account": (
        "GRANT SELECT (notes) ON accounts TO thread_portal",
        "accounts: thread_portal was granted SELECT on the column notes",
    ),
    "portal: every column of the account": (
        "GRANT SELECT ON accounts TO thread_portal",
        "accounts: thread_portal was granted SELECT on every column",
    ),
    "portal: changes a key": (
        "GRANT UPDATE (account_id) ON form_drafts TO thread_portal",
        "form_drafts: thread_portal was granted UPDATE on the column account_id",
    ),
    "portal: changes what was sent": (
        "GRANT UPDATE (values) ON submissions TO thread_portal",
        "submissions: thread_portal was granted UPDATE on the column values",
    ),
    "portal: removes": (
        "GRANT DELETE ON form_drafts TO thread_portal",
        "form_drafts: thread_portal was granted DELETE",
    ),
    "portal: passes on": (
        "GRANT SELECT ON contacts TO thread_portal WITH GRANT OPTION",
        "contacts: thread_portal may pass on SELECT",
    ),
    "portal: the application sends for the customer": (
        "GRANT INSERT ON submissions TO thread_app",
        "submissions: thread_app was granted INSERT",
    ),
    "portal: the router reads who a link is for": (
        "GRANT SELECT (recipient) ON links TO thread_router",
        "links: thread_router may read the column recipient",
    ),
    "portal: the router sees every session": (
        "ALTER POLICY thread_router ON portal_sessions USING (true) WITH CHECK (true)",
        "portal_sessions: policy thread_router for thread_router says USING true",
    ),
}
