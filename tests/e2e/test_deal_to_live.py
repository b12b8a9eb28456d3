"""From a closed deal to a customer who is live, with all four people in it, and with the worker dying at each step."""

import re
import time
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.e2e.conftest import Stack, axe, link_in, log_in, ready

PHONE = {"width": 390, "height": 844}
Between = Callable[[], None]


@pytest.fixture(params=[False, True], ids=["undisturbed", "worker-killed-at-each-step"])
def between(request: pytest.FixtureRequest, stack: Stack) -> Between:
    """What happens between two steps: nothing, or `kill -9` of the worker."""
    return (lambda: stack.kill("worker.py")) if request.param else (lambda: None)


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


def test_a_deal_becomes_a_customer_who_is_live(
    page: Page, sales: Page, phone: Page, stack: Stack, between: Between
) -> None:
    log_in(page, stack)
    company = stack.close_deal()
    between()
    hand_over(sales, stack, company)
    between()
    take_over(page, stack, company)
    between()
    approve(page, stack, company, "Your onboarding with")
    let_the_customer_in(phone, stack, company)
    approve(page, stack, company, "Welcome to")
    between()
    approve(page, stack, company, "Agenda for our kickoff")
    between()
    approve(page, stack, company, "What we need to set you up")
    between()
    answer_the_form(phone, stack)
    between()
    accept_the_answers(page, stack, company)
    between()
    approve(page, stack, company, "Training for")
    approve(page, stack, company, "After the training")
    between()
    approve(page, stack, company, "is live")
    page.goto(f"{stack.url}/accounts")
    ready(page)
    expect(page.get_by_role("row").filter(has_text=company).get_by_text("Live")).to_be_visible(timeout=40_000)
    phone.goto(f"{stack.url}/p")
    ready(phone)
    expect(phone.get_by_text(re.compile("You are live"))).to_be_visible()
    axe(phone)
    for subject in ("Hand over", "Welcome to", "Agenda", "What we need", "Training for", "After the", "is live"):
        assert len(mails(stack, company, subject)) == 1, f"{subject} went out more than once"


def mails(stack: Stack, company: str, subject: str) -> list[str]:
    """Texts of the messages about that company whose subject contains this."""
    return [m["text"] for m in stack.messages(subject) if company in m["subject"] + m["text"]]


def wait_for_mail(stack: Stack, company: str, subject: str) -> str:
    deadline = time.monotonic() + 60
    while not (found := mails(stack, company, subject)):
        assert time.monotonic() < deadline, f"no mail {subject!r} for {company}"
        time.sleep(0.2)
    return found[0]


def hand_over(sales: Page, stack: Stack, company: str) -> None:
    """The AE opens the link, corrects an answer, picks a CSM and submits."""
    link = link_in(wait_for_mail(stack, company, "Hand over"), "/h#t=")
    sales.goto(link)
    ready(sales)
    assert "#t=" not in sales.url
    sales.get_by_role("button", name="Continue").click()
    goals = sales.get_by_label("What does success look like for them?")
    expect(goals).to_be_visible()
    axe(sales)
    goals.fill("Live in five hotels before spring.")
    expect(sales.get_by_text(re.compile("Saved"))).to_be_visible()
    sales.get_by_role("radio", name=re.compile("Mara Lind")).check()
    sales.get_by_role("button", name=re.compile("Hand over to Mara")).click()
    expect(sales.get_by_role("button", name=re.compile("Hand over to"))).to_have_count(0, timeout=40_000)
    wait_for_mail(stack, company, "is yours")


def take_over(page: Page, stack: Stack, company: str) -> None:
    open_account(page, stack, company)
    expect(page.get_by_text("Live in five hotels before spring.")).to_be_visible()
    axe(page)
    page.get_by_role("button", name="Take over").click()
    expect(page.get_by_text("To review").first).to_be_visible(timeout=40_000)


def open_account(page: Page, stack: Stack, company: str) -> None:
    page.goto(f"{stack.url}/accounts")
    ready(page)
    page.get_by_role("link", name=company).first.click()
    expect(page.get_by_role("heading", name=company)).to_be_visible()


def approve(page: Page, stack: Stack, company: str, subject: str) -> None:
    """Read the draft and approve it; the message is out once it is in the mailbox."""
    page.goto(f"{stack.url}/inbox")
    ready(page)
    draft = drafts_of(page, company).filter(has_text=subject)
    expect(draft).to_be_visible(timeout=60_000)
    draft.click()
    expect(page.frame_locator("iframe").locator("body")).to_contain_text("Best regards")
    page.get_by_role("button", name=re.compile("Approve")).click()
    wait_for_mail(stack, company, subject)


def drafts_of(page: Page, company: str) -> Locator:
    return page.get_by_role("main").locator("a[href^='/inbox/']").filter(has_text=company)


def let_the_customer_in(phone: Page, stack: Stack, company: str) -> None:
    """The invite only says who it is for; a fresh link comes by mail and works once."""
    phone.goto(link_in(wait_for_mail(stack, company, "Your onboarding with"), "/p/"))
    ready(phone)
    phone.get_by_role("button", name=re.compile("link", re.IGNORECASE)).first.click()
    link = link_in(wait_for_mail(stack, company, "log-in link"), "/p/enter#t=")
    phone.goto(link)
    ready(phone)
    phone.get_by_role("button", name="Continue").click()
    phone.wait_for_url(f"{stack.url}/p")
    expect(phone.get_by_role("heading", level=1)).to_be_visible()
    axe(phone)


def answer_the_form(phone: Page, stack: Stack) -> None:
    phone.goto(f"{stack.url}/p")
    ready(phone)
    phone.get_by_role("link", name=re.compile("Workspace details")).first.click()
    phone.get_by_label("What should your workspace be called?").fill("Harbour")
    phone.get_by_label("How many people will use it?").fill("60")
    phone.get_by_label("Where is your data today?").select_option("Another product")
    phone.get_by_label("Which product?").fill("Old Faithful")
    phone.get_by_role("group", name="Do you use single sign-on?").get_by_text("Yes").click()
    expect(phone.get_by_text(re.compile("saved", re.IGNORECASE)).first).to_be_visible()
    axe(phone)
    phone.reload()
    ready(phone)
    expect(phone.get_by_label("Which product?")).to_have_value("Old Faithful")
    phone.get_by_role("button", name=re.compile("Send")).click()
    expect(phone.get_by_text(re.compile("Sent")).first).to_be_visible(timeout=40_000)


def accept_the_answers(page: Page, stack: Stack, company: str) -> None:
    open_account(page, stack, company)
    page.get_by_text("Workspace details").first.click()
    expect(page.get_by_text("Old Faithful")).to_be_visible(timeout=40_000)
    axe(page)
    page.get_by_role("button", name=re.compile("Accept")).click()
    expect(page.get_by_text(re.compile("Done|Completed")).first).to_be_visible(timeout=40_000)
