"""From a closed deal to a customer who is live, with all four people in it, and with the worker dying at each step."""

import re
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect

from tests.e2e.conftest import Camera, Deal, Stack, axe, drafts_of, link_in, log_in, open_account, ready

PHONE: ViewportSize = {"width": 390, "height": 844}
Between = Callable[[], object]


@pytest.fixture(params=[False, True], ids=["undisturbed", "worker-killed-at-each-step"])
def between(request: pytest.FixtureRequest, stack: Stack) -> Between:
    """What happens between two steps: nothing, or `kill -9` of the worker."""

    def kill() -> None:
        time.sleep(1)  # not in the middle of a send, which would rightly ask a person: tests/faults does that
        stack.kill("worker.py")

    return kill if request.param else lambda: None


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    """The customer's phone: a browser of their own."""
    context = browser.new_context(viewport=PHONE, has_touch=True, locale="en-GB")
    yield context.new_page()
    context.close()


@pytest.fixture
def sales(browser: Browser) -> Iterator[Page]:
    """The account executive's browser, who has no account in Thread."""
    context = browser.new_context(viewport={"width": 1280, "height": 860}, locale="en-GB")
    yield context.new_page()
    context.close()


class Mailbox:
    """The messages about one deal: those that name the company, and those to its people."""

    def __init__(self, stack: Stack, deal: Deal) -> None:
        self._stack = stack
        self._deal = deal

    def all(self, subject: str) -> list[str]:
        """Texts of those whose subject contains this."""
        return [m["text"] for m in self._stack.messages(subject) if self._concerns(m)]

    def _concerns(self, message: dict[str, Any]) -> bool:
        to_them = set(message["recipients"]) & set(self._deal.people)
        return bool(to_them) or self._deal.company in message["subject"] + message["text"]

    def wait_for(self, subject: str) -> str:
        deadline = time.monotonic() + 90
        while not (found := self.all(subject)):
            assert time.monotonic() < deadline, f"no mail {subject!r} for {self._deal.company}"
            time.sleep(0.2)
        return found[0]


def test_a_deal_becomes_a_customer_who_is_live(
    page: Page, sales: Page, phone: Page, stack: Stack, between: Between, camera: Camera
) -> None:
    log_in(page, stack)
    deal = stack.close_deal()
    company, mailbox = deal.company, Mailbox(stack, deal)
    between()
    hand_over(sales, mailbox, camera)
    between()
    take_over(page, stack, company)
    between()
    approve(page, stack, mailbox, company, "Your onboarding with")
    let_the_customer_in(phone, stack, mailbox)
    approve(page, stack, mailbox, company, "Welcome to", camera)
    between()
    approve(page, stack, mailbox, company, "Agenda for our kickoff")
    between()
    approve(page, stack, mailbox, company, "What we need to set you up")
    between()
    look_while_no_worker_works(phone, stack)
    answer_the_form(phone, stack, camera)
    between()
    accept_the_answers(page, stack, company, camera)
    between()
    approve(page, stack, mailbox, company, "Training for")
    approve(page, stack, mailbox, company, "After the training")
    between()
    approve(page, stack, mailbox, company, "is live")
    all_are_live(page, phone, stack, company)
    for subject in ("Hand over", "Welcome to", "Agenda", "What we need", "Training for", "After the", "is live"):
        assert len(mailbox.all(subject)) == 1, f"{subject} went out more than once"


def hand_over(sales: Page, mailbox: Mailbox, camera: Camera) -> None:
    """The AE opens the link, corrects an answer, picks a CSM and submits."""
    sales.goto(link_in(mailbox.wait_for("Hand over"), "/h#t="))
    ready(sales)
    assert "#t=" not in sales.url
    axe(sales)
    sales.get_by_role("button", name="Continue").click()
    goals = sales.get_by_label("What does success look like for them?")
    expect(goals).to_be_visible()
    axe(sales)
    camera.take(sales, "handoff")
    goals.fill("Live everywhere before spring.")
    expect(sales.get_by_text(re.compile("Saved")).first).to_be_visible()
    sales.get_by_role("radio", name=re.compile("Mara Lind")).check()
    sales.get_by_role("button", name="Hand over to Mara").click()
    expect(sales.get_by_role("button", name=re.compile("Hand over to"))).to_have_count(0, timeout=40_000)
    mailbox.wait_for("is yours")


