"""What a CSM approves: the exact content of a message, its hash, and the rules content must meet."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, SerializeAsAny

from domain.errors import ContentInvalid
from domain.forms import Form
from domain.plan import EmailTemplate, FormRequest
from domain.rendering import html_document, plain_text
from domain.variables import markdown_literal, one_line, render


class DraftRef(BaseModel):
    """Names one immutable draft: `revision` counts from 1 within an action, `content_hash` is SHA-256 in hex."""

    model_config = ConfigDict(frozen=True)

    draft_id: UUID
    revision: int = Field(ge=1)
    content_hash: str
    unresolved: tuple[str, ...] = ()
    author: str = ""


class EmailContent(BaseModel):
    """An e-mail exactly as it leaves: every field is covered by the approved hash."""

    model_config = ConfigDict(frozen=True)

    from_name: str
    from_address: str
    reply_to: str
    to: tuple[str, ...]
    cc: tuple[str, ...] = ()
    bcc: tuple[str, ...] = ()
    subject: str
    text: str
    html: str


class RequestContent(EmailContent):
    """An e-mail together with the form it asks the customer to fill in."""

    form: Form


def parse_content(data: Mapping[str, Any]) -> EmailContent:
    """Stored content as what it is."""
    return RequestContent.model_validate(data) if "form" in data else EmailContent.model_validate(data)


def parse_template(data: Mapping[str, Any]) -> EmailTemplate:
    """The stored source of a draft as what it is."""
    return FormRequest.model_validate(data) if "form" in data else EmailTemplate.model_validate(data)


class Facts(BaseModel):
    """What variables and recipients are made of, read when a draft is rendered."""

    model_config = ConfigDict(frozen=True)

    values: Mapping[str, str]
    primary_contact: str
    sender_name: str
    sender_address: str
    reply_to: str


class RenderedEmail(BaseModel):
    """Content with the names of the variables it still lacks."""

    model_config = ConfigDict(frozen=True)

    content: SerializeAsAny[EmailContent]
    unresolved: tuple[str, ...]

    @property
    def content_hash(self) -> str:
        """SHA-256 of the content, in hex."""
        return content_hash(self.content)


def content_hash(content: EmailContent) -> str:
    """SHA-256, in hex, of the content as canonical JSON (sorted keys, UTF-8, no white space)."""
    data: dict[str, Any] = content.model_dump(mode="json")
    canonical = json.dumps(data, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(canonical.encode("utf-8", "surrogatepass")).hexdigest()


def render_email(template: EmailTemplate, facts: Facts) -> RenderedEmail:
    """Render with these facts: the same template and facts always give the same bytes."""
    subject = render(template.subject, facts.values, one_line)
    body = render(template.body, facts.values, markdown_literal)
    message = EmailContent(
        from_name=one_line(facts.sender_name),
        from_address=facts.sender_address,
        reply_to=facts.reply_to,
        to=_recipients(template.to, facts),
        cc=_recipients(template.cc, facts),
        bcc=_recipients(template.bcc, facts),
        subject=one_line(subject.text),
        text=plain_text(body.text),
        html=html_document(one_line(subject.text), body.text),
    )
    content = RequestContent(**dict(message), form=template.form) if isinstance(template, FormRequest) else message
    return RenderedEmail(content=content, unresolved=tuple(dict.fromkeys((*subject.unresolved, *body.unresolved))))


def _recipients(names: tuple[str, ...], facts: Facts) -> tuple[str, ...]:
    return tuple(facts.primary_contact if name == "primary_contact" else name for name in names)


def edited(template: EmailTemplate, *, subject: str, body: str) -> EmailTemplate:
    """The template with a CSM's words; recipients stay. Raises ContentInvalid naming the field."""
    if not one_line(subject):
        raise ContentInvalid("subject", "is empty")
    if not body.strip():
        raise ContentInvalid("body", "is empty")
    return template.model_copy(update={"subject": one_line(subject), "body": body})
