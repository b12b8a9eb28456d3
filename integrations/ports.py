"""What Thread asks of a CRM and of a mailer, in Thread's own words: vendor types never cross this line."""

from dataclasses import dataclass
from datetime import date
from typing import Protocol


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody at the seller: for instance the owner of a deal."""

    name: str
    email: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Company:
    """The customer as the CRM knows it; empty text where the CRM says nothing."""

    id: str
    name: str
    website: str = ""
    industry: str = ""
    size: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """A person at the customer. `email` is as the CRM has it: not validated, possibly empty."""

    id: str
    name: str
    email: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Deal:
    """A sale. `contacts` has the primary contact first; `amount_minor` is in minor units of `currency`."""

    id: str
    name: str
    amount_minor: int | None = None
    currency: str = "USD"
    close_date: date | None = None
    pipeline: str = ""
    stage: str = ""
    is_won: bool = False
    owner: Person | None = None
    company: Company | None = None
    contacts: tuple[Contact, ...] = ()
    notes: str = ""


class Crm(Protocol):
    """Where closed deals come from. Every method raises only the errors of `integrations.errors`."""

    async def deal(self, deal_id: str) -> Deal:
        """The deal with its owner, company and contacts, as of now; NotFound when it is gone."""
        ...

    async def won_stages(self) -> set[tuple[str, str]]:
        """The (pipeline, stage) ids that mean a deal was won."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Email:
    """One message, ready to send: plain text and its HTML rendering.

    `message_id` (with its angle brackets) is chosen by the caller and stays the same on every attempt, so that
    one sent twice can be recognised. Every address is a bare `local@domain`.
    """

    message_id: str
    from_name: str
    from_address: str
    to: tuple[str, ...]
    subject: str
    text: str
    html: str
    reply_to: str = ""
    cc: tuple[str, ...] = ()
    bcc: tuple[str, ...] = ()
    in_reply_to: str = ""


class Mailer(Protocol):
    """What sends an e-mail. Never twice: it does not retry, and says OutcomeUnknown when it cannot tell."""

    async def send(self, email: Email) -> str:
        """Hand the message over; the provider's reference for it (possibly empty text)."""
        ...
