"""How an account comes from sales to its CSM, and what the customer answers."""

from uuid import UUID

from domain import commands as c
from domain import events as e
from domain.actors import Actor
from domain.onboarding import outstanding
from domain.state import (
    AccountStatus,
    ActionStatus,
    HandoffStatus,
    NoticeKind,
    ResponseStatus,
)
from tests.domain.plans import DANA, account, email, form, plan
from tests.domain.walk import CSM, NOW, Walk

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
