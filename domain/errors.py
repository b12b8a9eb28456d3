"""What the rules refuse, as types.

DomainError
├── PlanInvalid        a template or plan breaks a rule; names milestone, action and field
├── TemplateTextInvalid  a `{{…}}` token that does not parse
└── ContentInvalid     a draft's content breaks a rule; names the field
"""

from dataclasses import dataclass


class DomainError(Exception):
    """A rule of Thread was broken; the message is fit for a person."""


@dataclass(frozen=True)
class Problem:
    """One thing wrong with a plan: `field` is a path such as `milestones.kickoff.actions.welcome.content.subject`."""

    field: str
    message: str


class PlanInvalid(DomainError):
    """The plan can't be published or applied."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = problems
        super().__init__("; ".join(f"{p.field}: {p.message}" for p in problems))


class TemplateTextInvalid(DomainError):
    """A text holds a `{{…}}` that is not a variable."""


class ContentInvalid(DomainError):
    """A draft's content can't be sent as it is."""

    def __init__(self, field: str, message: str) -> None:
        self.field = field
        self.message = message
        super().__init__(f"{field}: {message}")
