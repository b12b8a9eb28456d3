"""How does an e-mail leave by SMTP, and which failures are certain? `Mailer` over aiosmtplib."""

import asyncio
import contextlib
import socket

import aiosmtplib

from integrations.errors import NeedsReconnect, OutcomeUnknown, Refused, TryLater, VendorError
from integrations.mime import mime, recipients
from integrations.ports import Email
from settings import Settings

__all__ = ["SmtpMailer", "mime"]

_MAX_REPLY = 200


class SmtpMailer:
    """`Mailer` for the SMTP server of the settings; every failure before the body has left is certain."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    async def send(self, email: Email) -> str:
        """Send once, to every recipient or to none; the server's reply to the message is the reference.

        Raises Refused or TryLater while nothing can have been delivered, NeedsReconnect for a refused log-in, and
        OutcomeUnknown once the body is on its way and no reply tells.
        """
        body = mime(email)
        client = self._client()
        conversation = _Conversation(client)
        try:
            async with asyncio.timeout(self._settings.smtp_timeout_seconds):
                reply = await conversation.carry(email, body)
            await conversation.goodbye()
            return reply.message[:_MAX_REPLY]
        except (aiosmtplib.SMTPException, OSError, TimeoutError) as error:
            if conversation.body_left and not _is_definite(error):
                msg = f"no reply after the message was sent to {self._where()}: {_words(error)}"
                raise OutcomeUnknown(msg) from error
            raise self._meaning(error) from error
        finally:
            client.close()

    def _client(self) -> aiosmtplib.SMTP:
        settings = self._settings
        return aiosmtplib.SMTP(
            hostname=settings.smtp_host,
            port=settings.smtp_port,
            username=settings.smtp_user or None,
            password=settings.smtp_password.get_secret_value() or None,
            timeout=settings.smtp_timeout_seconds,
            use_tls=settings.smtp_tls == "tls",
            start_tls=settings.smtp_tls == "starttls",
            local_hostname=_greeting_name(),
        )

    def _meaning(self, error: Exception) -> VendorError:
        if isinstance(error, aiosmtplib.SMTPAuthenticationError) and error.code >= 500:
            return NeedsReconnect("SMTP", f"{self._where()} refused the log-in: {_words(error)}")
        if isinstance(error, aiosmtplib.SMTPRecipientsRefused):
            return _recipients_refused(error.recipients)
        if isinstance(error, aiosmtplib.SMTPNotSupported) or type(error) is aiosmtplib.SMTPException:
            return Refused(f"{self._where()} lacks what the settings ask for: {_words(error)}")
        if isinstance(error, aiosmtplib.SMTPResponseException) and 500 <= error.code < 600:
            return Refused(f"{self._where()} refused the message: {error.code} {_words(error)}")
        return TryLater(reason=f"{self._where()} did not take the message: {_words(error)}")

    def _where(self) -> str:
        return f"{self._settings.smtp_host}:{self._settings.smtp_port}"


class _Conversation:
    """One SMTP conversation that remembers whether any of the message's body has been written."""

    def __init__(self, client: aiosmtplib.SMTP) -> None:
        self._client = client
        self.body_left = False

    async def carry(self, email: Email, body: bytes) -> aiosmtplib.SMTPResponse:
        """From the greeting to the server's reply to the message."""
        await self._client.connect()
        await self._client.mail(email.from_address)
        refused = []
        for address in recipients(email):
            try:
                await self._client.rcpt(address)
            except aiosmtplib.SMTPRecipientRefused as error:
                refused.append(error)
        if refused:  # to all or to none: what was approved names every recipient
            raise aiosmtplib.SMTPRecipientsRefused(refused)
        return await self._data(body)

    async def goodbye(self) -> None:
        """QUIT. The message was accepted: how the connection ends changes nothing."""
        with contextlib.suppress(aiosmtplib.SMTPException, OSError, TimeoutError):
            await self._client.quit(timeout=2)

    async def _data(self, body: bytes) -> aiosmtplib.SMTPResponse:
        """DATA and the body, noting when the body leaves: aiosmtplib's errors do not tell before from after."""
        protocol = self._client.protocol
        if protocol is None:
            raise aiosmtplib.SMTPServerDisconnected("the connection was lost before DATA")
        write = protocol.write

        def noting(data: bytes) -> None:
            self.body_left = self.body_left or data != b"DATA\r\n"
            write(data)

        protocol.write = noting  # type: ignore[method-assign]  # the one public place the body passes
        return await self._client.data(body)


def _is_definite(error: Exception) -> bool:
    return isinstance(error, aiosmtplib.SMTPResponseException) and 400 <= error.code < 600


def _recipients_refused(refusals: list[aiosmtplib.SMTPRecipientRefused]) -> VendorError:
    final = [one for one in refusals if one.code >= 500]
    named = "; ".join(f"{one.recipient}: {one.code} {_words(one)}" for one in final or refusals)
    if final:
        return Refused(f"the server refused {named}")
    return TryLater(reason=f"the server does not take mail now for {named}")


def _words(error: Exception) -> str:
    """The server's words on one line, never longer than a log line should be."""
    text = error.message if isinstance(error, aiosmtplib.SMTPException) else str(error)
    return " ".join(text.split())[:_MAX_REPLY] or type(error).__name__


def _greeting_name() -> str:
    """This machine's own name for EHLO; asking DNS for it (aiosmtplib's default) can block for seconds."""
    name = socket.gethostname()
    return name if name.isascii() and name.replace("-", "").replace(".", "").isalnum() else "localhost"
