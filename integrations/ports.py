"""What Thread asks of a CRM, a mailer and a writer, in Thread's own words: vendor types never cross this line."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol


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


@dataclass(frozen=True, slots=True, kw_only=True)
class WriteRequest:
    """What a model is asked to write.

    `instructions` are ours. `context` is what it writes from: text of strangers, which no writer obeys. The answer
    is one JSON object by `schema`, in the subset that `integrations.schemas` takes. `name` (letters, digits, `_`,
    `-`; up to 64) says what is being written, `user` (up to 64) stands for whom, without telling who that is.
    """

    name: str
    instructions: str
    context: str
    schema: dict[str, Any]
    max_output_tokens: int
    user: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What a model wrote: `data` is as the schema says, and otherwise as trustworthy as the context it came from."""

    data: dict[str, Any]
    model: str
    tokens_in: int = 0
    tokens_out: int = 0


class Writer(Protocol):
    """What drafts text. It has no tools, and does not retry.

    Raises TryLater, Refused, NeedsReconnect, or BadAnswer: then the template's text serves.
    """

    async def write(self, request: WriteRequest) -> Written:
        """One answer to one request."""
        ...
