"""An account on its way, as tests of the machine drive it."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

from domain import commands as c
from domain import events as e
from domain.actors import Actor
from domain.onboarding import outstanding, step
from domain.state import (
    AccountState,
    ActionStatus,
    NoticeKind,
    Receipt,
)
from tests.domain.plans import MARA, ORG, draft

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
