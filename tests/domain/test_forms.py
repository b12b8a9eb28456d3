"""What is an answer to a field, and what the customer is told when it is not."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.forms import AnswersInvalid, FieldType, FormField, ShowIf, check_answers, form_problems, is_shown

NAME = FormField(key="name", label="Name")
SEATS = FormField(key="seats", label="Seats", type=FieldType.NUMBER)
START = FormField(key="start", label="Start", type=FieldType.DATE, required=False)
SOURCE = FormField(key="source", label="Source", type=FieldType.SELECT, options=("Sheets", "Other"))
OTHER = FormField(key="other", label="Other", show_if=ShowIf(field="source", equals="Other"))
TEAMS = FormField(key="teams", label="Teams", type=FieldType.MULTI_SELECT, options=("A", "B", "C"), required=False)
SSO = FormField(key="sso", label="SSO", type=FieldType.YES_NO)
FIELDS = (NAME, SEATS, START, SOURCE, OTHER, TEAMS, SSO)
ANSWERS: dict[str, Any] = {"name": " Blue Fern ", "seats": 12, "source": "Sheets", "teams": ["C", "A"], "sso": False}


def problems(values: dict[str, Any], *, complete: bool = True) -> dict[str, str]:
    with pytest.raises(AnswersInvalid) as found:
        check_answers(FIELDS, values, complete=complete)
    return {problem.field: problem.message for problem in found.value.problems}


def test_answers_come_back_in_their_canonical_form() -> None:
    answers = check_answers(FIELDS, ANSWERS, complete=True)
    assert answers == {"name": "Blue Fern", "seats": 12, "source": "Sheets", "teams": ["A", "C"], "sso": False}


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("name", 5, "is not text"),
        ("name", "x" * 301, "is longer than 300 characters"),
        ("name", "a\x00b", "has a character that can't be stored"),
        ("seats", "twelve", "is not a number"),
        ("seats", True, "is not a number"),
        ("seats", float("nan"), "is too large"),
        ("seats", 10**400, "is too large"),
        ("start", "31.03.2026", "is not a date such as 2026-03-31"),
        ("start", 20260331, "is not a date such as 2026-03-31"),
        ("source", "Elsewhere", "is not one of the options"),
        ("source", ["Sheets"], "is not one of the options"),
        ("teams", "A", "is not a list of options"),
        ("teams", ["A", "D"], "is not one of the options"),
        ("sso", "yes", "is not yes or no"),
        ("nothing", "x", "is not a field of this form"),
    ],
)
def test_a_wrong_answer_names_its_field(field: str, value: Any, message: str) -> None:
    assert problems({**ANSWERS, field: value}) == {field: message}
    assert problems({field: value}, complete=False) == {field: message}


def test_every_missing_required_answer_is_named_but_only_at_the_end() -> None:
    assert set(problems({})) == {"name", "seats", "source", "sso"}
    assert check_answers(FIELDS, {}, complete=False) == {}


def test_a_hidden_field_is_neither_asked_nor_kept() -> None:
    assert "other" not in check_answers(FIELDS, {**ANSWERS, "other": "typed before"}, complete=True)
    assert problems({**ANSWERS, "source": "Other"}) == {"other": "needs an answer"}
    assert is_shown(OTHER, {"source": "Other"})
    assert not is_shown(OTHER, {})


def test_a_broken_form_is_named() -> None:
    fields = (
        SOURCE.model_copy(update={"options": ()}),
        NAME,
        NAME,
        OTHER.model_copy(update={"show_if": ShowIf(field="later", equals="x")}),
    )
    assert {problem.field for problem in form_problems(fields)} == {"source.options", "name.key", "other.show_if"}
    assert form_problems(FIELDS) == []


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=8,
)


@given(st.dictionaries(st.sampled_from([field.key for field in FIELDS] + ["nothing"]), JSON), st.booleans())
def test_any_input_is_answered_and_what_was_taken_is_taken_again(values: dict[str, Any], complete: bool) -> None:
    try:
        answers = check_answers(FIELDS, values, complete=complete)
    except AnswersInvalid:
        return
    assert check_answers(FIELDS, answers, complete=complete) == answers
