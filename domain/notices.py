"""What Thread says by itself, in words no template and no model can change."""

from dataclasses import dataclass

from domain.state import NoticeKind
from domain.variables import markdown_literal, one_line


@dataclass(frozen=True)
class Notice:
    """A system message: a subject, and restricted Markdown with every value escaped."""

    subject: str
    body: str


@dataclass(frozen=True)
class NoticeFacts:
    """What a notice may mention: `link` is where its button leads, `text` what a person added."""

    company_name: str
    recipient_name: str
    organization_name: str
    link: str
    text: str = ""


_WORDS: dict[NoticeKind, tuple[str, str, str]] = {
    NoticeKind.HANDOFF_LINK: (
        "Hand over {company}",
        (
            "{company} has closed. Before onboarding starts, tell us what you know: it takes about five minutes,"
            " and the answers are drafted for you from the deal."
        ),
        "Open the handoff",
    ),
    NoticeKind.HANDOFF_REMINDER: (
        "Reminder: hand over {company}",
        "{company} still waits for your handoff. Onboarding starts once you have submitted it.",
        "Open the handoff",
    ),
    NoticeKind.HANDOFF_ALERT: (
        "Nobody has handed over {company}",
        "The handoff of {company} is still open after every reminder. Somebody has to ask sales, or start without it.",
        "Open the account",
    ),
    NoticeKind.HANDOFF_SUBMITTED: (
        "{company} is yours",
        "Sales has handed {company} over to you. Read the answers, then take the account over or ask back.",
        "Open the account",
    ),
    NoticeKind.HANDOFF_RETURNED: (
        "A question about {company}",
        "Before taking {company} over, the customer-success manager asks:",
        "Answer in the handoff",
    ),
    NoticeKind.CUSTOMER_RESPONDED: (
        "{company} has answered",
        "{company} has sent answers for you to check:",
        "Read the answers",
    ),
}


def notice(kind: NoticeKind, facts: NoticeFacts) -> Notice:
    """The message of that kind."""
    subject, sentence, button = _WORDS[kind]
    added = f"\n\n{markdown_literal(facts.text)}" if facts.text else ""
    return _message(subject, sentence + added, button, facts)


def log_in_message(facts: NoticeFacts, minutes: int) -> Notice:
    """The customer's way into their portal."""
    sentence = f"Here is your link to the onboarding of {{company}}. It works once, within {minutes} minutes."
    return _message("Your log-in link", sentence, "Log in", facts)


def _message(subject: str, sentence: str, button: str, facts: NoticeFacts) -> Notice:
    name = markdown_literal(facts.recipient_name.split(" ")[0]) or "there"
    company = markdown_literal(facts.company_name)
    said = sentence.replace("{company}", company)
    link = f"[{button}]({markdown_literal(facts.link)})"
    body = f"Hi {name},\n\n{said}\n\n{link}\n\n{markdown_literal(facts.organization_name)}"
    return Notice(subject=one_line(subject.replace("{company}", facts.company_name)), body=body)