def take_over(page: Page, stack: Stack, company: str) -> None:
    """The CSM reads what sales wrote and takes the account over."""
    open_account(page, stack, company)
    expect(page.get_by_text("Live everywhere before spring.")).to_be_visible()
    axe(page)
    page.get_by_role("button", name="Take over").click()
    expect(page.get_by_text("To review").first).to_be_visible(timeout=40_000)


def approve(
    page: Page, stack: Stack, mailbox: Mailbox, company: str, subject: str, camera: Camera | None = None
) -> None:
    """Read the draft and approve it; the message is out once it is in the mailbox."""
    page.goto(f"{stack.url}/inbox")
    ready(page)
    draft = drafts_of(page, company).filter(has_text=subject)
    expect(draft).to_be_visible(timeout=60_000)
    draft.click()
    expect(page.frame_locator("iframe").locator("body")).to_contain_text("Best regards")
    if camera:
        camera.take(page, "inbox")
    page.get_by_role("button", name=re.compile("Approve")).click()
    mailbox.wait_for(subject)


def let_the_customer_in(phone: Page, stack: Stack, mailbox: Mailbox) -> None:
    """The invite only says who it is for; a fresh link comes by mail and works once."""
    phone.goto(link_in(mailbox.wait_for("Your onboarding with"), "/p/"))
    ready(phone)
    axe(phone)
    phone.get_by_role("button", name="Send me my link").click()
    link = link_in(mailbox.wait_for("log-in link"), "/p/enter#t=")
    phone.goto(link)
    ready(phone)
    phone.get_by_role("button", name="Continue").click()
    phone.wait_for_url(f"{stack.url}/p")
    expect(phone.get_by_role("heading", level=1)).to_be_visible()
    axe(phone)


def look_while_no_worker_works(phone: Page, stack: Stack) -> None:
    """The last known state, with its time."""
    with stack.without("worker.py"):
        phone.goto(f"{stack.url}/p")
        ready(phone)
        expect(phone.get_by_text(re.compile("As of .* The live state is back soon"))).to_be_visible()
        expect(phone.get_by_role("heading", level=1)).to_contain_text("way to go-live")
        axe(phone)


def answer_the_form(phone: Page, stack: Stack, camera: Camera) -> None:
    """Typed on a phone, saved, found again after a reload, sent."""
    phone.goto(f"{stack.url}/p")
    ready(phone)
    expect(phone.get_by_role("link", name="Fill it in")).to_be_visible(timeout=40_000)
    camera.take(phone, "portal")
    phone.get_by_role("link", name="Fill it in").click()
    phone.get_by_label("What should your workspace be called?").fill("Harbour")
    phone.get_by_label("How many people will use it?").fill("60")
    phone.get_by_text("Another product").click()
    phone.get_by_label("Which product?").fill("Old Faithful")
    phone.get_by_text("Yes", exact=True).click()
    expect(phone.get_by_text(re.compile(r"saved \d", re.IGNORECASE)).first).to_be_visible()
    axe(phone)
    phone.reload()
    ready(phone)
    expect(phone.get_by_label("Which product?")).to_have_value("Old Faithful")
    phone.get_by_role("button", name="Send answers").click()
    expect(phone.get_by_text(re.compile("^Sent")).first).to_be_visible(timeout=40_000)


def accept_the_answers(page: Page, stack: Stack, company: str, camera: Camera) -> None:
    """The CSM reads the customer's answers and accepts them."""
    open_account(page, stack, company)
    camera.take(page, "account")
    page.get_by_role("link", name=re.compile("Workspace details")).or_(
        page.get_by_role("button", name=re.compile("Workspace details"))
    ).first.click()
    expect(page.get_by_text("Old Faithful")).to_be_visible(timeout=40_000)
    axe(page)
    page.get_by_role("button", name=re.compile("Accept")).click()
    expect(page.get_by_role("button", name=re.compile("Accept"))).to_have_count(0, timeout=40_000)


def all_are_live(page: Page, phone: Page, stack: Stack, company: str) -> None:
    """The CSM's list and the customer's phone both say so."""
    page.goto(f"{stack.url}/accounts")
    ready(page)
    expect(page.get_by_role("row").filter(has_text=company).get_by_text("Live", exact=True)).to_be_visible(
        timeout=60_000
    )
    phone.goto(f"{stack.url}/p")
    ready(phone)
    expect(phone.get_by_role("heading", level=1)).to_contain_text(re.compile("live", re.IGNORECASE))
    axe(phone)
