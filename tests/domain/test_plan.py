"""A plan names what is wrong with it; an outline carries no content."""

from typing import Any

import pytest
from pydantic import ValidationError

from domain.errors import PlanInvalid
from domain.plan import Plan, check, outline
from domain.starters import standard_saas
from tests.domain.plans import after, email, plan


def test_the_starter_is_valid() -> None:
    check(standard_saas())


def test_an_outline_knows_when_but_not_what() -> None:
    text = outline(standard_saas()).model_dump_json()
    assert '"label":"Welcome e-mail"' in text
    assert "content" not in text
    assert "thank you for choosing" not in text


@pytest.mark.parametrize(
    ("broken", "field", "message"),
    [
        (plan([email("a"), email("a")]), "milestones.m0.actions.a.key", "is used by another action"),
        (plan([email("a", after("b"))]), "milestones.m0.actions.a.trigger.action", "there is no action 'b'"),
        (plan([email("a", after("b")), email("b", after("a"))]), "milestones.m0.actions.a.trigger.action", "cycle"),
        (plan([email("a", after("a"))]), "milestones.m0.actions.a.trigger.action", "cycle"),
    ],
)
def test_a_problem_names_its_place(broken: Plan, field: str, message: str) -> None:
    with pytest.raises(PlanInvalid) as found:
        check(broken)
    assert any(p.field == field and message in p.message for p in found.value.problems)


@pytest.mark.parametrize(
    ("subject", "body", "field", "message"),
    [
        ("Hi", "Hello {{nobody}}", "body", "unknown variable {{nobody}}"),
        ("Hi {{company_name}", "Hello", "subject", "is not a variable"),
        ("   ", "Hello", "subject", "is empty"),
    ],
)
def test_a_text_problem_names_the_field(subject: str, body: str, field: str, message: str) -> None:
    action = email("a")
    content = action.content.model_copy(update={"subject": subject, "body": body})
    with pytest.raises(PlanInvalid) as found:
        check(plan([action.model_copy(update={"content": content})]))
    assert [p.field for p in found.value.problems] == [f"milestones.m0.actions.a.content.{field}"]
    assert message in found.value.problems[0].message


@pytest.mark.parametrize(
    "change",
    [
        {"key": "Not A Key"},
        {"type": "FAX"},
        {"trigger": {"on": "milestone_start", "delay_hours": -1}},
        {"trigger": {"on": "milestone_start", "delay_hours": 8761}},
        {"trigger": {"on": "milestone_start", "delay_hours": float("nan")}},
        {"trigger": {"on": "full_moon"}},
        {"content": {"subject": "s"}},
    ],
)
def test_what_is_no_action_is_refused(change: dict[str, Any]) -> None:
    config = plan([email("a")]).model_dump(mode="json")
    config["milestones"][0]["actions"][0].update(change)
    with pytest.raises(ValidationError):
        Plan.model_validate(config)
