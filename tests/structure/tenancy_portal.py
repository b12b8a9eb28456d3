"""What may `thread_portal`, the role behind the pages of customers and account executives, see and change?

Its rows are those of one account of one organisation. Each table it may touch is named here; there is no default.
"""

ORGANIZATION = "(org_id = ( SELECT app.org() AS org))"
EVERY = "every column"

_ACCOUNTS_ID = "(id = ( SELECT app.account() AS account))"
_ACCOUNT = f"({ORGANIZATION} AND (account_id = ( SELECT app.account() AS account)))"
_CSM = f"""({ORGANIZATION} AND (id = ( SELECT accounts.csm_id
   FROM accounts
  WHERE ((accounts.org_id = ( SELECT app.org() AS org)) AND (accounts.id = ( SELECT app.account() AS account))))))"""

# The condition of its policy, as the catalogue words it.
PORTAL_ROWS = {
    # An organisation's row belongs to no account: its name and looks are the same for all of them.
    "public.organizations": ORGANIZATION,
    "public.accounts": f"({ORGANIZATION} AND {_ACCOUNTS_ID})",
    "public.members": _CSM,
    "public.contacts": _ACCOUNT,
    "public.handoffs": _ACCOUNT,
    "public.handoff_answers": _ACCOUNT,
    "public.portal_sessions": _ACCOUNT,
    "public.portal_requests": _ACCOUNT,
    "public.form_drafts": _ACCOUNT,
    "public.submissions": _ACCOUNT,
}


def _columns(names: str) -> set[str]:
    return {f"the column {name}" for name in names.split()}


# Privilege by privilege, the columns.
PORTAL_MAY: dict[str, dict[str, set[str]]] = {
    "public.organizations": {
        "SELECT": _columns("org_id name support_email time_zone brand_color logo_url portal_intro")
    },
    "public.accounts": {
        "SELECT": _columns(
            "org_id id company_name status csm_id portal portal_at contact_name contact_email ae_name ae_email"
            " go_live_target time_zone"
        )
    },
    "public.members": {"SELECT": _columns("org_id id name email_norm")},
    "public.contacts": {"SELECT": {EVERY}},
    "public.handoffs": {"SELECT": {EVERY}},
    "public.handoff_answers": {
        "SELECT": {EVERY},
        "UPDATE": _columns("value origin revision updated_at updated_by"),
    },
    "public.portal_sessions": {"SELECT": {EVERY}, "UPDATE": _columns("last_seen_at")},
    "public.portal_requests": {"SELECT": {EVERY}},
    "public.form_drafts": {
        "SELECT": {EVERY},
        "INSERT": {EVERY},
        "UPDATE": _columns("values revision updated_at updated_by"),
    },
    "public.submissions": {"SELECT": {EVERY}, "INSERT": {EVERY}},
}


def beyond(table: str, privilege: str, columns: str) -> bool:
    """Whether the role was granted more than is listed here."""
    return columns not in PORTAL_MAY.get(table, {}).get(privilege, set())
