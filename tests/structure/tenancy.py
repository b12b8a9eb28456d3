"""Which holes are there in the wall between organisations? Reads the catalogue of a database and lists them.

What is looked at comes from the catalogue, not from the models, so a table that somebody forgets about is found too.
An exception is allowed only by its name here, with the reason beside it.
"""

from psycopg import Connection

from tests.structure.tenancy_portal import PORTAL_ROWS, beyond

APP_ROLES = ("thread_app", "thread_portal", "thread_router")
OWNER = "thread_owner"
MIGRATE = "thread_migrate"

TENANT = "(org_id = ( SELECT app.org() AS org))"
EMAIL = "(email_norm = ( SELECT app.presented_email() AS presented_email))"
TOKEN = "(token_hash = ( SELECT app.presented_token_hash() AS presented_token_hash))"
ENDPOINT = "(endpoint_id = ( SELECT app.presented_endpoint() AS presented_endpoint))"
AE = "(lower(ae_email) = ( SELECT app.presented_email() AS presented_email))"
_PRESENTED = "( SELECT app.presented_contact() AS presented_contact)"
CONTACT = f"(((id)::text = {_PRESENTED}) OR (email_norm = {_PRESENTED}))"

# Bookkeeping of alembic, with no data of anyone; nobody but the owner may touch it.
EXEMPT = {"public.alembic_version"}
# A person's log-in, whatever their organisations: it has no org_id, and only the router may see it, by e-mail.
GLOBAL = {"public.identities"}
# What the router may see before an organisation is known: rows of which the caller presents the value.
LOOKED_UP = {
    "public.identities": EMAIL,
    "public.members": EMAIL,
    "public.sessions": TOKEN,
    "public.links": TOKEN,
    "public.portal_sessions": TOKEN,
    "public.connections": ENDPOINT,
    "public.contacts": CONTACT,
    "public.accounts": AE,
    # Ids and times only: a dispatcher must find what is due in any organisation, and has no all-seeing role for it.
    "public.work": "true",
}
# Of tenants' tables, the router reads what leads to an organisation, and no more.
ROUTER_READS = {
    "public.members": {"org_id", "id", "identity_id", "email_norm", "name", "role", "active"},
    "public.sessions": {"org_id", "id", "token_hash"},
    "public.links": {"org_id", "id", "account_id", "token_hash"},
    "public.portal_sessions": {"org_id", "id", "account_id", "token_hash"},
    "public.connections": {"org_id", "id", "endpoint_id"},
    "public.contacts": {"org_id", "id", "account_id", "email_norm"},
    "public.accounts": {"org_id", "id", "ae_email"},
}
# Rows that are never changed once written: an approval or an account rests on what they say.
IMMUTABLE = {"public.template_versions", "public.drafts", "public.live_events"}
# What a customer typed and sent: the application reads it, only the customer writes.
CUSTOMERS = {"public.form_drafts", "public.submissions"}

