"""Who may do what: the permission table. A route that is not in it is closed to everybody."""

from enum import StrEnum


class Permission(StrEnum):
    """What a role allows."""

    PUBLIC = "public"  # before there is a session
    READ = "read"
    DECIDE = "decide"
    OPERATE = "operate"  # see how Thread itself runs
    HANDOFF = "handoff"  # hand one account over
    LOOK = "look"  # see one account's portal
    ANSWER = "answer"  # do there what the customer is asked to


ROLES: dict[str, frozenset[Permission]] = {
    "admin": frozenset({Permission.READ, Permission.DECIDE, Permission.OPERATE}),
    "csm": frozenset({Permission.READ, Permission.DECIDE}),
    "ae": frozenset({Permission.HANDOFF}),
    "portal_admin": frozenset({Permission.LOOK, Permission.ANSWER}),
    "portal_member": frozenset({Permission.LOOK, Permission.ANSWER}),
    "portal_viewer": frozenset({Permission.LOOK}),
}

ROUTES: dict[str, Permission] = {
    "log_in": Permission.PUBLIC,
    "log_out": Permission.PUBLIC,
    "read_session": Permission.READ,
    "list_accounts": Permission.READ,
    "read_account": Permission.READ,
    "read_handoff": Permission.READ,
    "accept_handoff": Permission.DECIDE,
    "return_handoff": Permission.DECIDE,
    "list_actions": Permission.READ,
    "read_action": Permission.READ,
    "preview_draft": Permission.READ,
    "approve_action": Permission.DECIDE,
    "edit_draft": Permission.DECIDE,
    "recall_action": Permission.DECIDE,
    "retry_action": Permission.DECIDE,
    "resolve_action": Permission.DECIDE,
    "read_response": Permission.READ,
    "accept_response": Permission.DECIDE,
    "return_response": Permission.DECIDE,
    "list_attention": Permission.READ,
    "retry_attention": Permission.DECIDE,
    "read_events": Permission.READ,
    "open_handoff": Permission.PUBLIC,
    "ask_for_handoff_link": Permission.PUBLIC,
    "read_my_handoff": Permission.HANDOFF,
    "save_answer": Permission.HANDOFF,
    "ask_answer_again": Permission.HANDOFF,
    "submit_handoff": Permission.HANDOFF,
    "ask_for_portal_link": Permission.PUBLIC,
    "open_portal": Permission.PUBLIC,
    "leave_portal": Permission.PUBLIC,
    "read_portal": Permission.LOOK,
    "read_form": Permission.LOOK,
    "save_form": Permission.ANSWER,
    "submit_form": Permission.ANSWER,
    "receive_hubspot": Permission.PUBLIC,  # its caller is verified by signature
    "health": Permission.PUBLIC,
    "ready": Permission.PUBLIC,
    "handoff_document": Permission.PUBLIC,
    "portal_document": Permission.PUBLIC,
    "console": Permission.PUBLIC,
}


def may(role: str, permission: Permission | None) -> bool:
    """Whether the role allows it; nothing is allowed to an unknown role, and to nobody what has no permission."""
    return permission is not None and permission in ROLES.get(role, frozenset())
