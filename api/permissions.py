"""Who may do what: the permission table. A route that is not in it is closed to everybody."""

from enum import StrEnum


class Permission(StrEnum):
    """What a role allows."""

    PUBLIC = "public"  # before there is a session
    READ = "read"
    DECIDE = "decide"
    OPERATE = "operate"  # see how Thread itself runs


ROLES: dict[str, frozenset[Permission]] = {
    "admin": frozenset({Permission.READ, Permission.DECIDE, Permission.OPERATE}),
    "csm": frozenset({Permission.READ, Permission.DECIDE}),
}

ROUTES: dict[str, Permission] = {
    "log_in": Permission.PUBLIC,
    "log_out": Permission.PUBLIC,
    "read_session": Permission.READ,
    "list_accounts": Permission.READ,
    "read_account": Permission.READ,
    "list_actions": Permission.READ,
    "read_action": Permission.READ,
    "preview_draft": Permission.READ,
    "approve_action": Permission.DECIDE,
    "edit_draft": Permission.DECIDE,
    "recall_action": Permission.DECIDE,
    "retry_action": Permission.DECIDE,
    "resolve_action": Permission.DECIDE,
    "list_attention": Permission.READ,
    "retry_attention": Permission.DECIDE,
    "read_events": Permission.READ,
    "receive_hubspot": Permission.PUBLIC,  # its caller is verified by signature
    "health": Permission.PUBLIC,
    "ready": Permission.PUBLIC,
    "console": Permission.PUBLIC,
}


def may(role: str, permission: Permission | None) -> bool:
    """Whether the role allows it; nothing is allowed to an unknown role, and to nobody what has no permission."""
    return permission is not None and permission in ROLES.get(role, frozenset())
