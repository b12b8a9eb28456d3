"""How an account comes from sales to its CSM: prepared, opened to the AE, submitted, taken over."""

from datetime import timedelta

from domain import events as e
from domain.change import Change
from domain.milestones import start_next
from domain.state import AccountStatus, HandoffStatus, NoticeKind

OPEN = frozenset({HandoffStatus.OPEN, HandoffStatus.RETURNED})


def begin_handoff(change: Change) -> None:
    """The account is new: have its handoff prepared."""
    change.set_handoff(status=HandoffStatus.PREPARING)


def prepared(change: Change, event: e.HandoffPrepared) -> None:
    """The answers are drafted: the AE gets the link."""
    waits = change.handoff.status is HandoffStatus.PREPARING
    if waits and event.command_id == f"handoff:{change.handoff.step}":
        change.status = AccountStatus.PENDING_HANDOFF
        change.ask_beside(notice=NoticeKind.HANDOFF_LINK)
        _open(change, HandoffStatus.OPEN)


def _open(change: Change, status: HandoffStatus, reason: str = "") -> None:
    first = change.before.reminder_hours[:1]
    due_at = change.now + timedelta(hours=first[0]) if first else None
    change.set_handoff(status=status, reason=reason, reminders=0, due_at=due_at)


def reminder_due(change: Change, event: e.TimerFired) -> None:
    """Remind the AE; at the last reminder tell ops instead, and stop."""
    if change.handoff.due_at is None or event.timer_id != f"timer:handoff:{change.handoff.step}":
        return
    hours, done = change.before.reminder_hours, change.handoff.reminders + 1
    last = done >= len(hours)
    change.ask_beside(notice=NoticeKind.HANDOFF_ALERT if last else NoticeKind.HANDOFF_REMINDER)
    wait = None if last else timedelta(hours=max(0.0, hours[done] - hours[done - 1]))
    fired, change.handoff = change.handoff, change.handoff.model_copy(update={"due_at": None})
    due_at = None if wait is None or fired.due_at is None else fired.due_at + wait
    change.set_handoff(reminders=done, due_at=due_at)


def submit(change: Change, decision: e.SubmitHandoff) -> None:
    """The AE is done: the CSM they chose is told."""
    change.csm_id = decision.csm_id
    change.ask_beside(notice=NoticeKind.HANDOFF_SUBMITTED, member_id=decision.csm_id)
    who, when = decision.by.name, change.now
    change.set_handoff(status=HandoffStatus.SUBMITTED, due_at=None, reason="", submitted_by=who, submitted_at=when)


def accept(change: Change, _: e.AcceptHandoff) -> None:
    """The CSM takes over: the onboarding begins."""
    change.set_handoff(status=HandoffStatus.ACCEPTED, due_at=None, reason="")
    change.status = AccountStatus.ACTIVE
    start_next(change)


def send_back(change: Change, decision: e.ReturnHandoff) -> None:
    """The CSM has a question: the AE is told, and reminded again."""
    change.ask_beside(notice=NoticeKind.HANDOFF_RETURNED, text=decision.text)
    _open(change, HandoffStatus.RETURNED, decision.text)


def ask_again(change: Change, decision: e.AskAnswerAgain) -> None:
    """One answer is to be drafted again."""
    change.ask_beside(question=decision.question, text=decision.instruction)
