"""The main job in a browser: a closed deal becomes an approved e-mail, whatever is killed on the way."""

import re
import time
from typing import Any

from playwright.sync_api import Page, expect

from tests.e2e.conftest import Deal, Stack, drafts_of, log_in, ready


def test_a_closed_deal_becomes_an_approved_email(page: Page, stack: Stack) -> None:
    log_in(page, stack)
    deal = stack.close_deal()
    company = deal.company
    start_without_handoff(page, stack, company)
    page.get_by_role("link", name=re.compile("^Inbox")).click()
    draft = drafts_of(page, company).filter(has_text="Welcome to")
    expect(draft).to_be_visible()  # appears live: the page was not reloaded
    draft.click()
    expect(page.frame_locator("iframe").get_by_text("thank you for choosing")).to_be_visible()

    page.get_by_role("tab", name="Edit").click()
    body = page.get_by_label("Body")
    body.fill(body.input_value().replace("thank you for choosing", "a warm thank you for choosing"))
    page.get_by_role("button", name="Save and preview").click()
    expect(page.frame_locator("iframe").get_by_text("a warm thank you for choosing")).to_be_visible()

    assert welcomes(stack, deal) == []
    page.get_by_role("button", name=re.compile("Approve")).dblclick()
    stack.kill("worker.py")
    stack.kill("api")
    deadline = time.monotonic() + 60
    while not (sent := welcomes(stack, deal)):
        assert time.monotonic() < deadline, "the approved e-mail did not arrive"
        time.sleep(0.2)
    assert "a warm thank you for choosing" in sent[0]["text"]

    page.reload()
    ready(page)
    page.get_by_role("link", name="Accounts", exact=True).click()
    page.get_by_text(company).first.click()
    expect(page.get_by_text(re.compile("Sent .*")).first).to_be_visible()
    time.sleep(3)
    assert len(welcomes(stack, deal)) == 1


def welcomes(stack: Stack, deal: Deal) -> list[dict[str, Any]]:
    """The welcome e-mails to that deal's people."""
    return [m for m in stack.messages("Welcome to") if set(m["recipients"]) & set(deal.people)]


def start_without_handoff(page: Page, stack: Stack, company: str) -> None:
    """A CSM need not wait for sales."""
    page.get_by_role("link", name="Accounts", exact=True).click()
    page.get_by_role("link", name=company).first.click()
    page.get_by_role("button", name=re.compile("Start without")).click()
