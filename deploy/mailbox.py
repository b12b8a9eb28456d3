"""Where do local e-mails go? A real SMTP server that keeps what it gets, and a page to read it; nothing leaves.

`python -m deploy.mailbox --smtp-port 8425 --http-port 8426 --dir .thread/mailbox`
"""

import argparse
import asyncio
import os
from datetime import UTC, datetime
from pathlib import Path

import uvicorn
from aiosmtpd.smtp import SMTP, Envelope, Session

from deploy.mailbox_page import create_app

HOST = "127.0.0.1"


class Keeper:
    """aiosmtpd's handler: one `.eml` file a message, safely on disk before the sender hears 250."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        folder.mkdir(parents=True, exist_ok=True)

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802  # aiosmtpd's name
        """Keep the message as delivered, with the envelope in the two headers mail servers use for it."""
        lines = [f"Return-Path: <{envelope.mail_from}>", *(f"Delivered-To: {one}" for one in envelope.rcpt_tos)]
        content = envelope.content if isinstance(envelope.content, bytes) else (envelope.content or "").encode()
        name = self._keep("".join(f"{line}\r\n" for line in lines).encode() + content)
        return f"250 kept as {name}"

    def _keep(self, message: bytes) -> str:
        name = f"{datetime.now(UTC):%Y%m%dT%H%M%S.%fZ}-{os.urandom(2).hex()}"
        fresh = self._folder / f"{name}.part"
        with fresh.open("wb") as file:
            file.write(message)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(self._folder / f"{name}.eml")
        folder = os.open(self._folder, os.O_RDONLY)
        try:
            os.fsync(folder)  # the new name has to survive a power cut too
        finally:
            os.close(folder)
        return name


async def listen(folder: Path, port: int) -> asyncio.Server:
    """Take mail on a loopback port (0: any free one)."""
    keeper = Keeper(folder)
    loop = asyncio.get_running_loop()
    return await loop.create_server(
        lambda: SMTP(keeper, hostname="localhost", ident="Thread local mailbox"), HOST, port
    )


async def serve(folder: Path, smtp_port: int, http_port: int) -> None:
    """Take mail and show it until a signal comes."""
    smtp = await listen(folder, smtp_port)
    config = uvicorn.Config(create_app(folder), host=HOST, port=http_port, log_level="warning")
    config.timeout_graceful_shutdown = 2
    async with smtp:
        await uvicorn.Server(config).serve()


def main() -> None:
    """Read the options and serve."""
    parser = argparse.ArgumentParser(prog="deploy.mailbox", description="A local mailbox.")
    parser.add_argument("--smtp-port", type=int, default=8425)
    parser.add_argument("--http-port", type=int, default=8426)
    parser.add_argument("--dir", type=Path, default=Path(".thread/mailbox"))
    options = parser.parse_args()
    asyncio.run(serve(options.dir, options.smtp_port, options.http_port))


if __name__ == "__main__":
    main()
