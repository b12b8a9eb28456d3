"""The life of an account, one step at a time."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from domain import commands as c
from domain import events as e
from domain.onboarding import outstanding, unanswered
from domain.state import (
    AccountStatus,
    ActionStatus,
    MilestoneStatus,
    ResponseStatus,
)
from tests.domain.plans import DANA, MARA, account, after, at_start, draft, email, form, plan
from tests.domain.walk import NOW, Walk


def test_taking_over_drafts_what_is_due_at_once_and_times_the_rest() -> None:
    walk = Walk(account(plan([email("now"), email("later", at_start(24))])))
    assert walk.state.status is AccountStatus.ACTIVE
    assert walk.status("now") is ActionStatus.DRAFTING
    assert walk.status("later") is ActionStatus.SCHEDULED
    timer = next(command for command in walk.commands if isinstance(command, c.SetTimer))
    assert timer.due_at == NOW + timedelta(hours=24)


def test_an_approved_draft_is_sent_after_the_recall_window() -> None:
    walk = Walk(account(plan([email("welcome")])))
    walk.write("welcome")
    decision = walk.approve("welcome")
    assert walk.reason(decision) == ""
    assert walk.status("welcome") is ActionStatus.APPROVED
    assert walk.commands[0].model_dump()["due_at"] == NOW + timedelta(seconds=10)
    walk.fire("welcome")
    execute = walk.commands[0]
    assert isinstance(execute, c.Execute)
    assert (execute.content_hash, execute.decision_id) == ("h1", decision)
    walk.sent("welcome")
    assert walk.state.status is AccountStatus.LIVE
    assert walk.state.live_at == walk.now


def test_without_a_recall_window_it_is_sent_at_once() -> None:
    walk = Walk(account(plan([email("welcome")]), recall_seconds=0))
    walk.write("welcome")
    walk.approve("welcome")
    assert isinstance(walk.commands[0], c.Execute)


def test_a_recalled_approval_is_not_sent() -> None:
    walk = Walk(account(plan([email("welcome")])))
    walk.write("welcome")
    walk.approve("welcome")
    timer = walk.awaited("welcome")
    walk.recall("welcome")
    assert walk.commands == [c.CancelTimer(id=timer.id)]
    assert walk.take(e.TimerFired(timer_id=timer.id)) == []
    assert walk.status("welcome") is ActionStatus.READY
    walk.approve("welcome")
    assert walk.awaited("welcome").id != timer.id


@pytest.mark.parametrize(
    ("revision", "content_hash", "reason"),
    [(1, "h1", ""), (2, "h1", "stale_draft"), (1, "other", "stale_draft")],
)
def test_an_approval_stands_only_for_the_content_it_names(revision: int, content_hash: str, reason: str) -> None:
    walk = Walk(account(plan([email("welcome")])))
    walk.write("welcome")
    assert walk.reason(walk.approve("welcome", revision=revision, content_hash=content_hash)) == reason


def test_a_stale_approval_says_who_changed_the_draft() -> None:
    walk = Walk(account(plan([email("welcome")])))
    walk.write("welcome")
    walk.edit("welcome")
    receipt = walk.receipt(walk.approve("welcome"))
    assert receipt.detail == "Mara changed this draft after you opened it. Read it again."


def test_the_same_decision_counts_once() -> None:
    walk = Walk(account(plan([email("welcome")])))
    walk.write("welcome")
    decision = walk.approve("welcome")
    before = walk.state
    walk.approve("welcome", decision_id=decision)
    assert walk.state is before
    assert walk.commands == []


def test_an_unresolved_variable_blocks_approval_and_is_named() -> None:
    walk = Walk(account(plan([email("welcome")])))
    walk.write("welcome", unresolved=("arr",))
    receipt = walk.receipt(walk.approve("welcome"))
    assert receipt.reason == "unresolved_variables"
    assert "{{arr}}" in receipt.detail


def test_a_decision_of_another_organisation_is_refused() -> None:
    walk = Walk(account(plan([email("welcome")])))
    walk.write("welcome")
    decision = uuid4()
    foreign = UUID(int=99)
    walk.take(
        e.ApproveAction(org_id=foreign, decision_id=decision, by=MARA, action="welcome", revision=1, content_hash="h1")
    )
    assert walk.reason(decision) == "unknown_action"
    assert walk.status("welcome") is ActionStatus.READY


def test_content_that_would_differ_is_drafted_again_and_needs_a_new_approval() -> None:
    walk = Walk(account(plan([email("welcome")]), recall_seconds=0))
    walk.write("welcome")
    walk.approve("welcome")
    command = walk.awaited("welcome")
    walk.take(e.ExecutionFailed(command_id=command.id, action="welcome", outcome="stale", reason="Changed since: to."))
    again = walk.commands[0]
    assert isinstance(again, c.GenerateDraft)
    assert again.based_on is not None
    walk.write("welcome", "h2")
    assert walk.status("welcome") is ActionStatus.READY
    assert walk.state.actions["welcome"].reason == "Changed since: to."
    assert outstanding(walk.state) == []


def test_a_failed_send_is_retried_under_the_same_approval() -> None:
    walk = Walk(account(plan([email("welcome")]), recall_seconds=0))
    walk.write("welcome")
    decision = walk.approve("welcome")
    first = walk.awaited("welcome")
    walk.take(e.ExecutionFailed(command_id=first.id, action="welcome", outcome="failed", reason="550 no such user"))
    assert walk.status("welcome") is ActionStatus.FAILED
    walk.decide(e.RetryAction, "welcome")
    second = walk.awaited("welcome")
    assert isinstance(second, c.Execute)
    assert (second.decision_id, second.id) != (decision, first.id)
    assert second.decision_id == decision


def test_a_failed_draft_is_written_again() -> None:
    walk = Walk(account(plan([email("welcome")])))
    command = walk.awaited("welcome")
    assert isinstance(command, c.GenerateDraft)
    walk.take(unanswered(command, "no answer"))
    assert walk.status("welcome") is ActionStatus.FAILED
    walk.decide(e.RetryAction, "welcome")
    walk.write("welcome")
    assert walk.status("welcome") is ActionStatus.READY


@pytest.mark.parametrize(("sent", "status"), [(True, ActionStatus.COMPLETED), (False, ActionStatus.READY)])
def test_a_person_settles_what_cannot_be_known(sent: bool, status: ActionStatus) -> None:
    walk = Walk(account(plan([email("welcome"), email("other")]), recall_seconds=0))
    walk.write("welcome")
    walk.approve("welcome")
    command = walk.awaited("welcome")
    assert isinstance(command, c.Execute)
    walk.take(unanswered(command, "the worker died"))
    assert walk.status("welcome") is ActionStatus.UNCERTAIN
    walk.decide(e.ResolveAction, "welcome", sent=sent)
    settle = walk.awaited("welcome")
    assert isinstance(settle, c.Settle)
    walk.take(e.Settled(command_id=settle.id, action="welcome", sent=sent))
    assert walk.status("welcome") is status
    assert not [command for command in outstanding(walk.state) if ":welcome:" in command.id]


def test_an_approval_that_comes_before_the_news_of_its_draft_waits_for_it() -> None:
    walk = Walk(account(plan([email("welcome")]), recall_seconds=0))
    decision, wrong = walk.approve("welcome"), walk.approve("welcome", content_hash="other")
    assert walk.state.receipt(decision) is None
    assert walk.commands == []
    walk.write("welcome")
    assert (walk.reason(decision), walk.reason(wrong)) == ("", "stale_draft")
    execute = next(command for command in walk.commands if isinstance(command, c.Execute))
    assert execute.decision_id == decision
    assert walk.state.held == ()


def test_a_form_that_arrived_after_all_still_waits_for_its_answers() -> None:
    walk = Walk(account(plan([form("data")]), recall_seconds=0))
    walk.write("data")
    walk.approve("data")
    command = walk.awaited("data")
    assert isinstance(command, c.Execute)
    walk.take(unanswered(command, "the worker died"))
    answers = walk.decide(e.CustomerResponded, "data", DANA, submission_id=UUID(int=5))
    walk.decide(e.ResolveAction, "data", sent=True)
    walk.take(e.Settled(command_id=walk.awaited("data").id, action="data", sent=True))
    assert walk.status("data") is ActionStatus.EXECUTED
    assert walk.reason(answers) == ""
    assert walk.state.status is AccountStatus.ACTIVE


def test_two_people_settle_a_send_once() -> None:
    walk = Walk(account(plan([email("welcome")]), recall_seconds=0))
    walk.write("welcome")
    walk.approve("welcome")
    command = walk.awaited("welcome")
    assert isinstance(command, c.Execute)
    walk.take(unanswered(command, "the worker died"))
    first = walk.decide(e.ResolveAction, "welcome", sent=True)
    second = walk.decide(e.ResolveAction, "welcome", sent=False)
    assert (walk.reason(first), walk.reason(second)) == ("", "wrong_state")


def test_answers_of_a_customer_wait_until_the_send_is_confirmed() -> None:
    walk = Walk(account(plan([form("data")]), recall_seconds=0))
    walk.write("data")
    walk.approve("data")
    decision = walk.decide(e.CustomerResponded, "data", DANA, submission_id=UUID(int=5))
    assert walk.state.receipt(decision) is None
    walk.sent("data")
    assert walk.reason(decision) == ""
    assert walk.state.actions["data"].response is ResponseStatus.SUBMITTED


def test_a_milestone_ends_with_its_required_actions_and_cancels_optional_ones_not_yet_due() -> None:
    walk = Walk(account(plan([email("must"), email("may", at_start(48), required=False)], [email("next")]), 0))
    timer = walk.awaited("may")
    walk.write("must")
    walk.approve("must")
    walk.sent("must")
    assert c.CancelTimer(id=timer.id) in walk.commands
    assert walk.status("may") is ActionStatus.CANCELLED
    assert [m.status for m in walk.state.milestones] == [MilestoneStatus.COMPLETED, MilestoneStatus.IN_PROGRESS]
    assert walk.status("next") is ActionStatus.DRAFTING


def test_a_follow_up_is_timed_from_the_action_it_follows() -> None:
    walk = Walk(account(plan([email("first"), email("second", after("first", 2))]), recall_seconds=0))
    assert walk.status("second") is ActionStatus.PENDING
    walk.write("first")
    walk.approve("first")
    walk.now += timedelta(days=1)
    walk.sent("first")
    assert walk.state.actions["second"].due_at == NOW + timedelta(days=1, hours=2)


def test_a_milestone_without_actions_is_passed_through() -> None:
    assert Walk(account(plan([], []))).state.status is AccountStatus.LIVE


def test_late_and_unknown_news_change_nothing() -> None:
    walk = Walk(account(plan([email("welcome")])))
    before = walk.state
    for event in (
        e.Started(),
        e.TimerFired(timer_id="timer:welcome:9"),
        e.Executed(command_id="send:welcome:1", action="welcome"),
        e.DraftReady(command_id="draft:welcome:9", action="welcome", draft=draft()),
        e.DraftFailed(command_id="draft:nothing:1", action="nothing", reason=""),
        e.Settled(command_id="settle:welcome:1", action="welcome", sent=True),
    ):
        assert walk.take(event) == []
        assert walk.state is before
