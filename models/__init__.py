"""The tables of Thread, a module a noun. Importing this package makes all of them known to SQLAlchemy."""

from sqlmodel import SQLModel

from models.accounts import Account
from models.actions import Action
from models.connections import Connection
from models.contacts import Contact
from models.drafts import Draft
from models.events import LiveEvent
from models.forms import FormDraft, PortalRequest, Submission
from models.handoffs import Handoff, HandoffAnswer
from models.identities import Identity
from models.links import Link
from models.members import Member
from models.milestones import Milestone
from models.organizations import Organization
from models.portal_sessions import PortalSession
from models.sends import Send
from models.sessions import MemberSession
from models.templates import Template, TemplateVersion
from models.vault import StoredSecret, VaultKey
from models.webhook_events import WebhookEvent
from models.work import Work
from models.write_order import follow_foreign_keys

__all__ = [
    "Account",
    "Action",
    "Connection",
    "Contact",
    "Draft",
    "FormDraft",
    "Handoff",
    "HandoffAnswer",
    "Identity",
    "Link",
    "LiveEvent",
    "Member",
    "MemberSession",
    "Milestone",
    "Organization",
    "PortalRequest",
    "PortalSession",
    "Send",
    "StoredSecret",
    "Submission",
    "Template",
    "TemplateVersion",
    "VaultKey",
    "WebhookEvent",
    "Work",
]

follow_foreign_keys(SQLModel._sa_registry)
