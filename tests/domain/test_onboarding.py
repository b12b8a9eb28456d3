"""The life of an account, one step at a time."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from domain import commands as c
from domain import events as e
from domain.actors import Actor
from domain.onboarding import outstanding, step, unanswered
from domain.state import (
    AccountState,
    AccountStatus,
    ActionStatus,
    HandoffStatus,
    MilestoneStatus,
    NoticeKind,
    Receipt,
    ResponseStatus,
)
from tests.domain.plans import DANA, MARA, ORG, account, after, at_start, draft, email, form, plan

CSM = UUID(int=7)
NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


class Walk:
    """An account on its way: applies events, keeps the last commands."""

    def __init__(self, state: AccountState, *, taken_over: bool = True) -> None:
        self.state = state
        self.now = NOW
        self.commands: list[c.Command] = []
        self.take(e.Started())
        if taken_over:
            self.take_over()

    def take(self, event: e.Event) -> list[c.Command]:
        self.state, self.commands = step(self.state, event, self.now)
        return self.commands

    def take_over(self) -> None:
        """From the new account to the accepted handoff, every notice sent."""
        self.take(e.HandoffPrepared(command_id="handoff:1"))
        self.hand_over(e.SubmitHandoff, csm_id=CSM)
        self.notices()
        self.hand_over(e.AcceptHandoff)

    def hand_over(self, decision: type[e.Decision], by: Actor = MARA, **fields: Any) -> UUID:
        made = decision.model_validate({"org_id": ORG, "decision_id": uuid4(), "by": by} | fields)
        self.take(made)  # type: ignore[arg-type]  # each caller passes one of the decisions
        return made.decision_id

    def notices(self) -> list[NoticeKind]:
        """What was to be told, and is now."""
        sent = [command for command in outstanding(self.state) if isinstance(command, c.SendNotice)]
        for command in sent:
            self.take(e.Done(command_id=command.id))
        return [command.notice for command in sent]

    def status(self, key: str) -> ActionStatus:
        return self.state.actions[key].status

    def awaited(self, key: str) -> c.Command:
        return next(command for command in outstanding(self.state) if f":{key}:" in command.id)

    def write(self, key: str, content_hash: str = "h1", unresolved: tuple[str, ...] = ()) -> None:
        command = self.awaited(key)
        assert isinstance(command, c.GenerateDraft)
        ref = draft(command.revision, content_hash, unresolved)
        self.take(e.DraftReady(command_id=command.id, action=key, draft=ref))

    def approve(self, key: str, by: Actor = MARA, **fields: Any) -> UUID:
        return self.decide(e.ApproveAction, key, by, **({"revision": 1, "content_hash": "h1"} | fields))

    def recall(self, key: str, revision: int = 1) -> UUID:
        return self.decide(e.RecallAction, key, revision=revision)

    def edit(self, key: str, revision: int = 1, content_hash: str = "h2") -> UUID:
        return self.decide(e.EditDraft, key, revision=revision, draft=draft(revision + 1, content_hash))

    def decide(self, decision: type[e.ActionDecision], key: str, by: Actor = MARA, **fields: Any) -> UUID:
        return self.hand_over(decision, by, action=key, **fields)

    def fire(self, key: str) -> None:
        timer = self.awaited(key)
        assert isinstance(timer, c.SetTimer)
        self.now = timer.due_at
        self.take(e.TimerFired(timer_id=timer.id))

    def sent(self, key: str) -> None:
        self.take(e.Executed(command_id=self.awaited(key).id, action=key))

    def receipt(self, decision_id: UUID) -> Receipt:
        receipt = self.state.receipt(decision_id)
        assert receipt is not None
        return receipt

    def reason(self, decision_id: UUID) -> str:
        return self.receipt(decision_id).reason


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


AE = Actor(name="Ari Sales")


def test_a_new_account_waits_for_its_handoff() -> None:
    walk = Walk(account(plan([email("welcome")])), taken_over=False)
    assert [type(command) for command in walk.commands] == [c.PrepareHandoff]
    walk.take(e.HandoffPrepared(command_id=walk.commands[0].id))
    assert walk.state.status.value == "PENDING_HANDOFF"
    assert walk.notices() == [NoticeKind.HANDOFF_LINK]
    assert walk.status("welcome") is ActionStatus.PENDING
    walk.hand_over(e.SubmitHandoff, AE, csm_id=CSM)
    assert walk.notices() == [NoticeKind.HANDOFF_SUBMITTED]
    assert walk.state.csm_id == CSM
    assert walk.status("welcome") is ActionStatus.PENDING
    walk.hand_over(e.AcceptHandoff)
    assert walk.state.status.value == "ACTIVE"
    assert walk.status("welcome") is ActionStatus.DRAFTING


def test_the_ae_is_reminded_then_ops_are_told_then_it_stops() -> None:
    walk = Walk(account(plan([email("welcome")])), taken_over=False)
    walk.take(e.HandoffPrepared(command_id="handoff:1"))
    walk.notices()
    told, when = [], []
    while timers := [command for command in outstanding(walk.state) if isinstance(command, c.SetTimer)]:
        walk.now = timers[0].due_at
        walk.take(e.TimerFired(timer_id=timers[0].id))
        told += walk.notices()
        when.append((walk.now - NOW).total_seconds() / 3600)
    assert told == [NoticeKind.HANDOFF_REMINDER, NoticeKind.HANDOFF_REMINDER, NoticeKind.HANDOFF_ALERT]
    assert when == [24, 72, 120]


def test_reminders_stop_when_it_is_submitted_and_start_again_when_it_is_returned() -> None:
    walk = Walk(account(plan([email("welcome")])), taken_over=False)
    walk.take(e.HandoffPrepared(command_id="handoff:1"))
    walk.notices()
    [timer] = outstanding(walk.state)
    walk.hand_over(e.SubmitHandoff, AE, csm_id=CSM)
    assert c.CancelTimer(id=timer.id) in walk.commands
    walk.notices()
    assert walk.take(e.TimerFired(timer_id=timer.id)) == []
    walk.hand_over(e.ReturnHandoff, text="Which promises?")
    assert walk.notices() == [NoticeKind.HANDOFF_RETURNED]
    assert (walk.state.handoff.status, walk.state.handoff.reason) == (HandoffStatus.RETURNED, "Which promises?")
    assert [type(command) for command in outstanding(walk.state)] == [c.SetTimer]
    walk.hand_over(e.SubmitHandoff, AE, csm_id=CSM)
    assert walk.state.handoff.status is HandoffStatus.SUBMITTED


def test_a_handoff_is_submitted_once_and_taken_over_by_members_only() -> None:
    walk = Walk(account(plan([email("welcome")])), taken_over=False)
    walk.take(e.HandoffPrepared(command_id="handoff:1"))
    first = walk.hand_over(e.SubmitHandoff, AE, csm_id=CSM)
    second = walk.hand_over(e.SubmitHandoff, AE, csm_id=UUID(int=8))
    assert (walk.reason(first), walk.reason(second)) == ("", "wrong_state")
    assert "submitted already (Ari Sales)" in walk.receipt(second).detail
    assert walk.reason(walk.hand_over(e.AcceptHandoff, AE)) == "not_allowed"
    assert walk.reason(walk.hand_over(e.AcceptHandoff, org_id=UUID(int=9))) == "unknown_account"
    assert walk.reason(walk.hand_over(e.AcceptHandoff)) == ""
    assert walk.reason(walk.hand_over(e.AcceptHandoff)) == "wrong_state"


def test_an_answer_is_drafted_again_with_an_instruction() -> None:
    walk = Walk(account(plan([email("welcome")])), taken_over=False)
    walk.take(e.HandoffPrepared(command_id="handoff:1"))
    walk.hand_over(e.AskAnswerAgain, AE, question="goals", instruction="shorter")
    [command] = walk.commands
    assert isinstance(command, c.RegenerateAnswer)
    assert (command.question, command.instruction) == ("goals", "shorter")
    walk.take(e.Done(command_id=command.id))
    assert command not in outstanding(walk.state)


def asked(walk: Walk) -> None:
    walk.write("data")
    walk.approve("data")
    walk.sent("data")
    assert walk.status("data") is ActionStatus.EXECUTED


def test_a_form_is_done_when_its_answers_are_accepted() -> None:
    walk = Walk(account(plan([form("data")]), recall_seconds=0))
    asked(walk)
    first, second = UUID(int=50), UUID(int=51)
    walk.decide(e.CustomerResponded, "data", DANA, submission_id=first)
    assert walk.notices() == [NoticeKind.CUSTOMER_RESPONDED]
    again = walk.decide(e.CustomerResponded, "data", DANA, submission_id=second)
    assert walk.reason(again) == "wrong_state"
    walk.decide(e.ReturnResponse, "data", submission_id=first, text="Which region?")
    action = walk.state.actions["data"]
    assert (action.response, action.reason) == (ResponseStatus.RETURNED, "Which region?")
    walk.decide(e.CustomerResponded, "data", DANA, submission_id=second)
    assert walk.reason(walk.decide(e.AcceptResponse, "data", submission_id=first)) == "stale_response"
    walk.decide(e.AcceptResponse, "data", submission_id=second)
    assert walk.status("data") is ActionStatus.COMPLETED
    assert walk.state.status is AccountStatus.LIVE


def test_only_contacts_answer_and_only_members_accept() -> None:
    walk = Walk(account(plan([form("data")]), recall_seconds=0))
    asked(walk)
    assert walk.reason(walk.decide(e.CustomerResponded, "data", submission_id=UUID(int=5))) == "not_allowed"
    walk.decide(e.CustomerResponded, "data", DANA, submission_id=UUID(int=5))
    assert walk.reason(walk.decide(e.AcceptResponse, "data", DANA, submission_id=UUID(int=5))) == "not_allowed"
    assert walk.reason(walk.approve("data", by=DANA)) == "not_allowed"
