"""The customer sees their part of the onboarding and nothing of ours."""

from typing import Any
from uuid import UUID

from domain import events as e
from domain.plan import Milestone, Plan
from domain.portal import PortalView, TaskStatus, portal_view
from domain.state import MilestoneStatus
from tests.domain.plans import DANA, account, at_start, email, form, plan
from tests.domain.walk import Walk


def hidden(of: Plan, *keys: str) -> Plan:
    """The plan with those milestones hidden from the portal."""
    milestones: list[Milestone] = [m.model_copy(update={"portal_visible": m.key not in keys}) for m in of.milestones]
    return Plan(milestones=tuple(milestones))


def view(walk: Walk) -> PortalView:
    return portal_view(walk.state)


def sent(walk: Walk, key: str) -> None:
    walk.write(key)
    walk.approve(key)
    walk.sent(key)


def test_a_task_appears_once_it_was_sent() -> None:
    walk = Walk(account(plan([form("data")]), recall_seconds=0))
    assert view(walk).todo == ()
    walk.write("data")
    assert view(walk).todo == ()
    walk.approve("data")
    walk.sent("data")
    [task] = view(walk).todo
    assert (task.key, task.label, task.status) == ("data", "Tell us: data", TaskStatus.OPEN)


def test_a_task_goes_from_open_to_sent_to_returned_to_done() -> None:
    walk = Walk(account(plan([form("data"), email("other")]), recall_seconds=0))
    sent(walk, "data")
    first = UUID(int=1)
    walk.decide(e.CustomerResponded, "data", DANA, submission_id=first)
    assert [t.status for t in view(walk).milestones[0].tasks] == [TaskStatus.SENT]
    walk.decide(e.ReturnResponse, "data", submission_id=first, text="Which region?")
    [task] = view(walk).todo
    assert (task.status, task.note) == (TaskStatus.RETURNED, "Which region?")
    walk.decide(e.CustomerResponded, "data", DANA, submission_id=UUID(int=2))
    walk.decide(e.AcceptResponse, "data", submission_id=UUID(int=2))
    assert [t.status for t in view(walk).milestones[0].tasks] == [TaskStatus.DONE]
    assert view(walk).todo == ()


def test_what_is_hidden_is_not_in_the_answer() -> None:
    secret = form("secret").model_copy(update={"portal_visible": False})
    inner = email("inner").model_copy(update={"label": "Internal words", "description": "Never show this"})
    walk = Walk(account(hidden(plan([form("data"), secret, inner], [email("later")]), "m1"), recall_seconds=0))
    sent(walk, "data")
    sent(walk, "secret")
    text = view(walk).model_dump_json()
    assert "Tell us: data" in text
    for word in ("secret", "Internal words", "Never show this", "inner", "Milestone 1", "later"):
        assert word not in text


def test_we_are_doing_is_told_in_the_customers_words() -> None:
    ours = email("setup").model_copy(update={"portal_visible": True, "customer_label": "Setting up your workspace"})
    walk = Walk(account(plan([ours, form("data")]), recall_seconds=0))
    assert view(walk).doing == ("Setting up your workspace", "Tell us: data")
    sent(walk, "data")
    assert view(walk).doing == ("Setting up your workspace",)


def test_blockers_come_before_what_is_optional() -> None:
    walk = Walk(account(plan([form("optional", required=False), form("must")]), recall_seconds=0))
    sent(walk, "optional")
    sent(walk, "must")
    assert [task.key for task in view(walk).todo] == ["must", "optional"]


def test_phases_have_dates_facts_first_then_the_plan() -> None:
    walk = Walk(account(plan([email("now")], [email("later", at_start(24))]), recall_seconds=0))
    first, second = view(walk).milestones
    assert first.starts_at == walk.now
    assert second.starts_at == first.ends_at
    assert view(walk).next == "Milestone 1"
    sent(walk, "now")
    first, second = view(walk).milestones
    assert (first.status, second.status) == (MilestoneStatus.COMPLETED, MilestoneStatus.IN_PROGRESS)
    assert second.starts_at == walk.now


def test_progress_counts_phases_by_their_length() -> None:
    of = plan([email("a")], [email("b"), email("c")])
    long: list[Any] = [of.milestones[0], of.milestones[1].model_copy(update={"duration_days": 21})]
    walk = Walk(account(Plan(milestones=tuple(long)), recall_seconds=0))
    seen = [view(walk).progress]
    for key in ("a", "b", "c"):
        sent(walk, key)
        seen.append(view(walk).progress)
    assert seen == [0, 25, 62, 100]
