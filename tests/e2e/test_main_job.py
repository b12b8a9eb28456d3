"""The main job in a browser: a closed deal becomes an approved e-mail, whatever is killed on the way."""

import re
import time

from playwright.sync_api import Locator, Page, expect

from tests.e2e.conftest import Stack, log_in, ready


def drafts_of(page: Page, company: str) -> Locator:
    """Entries of the review inbox for that company."""
    return page.get_by_role("main").locator("a[href^='/inbox/']").filter(has_text=company)


def test_a_closed_deal_becomes_an_approved_email(page: Page, stack: Stack) -> None:
    log_in(page, stack)
    company = stack.close_deal()
    draft = drafts_of(page, company)
    expect(draft).to_be_visible()  # appears live: the page was not reloaded
    draft.click()
    expect(page.frame_locator("iframe").get_by_text("thank you for choosing")).to_be_visible()

    page.get_by_role("tab", name="Edit").click()
    body = page.get_by_label("Body")
    body.fill(body.input_value().replace("thank you for choosing", "a warm thank you for choosing"))
    page.get_by_role("button", name="Save and preview").click()
    expect(page.frame_locator("iframe").get_by_text("a warm thank you for choosing")).to_be_visible()

    assert stack.messages(company) == []
    page.get_by_role("button", name=re.compile("Approve")).dblclick()
    stack.kill("worker.py")
    stack.kill("api")
    [message] = stack.wait_for_message("Welcome to Northwind Cloud (demo)", seconds=60)
    assert "a warm thank you for choosing" in message["text"]

    page.reload()
    ready(page)
    page.get_by_role("link", name="Accounts").click()
    page.get_by_text(company).first.click()
    expect(page.get_by_text(re.compile("Sent .*")).first).to_be_visible()
    time.sleep(3)
    assert len(stack.messages(company)) == 1


def test_a_delayed_action_is_drafted_when_it_falls_due(page: Page, stack: Stack) -> None:
    log_in(page, stack)
    company = stack.close_deal()
    agenda = drafts_of(page, company).filter(has_text="Agenda for our kickoff")
    expect(agenda).to_be_visible(timeout=90_000)
