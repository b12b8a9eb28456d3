"""Which bytes are this e-mail? Builds it, refuses what could smuggle in a header, and checks what came out."""

import re
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.errors import HeaderParseError, MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from typing import Any

from email_validator import EmailNotValidError, validate_email

from integrations.errors import Refused
from integrations.ports import Email

# Control characters and line separators break a header in two; `=?` starts an encoded word, which Python's
# own parser decodes to a line break before it writes the header out again (CVE-2024-6923).
_FORBIDDEN = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]|=\\?")
_MESSAGE_ID = re.compile(r"<[A-Za-z0-9.!#$&'*+/=^_`{|}~-]+@[A-Za-z0-9.-]+>")
_HEADERS = (
    "From",
    "To",
    "Cc",
    "Reply-To",
    "Subject",
    "Date",
    "Message-ID",
    "In-Reply-To",
    "References",
    "MIME-Version",
    "Content-Type",
)
_MAX_HEADER = 900  # a header line may not pass 998 characters


class _MailPolicy(policy.EmailPolicy):
    """CRLF lines, folded at 78; but a message id stays on its header's line, where every server looks for it."""

    def fold_binary(self, name: str, value: Any) -> bytes:
        """The header as it goes over the wire."""
        if name in ("Message-ID", "In-Reply-To", "References"):
            return f"{name}: {value}{self.linesep}".encode("ascii")
        return super().fold_binary(name, value)


_POLICY = _MailPolicy(linesep="\r\n")


def mime(email: Email, date: datetime | None = None) -> bytes:
    """The message as multipart/alternative, 7-bit clean, CRLF lines; Bcc is in no header.

    `date` is the Date header (default: now). Raises Refused, naming the field, for anything that cannot be sent
    exactly as written.
    """
    headers = _headers(email, date or datetime.now(UTC))
    message = EmailMessage(_POLICY)
    try:
        for name, value in headers.items():
            message[name] = value
        # Quoted-printable survives servers that are not 8-bit clean and keeps every line short.
        message.set_content(email.text, cte="quoted-printable")
        message.add_alternative(email.html, subtype="html", cte="quoted-printable")
        body = message.as_bytes()
    except (MessageError, ValueError, IndexError) as error:
        msg = f"the message cannot be written as e-mail: {error}"
        raise Refused(msg) from error
    _check(email, body)
    return body


def recipients(email: Email) -> list[str]:
    """Everyone the message goes to, each once, as the envelope names them."""
    everyone = (*email.to, *email.cc, *email.bcc)
    return list(dict.fromkeys(_address("recipient", one) for one in everyone))


def _headers(email: Email, date: datetime) -> dict[str, object]:
    if not email.to:
        raise Refused("the message has no recipient")
    headers: dict[str, object] = {
        "From": _from(email),
        "To": [_parsed("To", one) for one in email.to],
        "Cc": [_parsed("Cc", one) for one in email.cc],
        "Reply-To": [_parsed("Reply-To", email.reply_to)] if email.reply_to else [],
        "Subject": _guarded("Subject", email.subject.strip(" ")),
        "Date": date,
        "Message-ID": _message_id("Message-ID", email.message_id),
        "In-Reply-To": _message_id("In-Reply-To", email.in_reply_to) if email.in_reply_to else [],
    }
    if email.in_reply_to:
        headers["References"] = headers["In-Reply-To"]
    for one in email.bcc:
        _address("Bcc", one)
    return {name: value for name, value in headers.items() if value != []}


def _from(email: Email) -> Address:
    name = _guarded("From", email.from_name)
    return Address(display_name=name, addr_spec=_address("From", email.from_address))


def _parsed(field: str, value: str) -> Address:
    return Address(addr_spec=_address(field, value))


def _address(field: str, value: str) -> str:
    """The one bare ASCII address in `value`; a name, a comment or a second address is refused."""
    _guarded(field, value)
    try:
        # Whether it can be delivered is the server's to say; a self-hosted Thread may write to `ops@intranet`.
        valid = validate_email(value, check_deliverability=False, globally_deliverable=False, allow_smtputf8=False)
    except EmailNotValidError as error:
        msg = f"{field}: {value[:100]!r} is not one e-mail address: {error}"
        raise Refused(msg) from error
    return str(valid.ascii_email)


def _message_id(field: str, value: str) -> str:
    if not _MESSAGE_ID.fullmatch(_guarded(field, value)):
        msg = f"{field}: {value[:100]!r} is not a message id"
        raise Refused(msg)
    return value


def _guarded(field: str, value: str) -> str:
    found = _FORBIDDEN.search(value)
    if found:
        msg = f"{field} contains {found[0]!r}, which must not be in a header"
        raise Refused(msg)
    if len(value) > _MAX_HEADER:
        msg = f"{field} is longer than {_MAX_HEADER} characters"
        raise Refused(msg)
    return value


def _check(email: Email, body: bytes) -> None:
    """Read the bytes as a recipient would and compare: the last guard against a message nobody approved."""
    message = message_from_bytes(body, policy=policy.default)
    reply_to = [email.reply_to] if email.reply_to else []
    try:
        text, html = (_content(message, kind) for kind in ("plain", "html"))
        checks = {
            "headers": message.keys() == _expected_headers(email),
            "From": _people(message, "From") == [(email.from_name, _address("From", email.from_address))],
            "To": _people(message, "To") == [("", _address("To", one)) for one in email.to],
            "Cc": _people(message, "Cc") == [("", _address("Cc", one)) for one in email.cc],
            "Reply-To": _people(message, "Reply-To") == [("", _address("Reply-To", one)) for one in reply_to],
            "Subject": str(message["Subject"]) == email.subject.strip(" "),
            "Message-ID": str(message["Message-ID"]) == email.message_id,
            "In-Reply-To": str(message["In-Reply-To"] or "") == email.in_reply_to,
            "text": text == _lines(email.text),
            "html": html == _lines(email.html),
        }
    except (MessageError, HeaderParseError, KeyError, ValueError, IndexError) as error:
        msg = f"the message cannot be read back: {error}"
        raise Refused(msg) from error
    wrong = [name for name, same in checks.items() if not same]
    if wrong:
        msg = f"the message would not arrive as written: {', '.join(wrong)}"
        raise Refused(msg)


def _expected_headers(email: Email) -> list[str]:
    optional = {"Cc": email.cc, "Reply-To": email.reply_to, "In-Reply-To": email.in_reply_to}
    optional["References"] = email.in_reply_to
    return [name for name in _HEADERS if optional.get(name, True)]


def _people(message: EmailMessage, name: str) -> list[tuple[str, str]]:
    header = message[name]
    return [] if header is None else [(one.display_name, one.addr_spec) for one in header.addresses]


def _content(message: EmailMessage, kind: str) -> str:
    part = message.get_body((kind,))
    if part is None:
        msg = f"no {kind} part"
        raise ValueError(msg)
    return _lines(str(part.get_content()))


def _lines(text: str) -> str:
    """Mail has one kind of line end, and always one at the end: neither is part of what was approved."""
    return re.sub("\r\n?", "\n", text).rstrip("\n")
