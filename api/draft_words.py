"""May a draft have these words? Names the field where not."""

from domain.drafts import edited
from domain.errors import ContentInvalid, TemplateTextInvalid
from domain.plan import EmailTemplate
from domain.variables import unknown_variables


def with_words(template: EmailTemplate, subject: str, body: str) -> EmailTemplate:
    """The template with a CSM's words; raises ContentInvalid for `subject` or `body`."""
    _check("subject", subject)
    _check("body", body)
    return edited(template, subject=subject, body=body)


def _check(field: str, text: str) -> None:
    try:
        unknown = unknown_variables(text)
    except TemplateTextInvalid as error:
        raise ContentInvalid(field, str(error)) from error
    if unknown:
        raise ContentInvalid(field, f"{{{{{unknown[0]}}}}} is not a variable Thread knows")
