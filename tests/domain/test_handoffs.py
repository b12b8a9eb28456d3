"""A model's words may stand as a draft answer, whatever they are; they never become more than that."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.forms import FieldType
from domain.handoffs import Question, answer_schema, answers_from, default_questions, fallback_answer, prompt
from tests.domain.test_forms import JSON

TITLES = ("Deal", "Notes from sales")
GOALS = Question(key="goals", label="Goals?", type=FieldType.TEXTAREA)
SIZE = Question(key="size", label="Size?", type=FieldType.SELECT, options=("Small", "Large"))
TRIAL = Question(key="trial", label="Trial?", type=FieldType.YES_NO)


def said(answer: Any, sources: Any = ()) -> dict[str, Any]:
    return {"answer": answer, "sources": list(sources) if isinstance(sources, tuple) else sources}


def test_good_answers_stand_with_their_sources() -> None:
    data = {"goals": said("Live by May.", ("Notes from sales",)), "size": said("Large"), "trial": said("Yes.")}
    answers = answers_from([GOALS, SIZE, TRIAL], data, TITLES)
    assert (answers["goals"].value, answers["goals"].sources) == ("Live by May.", ("Notes from sales",))
    assert (answers["size"].value, answers["trial"].value) == ("Large", True)
    assert all(answer.by_model for answer in answers.values())


@pytest.mark.parametrize("given_", [None, "text", 5, {}, said(5), said(None), said(""), said("   \x00\x07 ")])
def test_what_is_no_answer_gives_the_questions_own_text(given_: Any) -> None:
    [answer] = answers_from([GOALS], {"goals": given_}, TITLES).values()
    assert answer == fallback_answer(GOALS)
    assert not answer.by_model


def test_a_choice_that_is_not_offered_is_left_open() -> None:
    [answer] = answers_from([SIZE], {"size": said("Enormous")}, TITLES).values()
    assert (answer.value, answer.by_model) == (None, False)


def test_sources_are_only_what_the_model_was_given() -> None:
    [answer] = answers_from([GOALS], {"goals": said("x", ("Deal", "https://evil.example", "Deal"))}, TITLES).values()
    assert answer.sources == ("Deal",)


@given(st.dictionaries(st.sampled_from(["goals", "size", "trial", "else"]), JSON))
def test_any_model_output_gives_an_answer_of_the_right_kind(data: dict[str, Any]) -> None:
    answers = answers_from([GOALS, SIZE, TRIAL], data, TITLES)
    assert set(answers) == {"goals", "size", "trial"}
    assert isinstance(answers["goals"].value, str)
    assert answers["size"].value in (None, "Small", "Large")
    assert answers["trial"].value in (None, True, False)


@given(st.text())
def test_no_text_of_the_deal_can_pose_as_a_question(notes: str) -> None:
    parts = json.loads(prompt([GOALS], {"Notes from sales": notes}, "shorter"))
    assert parts["material"] == {"Notes from sales": notes}
    assert set(parts["questions"]) == {"goals"}


def test_the_schema_asks_for_every_question_and_nothing_else() -> None:
    schema = answer_schema(default_questions())
    assert schema["required"] == [question.key for question in default_questions()]
    assert schema["additionalProperties"] is False
