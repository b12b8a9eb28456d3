"""The life of an account, one step at a time."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from domain import commands as c
from domain import events as e
from domain.onboarding import outstanding, step, unanswered
from domain.state import AccountState, AccountStatus, ActionStatus, MilestoneStatus, Receipt
from tests.domain.plans import MARA, ORG, account, after, at_start, draft, email, plan

Decision = e.ApproveAction | e.EditDraft | e.RecallAction | e.RetryAction | e.ResolveAction
NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


class Walk:
    """An account on its way: applies events, keeps the last commands."""

    def __init__(self, state: AccountState) -> None:
        self.state = state
        self.now = NOW
        self.commands: list[c.Command] = []
        self.take(e.Started())

    def take(self, event: e.Event) -> list[c.Command]:
        self.state, self.commands = step(self.state, event, self.now)
        return self.commands

    def status(self, key: str) -> ActionStatus:
        return self.state.actions[key].status

    def awaited(self, key: str) -> c.Command:
        return next(command for command in outstanding(self.state) if f":{key}:" in command.id)

    def write(self, key: str, content_hash: str = "h1", unresolved: tuple[str, ...] = ()) -> None:
        command = self.awaited(key)
        assert isinstance(command, c.GenerateDraft)
        ref = draft(command.revision, content_hash, unresolved)
        self.take(e.DraftReady(command_id=command.id, action=key, draft=ref))

    def approve(
        self, key: str, *, revision: int = 1, content_hash: str = "h1", decision_id: UUID | None = None
    ) -> UUID:
        decision_id = decision_id or uuid4()
        self.take(
            e.ApproveAction(
                org_id=ORG,
                decision_id=decision_id,
                by=MARA,
                action=key,
                revision=revision,
                content_hash=content_hash,
            )
        )
        return decision_id

    def recall(self, key: str, revision: int = 1) -> UUID:
        decision_id = uuid4()
        self.take(e.RecallAction(org_id=ORG, decision_id=decision_id, by=MARA, action=key, revision=revision))
        return decision_id

    def edit(self, key: str, revision: int = 1, content_hash: str = "h2") -> UUID:
        decision_id = uuid4()
        ref = draft(revision + 1, content_hash)
        self.take(e.EditDraft(org_id=ORG, decision_id=decision_id, by=MARA, action=key, revision=revision, draft=ref))
        return decision_id

    def decide(self, decision: type[Decision], key: str, **fields: Any) -> UUID:
        made = decision.model_validate({"org_id": ORG, "decision_id": uuid4(), "by": MARA, "action": key} | fields)
        self.take(made)
        return made.decision_id

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


def test_starting_drafts_what_is_due_at_once_and_times_the_rest() -> None:
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
