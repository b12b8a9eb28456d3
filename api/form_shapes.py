"""How forms and answers cross the wire: the same for a customer's form and a handoff's questions."""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any

from pydantic import Field, StringConstraints, WithJsonSchema

from api.problems import ApiError
from api.shapes import FieldProblem, Told
from domain.forms import KEY, AnswersInvalid, FieldType, FormField, check_answers
from domain.forms import Form as ApprovedForm

MOST_NAMED = 100

# What an answer may be depends on its field, so the field checks it: not these types.
AnswerValue = Annotated[
    Any,
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "string"},
                {"type": "number"},
                {"type": "boolean"},
                {"type": "array", "items": {"type": "string"}},
                {"type": "null"},
            ]
        }
    ),
]
Answers = Annotated[dict[str, AnswerValue], Field(max_length=500)]
QuestionKey = Annotated[str, StringConstraints(pattern=KEY)]


class ShowIf(Told):
    """Ask only when another, earlier field has this value (or one of its choices is it)."""

    field: str
    equals: str | bool


class Question(Told):
    """One question. Answers are text, a number, an ISO date, one or several of `options`, or true/false."""

    key: str
    label: str
    type: FieldType
    required: bool
    help: str
    options: list[str]
    show_if: ShowIf | None


class Form(Told):
    """Questions in the order they are asked, exactly as approved."""

    intro: str
    fields: list[Question]


def question_told(field: FormField) -> Question:
    """The question without what is not for those who answer it."""
    return Question.model_validate(field.model_dump(include=set(Question.model_fields)))


def form_told(form: ApprovedForm) -> Form:
    """The form as it is asked."""
    return Form(intro=form.intro, fields=[question_told(field) for field in form.fields])


def checked(
    fields: Sequence[FormField], values: Mapping[str, Any], *, complete: bool, prefix: str = ""
) -> dict[str, Any]:
    """The answers in their canonical form; raises a 422 naming each field that can't be taken as `prefix` + its key."""
    try:
        return check_answers(fields, values, complete=complete)
    except AnswersInvalid as error:
        named = [
            FieldProblem(field=f"{prefix}{one.field}"[:120], message=one.message) for one in error.problems[:MOST_NAMED]
        ]
        raise ApiError(422, "invalid", "Some answers can't be taken.", errors=named) from None
