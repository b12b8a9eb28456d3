"""The local mailbox keeps exactly what it gets, and shows a stranger's HTML without trusting it."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from pathlib import Path

import httpx
import pytest

from deploy.mailbox import listen
from deploy.mailbox_page import create_app
from integrations.ports import Email
from integrations.smtp import SmtpMailer
from settings import Settings
from tests.integrations.servers import serving

EMAIL = Email(
    message_id="<thread-1@mail.thread.example>",
    from_name="Joe <b>CSM</b>",
    from_address="joe@thread.example",
    to=("dana@customer.example",),
    bcc=("archive@thread.example",),
    subject="Welcome <script>alert(1)</script>",
    text="Hello Dana,\n.\nwelcome.",
    html="<p>Hello</p><script>alert(1)</script>",
)


@dataclass
class Box:
    """A running mailbox."""

    mailer: SmtpMailer
    http: httpx.AsyncClient
    folder: Path


@pytest.fixture
async def box(tmp_path: Path) -> AsyncIterator[Box]:
    smtp = await listen(tmp_path, 0)
    settings = Settings(smtp_port=smtp.sockets[0].getsockname()[1])
    async with smtp, serving(create_app(tmp_path)) as address, httpx.AsyncClient(base_url=address) as http:
        yield Box(SmtpMailer(settings), http, tmp_path)


async def test_a_message_is_kept_with_its_envelope(box: Box) -> None:
    reference = await box.mailer.send(EMAIL)
    (message,) = (await box.http.get("/api/messages")).json()
    assert reference == f"kept as {message['id']}"
    assert message["recipients"] == ["dana@customer.example", "archive@thread.example"]
    assert (message["message_id"], message["subject"]) == (EMAIL.message_id, EMAIL.subject)
    assert (message["text"], message["html"]) == (EMAIL.text + "\n", EMAIL.html + "\n")
    assert [path.suffix for path in box.folder.iterdir()] == [".eml"]


async def test_the_newest_is_first(box: Box) -> None:
    for number in range(3):
        await box.mailer.send(replace(EMAIL, subject=f"Number {number}"))
    subjects = [one["subject"] for one in (await box.http.get("/api/messages")).json()]
    assert subjects == ["Number 2", "Number 1", "Number 0"]


async def test_nothing_a_sender_writes_is_markup_on_our_page(box: Box) -> None:
    await box.mailer.send(EMAIL)
    (message,) = (await box.http.get("/api/messages")).json()
    for path in ("/", f"/messages/{message['id']}"):
        page = await box.http.get(path)
        assert "<script" not in page.text
        assert "<b>CSM" not in page.text
        assert "default-src 'none'" in page.headers["content-security-policy"]


async def test_the_html_is_sandboxed(box: Box) -> None:
    await box.mailer.send(EMAIL)
    (message,) = (await box.http.get("/api/messages")).json()
    body = await box.http.get(f"/messages/{message['id']}/html")
    policy = body.headers["content-security-policy"]
    assert "allow-scripts" not in policy
    assert policy.startswith("sandbox")


@pytest.mark.parametrize("name", ["missing", "..%2F..%2Fetc%2Fpasswd", "20260101T000000.000000Z-0000"])
async def test_only_kept_messages_are_shown(box: Box, name: str) -> None:
    assert (await box.http.get(f"/api/messages/{name}")).status_code == 404


async def test_another_host_name_is_refused(box: Box) -> None:
    assert (await box.http.get("/", headers={"Host": "evil.example"})).status_code == 400
