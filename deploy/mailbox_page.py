"""What is in the local mailbox? A list, a message with its headers and its sandboxed HTML, and the same as JSON."""

import re
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from functools import lru_cache
from html import escape
from pathlib import Path

from fastapi import FastAPI, HTTPException
from fastapi.responses import HTMLResponse, Response
from pydantic import BaseModel
from starlette.middleware.trustedhost import TrustedHostMiddleware

_NAME = re.compile(r"[0-9T.]+Z-[0-9a-f]{4}")
# The message is a stranger's page: no scripts, no requests, no access to ours. Its links open in a tab.
_SANDBOX = "allow-popups allow-popups-to-escape-sandbox"
_STRANGER = f"sandbox {_SANDBOX}; default-src 'none'; style-src 'unsafe-inline'; img-src data:"
_OURS = "default-src 'none'; style-src 'unsafe-inline'; frame-src 'self'; base-uri 'none'; form-action 'none'"
_STYLE = (Path(__file__).parent / "mailbox.css").read_text()


class Message(BaseModel):
    """One kept message. `recipients` is the envelope's: it has the Bcc that no header shows."""

    id: str
    received_at: datetime
    subject: str
    sender: str
    recipients: list[str]
    message_id: str
    size: int
    text: str
    html: str
    headers: list[tuple[str, str]]


def create_app(folder: Path) -> FastAPI:
    """The page over the `.eml` files in `folder`."""
    app = FastAPI(title="Local mailbox", docs_url=None, redoc_url=None)
    # Other sites must not reach it by a name that resolves to this machine.
    app.add_middleware(TrustedHostMiddleware, allowed_hosts=["localhost", "127.0.0.1"])

    @app.get("/", response_class=HTMLResponse)
    def inbox() -> HTMLResponse:
        return _page("Local mailbox", _list(_messages(folder)), refresh=True)

    @app.get("/messages/{name}", response_class=HTMLResponse)
    def message(name: str) -> HTMLResponse:
        found = _message(folder, name)
        return _page(found.subject or "(no subject)", _one(found))

    @app.get("/messages/{name}/html", response_class=HTMLResponse)
    def body(name: str) -> HTMLResponse:
        page = f'<!doctype html><base target="_blank"><meta charset="utf-8">{_message(folder, name).html}'
        return HTMLResponse(page, headers={"Content-Security-Policy": _STRANGER, "Referrer-Policy": "no-referrer"})

    @app.get("/messages/{name}/source")
    def source(name: str) -> Response:
        return Response(_path(folder, name).read_bytes(), media_type="text/plain; charset=utf-8")

    @app.get("/api/messages")
    def messages() -> list[Message]:
        return _messages(folder)

    @app.get("/api/messages/{name}")
    def one(name: str) -> Message:
        return _message(folder, name)

    return app


def _messages(folder: Path) -> list[Message]:
    """Everything kept, the newest first."""
    return [_read(path) for path in sorted(folder.glob("*.eml"), reverse=True)]


def _message(folder: Path, name: str) -> Message:
    return _read(_path(folder, name))


def _path(folder: Path, name: str) -> Path:
    path = folder / f"{name}.eml"
    if not _NAME.fullmatch(name) or not path.exists():
        raise HTTPException(404, "no such message")
    return path


@lru_cache(maxsize=1000)  # a kept message never changes
def _read(path: Path) -> Message:
    raw = path.read_bytes()
    parsed = message_from_bytes(raw, policy=policy.default)
    return Message(
        id=path.stem,
        received_at=datetime.strptime(path.stem.split("-")[0], "%Y%m%dT%H%M%S.%fZ").replace(tzinfo=UTC),
        subject=str(parsed.get("Subject", "")),
        sender=str(parsed.get("From", "")),
        recipients=[str(one) for one in parsed.get_all("Delivered-To", [])],
        message_id=str(parsed.get("Message-ID", "")).strip(),
        size=len(raw),
        text=_content(parsed, "plain"),
        html=_content(parsed, "html"),
        headers=[(name, str(value)) for name, value in parsed.items()],
    )


def _content(parsed: EmailMessage, kind: str) -> str:
    part = parsed.get_body((kind,))
    try:
        return "" if part is None else str(part.get_content()).replace("\r\n", "\n")
    except (LookupError, ValueError):  # a charset nobody knows
        return "" if part is None else part.as_string()


def _list(messages: list[Message]) -> str:
    if not messages:
        return '<p class="empty">No e-mail yet. What Thread sends appears here; nothing leaves this machine.</p>'
    rows = "".join(
        f'<li><a href="/messages/{one.id}"><span class="subject">{escape(one.subject) or "(no subject)"}</span>'
        f'<span class="people">{escape(one.sender)} → {escape(", ".join(one.recipients))}</span>'
        f"<time>{one.received_at:%d %b %H:%M:%S} UTC</time></a></li>"
        for one in messages
    )
    return f'<p class="count">{len(messages)} kept, the newest first</p><ol>{rows}</ol>'


def _one(message: Message) -> str:
    headers = "".join(f"<dt>{escape(name)}</dt><dd>{escape(value)}</dd>" for name, value in message.headers)
    frame = f'<iframe sandbox="{_SANDBOX}" title="The message as HTML" src="/messages/{message.id}/html"></iframe>'
    html = f"<h2>HTML</h2>{frame}" if message.html else ""
    return (
        f'<p class="back"><a href="/">← All messages</a> <a href="/messages/{message.id}/source">Source</a></p>'
        f"<h1>{escape(message.subject) or '(no subject)'}</h1>"
        f'<p class="people">{escape(message.sender)} → {escape(", ".join(message.recipients))}</p>'
        f'<p class="id">Message-ID {escape(message.message_id)}</p>'
        f"{html}<h2>Text</h2><pre>{escape(message.text)}</pre>"
        f"<details><summary>All {len(message.headers)} headers</summary><dl>{headers}</dl></details>"
    )


def _page(title: str, body: str, *, refresh: bool = False) -> HTMLResponse:
    again = '<meta http-equiv="refresh" content="3">' if refresh else ""
    page = (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8">{again}<title>{escape(title)}</title>'
        f'<meta name="viewport" content="width=device-width"><style>{_STYLE}</style></head><body>'
        f"<header>Local mailbox <small>stand-in: nothing leaves this machine</small></header><main>{body}</main>"
        "</body></html>"
    )
    return HTMLResponse(page, headers={"Content-Security-Policy": _OURS, "Referrer-Policy": "no-referrer"})
