"""An e-mail arrives exactly as written, or not at all."""

from dataclasses import replace
from datetime import datetime
from email import message_from_bytes, policy
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import integrations.mime as module
from integrations.errors import Refused
from integrations.mime import mime, recipients
from integrations.ports import Email

EMAIL = Email(
    message_id="<thread-0f7b8f0a-1c1b-4b62-9c30-3f7b3a0e9a11-welcome-1@mail.thread.example>",
    from_name='Jörg "Joe" O\'Neil, CSM',
    from_address="joerg@thread.example",
    reply_to="replies@thread.example",
    to=("dana@customer.example",),
    cc=("lee@customer.example", "sam@customer.example"),
    bcc=("archive@thread.example",),
    subject="Wëlcome — " + "länger " * 30,
    text="Hello,\r\n.\r\n..two dots, trailing blanks  \r\nGrüße",
    html="<p>Hello" + "x" * 3000 + "</p>\n",
    in_reply_to="<earlier@customer.example>",
)


def test_the_message_reads_back_as_it_was_written() -> None:
    body = mime(EMAIL)
    body.decode("ascii")
    message = message_from_bytes(body, policy=policy.default)
    assert message.get_content_type() == "multipart/alternative"
    assert message["From"].addresses[0].display_name == EMAIL.from_name
    assert message["Subject"] == EMAIL.subject.strip()
    assert message["References"] == message["In-Reply-To"] == EMAIL.in_reply_to
    assert b"archive@thread.example" not in body
    assert max(len(line) for line in body.split(b"\r\n")) <= 998
    assert b"\n" not in body.replace(b"\r\n", b"")


def test_every_recipient_is_named_once() -> None:
    email = replace(EMAIL, cc=("dana@CUSTOMER.example", "lee@customer.example"))
    assert recipients(email) == ["dana@customer.example", "lee@customer.example", "archive@thread.example"]


def test_an_international_domain_is_written_in_ascii() -> None:
    assert recipients(replace(EMAIL, to=("dana@bücher.example",)))[0] == "dana@xn--bcher-kva.example"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("subject", "Hi\r\nBcc: evil@x.example"),
        ("subject", "=?utf-8?q?Hi=0D=0ABcc:_evil@x.example?="),
        ("subject", "Hi\u2028there"),
        ("subject", "Hi\x85there"),
        ("subject", "\ud800"),
        ("subject", "x" * 1000),
        ("from_name", "Joe\nBcc: evil@x.example"),
        ("from_address", "joe@thread.example, evil@x.example"),
        ("reply_to", "Joe <joe@thread.example>"),
        ("to", ()),
        ("to", ("",)),
        ("to", ("dana@customer.example, evil@x.example",)),
        ("to", ('"x" <evil@x.example>',)),
        ("to", ("dana@customer.example\r\nBcc: evil@x.example",)),
        ("to", ("dana@[127.0.0.1]",)),
        ("cc", ("dana",)),
        ("bcc", ("a@b.example; evil@x.example",)),
        ("message_id", "no brackets"),
        ("message_id", "<a b@c.example>"),
        ("in_reply_to", "<a@b.example>\r\nBcc: evil@x.example"),
        ("text", "\ud800"),
    ],
)
def test_what_could_smuggle_a_header_is_refused(field: str, value: Any) -> None:
    changed: dict[str, Any] = {field: value}
    with pytest.raises(Refused):
        mime(replace(EMAIL, **changed))


def test_an_encoded_word_is_refused_before_python_sees_it() -> None:
    with pytest.raises(Refused, match=r"Subject contains '=\?'"):
        mime(replace(EMAIL, subject="=?utf-8?q?Hi=0D=0ABcc:_evil@x.example?="))


@pytest.mark.parametrize(
    ("header", "value"),
    [
        ("Bcc", "evil@x.example"),
        ("To", "dana@customer.example, evil@x.example"),
        ("Cc", ""),
        ("Subject", "Another subject"),
        ("Reply-To", "evil@x.example"),
        ("From", "Jo <joerg@thread.example>"),
        ("Message-ID", "<another@mail.thread.example>"),
    ],
)
def test_a_header_that_came_out_otherwise_is_refused(monkeypatch: pytest.MonkeyPatch, header: str, value: str) -> None:
    right = module._headers

    def wrong(email: Email, date: datetime) -> dict[str, object]:
        return right(email, date) | {header: value}

    monkeypatch.setattr(module, "_headers", wrong)
    with pytest.raises(Refused, match="would not arrive as written"):
        mime(EMAIL)


_texts = st.text(st.characters(exclude_categories=()), max_size=120)


@given(_texts, _texts, _texts, _texts)
def test_any_text_arrives_as_written_or_is_refused(subject: str, name: str, text: str, html: str) -> None:
    email = replace(EMAIL, subject=subject, from_name=name, text=text, html=html)
    try:
        message = message_from_bytes(mime(email), policy=policy.default)
    except Refused:
        return
    assert message["Subject"] == subject.strip(" ")
    assert [one.addr_spec for one in message["To"].addresses] == list(email.to)
    assert message["Bcc"] is None
    assert len(message.keys()) == 11
