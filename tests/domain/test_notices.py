"""What Thread says by itself is fixed text; what it quotes can't break out of it."""

import pytest

from domain.notices import NoticeFacts, log_in_message, notice
from domain.rendering import html_document, plain_text
from domain.state import NoticeKind

FACTS = NoticeFacts(
    company_name="Blue Fern",
    recipient_name="Ari Sales",
    organization_name="Northwind",
    link="https://x.example/h#t=a_b",
)


@pytest.mark.parametrize("kind", list(NoticeKind))
def test_every_kind_has_words_a_greeting_and_the_link(kind: NoticeKind) -> None:
    message = notice(kind, FACTS)
    text = plain_text(message.body)
    assert "Blue Fern" in message.subject
    assert text.startswith("Hi Ari,\n")
    assert "(https://x.example/h#t=a_b)" in text


def test_hostile_names_and_texts_stay_text() -> None:
    hostile = "[x](https://evil.example)\n<b>y</b> {company}"
    facts = NoticeFacts(
        company_name=hostile, recipient_name=hostile, organization_name=hostile, link=FACTS.link, text=hostile
    )
    message = notice(NoticeKind.HANDOFF_RETURNED, facts)
    html = html_document("t", message.body)
    assert html.count("<a ") == 1
    assert "evil.example" not in html.split("<a ")[1].split(">")[0]
    assert "<b>" not in html
    assert "\n" not in message.subject


def test_the_log_in_message_says_how_long_it_works() -> None:
    assert "works once, within 10 minutes" in plain_text(log_in_message(FACTS, 10).body)
