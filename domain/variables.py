"""Which `{{variables}}` a text may use, and what they become: a closed, logic-less token language."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from domain.errors import TemplateTextInvalid

KNOWN = frozenset(
    {
        "arr",
        "company_name",
        "contact_first_name",
        "contact_name",
        "csm_email",
        "csm_name",
        "go_live_date",
        "meeting_url",
        "milestone_name",
        "organization_name",
        "portal_url",
        "segment",
    }
)
OPEN_PREFIXES = ("custom.", "answers.")

_TOKEN = re.compile(r"\{\{\s*([a-z][a-z0-9_]*(?:\.[a-z0-9_]+)?)\s*(?:\|([^{}|]*))?\}\}")
_MARKDOWN_SPECIAL = re.compile(r"([!-/:-@\[-`{-~])")
_LINE_BREAKS = re.compile(r"[\x00-\x1f\x7f\x85\u2028\u2029]+")


@dataclass(frozen=True)
class Rendered:
    """A text with its variables replaced, and the names that had neither value nor fallback."""

    text: str
    unresolved: tuple[str, ...]


def variables(text: str) -> list[str]:
    """Names used in the text, in order; raises TemplateTextInvalid for a stray `{{` or `}}`."""
    rest = _TOKEN.sub("", text)
    for mark in ("{{", "}}"):
        if mark in rest:
            at = rest.index(mark)
            raise TemplateTextInvalid(f"{rest[at : at + 30]!r} is not a variable")
    return [match.group(1) for match in _TOKEN.finditer(text)]


def unknown_variables(text: str) -> list[str]:
    """Names used in the text that Thread has no meaning for."""
    return [name for name in variables(text) if name not in KNOWN and not name.startswith(OPEN_PREFIXES)]


def one_line(value: str) -> str:
    """The value without control characters and line breaks, for a subject or a name."""
    return _LINE_BREAKS.sub(" ", value).strip()


def markdown_literal(value: str) -> str:
    """The value escaped so that Markdown shows it and never obeys it."""
    return _MARKDOWN_SPECIAL.sub(r"\\\1", one_line(value))


def render(text: str, values: Mapping[str, str], escape: Callable[[str], str] = one_line) -> Rendered:
    """Replace each `{{name|fallback}}`; values pass through `escape` and are never scanned again."""
    variables(text)
    unresolved: list[str] = []

    def replace(match: re.Match[str]) -> str:
        name, fallback = match.group(1), match.group(2)
        value = values.get(name, "").strip() or (fallback or "").strip()
        if not value:
            unresolved.append(name)
            return match.group(0)
        return escape(value)

    return Rendered(text=_TOKEN.sub(replace, text), unresolved=tuple(dict.fromkeys(unresolved)))
