"""What a customer or an AE can be asked, and whether what they typed is an answer: a closed set of field types."""

from collections.abc import Mapping, Sequence
from datetime import date
from enum import StrEnum
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from domain.errors import DomainError, Problem

KEY = r"^[a-z][a-z0-9_]{0,62}$"
MAX_TEXT = 300
MAX_TEXTAREA = 10_000
MAX_NUMBER = 10**15


class FieldType(StrEnum):
    """How a field is asked for."""

    TEXT = "text"
    TEXTAREA = "textarea"
    NUMBER = "number"
    DATE = "date"
    SELECT = "select"
    MULTI_SELECT = "multi_select"
    YES_NO = "yes_no"


CHOICES = frozenset({FieldType.SELECT, FieldType.MULTI_SELECT})


class ShowIf(BaseModel):
    """Ask only when another field, earlier in the form, has this value (or one of its choices is it)."""

    model_config = ConfigDict(frozen=True)

    field: str
    equals: str | bool


class FormField(BaseModel):
    """One question. Answers are text, a number, an ISO date, one or several of `options`, or true/false."""

    model_config = ConfigDict(frozen=True)

    key: str = Field(pattern=KEY)
    label: str = Field(min_length=1, max_length=200)
    type: FieldType = FieldType.TEXT
    required: bool = True
    help: str = Field(default="", max_length=1000)
    options: tuple[str, ...] = Field(default=(), max_length=100)
    show_if: ShowIf | None = None


class Form(BaseModel):
    """Fields in the order they are asked."""

    model_config = ConfigDict(frozen=True)

    intro: str = Field(default="", max_length=4000)
    fields: tuple[FormField, ...] = Field(min_length=1, max_length=100)


class AnswersInvalid(DomainError):
    """Some answers can't be taken; `problems` names each field."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = problems
        super().__init__("; ".join(f"{p.field}: {p.message}" for p in problems))


def form_problems(fields: Sequence[FormField]) -> list[Problem]:
    """What is wrong with the form itself, by the key of the field."""
    problems: list[Problem] = []
    earlier: set[str] = set()
    for field in fields:
        if field.key in earlier:
            problems.append(Problem(f"{field.key}.key", "is used by another field"))
        if field.type in CHOICES and len(set(field.options)) < max(1, len(field.options)):
            problems.append(Problem(f"{field.key}.options", "needs different options to choose from"))
        if field.show_if and field.show_if.field not in earlier:
            problems.append(Problem(f"{field.key}.show_if", f"there is no earlier field {field.show_if.field!r}"))
        earlier.add(field.key)
    return problems


def is_shown(field: FormField, values: Mapping[str, Any]) -> bool:
    """Whether the field is asked, given the answers so far."""
    if field.show_if is None:
        return True
    other = values.get(field.show_if.field)
    return field.show_if.equals in other if isinstance(other, list) else other == field.show_if.equals


def check_answers(fields: Sequence[FormField], values: Mapping[str, Any], *, complete: bool) -> dict[str, Any]:
    """The answers in their canonical form, those of hidden fields left out.

    With `complete`, a required field that is shown must have an answer; without, what is missing may come later.
    Raises AnswersInvalid naming every field that is unknown or whose answer is of the wrong type or too long.
    """
    by_key = {field.key: field for field in fields}
    problems = [Problem(key, "is not a field of this form") for key in values if key not in by_key]
    answers: dict[str, Any] = {}
    for field in fields:
        if not is_shown(field, answers):
            continue
        value = values.get(field.key)
        if _is_empty(value):
            if complete and field.required:
                problems.append(Problem(field.key, "needs an answer"))
            continue
        try:
            answers[field.key] = _answer(field, value)
        except ValueError as error:
            problems.append(Problem(field.key, str(error)))
    if problems:
        raise AnswersInvalid(problems)
    return answers


def _is_empty(value: Any) -> bool:
    return value is None or value == [] or (isinstance(value, str) and not value.strip())


def _answer(field: FormField, value: Any) -> Any:
    match field.type:
        case FieldType.TEXT | FieldType.TEXTAREA:
            return _text(value, MAX_TEXT if field.type is FieldType.TEXT else MAX_TEXTAREA)
        case FieldType.NUMBER:
            return _number(value)
        case FieldType.DATE:
            return _date(value)
        case FieldType.SELECT:
            return _option(field, value)
        case FieldType.MULTI_SELECT:
            if not isinstance(value, list):
                raise ValueError("is not a list of options")
            chosen = {_option(field, one) for one in value}
            return [option for option in field.options if option in chosen]
        case FieldType.YES_NO:
            if not isinstance(value, bool):
                raise ValueError("is not yes or no")
            return value


def _text(value: Any, longest: int) -> str:
    if not isinstance(value, str):
        raise ValueError("is not text")
    if len(value) > longest:
        raise ValueError(f"is longer than {longest} characters")
    if "\x00" in value:
        raise ValueError("has a character that can't be stored")
    return value.strip()


def _number(value: Any) -> int | float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ValueError("is not a number")
    if not abs(value) <= MAX_NUMBER:
        raise ValueError("is too large")
    return value


def _date(value: Any) -> str:
    if not isinstance(value, str):
        raise ValueError("is not a date such as 2026-03-31")
    try:
        return date.fromisoformat(value).isoformat()
    except ValueError:
        raise ValueError("is not a date such as 2026-03-31") from None


def _option(field: FormField, value: Any) -> str:
    if not isinstance(value, str) or value not in field.options:
        raise ValueError("is not one of the options")
    return value
