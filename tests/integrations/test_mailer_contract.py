"""The fake mailer and SMTP's adapter answer the same; and no failure of SMTP is taken for another."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from email import message_from_bytes, policy
from typing import Any

import pytest
from aiosmtpd.smtp import SMTP, AuthResult, Envelope

from integrations.errors import NeedsReconnect, OutcomeUnknown, Refused, TryLater, VendorError
from integrations.fakes import FakeMailer
from integrations.ports import Email, Mailer
from integrations.smtp import SmtpMailer
from settings import Settings
from tests.integrations.servers import free_port

EMAIL = Email(
    message_id="<thread-1@mail.thread.example>",
    from_name="Joe CSM",
    from_address="joe@thread.example",
    to=("dana@customer.example",),
    cc=("lee@customer.example",),
    bcc=("archive@thread.example",),
    subject="Welcome — let's start",
    text="Hello Dana,\n.\nwelcome.",
    html="<p>Hello Dana,</p><p>welcome.</p>",
)


@dataclass
class Server:
    """aiosmtpd's handler with scripted answers; `hang` and `drop` act after the body has arrived."""

    rcpt: dict[str, str] = field(default_factory=dict)
    data: str = "250 kept as 1"
    mail: str = "250 OK"
    hang: bool = False
    drop: bool = False
    received: list[Envelope] = field(default_factory=list)

    async def handle_MAIL(self, _s: SMTP, _n: Any, envelope: Envelope, address: str, _o: list[str]) -> str:  # noqa: N802
        envelope.mail_from = address
        return self.mail

    async def handle_RCPT(self, _s: SMTP, _n: Any, envelope: Envelope, address: str, _o: list[str]) -> str:  # noqa: N802
        envelope.rcpt_tos.append(address)
        return self.rcpt.get(address, "250 OK")

    async def handle_DATA(self, server: SMTP, _n: Any, envelope: Envelope) -> str:  # noqa: N802
        self.received.append(envelope)
        if self.hang:
            await asyncio.sleep(5)
        if self.drop:
            assert isinstance(server.transport, asyncio.WriteTransport)
            server.transport.abort()
        return self.data


@asynccontextmanager
async def listening(server: Server, **options: Any) -> AsyncIterator[Settings]:
    loop = asyncio.get_running_loop()
    smtp = await loop.create_server(lambda: SMTP(server, hostname="localhost", **options), "127.0.0.1", 0)
    port = smtp.sockets[0].getsockname()[1]
    async with smtp:
        yield Settings(smtp_port=port, smtp_timeout_seconds=2)


@dataclass
class Subject:
    """A mailer, and what arrived."""

    mailer: Mailer
    subjects: Callable[[], list[str]]


@pytest.fixture(params=["fake", "real"])
async def subject(request: pytest.FixtureRequest) -> AsyncIterator[Subject]:
    if request.param == "fake":
        fake = FakeMailer()
        yield Subject(fake, lambda: [one.subject for one in fake.sent])
        return
    server = Server()
    async with listening(server) as settings:
        yield Subject(SmtpMailer(settings), lambda: [parsed(one)["Subject"] for one in server.received])


def parsed(envelope: Envelope) -> Any:
    assert isinstance(envelope.content, bytes)
    return message_from_bytes(envelope.content, policy=policy.default)


async def failing(server: Server, email: Email = EMAIL, **options: Any) -> VendorError:
    async with listening(server, **options) as settings:
        with pytest.raises(VendorError) as caught:
            await SmtpMailer(settings).send(email)
    return caught.value


async def test_what_is_sent_arrives_once_and_has_a_reference(subject: Subject) -> None:
    assert await subject.mailer.send(EMAIL) == "kept as 1"
    assert subject.subjects() == [EMAIL.subject]


@pytest.mark.parametrize("changed", [{"to": ()}, {"subject": "a\r\nBcc: evil@x.example"}, {"to": ("a@b, c@d",)}])
async def test_what_must_not_leave_is_refused_and_nothing_arrives(subject: Subject, changed: dict[str, Any]) -> None:
    with pytest.raises(Refused):
        await subject.mailer.send(replace(EMAIL, **changed))
    assert subject.subjects() == []


async def test_everyone_gets_it_and_nobody_sees_the_blind_copy() -> None:
    server = Server()
    async with listening(server) as settings:
        await SmtpMailer(settings).send(EMAIL)
    (envelope,) = server.received
    assert envelope.mail_from == "joe@thread.example"
    assert envelope.rcpt_tos == ["dana@customer.example", "lee@customer.example", "archive@thread.example"]
    message = parsed(envelope)
    assert message["Bcc"] is None
    assert message["Message-ID"] == EMAIL.message_id
    assert message.get_body(("plain",)).get_content().splitlines() == EMAIL.text.splitlines()


async def test_a_refused_recipient_is_named_and_nobody_gets_it() -> None:
    server = Server(rcpt={"lee@customer.example": "550 no such user", "archive@thread.example": "450 busy"})
    error = await failing(server)
    assert isinstance(error, Refused)
    assert "lee@customer.example" in error.reason
    assert "archive" not in error.reason
    assert server.received == []


async def test_a_busy_recipient_is_tried_later_and_nobody_gets_it() -> None:
    server = Server(rcpt={"lee@customer.example": "451 greylisted"})
    assert isinstance(await failing(server), TryLater)
    assert server.received == []


@pytest.mark.parametrize(
    ("server", "expected"),
    [
        (Server(mail="550 not you"), Refused),
        (Server(mail="421 closing"), TryLater),
        (Server(data="554 spam"), Refused),
        (Server(data="452 disk full"), TryLater),
        (Server(data="250-half\r\n999999 nonsense"), OutcomeUnknown),
        (Server(hang=True), OutcomeUnknown),
        (Server(drop=True), OutcomeUnknown),
    ],
)
async def test_every_failure_has_its_meaning(server: Server, expected: type[VendorError]) -> None:
    assert type(await failing(server)) is expected


async def test_a_connection_lost_before_the_body_is_tried_later() -> None:
    async def hang_up(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"220 hello\r\n")
        for answer in (b"250 hello\r\n", b"250 OK\r\n", b"250 OK\r\n", b"250 OK\r\n", b"250 OK\r\n", b""):
            await reader.readline()
            writer.write(answer)
        writer.close()

    server = await asyncio.start_server(hang_up, "127.0.0.1", 0)
    async with server:
        settings = Settings(smtp_port=server.sockets[0].getsockname()[1], smtp_timeout_seconds=2)
        with pytest.raises(TryLater):
            await SmtpMailer(settings).send(EMAIL)


async def test_nobody_listening_is_tried_later() -> None:
    with pytest.raises(TryLater):
        await SmtpMailer(Settings(smtp_port=free_port())).send(EMAIL)


async def test_a_refused_log_in_needs_a_person() -> None:
    def refuse(*_: Any) -> AuthResult:
        return AuthResult(success=False, handled=False, message="535 no")

    async with listening(Server(), authenticator=refuse, auth_require_tls=False) as settings:
        known = settings.model_copy(update={"smtp_user": "thread", "smtp_password": settings.smtp_password})
        with pytest.raises(NeedsReconnect):
            await SmtpMailer(known).send(EMAIL)


async def test_a_server_without_tls_is_refused_when_tls_is_asked_for() -> None:
    async with listening(Server()) as settings:
        with pytest.raises(Refused):
            await SmtpMailer(settings.model_copy(update={"smtp_tls": "starttls"})).send(EMAIL)