_RELATIONS = """
    SELECT c.oid, n.nspname || '.' || c.relname AS name, c.relkind, c.relrowsecurity, c.relforcerowsecurity,
        pg_get_userbyid(c.relowner) AS owner, coalesce(c.reloptions, '{}') AS options
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname !~ '^pg_' AND n.nspname <> 'information_schema' AND c.relkind IN ('r', 'p', 'v', 'm', 'f', 'S')
    ORDER BY name
"""
_POLICIES = """
    SELECT polname, polcmd, polpermissive, pg_get_expr(polqual, polrelid), pg_get_expr(polwithcheck, polrelid),
        ARRAY(SELECT CASE role WHEN 0 THEN 'PUBLIC' ELSE pg_get_userbyid(role) END FROM unnest(polroles) AS role)
    FROM pg_policy WHERE polrelid = %s ORDER BY oid
"""
_FOREIGN_KEYS = """
    SELECT conname FROM pg_constraint k WHERE contype = 'f' AND conrelid = %s AND NOT EXISTS (
        SELECT FROM unnest(k.conkey, k.confkey) AS pair (ours, theirs)
        JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = pair.ours AND a.attname = 'org_id'
        JOIN pg_attribute b ON b.attrelid = k.confrelid AND b.attnum = pair.theirs AND b.attname = 'org_id')
"""
_UNIQUE = """
    SELECT i.indexrelid::regclass::text FROM pg_index i
    LEFT JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = i.indkey[0]
    WHERE i.indrelid = %s AND (i.indisunique OR i.indisexclusion) AND a.attname IS DISTINCT FROM 'org_id'
"""
_COLUMNS = """
    SELECT a.attname, a.attnotnull, format_type(t.oid, NULL), coalesce(e.typtype, t.typtype)
    FROM pg_attribute a JOIN pg_type t ON t.oid = a.atttypid LEFT JOIN pg_type e ON e.oid = t.typelem AND t.typlen = -1
    WHERE a.attrelid = %s AND a.attnum > 0 AND NOT a.attisdropped
"""
_GRANTS = """
    SELECT CASE grantee WHEN 0 THEN 'PUBLIC' ELSE pg_get_userbyid(grantee) END, privilege_type, is_grantable, columns
    FROM (
        SELECT relacl, 'every column' FROM pg_class WHERE oid = %(table)s
        UNION ALL SELECT attacl, 'the column ' || attname FROM pg_attribute WHERE attrelid = %(table)s
    ) AS lists (acl, columns), aclexplode(acl)
    WHERE grantee <> (SELECT relowner FROM pg_class WHERE oid = %(table)s)
"""
_FUNCTIONS = """
    SELECT p.oid::regprocedure::text, p.prosecdef, has_function_privilege('public', p.oid, 'EXECUTE')
    FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
    WHERE n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
"""
_ROLES = """
    SELECT rolname, rolcanlogin, rolinherit,
        rolsuper OR rolbypassrls OR rolcreaterole OR rolcreatedb OR rolreplication
    FROM pg_roles WHERE rolname LIKE 'thread%'
"""
_MEMBERS = """
    SELECT pg_get_userbyid(member), pg_get_userbyid(roleid) FROM pg_auth_members
    WHERE pg_get_userbyid(member) LIKE 'thread%' OR pg_get_userbyid(roleid) LIKE 'thread%'
"""
_CREATORS = """
    SELECT r.rolname, n.nspname FROM pg_roles r, pg_namespace n
    WHERE r.rolname = ANY(%s) AND has_schema_privilege(r.oid, n.oid, 'CREATE')
    UNION ALL SELECT rolname, 'the database' FROM pg_roles
    WHERE rolname = ANY(%s) AND has_database_privilege(oid, current_database(), 'CREATE, TEMPORARY')
"""


def violations(connection: Connection) -> list[str]:
    """Every hole, one line each. Needs to read the whole catalogue: connect as the superuser."""
    found = _roles(connection) + _functions(connection)
    for oid, name, kind, enabled, forced, owner, options in connection.execute(_RELATIONS).fetchall():
        if owner != OWNER:
            found.append(f"{name}: owned by {owner}, not by {OWNER}")
        if kind in ("r", "p"):
            if name not in EXEMPT:
                found += _table(connection, oid, name, enabled=enabled, forced=forced)
        elif kind == "v":
            if "security_invoker=true" not in options:
                found.append(f"{name}: a view without security_invoker=true reads with its owner's rights")
        else:
            found.append(f"{name}: row security does not reach materialised views, foreign tables and sequences")
        found += _grants(connection, oid, name)
    return found


def _table(connection: Connection, oid: int, name: str, *, enabled: bool, forced: bool) -> list[str]:
    found = []
    if not enabled:
        found.append(f"{name}: row security is not enabled")
    if not forced:
        found.append(f"{name}: row security is not forced, so its owner escapes it")
    found += _policies(connection, oid, name)
    found += _columns(connection, oid, name)
    if name not in GLOBAL:
        for (key,) in connection.execute(_FOREIGN_KEYS, (oid,)):
            found.append(f"{name}: foreign key {key} does not carry org_id, so it can reach into another organisation")
        for (index,) in connection.execute(_UNIQUE, (oid,)):
            found.append(f"{name}: unique index {index} does not start with org_id, so it tells of others' rows")
    return found


