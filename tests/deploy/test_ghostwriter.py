"""What the stand-in model writes has to do with what it was given, and says when it was given nothing."""

import json
from typing import Any

import pytest

from deploy.simulator.ghostwriter import Ghostwriter

QUESTIONS = ["use_case", "goals", "risks", "stakeholders", "promises"]
FACTS = {
    "Company": "Harbour & Finch",
    "Deal": "Team plan, 60 seats",
    "Contacts": "Maya Okafor, VP Operations; Daniel Reyes, IT Manager",
    "Notes": "Wants all five hotels live before the spring season. Daniel owns single sign-on.",
}
LINES = "\n".join(f"{label}: {text}" for label, text in FACTS.items())
TEXT = {"type": "string"}


def answers(context: str) -> dict[str, dict[str, Any]]:
    item = {"question": {"enum": QUESTIONS}, "answer": TEXT, "sources": {"type": "array", "items": TEXT}}
    many = {"type": "array", "items": {"type": "object", "properties": item}}
    schema = {"type": "object", "properties": {"answers": many}}
    return {one["question"]: one for one in Ghostwriter(schema, context).write()["answers"]}


@pytest.mark.parametrize("context", [LINES, json.dumps(FACTS), LINES.replace(": ", ":\n- ")])
def test_each_answer_is_about_its_question_whatever_the_form_of_the_context(context: str) -> None:
    found = answers(context)
    assert list(found) == QUESTIONS
    assert "Team plan, 60 seats." in found["use_case"]["answer"]
    assert found["goals"] == {
        "question": "goals",
        "answer": "Wants all five hotels live before the spring season.",
        "sources": ["Notes"],
    }
    assert "Maya Okafor, VP Operations." in found["stakeholders"]["answer"]


def test_what_nobody_said_is_not_made_up() -> None:
    assert answers("")["risks"]["answer"].startswith("Nothing on record yet")


def test_the_note_that_the_demo_is_made_up_is_left_out() -> None:
    found = answers("Notes: Wants it live.\n\n(Demo data made up by Thread's stand-in HubSpot.)")
    assert not [one for one in found.values() if "Demo data" in one["answer"]]


def test_a_subject_is_short_and_names_the_customer() -> None:
    schema = {"type": "object", "properties": {"subject": TEXT}}
    assert Ghostwriter(schema, LINES).write() == {"subject": "Getting Harbour & Finch started"}