def _policies(connection: Connection, oid: int, name: str) -> list[str]:
    expected = {} if name in GLOBAL else {"thread_app": TENANT}
    if name in LOOKED_UP:
        expected["thread_router"] = LOOKED_UP[name]
    if name in PORTAL_ROWS:
        expected["thread_portal"] = PORTAL_ROWS[name]
    found = []
    seen = set()
    for policy, command, permissive, using, check, roles in connection.execute(_POLICIES, (oid,)):
        role = roles[0] if len(roles) == 1 else ", ".join(roles)
        if role in seen or role not in expected:
            found.append(f"{name}: policy {policy} for {role} is one too many")
            continue
        seen.add(role)
        if using != expected[role]:
            found.append(f"{name}: policy {policy} for {role} says USING {using}, not {expected[role]}")
        if check != using:
            found.append(f"{name}: policy {policy} for {role} lets rows be written that it would not show: {check}")
        if command != "*" or not permissive:
            found.append(f"{name}: policy {policy} for {role} is not one permissive policy for every command")
    return found + [f"{name}: no policy for {role}" for role in sorted(expected.keys() - seen)]


def _columns(connection: Connection, oid: int, name: str) -> list[str]:
    found = []
    columns = {column: rest for column, *rest in connection.execute(_COLUMNS, (oid,))}
    if name not in GLOBAL and columns.get("org_id", [False, ""])[:2] != [True, "uuid"]:
        found.append(f"{name}: has no org_id that is uuid and not null")
    for column, (_, type_, category) in columns.items():
        if category == "e" or type_.startswith("numeric"):
            found.append(f"{name}: column {column} is {type_}: under row security its index would not serve")
    return found


def _grants(connection: Connection, oid: int, name: str) -> list[str]:
    allowed = {} if name in EXEMPT | GLOBAL else {"thread_app": {"SELECT", "INSERT", "UPDATE", "DELETE"}}
    if name in IMMUTABLE:
        allowed["thread_app"] = {"SELECT", "INSERT"}
    if name in CUSTOMERS:
        allowed["thread_app"] = {"SELECT"}
    if name in LOOKED_UP:
        allowed["thread_router"] = {"SELECT", "INSERT", "UPDATE"} if name in GLOBAL else {"SELECT"}
    if name == "public.work":
        allowed["thread_router"] = {"SELECT", "UPDATE"}
    router_reads = {f"the column {column}" for column in ROUTER_READS.get(name, ())}
    found = []
    for grantee, privilege, grantable, columns in connection.execute(_GRANTS, {"table": oid}):
        if grantee == "thread_portal":
            if beyond(name, privilege, columns):
                found.append(f"{name}: thread_portal was granted {privilege} on {columns}")
        elif privilege not in allowed.get(grantee, set()):
            found.append(f"{name}: {grantee} was granted {privilege}")
        elif grantee == "thread_router" and router_reads and columns not in router_reads:
            found.append(f"{name}: thread_router may read {columns}")
        if grantable:
            found.append(f"{name}: {grantee} may pass on {privilege}")
    return found


def _functions(connection: Connection) -> list[str]:
    found = []
    for name, definer, public in connection.execute(_FUNCTIONS):
        if definer:
            found.append(f"{name}: SECURITY DEFINER runs with its owner's rights")
        if public:
            found.append(f"{name}: PUBLIC may execute it")
    return found


def _roles(connection: Connection) -> list[str]:
    found = []
    for name, can_login, inherits, powerful in connection.execute(_ROLES):
        if powerful:
            found.append(f"role {name}: has a right beyond its tables (superuser, bypass, roles, databases …)")
        if inherits and name != OWNER:
            found.append(f"role {name}: inherits the rights of roles it is made a member of")
        if can_login and name == OWNER:
            found.append(f"role {name}: can log in")
    for member, role in connection.execute(_MEMBERS):
        if (member, role) != (MIGRATE, OWNER):
            found.append(f"role {member}: is a member of {role}")
    roles = list(APP_ROLES)
    for role, place in connection.execute(_CREATORS, (roles, roles)):
        found.append(f"role {role}: may create things in {place}")
    return found
